#include "server/audit/record.hpp"

#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::audit {
namespace {

constexpr std::size_t kMaxTextBytes = 512;

std::string_view name_of(Actor::Kind kind) {
  switch (kind) {
    case Actor::Kind::user:
      return "user";
    case Actor::Kind::server:
      return "server";
    case Actor::Kind::nobody:
      return "nobody";
  }
  return "nobody";
}

// One object; members that have nothing to say are left out.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_.push_back('{'); }
  ~Object() { out_.push_back('}'); }

  void text(std::string_view name, std::string_view value) {
    if (value.empty()) return;
    key(name);
    protocol::append_json_string(out_, truncate_utf8(value, kMaxTextBytes));
  }
  void number(std::string_view name, std::int64_t value, bool even_zero = false) {
    if (value == 0 && !even_zero) return;
    key(name);
    protocol::append_number(out_, value);
  }
  void object(std::string_view name, const Details& details) {
    if (!details.empty()) key(name) += details.json();
  }
  std::string& key(std::string_view name) {
    if (out_.back() != '{') out_.push_back(',');
    out_.push_back('"');
    out_ += name;
    out_ += "\":";
    return out_;
  }

 private:
  std::string& out_;
};

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::success:
      return "success";
    case Outcome::failure:
      return "failure";
    case Outcome::denied:
      return "denied";
    case Outcome::error:
      return "error";
  }
  return "error";
}

std::string compose_line(const Record& r, AuditIndex idx, TimePoint at) {
  const TypeRow& row = catalogue_row(r.type);
  std::string line;
  line.reserve(512);
  {
    Object record(line);
    record.number("v", 1);
    record.number("idx", idx.value, true);
    record.text("id", to_string(make_uuid7(at)));
    record.text("ts", to_rfc3339(at));
    record.text("type", row.name);
    record.text("severity", name_of(row.severity));
    record.text("outcome", to_string(r.outcome));
    record.text("reason", r.reason);
    {
      Object actor(record.key("actor"));
      actor.text("type", name_of(r.actor.kind));
      actor.number("id", r.actor.id.value);
      actor.text("name", r.actor.name);
      actor.text("role", r.actor.role);
    }
    if (r.session.is_set()) {
      Object session(record.key("session"));
      session.number("id", r.session.value);
      session.text("device", r.device);
    }
    if (!r.ip.empty()) {
      Object source(record.key("source"));
      source.text("ip", r.ip);
      source.text("client", r.client);
      source.text("tls", r.tls);
    }
    if (!r.target.type.empty()) {
      Object target(record.key("target"));
      target.text("type", r.target.type);
      target.number("id", r.target.id);
      target.text("name", r.target.name);
    }
    record.number("room", r.room.value);
    record.object("before", r.before);
    record.object("after", r.after);
    record.text("request", r.request);
  }
  // Whatever shows the exact line shows nothing that moves or hides a part of it.
  return escape_unseen(line);
}

}  // namespace wardroom::audit
