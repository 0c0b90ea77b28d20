#include <unordered_set>

#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/domain/names.hpp"
#include "server/store/sidebars.hpp"

namespace wardroom::commands {
namespace {

// Rooms are named here, not entered: which of them there are is neither asked nor told.
Result<void> check_rooms(const Sidebar& sidebar) {
  std::unordered_set<RoomId> met;
  const auto place = [&](const std::vector<RoomId>& rooms, const std::string& field) -> Result<void> {
    for (const RoomId room : rooms)
      if (!room.is_set() || !met.insert(room).second)
        return params_error(
            field, "Room " + std::to_string(room.value) + " stands in the side bar twice, or isn't one.");
    return ok();
  };
  if (auto placed = place(sidebar.favourites, "params.sidebar.favourites"); !placed) return placed;
  for (std::size_t i = 0; i < sidebar.sections.size(); ++i)
    if (auto placed =
            place(sidebar.sections[i].rooms, "params.sidebar.sections[" + std::to_string(i) + "].rooms");
        !placed)
      return placed;
  if (met.size() > kMaxPlacedRooms)
    return params_error("params.sidebar", "A side bar places 2,000 rooms at most.");
  return ok();
}

Result<void> clean_names(Sidebar& sidebar) {
  if (sidebar.sections.size() > kMaxSections)
    return params_error("params.sidebar.sections", "A side bar has 50 sections at most.");
  for (std::size_t i = 0; i < sidebar.sections.size(); ++i) {
    const std::string field = "params.sidebar.sections[" + std::to_string(i) + "].name";
    auto name = domain::check_line(field, sidebar.sections[i].name, kMaxSectionNameBytes);
    if (!name) return name.error();
    if (name->empty()) return params_error(field, "Give the section a name.");
    sidebar.sections[i].name = std::move(*name);
  }
  return ok();
}

}  // namespace

Result<SidebarGet::Result> get_sidebar(ReadContext& context, const Empty&) {
  return SidebarGet::Result{store::load_sidebar(context.db, context.caller().user)};
}

Result<SidebarSet::Result> set_sidebar(WriteContext& context, const SidebarSet::Params& params) {
  Sidebar sidebar = params.sidebar;
  if (auto good = clean_names(sidebar); !good) return good.error();
  if (auto good = check_rooms(sidebar); !good) return good.error();
  const UserId user = context.caller().user;
  const Sidebar before = store::load_sidebar(context.db(), user);
  if (before.version != sidebar.version)
    return conflict(
        "sidebar_changed",
        "The side bar was arranged on another device meanwhile. Do it again with what it is now.");
  ++sidebar.version;
  store::store_sidebar(context.db(), user, sidebar);
  context.tell_user(user, SidebarChanged{sidebar});
  return SidebarSet::Result{sidebar.version};
}

}  // namespace wardroom::commands
