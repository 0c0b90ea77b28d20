#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct AccountAcceptInvite {
  static constexpr std::string_view kName = "account.accept_invite";
  static constexpr std::string_view kSummary =
      "Makes an account, or sets its password, with the one-use token of an invite link, a set-up code or a "
      "reset code.";
  struct Params {
    Secret token;
    std::optional<std::string> user;  // needed unless the invite was made for a name
    std::optional<std::string> display_name;
    Secret password;
    std::optional<Secret> code;  // second factor, when the account has one
    Device device;
  };
  using Result = SignedIn;
  static constexpr std::string_view kErrors[] = {
      "invite_invalid", "invite_expired",         "name_taken",
      "weak_password",  "second_factor_required", "wrong_second_factor"};
};
BOOST_DESCRIBE_STRUCT(AccountAcceptInvite::Params, (), (token, user, display_name, password, code, device))

struct AccountGet {
  static constexpr std::string_view kName = "account.get";
  static constexpr std::string_view kSummary = "The caller's own account.";
  using Params = Empty;
  struct Result {
    User user;
    std::string email;
    TimePoint created_at;
    bool must_change_password = false;
    bool second_factor = false;
    bool second_factor_required = false;  // by the office, for the caller's role
    std::int64_t recovery_codes_left = 0;
  };
};
BOOST_DESCRIBE_STRUCT(AccountGet::Result, (),
                      (user, email, created_at, must_change_password, second_factor, second_factor_required,
                       recovery_codes_left))

struct AccountSetProfile {
  static constexpr std::string_view kName = "account.set_profile";
  static constexpr std::string_view kSummary =
      "Changes the caller's display name, title, pronouns and time zone; what is left out stays. An empty "
      "text "
      "takes one away again, except the name.";
  struct Params {
    std::optional<std::string> display_name;
    std::optional<std::string> title = std::nullopt;  // 64 bytes at most, as the others
    std::optional<std::string> pronouns = std::nullopt;
    std::optional<std::string> time_zone = std::nullopt;  // a name of the IANA's list: "Europe/Berlin"
  };
  struct Result {
    User user;
  };
};
BOOST_DESCRIBE_STRUCT(AccountSetProfile::Params, (), (display_name, title, pronouns, time_zone))
BOOST_DESCRIBE_STRUCT(AccountSetProfile::Result, (), (user))

struct AccountChangePassword {
  static constexpr std::string_view kName = "account.change_password";
  static constexpr std::string_view kSummary =
      "Changes the caller's password and signs out the other devices.";
  struct Params {
    Secret current_password;
    Secret new_password;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"wrong_credentials", "weak_password"};
};
BOOST_DESCRIBE_STRUCT(AccountChangePassword::Params, (), (current_password, new_password))

struct AccountTotpBegin {
  static constexpr std::string_view kName = "account.totp_begin";
  static constexpr std::string_view kSummary =
      "Makes a secret for an authenticator app (RFC 6238: SHA-1, six digits, 30 s). It counts once "
      "account.totp_confirm has seen a code of it; a secret that was begun before is dropped.";
  struct Params {
    Secret current_password;
  };
  struct Result {
    Secret secret;  // base32, to type in
    Secret uri;     // otpauth://totp/…, to show as a QR code
  };
  static constexpr std::string_view kErrors[] = {"wrong_credentials", "second_factor_exists"};
};
BOOST_DESCRIBE_STRUCT(AccountTotpBegin::Params, (), (current_password))
BOOST_DESCRIBE_STRUCT(AccountTotpBegin::Result, (), (secret, uri))

struct AccountTotpConfirm {
  static constexpr std::string_view kName = "account.totp_confirm";
  static constexpr std::string_view kSummary =
      "Turns the second factor on with a first code, and gives ten recovery codes, shown once. With a second "
      "factor on already, a code of it gives ten new recovery codes instead of the old ones.";
  struct Params {
    Secret code;
  };
  struct Result {
    std::vector<Secret> recovery_codes;
  };
  static constexpr std::string_view kErrors[] = {"wrong_second_factor", "no_second_factor"};
};
BOOST_DESCRIBE_STRUCT(AccountTotpConfirm::Params, (), (code))
BOOST_DESCRIBE_STRUCT(AccountTotpConfirm::Result, (), (recovery_codes))

struct AccountTotpRemove {
  static constexpr std::string_view kName = "account.totp_remove";
  static constexpr std::string_view kSummary =
      "Turns the caller's second factor off, unless the office requires it of their role.";
  struct Params {
    Secret current_password;
    Secret code;
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"wrong_credentials", "wrong_second_factor",
                                                 "no_second_factor", "second_factor_required"};
};
BOOST_DESCRIBE_STRUCT(AccountTotpRemove::Params, (), (current_password, code))

struct UserGet {
  static constexpr std::string_view kName = "user.get";
  static constexpr std::string_view kSummary =
      "Names and roles of people by id. Guests see only people of their rooms; ids that the caller may not "
      "know are left out.";
  struct Params {
    std::vector<UserId> users;
  };
  struct Result {
    std::vector<User> users;
  };
};
BOOST_DESCRIBE_STRUCT(UserGet::Params, (), (users))
BOOST_DESCRIBE_STRUCT(UserGet::Result, (), (users))

struct UserProfile {
  static constexpr std::string_view kName = "user.profile";
  static constexpr std::string_view kSummary =
      "What a person says of themselves. Guests see only people of their rooms.";
  struct Params {
    UserId user;
  };
  struct Result {
    Profile profile;
  };
};
BOOST_DESCRIBE_STRUCT(UserProfile::Params, (), (user))
BOOST_DESCRIBE_STRUCT(UserProfile::Result, (), (profile))

struct UserList {
  static constexpr std::string_view kName = "user.list";
  static constexpr std::string_view kSummary =
      "The directory, by name; `query` matches the start of any word of a name.";
  struct Params {
    std::optional<std::string> query;
    std::optional<std::string> after;  // the last name of the page before
    std::optional<std::int64_t> limit;
  };
  struct Result {
    std::vector<User> users;
    bool more = false;
  };
};
BOOST_DESCRIBE_STRUCT(UserList::Params, (), (query, after, limit))
BOOST_DESCRIBE_STRUCT(UserList::Result, (), (users, more))

}  // namespace wardroom::protocol
