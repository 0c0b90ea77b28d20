#include "ctl/commands/moderation.hpp"

#include <map>
#include <ostream>

#include "ctl/commands/client.hpp"
#include "ctl/commands/find_people.hpp"
#include "ctl/commands/find_rooms.hpp"
#include "ctl/commands/table.hpp"

namespace wardroom::ctl {
namespace {

// Whom it is about, where.
struct Aim {
  Client client;
  protocol::User user;
  std::optional<AnyRoom> room;

  std::optional<RoomId> room_id() const { return room ? std::optional(room->id) : std::nullopt; }
  std::string place() const { return room ? "in " + room->name : "in every room"; }
};

Result<Aim> find_aim(const Context& context, const ModerationArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  auto user = find_person(**client, arguments.user);
  if (!user) return user.error();
  Aim aim{std::move(*client), std::move(*user), {}};
  if (!arguments.room.empty()) {
    auto room = find_any_room(*aim.client, arguments.room);
    if (!room) return room.error();
    aim.room = std::move(*room);
  }
  return aim;
}

std::optional<std::int64_t> seconds_of(const ModerationArguments& arguments) {
  return arguments.length ? std::optional<std::int64_t>(arguments.length->count()) : std::nullopt;
}

std::optional<std::string> optional_reason(const ModerationArguments& arguments) {
  return arguments.reason.empty() ? std::nullopt : std::optional(arguments.reason);
}

std::string until_text(const std::optional<TimePoint>& until) {
  return until ? "until " + local_minute(*until) : "until it is lifted";
}

// Makes the change; says to a person what was done, to a program what the server answered.
template <class M>
Result<typename M::Result> ask(Aim& aim, const Context& context, const typename M::Params& params) {
  auto answer = aim.client->template call<M>(params);
  if (answer && context.json) context.out << protocol::encode(*answer) << "\n";
  return answer;
}

Result<void> say(const Context& context, const std::string& sentence) {
  if (!context.json) context.out << sentence << "\n";
  return ok();
}

}  // namespace

Result<void> mod_mute(const Context& context, const ModerationArguments& arguments) {
  auto aim = find_aim(context, arguments);
  if (!aim) return aim.error();
  const auto done = ask<protocol::ModerationMute>(
      *aim, context, {aim->room_id(), aim->user.id, seconds_of(arguments), arguments.reason});
  if (!done) return done.error();
  return say(context,
             aim->user.name + " is muted " + aim->place() + " " + until_text(done->sanction.until) + ".");
}

Result<void> mod_unmute(const Context& context, const ModerationArguments& arguments) {
  auto aim = find_aim(context, arguments);
  if (!aim) return aim.error();
  const auto done = ask<protocol::ModerationUnmute>(
      *aim, context, {aim->room_id(), aim->user.id, optional_reason(arguments)});
  if (!done) return done.error();
  return say(context, aim->user.name + " isn't muted " + aim->place() + " any more.");
}

Result<void> mod_kick(const Context& context, const ModerationArguments& arguments) {
  auto aim = find_aim(context, arguments);
  if (!aim) return aim.error();
  const auto done =
      ask<protocol::ModerationKick>(*aim, context, {aim->room->id, aim->user.id, arguments.reason});
  if (!done) return done.error();
  return say(context, aim->user.name + " is no longer " + aim->place() + ".");
}

Result<void> mod_ban(const Context& context, const ModerationArguments& arguments) {
  auto aim = find_aim(context, arguments);
  if (!aim) return aim.error();
  const auto done = ask<protocol::ModerationBan>(
      *aim, context, {aim->room->id, aim->user.id, seconds_of(arguments), arguments.reason});
  if (!done) return done.error();
  return say(context, aim->user.name + " is banned from " + aim->room->name + " " +
                          until_text(done->sanction.until) + ".");
}

Result<void> mod_unban(const Context& context, const ModerationArguments& arguments) {
  auto aim = find_aim(context, arguments);
  if (!aim) return aim.error();
  const auto done = ask<protocol::ModerationUnban>(*aim, context,
                                                   {aim->room->id, aim->user.id, optional_reason(arguments)});
  if (!done) return done.error();
  return say(context, aim->user.name + " may come into " + aim->room->name + " again.");
}

Result<void> mod_sanctions(const Context& context, const ModerationArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  protocol::ModerationSanctions::Params params;
  std::map<RoomId, std::string> names;
  if (!arguments.room.empty()) {
    const auto room = find_any_room(**client, arguments.room);
    if (!room) return room.error();
    params.room = room->id;
    names[room->id] = room->name;
  }
  const auto held = (*client)->call<protocol::ModerationSanctions>(params);
  if (!held) return held.error();
  if (context.json) {
    context.out << protocol::encode(*held) << "\n";
    return ok();
  }
  if (const auto mine = (*client)->call<protocol::RoomList>())
    for (const auto& room : mine->rooms) names.try_emplace(room.id, "#" + room.name);
  Table table({"KIND", "PERSON", "ROOM", "UNTIL", "BY", "SINCE", "REASON"});
  for (const auto& s : held->sanctions) {
    std::string where = "every room";
    if (s.room) where = names.contains(*s.room) ? names[*s.room] : "room " + std::to_string(s.room->value);
    table.add({std::string(protocol::enum_name(s.kind)), s.user.name, where,
               s.until ? local_minute(*s.until) : "lifted", s.by.name, local_minute(s.at), s.reason});
  }
  table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
