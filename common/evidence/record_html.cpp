#include "common/evidence/record_html.hpp"

#include "common/base/utf8.hpp"
#include "common/evidence/bundle_case.hpp"
#include "common/evidence/html_text.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::evidence {
namespace {

using boost::json::object;
using boost::json::value;

const object* part(const object& in, std::string_view name) {
  const auto* found = in.if_contains(name);
  return found ? found->if_object() : nullptr;
}

// Numbers that can only be Unix milliseconds: of the years 2001 to 2096.
bool is_time(const value& v) {
  return v.is_int64() && v.get_int64() > 1'000'000'000'000 && v.get_int64() < 4'000'000'000'000;
}

// A value as a person reads it, escaped.
std::string shown(const value& v) {
  if (is_time(v)) return readable_time(from_unix_ms(v.get_int64()));
  if (v.is_string()) return html_escaped(escape_unseen(std::string_view(v.get_string())));
  return html_escaped(escape_unseen(boost::json::serialize(v)));
}

std::string text(const object* in, std::string_view name) {
  const auto* found = in ? in->if_contains(name) : nullptr;
  return found ? shown(*found) : std::string();
}

// A type, which may go on in the next line behind a dot or a dash of its name.
std::string breakable(std::string_view type) {
  std::string out;
  for (const char c : type) {
    out.push_back(c);
    if (c == '.' || c == '_') out += "<wbr>";
  }
  return out;
}

// "Lena (admin)", or what the server itself did.
std::string who(const object& record) {
  const object* actor = part(record, "actor");
  std::string out = text(actor, "name");
  if (out.empty()) out = text(actor, "type");
  if (const auto role = text(actor, "role"); !role.empty()) out += " <span class=\"who\">" + role + "</span>";
  if (const auto ip = text(part(record, "source"), "ip"); !ip.empty())
    out += "<br><span class=\"place\">" + ip + "</span>";
  return out;
}

std::string whom(const object& record) {
  const object* target = part(record, "target");
  std::string out = text(target, "type");
  for (const auto& more : {text(target, "id"), text(target, "name")})
    if (!more.empty()) out += (out.empty() ? "" : " ") + more;
  if (const auto room = text(&record, "room"); !room.empty() && text(target, "type") != "room")
    out += (out.empty() ? "room " : ", room ") + room;
  return out;
}

// Each member that was or is, once: "topic: old → new".
std::string changes(const object& record) {
  const object* before = part(record, "before");
  const object* after = part(record, "after");
  std::string out;
  const auto add = [&out](std::string_view name, const value* was, const value* is) {
    out += "<p class=\"change\">" + html_escaped(name) + ": ";
    if (was) out += "<bdi>" + shown(*was) + "</bdi>";
    if (was && is) out += " → ";
    if (is) out += "<b><bdi>" + shown(*is) + "</bdi></b>";
    out += "</p>";
  };
  if (before)
    for (const auto& [name, was] : *before) add(name, &was, after ? after->if_contains(name) : nullptr);
  if (after)
    for (const auto& [name, is] : *after)
      if (!before || !before->if_contains(name)) add(name, nullptr, &is);
  return out;
}

}  // namespace

std::string record_row(const RecordEntry& entry) {
  const auto json = protocol::parse_json(entry.line);
  const object* record = json ? json->if_object() : nullptr;
  if (!record)
    return "<tr><td class=\"number\">" + std::to_string(entry.idx) +
           "</td><td colspan=\"5\" class=\"mono\">" + html_escaped(escape_unseen(entry.line)) +
           "</td></tr>\n";
  const std::string outcome = text(record, "outcome"), reason = text(record, "reason");
  std::string row = "<tr><td class=\"number\">" + std::to_string(entry.idx) + "</td><td class=\"time\">" +
                    readable_time(text(record, "ts")) + "</td><td class=\"type\">" +
                    breakable(text(record, "type"));
  if (outcome != "success") row += " <span class=\"denied\">" + outcome + "</span>";
  if (!reason.empty()) row += "<br><span class=\"soft\">reason: <bdi>" + reason + "</bdi></span>";
  row += "</td><td>" + who(*record) + "</td><td>" + whom(*record) + "</td><td>" + changes(*record) +
         "</td></tr>\n";
  return row;
}

}  // namespace wardroom::evidence
