#include "admin/model/record.hpp"

#include <boost/json.hpp>

#include "common/tlog/merkle.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::admin {
namespace {

using boost::json::object;
using boost::json::value;

const object* object_at(const object& from, std::string_view key) {
  const value* found = from.if_contains(key);
  return found ? found->if_object() : nullptr;
}

std::string text_at(const object* from, std::string_view key) {
  const value* found = from ? from->if_contains(key) : nullptr;
  const auto* text = found ? found->if_string() : nullptr;
  return text ? std::string(text->data(), text->size()) : std::string();
}

std::int64_t number_at(const object* from, std::string_view key) {
  const value* found = from ? from->if_contains(key) : nullptr;
  const auto* number = found ? found->if_int64() : nullptr;
  return number ? *number : 0;
}

OutcomeMark outcome_of(std::string_view name) {
  if (name == "failure") return OutcomeMark::failure;
  if (name == "denied") return OutcomeMark::denied;
  return name == "success" ? OutcomeMark::success : OutcomeMark::error;
}

LogRecord::Fields fields_of(const object* from) {
  LogRecord::Fields fields;
  if (!from) return fields;
  for (const auto& [key, held] : *from) {
    const auto* text = held.if_string();
    fields.emplace_back(key, text ? std::string(text->data(), text->size()) : boost::json::serialize(held));
  }
  return fields;
}

void read_line(LogRecord& record, const object& line) {
  record.ts = text_at(&line, "ts");
  record.type = text_at(&line, "type");
  record.outcome = outcome_of(text_at(&line, "outcome"));
  record.reason = text_at(&line, "reason");
  const object* actor = object_at(line, "actor");
  record.actor_type = text_at(actor, "type");
  record.actor_name = text_at(actor, "name");
  record.actor_role = text_at(actor, "role");
  record.actor = UserId{number_at(actor, "id")};
  record.device = text_at(object_at(line, "session"), "device");
  const object* source = object_at(line, "source");
  record.ip = text_at(source, "ip");
  record.client = text_at(source, "client");
  record.tls = text_at(source, "tls");
  const object* target = object_at(line, "target");
  record.target_type = text_at(target, "type");
  record.target_name = text_at(target, "name");
  record.target = number_at(target, "id");
  record.room = RoomId{number_at(&line, "room")};
  record.before = fields_of(object_at(line, "before"));
  record.after = fields_of(object_at(line, "after"));
  record.request = text_at(&line, "request");
}

}  // namespace

LogRecord read_record(protocol::AuditRecord from) {
  LogRecord record;
  record.idx = from.idx;
  record.line = std::move(from.line);
  record.server_leaf = std::move(from.leaf);
  if (record.line.empty()) {
    record.leaf = record.server_leaf;
    record.type = "pruned";
    return record;
  }
  record.leaf = to_hex(tlog::leaf_hash(as_bytes(record.line)));
  const auto json = protocol::parse_json(record.line);
  const auto* line = json ? json->if_object() : nullptr;
  if (line) read_line(record, *line);
  if (record.type.empty()) {
    record.type = "not a record";
    record.outcome = OutcomeMark::error;
  }
  return record;
}

}  // namespace wardroom::admin
