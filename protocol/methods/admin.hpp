#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct AccountResult {
  Account user;
};
BOOST_DESCRIBE_STRUCT(AccountResult, (), (user))

struct UserParams {
  UserId user;
};
BOOST_DESCRIBE_STRUCT(UserParams, (), (user))

struct AdminUserCreate {
  static constexpr std::string_view kName = "admin.user_create";
  static constexpr std::string_view kSummary =
      "Makes an account without a password, and the invite link with which its owner chooses one.";
  struct Params {
    std::string name;
    std::optional<std::string> display_name;
    std::optional<Role> role;
    std::optional<std::string> email;
  };
  struct Result {
    Account user;
    Secret invite;
    TimePoint expires_at;
  };
  static constexpr std::string_view kErrors[] = {"name_taken"};
};
BOOST_DESCRIBE_STRUCT(AdminUserCreate::Params, (), (name, display_name, role, email))
BOOST_DESCRIBE_STRUCT(AdminUserCreate::Result, (), (user, invite, expires_at))

struct AdminUserList {
  static constexpr std::string_view kName = "admin.user_list";
  static constexpr std::string_view kSummary = "All accounts, by name, with filters.";
  struct Params {
    std::optional<std::string> query;  // part of name, display name or e-mail
    std::optional<Role> role;
    std::optional<bool> disabled;
    std::optional<bool> imported;      // left out: without imported authors
    std::optional<std::string> after;  // the last name of the page before
    std::optional<std::int64_t> limit;
  };
  struct Result {
    std::vector<Account> users;
    bool more = false;
    std::int64_t total = 0;  // that match the filters
  };
};
BOOST_DESCRIBE_STRUCT(AdminUserList::Params, (), (query, role, disabled, imported, after, limit))
BOOST_DESCRIBE_STRUCT(AdminUserList::Result, (), (users, more, total))

struct AdminUserUpdate {
  static constexpr std::string_view kName = "admin.user_update";
  static constexpr std::string_view kSummary =
      "Changes an account's display name, e-mail or role, or asks for a new password.";
  struct Params {
    UserId user;
    std::optional<std::string> display_name;
    std::optional<std::string> email;
    std::optional<Role> role;
    std::optional<bool> must_change_password;  // at the next sign-in, and at once where signed in
  };
  using Result = AccountResult;
  static constexpr std::string_view kErrors[] = {"last_admin"};
};
BOOST_DESCRIBE_STRUCT(AdminUserUpdate::Params, (), (user, display_name, email, role, must_change_password))

struct AdminUserDisable {
  static constexpr std::string_view kName = "admin.user_disable";
  static constexpr std::string_view kSummary =
      "Shuts an account: its sessions end within a second, and the invites and codes that its person made.";
  struct Params {
    UserId user;
    std::string reason;
  };
  using Result = AccountResult;
  static constexpr std::string_view kErrors[] = {"last_admin"};
};
BOOST_DESCRIBE_STRUCT(AdminUserDisable::Params, (), (user, reason))

struct AdminUserEnable {
  static constexpr std::string_view kName = "admin.user_enable";
  static constexpr std::string_view kSummary = "Opens a disabled account again.";
  using Params = UserParams;
  using Result = AccountResult;
};

struct AdminUserResetPassword {
  static constexpr std::string_view kName = "admin.user_reset_password";
  static constexpr std::string_view kSummary =
      "A one-use code with which a person chooses a new password through account.accept_invite. The old "
      "password, the sessions and the invites that the person made end now; a second factor is still asked "
      "for.";
  struct Params {
    UserId user;
    std::string reason;
  };
  struct Result {
    Secret code;    // to read out
    Secret invite;  // the same as a link
    TimePoint expires_at;
  };
  static constexpr std::string_view kErrors[] = {"imported", "disabled"};
};
BOOST_DESCRIBE_STRUCT(AdminUserResetPassword::Params, (), (user, reason))
BOOST_DESCRIBE_STRUCT(AdminUserResetPassword::Result, (), (code, invite, expires_at))

struct AdminUserRemoveTotp {
  static constexpr std::string_view kName = "admin.user_remove_totp";
  static constexpr std::string_view kSummary =
      "Takes away the second factor of somebody who lost their device and their recovery codes.";
  struct Params {
    UserId user;
    std::string reason;
  };
  using Result = AccountResult;
  static constexpr std::string_view kErrors[] = {"no_second_factor"};
};
BOOST_DESCRIBE_STRUCT(AdminUserRemoveTotp::Params, (), (user, reason))

