#include "common/evidence/record_format.hpp"

#include <charconv>

#include "common/base/utf8.hpp"
#include "common/evidence/record_fields.hpp"

namespace wardroom::evidence {
namespace {

struct CsvColumn {
  std::string_view title;
  std::string_view name, inner;
};

constexpr CsvColumn kCsvColumns[] = {
    {"idx", "idx", {}},
    {"time", "ts", {}},
    {"type", "type", {}},
    {"severity", "severity", {}},
    {"outcome", "outcome", {}},
    {"reason", "reason", {}},
    {"actor_type", "actor", "type"},
    {"actor_id", "actor", "id"},
    {"actor", "actor", "name"},
    {"role", "actor", "role"},
    {"session", "session", "id"},
    {"device", "session", "device"},
    {"address", "source", "ip"},
    {"client", "source", "client"},
    {"target_type", "target", "type"},
    {"target_id", "target", "id"},
    {"target", "target", "name"},
    {"room", "room", {}},
    {"before", "before", {}},
    {"after", "after", {}},
    {"request", "request", {}},
};

constexpr const char* kBom = "\xEF\xBB\xBF";
constexpr int kLogAudit = 13;  // RFC 5424 section 6.2.1
constexpr std::size_t kMaxHost = 255, kMaxMessageId = 32;

std::string csv_cell(std::string_view text, bool exact = false) {
  std::string cell = "\"";
  if (!exact && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos)
    cell += '\'';
  for (const char c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell + "\"";
}

// RFC 5424 section 6: header fields are printable ASCII without spaces; "-" when there is nothing to say.
std::string header_field(std::string_view text, std::size_t limit) {
  std::string field;
  for (const char c : text.substr(0, limit)) field += c > 32 && c < 127 ? c : '_';
  return field.empty() ? "-" : field;
}

// Section 6.3.3: these three are escaped in a parameter's value.
void add_param(std::string& element, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  element += ' ';
  element += name;
  element += "=\"";
  for (const char c : value) {
    if (c == '"' || c == '\\' || c == ']') element += '\\';
    element += c;
  }
  element += '"';
}

int syslog_severity(std::string_view severity) {
  if (severity == "warning") return 4;
  return severity == "notice" ? 5 : 6;
}

std::string syslog_header(int severity, std::string_view timestamp, std::string_view host,
                          std::string_view message_id) {
  return "<" + std::to_string(kLogAudit * 8 + severity) + ">1 " + header_field(timestamp, 64) + " " +
         header_field(host, kMaxHost) + " wardroomd - " + header_field(message_id, kMaxMessageId) + " ";
}

std::string cef_header_field(std::string_view text) {
  std::string field;
  for (const char c : text) {
    if (c == '\\' || c == '|') field += '\\';
    field += c;
  }
  return field;
}

void add_extension(std::string& out, std::string_view key, std::string_view value) {
  if (value.empty()) return;
  if (out.back() != '|') out += ' ';
  out += key;
  out += '=';
  for (const char c : value) {
    if (c == '\\' || c == '=') out += '\\';
    out += c;
  }
}

// "Nov 20 2026 07:33:20.123 UTC", of RFC 3339.
std::string cef_time(const std::string& ts) {
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  unsigned month = 0;
  if (ts.size() != 24 || std::from_chars(ts.data() + 5, ts.data() + 7, month).ec != std::errc{} ||
      month < 1 || month > 12)
    return {};
  return std::string(kMonths[month - 1]) + " " + ts.substr(8, 2) + " " + ts.substr(0, 4) + " " +
         ts.substr(11, 12) + " UTC";
}

int cef_severity(std::string_view severity) {
  if (severity == "warning") return 6;
  return severity == "notice" ? 4 : 2;
}

}  // namespace

std::string csv_header() {
  std::string header;
  for (const auto& column : kCsvColumns) header += std::string(column.title) + ",";
  return header + "line\r\n";
}

Result<std::string> to_csv(std::string_view line) {
  const auto fields = RecordFields::parse(line);
  if (!fields) return fields.error();
  std::string row;
  for (const auto& column : kCsvColumns) row += csv_cell(fields->at(column.name, column.inner)) + ",";
  return row + csv_cell(escape_unseen(line), true) + "\r\n";
}

Result<std::string> to_syslog(std::string_view line, std::string_view host) {
  const auto fields = RecordFields::parse(line);
  if (!fields) return fields.error();
  std::string text =
      syslog_header(syslog_severity(fields->at("severity")), fields->at("ts"), host, fields->at("type"));
  text += "[wardroom@32473";
  add_param(text, "idx", fields->at("idx"));
  add_param(text, "id", fields->at("id"));
  add_param(text, "type", fields->at("type"));
  add_param(text, "outcome", fields->at("outcome"));
  add_param(text, "actor", fields->at("actor", "name"));
  add_param(text, "role", fields->at("actor", "role"));
  add_param(text, "ip", fields->at("source", "ip"));
  add_param(text, "target", fields->at("target", "name"));
  add_param(text, "room", fields->at("room"));
  add_param(text, "reason", fields->at("reason"));
  return text + "] " + kBom + escape_unseen(line);
}

std::string head_to_syslog(std::string_view note, std::int64_t size, std::string_view timestamp,
                           std::string_view host) {
  std::string text = syslog_header(5, timestamp, host, "checkpoint") + "[wardroom@32473";
  add_param(text, "size", std::to_string(size));
  return text + "] " + kBom + std::string(note);
}

Result<std::string> to_cef(std::string_view line, std::string_view version) {
  const auto fields = RecordFields::parse(line);
  if (!fields) return fields.error();
  const std::string type = cef_header_field(fields->at("type"));
  std::string text = "CEF:0|Wardroom|wardroomd|" + cef_header_field(version) + "|" + type + "|" + type + "|" +
                     std::to_string(cef_severity(fields->at("severity"))) + "|";
  const std::string address = fields->at("source", "ip");
  add_extension(text, "externalId", fields->at("idx"));
  add_extension(text, "rt", cef_time(fields->at("ts")));
  add_extension(text, "outcome", fields->at("outcome"));
  add_extension(text, "reason", fields->at("reason"));
  add_extension(text, "suid", fields->at("actor", "id"));
  add_extension(text, "suser", fields->at("actor", "name"));
  add_extension(text, "spriv", fields->at("actor", "role"));
  if (address.find(':') == std::string::npos) {
    add_extension(text, "src", address);
  } else {
    add_extension(text, "c6a2Label", "Source IPv6 Address");
    add_extension(text, "c6a2", address);
  }
  add_extension(text, "requestClientApplication", fields->at("source", "client"));
  if (fields->at("target", "type") == "user") {
    add_extension(text, "duid", fields->at("target", "id"));
    add_extension(text, "duser", fields->at("target", "name"));
  }
  if (const auto room = fields->at("room"); !room.empty()) {
    add_extension(text, "cn1Label", "room");
    add_extension(text, "cn1", room);
  }
  add_extension(text, "rawEvent", escape_unseen(line));
  return text;
}

}  // namespace wardroom::evidence
