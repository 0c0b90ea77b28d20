#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ctl/commands/audit_filter.hpp"
#include "ctl/commands/context.hpp"

// One function a command, each in a file of its own; app/arguments.cpp says how they are called. An error is
// a sentence for the person, and exit status 1.
namespace wardroom::ctl {

struct SetupArguments {
  std::filesystem::path data;
  std::string user;
  std::string code;
  bool password_stdin = false;
};
Result<void> setup(const Context& context, const SetupArguments& arguments);

struct LoginArguments {
  std::string server;  // an invite link, or HOST:PORT
  std::string fingerprint;
  std::string user;
  std::string display_name;
  bool password_stdin = false;
  bool code_stdin = false;
};
Result<void> login(const Context& context, const LoginArguments& arguments);
Result<void> logout(const Context& context);

struct CallArguments {
  std::string method;
  std::string params = "{}";
};
Result<void> call(const Context& context, const CallArguments& arguments);

struct SayArguments {
  std::string room;
  std::vector<std::string> words;  // none: the text comes on standard input, or with files there is none
  std::vector<std::filesystem::path> files;
  std::int64_t thread = 0;  // the root of the thread that it is a reply in
};
Result<void> say(const Context& context, const SayArguments& arguments);

struct TailArguments {
  std::string room;
  std::optional<std::int64_t> since;
  bool numbers = false;
};
Result<void> tail(const Context& context, const TailArguments& arguments);

Result<void> rooms(const Context& context);
Result<void> who(const Context& context);

struct InviteArguments {
  std::string user;
  std::string role;
  std::optional<std::chrono::seconds> expires;
};
Result<void> invite(const Context& context, const InviteArguments& arguments);

struct UserAddArguments {
  std::string name;
  std::string display_name;
  std::string role;
  std::string email;
};
struct UserListArguments {
  std::string query;
  std::string role;
  bool disabled = false;
  bool imported = false;
};
Result<void> user_add(const Context& context, const UserAddArguments& arguments);
Result<void> user_list(const Context& context, const UserListArguments& arguments);
Result<void> user_disable(const Context& context, const std::string& name, const std::string& reason);
Result<void> user_enable(const Context& context, const std::string& name);
Result<void> user_role(const Context& context, const std::string& name, const std::string& role);

struct ImportArguments {
  std::vector<std::filesystem::path> files;
  std::string room;
  std::optional<std::chrono::sys_days> day;
  std::string zone;  // empty: this machine's
};
Result<void> import_irc_log(const Context& context, const ImportArguments& arguments);

struct ExportArguments {
  std::string room;
  std::string format = "text";
  std::filesystem::path files;  // a folder for them; empty: they are only named
};
Result<void> export_transcript(const Context& context, const ExportArguments& arguments);

struct SearchArguments {
  std::vector<std::string> words;
  std::string room;
  std::int64_t limit = 50;
  bool oldest = false;
  std::string reason;  // given: in private and direct rooms of others, which is recorded
};
Result<void> search(const Context& context, const SearchArguments& arguments);

struct AuditQueryArguments {
  AuditFilterArguments filter;
  std::int64_t limit = 50;
};
Result<void> audit_query(const Context& context, const AuditQueryArguments& arguments);

}  // namespace wardroom::ctl