struct AdminUserOffboard {
  static constexpr std::string_view kName = "admin.user_offboard";
  static constexpr std::string_view kSummary =
      "The leaver's one action: shuts the account, ends its sessions and invites, takes it out of its rooms, "
      "and makes `successor` moderator of the rooms that would have none. `dry_run` only counts.";
  struct Params {
    UserId user;
    std::optional<UserId> successor;  // needed when a room would be without a moderator
    std::string reason;
    std::optional<bool> dry_run;
  };
  struct Result {
    std::int64_t sessions = 0;
    std::int64_t invites = 0;
    std::int64_t rooms_left = 0;
    std::vector<std::string> rooms_handed_over;  // by name; "private room 12" where the caller isn't in it
  };
  static constexpr std::string_view kErrors[] = {"last_admin", "successor_needed"};
};
BOOST_DESCRIBE_STRUCT(AdminUserOffboard::Params, (), (user, successor, reason, dry_run))
BOOST_DESCRIBE_STRUCT(AdminUserOffboard::Result, (), (sessions, invites, rooms_left, rooms_handed_over))

struct AdminSessionList {
  static constexpr std::string_view kName = "admin.session_list";
  static constexpr std::string_view kSummary = "Who is signed in where, last used first.";
  struct Params {
    std::optional<UserId> user;
    std::optional<SessionId> after;  // the last session of the page before
    std::optional<std::int64_t> limit;
  };
  struct Result {
    std::vector<SessionInfo> sessions;
    bool more = false;
  };
};
BOOST_DESCRIBE_STRUCT(AdminSessionList::Params, (), (user, after, limit))
BOOST_DESCRIBE_STRUCT(AdminSessionList::Result, (), (sessions, more))

struct AdminSessionRevoke {
  static constexpr std::string_view kName = "admin.session_revoke";
  static constexpr std::string_view kSummary = "Ends one session, or all sessions of a person.";
  struct Params {
    std::optional<SessionId> session;
    std::optional<UserId> user;  // one of the two
    std::string reason;
  };
  using Result = SessionsEnded;
};
BOOST_DESCRIBE_STRUCT(AdminSessionRevoke::Params, (), (session, user, reason))

struct AdminInviteCreate {
  static constexpr std::string_view kName = "admin.invite_create";
  static constexpr std::string_view kSummary =
      "An invite link with a one-use token: for an account that has no password yet, or for whoever makes a "
      "new one with it.";
  struct Params {
    std::optional<UserId> user;
    std::optional<Role> role;                  // of the account that is made with it; member when left out
    std::optional<std::int64_t> expires_in_s;  // 60 s to 90 days; 7 days when left out
  };
  struct Result {
    InviteId id;
    Secret invite;
    TimePoint expires_at;
  };
};
BOOST_DESCRIBE_STRUCT(AdminInviteCreate::Params, (), (user, role, expires_in_s))
BOOST_DESCRIBE_STRUCT(AdminInviteCreate::Result, (), (id, invite, expires_at))

struct AdminInviteList {
  static constexpr std::string_view kName = "admin.invite_list";
  static constexpr std::string_view kSummary = "Invites that can still be used.";
  using Params = Empty;
  struct Entry {
    InviteId id;
    std::optional<User> user;
    Role role = Role::member;
    TimePoint created_at;
    TimePoint expires_at;
    std::optional<UserId> created_by;
  };
  struct Result {
    std::vector<Entry> invites;
  };
};
BOOST_DESCRIBE_STRUCT(AdminInviteList::Entry, (), (id, user, role, created_at, expires_at, created_by))
BOOST_DESCRIBE_STRUCT(AdminInviteList::Result, (), (invites))

struct AdminInviteRevoke {
  static constexpr std::string_view kName = "admin.invite_revoke";
  static constexpr std::string_view kSummary = "Makes an invite useless.";
  struct Params {
    InviteId invite;
  };
  using Result = Empty;
};
BOOST_DESCRIBE_STRUCT(AdminInviteRevoke::Params, (), (invite))

struct AdminImportMessages {
  static constexpr std::string_view kName = "admin.import_messages";
  static constexpr std::string_view kSummary =
      "Brings messages of another system into a room with their authors and times. The same client_id again "
      "adds nothing.";
  struct Entry {
    std::string client_id;
    std::string author;  // the name in the other system; becomes an account that can't sign in
    TimePoint at;
    std::string text;
  };
  struct Params {
    RoomId room;
    std::string source;           // for example "irc": authors are kept apart by source
    std::vector<Entry> messages;  // 1 to 500, in their order
    std::optional<bool> dry_run;  // only says what would be added
  };
  struct Result {
    std::int64_t added = 0;
    std::int64_t known = 0;  // were there already
    std::int64_t authors_added = 0;
    Seq seq;  // the room is now here
  };
};
BOOST_DESCRIBE_STRUCT(AdminImportMessages::Entry, (), (client_id, author, at, text))
BOOST_DESCRIBE_STRUCT(AdminImportMessages::Params, (), (room, source, messages, dry_run))
BOOST_DESCRIBE_STRUCT(AdminImportMessages::Result, (), (added, known, authors_added, seq))

}  // namespace wardroom::protocol
