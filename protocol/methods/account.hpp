#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct AccountAcceptInvite {
  static constexpr std::string_view kName = "account.accept_invite";
  static constexpr std::string_view kSummary =
      "Makes an account, or sets its password, with the one-use token of an invite link or a set-up code.";
  struct Params {
    Secret token;
    std::optional<std::string> user;  // needed unless the invite was made for a name
    std::optional<std::string> display_name;
    Secret password;
    Device device;
  };
  using Result = SignedIn;
  static constexpr std::string_view kErrors[] = {"invite_invalid", "invite_expired", "name_taken",
                                                 "weak_password"};
};
BOOST_DESCRIBE_STRUCT(AccountAcceptInvite::Params, (), (token, user, display_name, password, device))

struct AccountGet {
  static constexpr std::string_view kName = "account.get";
  static constexpr std::string_view kSummary = "The caller's own account.";
  using Params = Empty;
  struct Result {
    User user;
    std::string email;
    TimePoint created_at;
    bool must_change_password = false;
  };
};
BOOST_DESCRIBE_STRUCT(AccountGet::Result, (), (user, email, created_at, must_change_password))

struct AccountSetProfile {
  static constexpr std::string_view kName = "account.set_profile";
  static constexpr std::string_view kSummary = "Changes the caller's display name.";
  struct Params {
    std::string display_name;
  };
  struct Result {
    User user;
  };
};
BOOST_DESCRIBE_STRUCT(AccountSetProfile::Params, (), (display_name))
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
