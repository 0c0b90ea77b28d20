#include "server/store/sidebars.hpp"

#include "protocol/codec.hpp"

namespace wardroom::store {

using protocol::Sidebar;

Sidebar load_sidebar(sqlite::Connection& db, UserId user) {
  const auto text = db.find<std::string>("SELECT arranged FROM sidebars WHERE user_id = ?", user);
  if (!text) return {};
  const auto json = protocol::parse_json(*text);
  auto sidebar = json ? protocol::decode<Sidebar>(*json, "arranged") : Result<Sidebar>(Sidebar{});
  // What can't be read any more is arranged anew; the version goes on, so that no device takes it for its
  // own.
  Sidebar found = sidebar ? std::move(*sidebar) : Sidebar{};
  found.version = db.find<std::int64_t>("SELECT version FROM sidebars WHERE user_id = ?", user).value_or(0);
  return found;
}

void store_sidebar(sqlite::Connection& db, UserId user, const Sidebar& sidebar) {
  db.run(
      "INSERT INTO sidebars (user_id, version, arranged) VALUES (?,?,?)"
      " ON CONFLICT (user_id) DO UPDATE SET version = excluded.version, arranged = excluded.arranged",
      user, sidebar.version, protocol::encode(sidebar));
}

}  // namespace wardroom::store
