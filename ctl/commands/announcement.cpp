#include "ctl/commands/announcement.hpp"

#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/lines.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/typed_text.hpp"
#include "ctl/commands/words.hpp"
#include "protocol/limits.hpp"
#include "protocol/methods/announcement.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AdminAnnounceStatus;

void print_status(const Context& context, const AdminAnnounceStatus::Result& status, bool missing) {
  if (context.json) {
    context.out << protocol::encode(status) << "\n";
    return;
  }
  if (!status.announcement) {
    context.out << "Nothing was announced.\n";
    return;
  }
  const auto& announcement = *status.announcement;
  context.out << set_in(announcement.text) << "\n"
              << (status.stands ? "stands until " : "no longer stands; it was to end on ")
              << local_minute(announcement.until) << "; announced on " << local_minute(announcement.at)
              << (status.by ? " by " + status.by->name : "") << "\n";
  if (!announcement.must_acknowledge) return;
  context.out << status.acknowledged << " of " << status.people << " people"
              << " acknowledged it\n";
  Table table({"NAME", "DISPLAY NAME", missing ? "" : "ACKNOWLEDGED"});
  for (const auto& entry : status.entries)
    table.add({entry.user.name, entry.user.display_name, entry.at ? local_minute(*entry.at) : ""});
  if (!status.entries.empty()) table.print(context.out);
}

}  // namespace

Result<void> announce_say(const Context& context, const AnnounceArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminAnnounce::Params params;
  params.text = typed_text(context, arguments.words);
  if (arguments.must_acknowledge) params.must_acknowledge = true;
  if (arguments.lasts) params.ends_in_s = arguments.lasts->count();
  const auto made = (*client)->call<protocol::AdminAnnounce>(params);
  if (!made) return made.error();
  if (context.json)
    context.out << protocol::encode(*made) << "\n";
  else
    context.out << "Announced to everybody, until " << local_minute(made->announcement.until) << ".\n";
  return ok();
}

Result<void> announce_end(const Context& context, const AnnounceArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  if (const auto ended = (*client)->call<protocol::AdminAnnounceEnd>(); !ended) return ended.error();
  if (!context.json) context.out << "It is off everybody's screen.\n";
  return ok();
}

Result<void> announce_show(const Context& context, const AnnounceArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  AdminAnnounceStatus::Params params;
  params.missing = arguments.missing;
  params.limit = static_cast<std::int64_t>(protocol::kMaxPage);
  AdminAnnounceStatus::Result all;
  do {
    auto page = (*client)->call<AdminAnnounceStatus>(params);
    if (!page) return page.error();
    page->entries.insert(page->entries.begin(), all.entries.begin(), all.entries.end());
    all = *std::move(page);
    if (!all.entries.empty()) params.after = all.entries.back().user.name;
  } while (all.more);
  print_status(context, all, arguments.missing);
  return ok();
}

}  // namespace wardroom::ctl
