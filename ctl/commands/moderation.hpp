#pragma once

#include "ctl/commands/commands.hpp"

// What moderators do to people, and reports. An error is a sentence for the person.
namespace wardroom::ctl {

struct ModerationArguments {
  std::string user;
  std::string room;  // empty: in the whole office, where that is possible
  std::string reason;
  std::optional<std::chrono::seconds> length;  // none: until it is lifted
};
Result<void> mod_mute(const Context& context, const ModerationArguments& arguments);
Result<void> mod_unmute(const Context& context, const ModerationArguments& arguments);
Result<void> mod_kick(const Context& context, const ModerationArguments& arguments);
Result<void> mod_ban(const Context& context, const ModerationArguments& arguments);
Result<void> mod_unban(const Context& context, const ModerationArguments& arguments);
Result<void> mod_sanctions(const Context& context, const ModerationArguments& arguments);

struct ReportArguments {
  std::string room;
  std::int64_t seq = 0;
  std::int64_t report = 0;
  std::string resolution;
  std::string reason;
  bool all = false;
  std::int64_t limit = 20;
};
Result<void> mod_report(const Context& context, const ReportArguments& arguments);
Result<void> mod_reports(const Context& context, const ReportArguments& arguments);
Result<void> mod_resolve(const Context& context, const ReportArguments& arguments);
Result<void> mod_reopen(const Context& context, const ReportArguments& arguments);

}  // namespace wardroom::ctl
