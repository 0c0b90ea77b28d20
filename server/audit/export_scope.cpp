#include "server/audit/export_scope.hpp"

#include <algorithm>

#include "protocol/json_text.hpp"
#include "server/store/users.hpp"

namespace wardroom::audit {
namespace {

using boost::json::object;

const object* find_object(const object& in, std::string_view name) {
  const auto* value = in.if_contains(name);
  return value ? value->if_object() : nullptr;
}

std::int64_t number_at(const object* in, std::string_view name) {
  const auto* value = in ? in->if_contains(name) : nullptr;
  return value && value->is_int64() ? value->get_int64() : 0;
}

std::string_view text_at(const object* in, std::string_view name) {
  const auto* value = in ? in->if_contains(name) : nullptr;
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

// What happened to the server and to the log explains everything else, and tells of nobody's doings.
bool is_of_the_log(std::string_view type) {
  return type.starts_with("server.") || type == "audit.pruned" || type == "audit.key_rotated";
}

bool is_about(const object& record, UserId user, std::string_view name) {
  const object* actor = find_object(record, "actor");
  if (text_at(actor, "type") == "user" && number_at(actor, "id") == user.value) return true;
  const object* target = find_object(record, "target");
  const std::string_view kind = text_at(target, "type");
  if (kind == "user") {
    // A sign-in that was refused names the account but not its number.
    const std::int64_t id = number_at(target, "id");
    return id == user.value || (id == 0 && text_at(target, "name") == name);
  }
  if (kind == "session") return text_at(target, "name") == name;
  return kind == "message" && (number_at(find_object(record, "before"), "author") == user.value ||
                               number_at(find_object(record, "after"), "author") == user.value);
}

// Whether a record messages.committed binds states of the room or, without one, of the person: it is a link
// of the chain by which a bundle shows that none is missing (commitment_counts.hpp).
bool counts_states(const object& record, std::optional<UserId> user, std::optional<RoomId> room) {
  const object* after = find_object(record, "after");
  const auto* counts = after ? after->if_contains("states") : nullptr;
  if (!counts || !counts->is_array()) return false;
  const std::size_t place = room ? 0 : 1;
  const std::int64_t id = room ? room->value : user->value;
  return std::ranges::any_of(counts->get_array(), [&](const boost::json::value& entry) {
    const auto* numbers = entry.if_array();
    return numbers && numbers->size() > place && (*numbers)[place] == id;
  });
}

bool is_in(const object& record, RoomId room) {
  if (number_at(&record, "room") == room.value) return true;
  const object* target = find_object(record, "target");
  return text_at(target, "type") == "room" && number_at(target, "id") == room.value;
}

}  // namespace

ExportScope::ExportScope(sqlite::Connection& db, const protocol::AuditExport::Params& params)
    : user_(params.user), room_(params.room) {
  if (user_)
    if (const auto row = store::find_user(db, *user_)) user_name_ = row->account.name;
}

bool ExportScope::concerns_record(std::string_view line) const {
  if (is_everything()) return true;
  const auto json = protocol::parse_json(line);
  const object* record = json ? json->if_object() : nullptr;
  if (!record) return false;
  const std::string_view type = text_at(record, "type");
  if (is_of_the_log(type)) return true;
  if (type == "messages.committed") return counts_states(*record, user_, room_);
  return (!user_ || is_about(*record, *user_, user_name_)) && (!room_ || is_in(*record, *room_));
}

bool ExportScope::concerns_message(UserId author, RoomId room) const {
  return (!user_ || author == *user_) && (!room_ || room == *room_);
}

}  // namespace wardroom::audit
