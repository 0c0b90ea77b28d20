#include "server/commands/admin/people_import_plan.hpp"

#include <algorithm>

#include "server/domain/names.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kShownErrors = 100;

struct FoundRoom {
  std::optional<RoomId> id;
  std::string problem;  // empty: people can be brought in
};

// Nobody brings people into a private room that they aren't in, nor learns here that there is one.
FoundRoom find_room_for_people(sqlite::Connection& db, const std::string& key, UserId importer) {
  const auto id = store::find_room_by_name(db, key);
  const auto room = id ? store::find_room(db, *id) : std::nullopt;
  if (!room || (room->kind == protocol::RoomKind::private_ && !store::find_member(db, room->id, importer)))
    return {{}, "There is no such room. Make it first, or leave it out."};
  if (room->archived) return {{}, "This room is archived."};
  return {room->id, {}};
}

class Checker {
 public:
  Checker(sqlite::Connection& db, UserId importer, PeoplePlan& plan)
      : db_(db), importer_(importer), plan_(plan) {}

  void check(domain::PersonRow& row) {
    if (!row.name.empty() && store::find_user(db_, row.name))
      refuse(row, row.name_at, "name", "There is an account called " + row.name + " already.");
    for (const auto& mention : row.rooms) {
      const std::string key = domain::room_name_key(mention.name);
      const auto& room = find(key);
      if (room.id)
        plan_.rooms.emplace(key, *room.id);
      else
        refuse(row, mention.at, "rooms", "#" + mention.name + ": " + room.problem);
    }
  }

 private:
  void refuse(domain::PersonRow& row, domain::TextPosition at, const char* field, std::string message) {
    row.is_good = false;
    plan_.file.errors.push_back({at.line, at.column, field, std::move(message)});
  }

  const FoundRoom& find(const std::string& key) {
    const auto known = found_.find(key);
    if (known != found_.end()) return known->second;
    return found_.emplace(key, find_room_for_people(db_, key, importer_)).first->second;
  }

  sqlite::Connection& db_;
  const UserId importer_;
  PeoplePlan& plan_;
  std::unordered_map<std::string, FoundRoom> found_;
};

}  // namespace

PeoplePlan make_people_plan(sqlite::Connection& db, UserId importer, std::string_view csv) {
  PeoplePlan plan{domain::parse_people_csv(csv), {}};
  Checker checker(db, importer, plan);
  for (auto& row : plan.file.rows) checker.check(row);
  std::stable_sort(plan.file.errors.begin(), plan.file.errors.end(), [](const auto& a, const auto& b) {
    return std::pair(a.line, a.column) < std::pair(b.line, b.column);
  });
  return plan;
}

protocol::AdminUserImport::Result PeoplePlan::describe() const {
  protocol::AdminUserImport::Result result;
  result.encoding = std::string(file.encoding);
  result.rows = static_cast<std::int64_t>(file.rows.size());
  for (const auto& row : file.rows) {
    if (!row.is_good) {
      ++result.skipped;
      continue;
    }
    ++result.created;
    result.memberships += static_cast<std::int64_t>(row.rooms.size());
  }
  result.columns = file.columns;
  result.errors_total = static_cast<std::int64_t>(file.errors.size());
  result.errors.assign(file.errors.begin(), file.errors.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                                      kShownErrors, file.errors.size())));
  return result;
}

}  // namespace wardroom::commands
