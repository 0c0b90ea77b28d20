#include "ctl/commands/find_any_room.hpp"

#include <algorithm>
#include <charconv>

#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::ranges::equal(a, b, [lower](char x, char y) { return lower(x) == lower(y); });
}

Result<std::optional<AnyRoom>> find_public(link::BlockingClient& client, const std::string& name) {
  protocol::RoomBrowse::Params params{name, {}, protocol::kMaxPage};
  for (;;) {
    const auto page = client.call<protocol::RoomBrowse>(params);
    if (!page) return page.error();
    for (const auto& room : page->rooms)
      if (same_name(room.name, name)) return std::optional(AnyRoom{room.id, "#" + room.name});
    if (!page->more || page->rooms.empty()) return std::optional<AnyRoom>{};
    params.after = page->rooms.back().name;
  }
}

}  // namespace

Result<AnyRoom> find_any_room(link::BlockingClient& client, const std::string& typed) {
  const auto name = typed.starts_with('#') ? typed.substr(1) : typed;
  if (name.empty()) return usage_error("Name a room, for example #general.");
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id);
  const bool is_id = error == std::errc{} && end == name.data() + name.size() && id > 0;
  const auto mine = client.call<protocol::RoomList>();
  if (!mine) return mine.error();
  for (const auto& room : mine->rooms)
    if (!room.name.empty() && same_name(room.name, name)) return AnyRoom{room.id, "#" + room.name};
  for (const auto& room : mine->rooms)
    if (is_id && room.id == RoomId{id} && !room.name.empty()) return AnyRoom{room.id, "#" + room.name};
  if (is_id) return AnyRoom{RoomId{id}, "room " + name};
  // Guests may not browse, and are told so by the method that they want the room for.
  const auto found = find_public(client, name);
  if (found && *found) return **found;
  return not_found("There is no room called " + name +
                   " that you may know of. A private room that you aren't in is named by its id.");
}

}  // namespace wardroom::ctl
