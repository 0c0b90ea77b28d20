#include "ctl/commands/retention.hpp"

#include <ostream>

#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/table.hpp"
#include "ctl/commands/words.hpp"

namespace wardroom::ctl {
namespace {

using protocol::RoomKind;

std::string days_text(const std::optional<std::int64_t>& days) {
  return days ? std::to_string(*days) + (*days == 1 ? " day" : " days") : "for good";
}

std::string room_text(const std::optional<std::string>& name, RoomId id) {
  return name && !name->empty() ? "#" + *name : "room " + std::to_string(id.value);
}

std::string scope_text(const protocol::RetentionRule& rule) {
  if (rule.kind) return std::string(protocol::enum_name(*rule.kind)) + " rooms";
  return room_text(rule.room_name, rule.room.value_or(RoomId{}));
}

// Fills what a rule is about into the parameters of two methods.
template <class Params>
Result<void> fill_rule(link::BlockingClient& client, const RetentionArguments& arguments, Params& params) {
  if (arguments.room.empty() == arguments.kind.empty())
    return usage_error("Say for what: --room ROOM or --kind public, private or direct.");
  if (arguments.days.has_value() + arguments.keep + arguments.inherit != 1)
    return usage_error("Say how long: --days N, --keep or, for a room, --inherit.");
  if (!arguments.room.empty()) {
    const auto room = find_any_room(client, arguments.room);
    if (!room) return room.error();
    params.room = room->id;
  } else {
    params.kind = protocol::parse_enum<RoomKind>(arguments.kind);
    if (!params.kind) return usage_error("There is no kind " + arguments.kind + " of rooms.");
  }
  params.days = arguments.days;
  if (arguments.inherit) params.inherit = true;
  return ok();
}

void print_rules(const Context& context, const protocol::AdminRetentionGet::Result& result) {
  if (context.json) {
    context.out << protocol::encode(result) << "\n";
    return;
  }
  if (result.rules.empty()) {
    context.out << "No rules: messages are kept for good.\n";
    return;
  }
  Table table({"ROOMS", "KEPT", "SET", "BY"});
  for (const auto& rule : result.rules)
    table.add({scope_text(rule), days_text(rule.days), local_minute(rule.at), rule.by ? rule.by->name : "-"});
  table.print(context.out);
}

}  // namespace

Result<void> retention_show(const Context& context, const RetentionArguments&) {
  auto client = connect(context);
  if (!client) return client.error();
  const auto rules = (*client)->call<protocol::AdminRetentionGet>();
  if (!rules) return rules.error();
  print_rules(context, *rules);
  return ok();
}

Result<void> retention_set(const Context& context, const RetentionArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminRetentionSet::Params params;
  if (auto filled = fill_rule(**client, arguments, params); !filled) return filled;
  params.reason = arguments.reason;
  const auto rules = (*client)->call<protocol::AdminRetentionSet>(params);
  if (!rules) return rules.error();
  print_rules(context, *rules);
  return ok();
}

Result<void> retention_preview(const Context& context, const RetentionArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::AdminRetentionPreview::Params params;
  const bool proposes = !arguments.room.empty() || !arguments.kind.empty() || arguments.days ||
                        arguments.keep || arguments.inherit;
  if (proposes)
    if (auto filled = fill_rule(**client, arguments, params); !filled) return filled;
  const auto preview = (*client)->call<protocol::AdminRetentionPreview>(params);
  if (!preview) return preview.error();
  if (context.json) {
    context.out << protocol::encode(*preview) << "\n";
    return ok();
  }
  Table table({"ROOM", "KIND", "KEPT", "GO", "ON HOLD", "IN ALL"});
  for (const auto& room : preview->rooms)
    table.add({room_text(room.name, room.room), std::string(protocol::enum_name(room.kind)),
               days_text(room.days), std::to_string(room.messages), std::to_string(room.held),
               std::to_string(room.total)});
  if (!preview->rooms.empty()) table.print(context.out);
  if (preview->messages == 0)
    context.out << "No messages would be removed now";
  else
    context.out << counted(preview->messages, "message") << " would be removed now";
  context.out << "; holds keep " << preview->held << ".\n";
  return ok();
}

}  // namespace wardroom::ctl
