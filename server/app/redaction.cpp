#include "server/app/redaction.hpp"

#include <algorithm>
#include <array>

#include "server/app/option_table.hpp"

namespace wardroom::app {
namespace {

constexpr std::string_view kWithheld = "…";

bool is_word(std::string_view text, std::string_view more) {
  return !text.empty() && text.size() <= 64 && std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || c == '_' || (c >= '0' && c <= '9') || more.find(c) != more.npos;
  });
}

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <std::size_t Size>
bool is_among(std::string_view word, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// What events are of.
constexpr std::array<std::string_view, 23> kSubjects{
    "audit",  "backup",  "certificate", "commands", "credentials", "files",    "heads",    "housekeeper",
    "local",  "metrics", "moderation",  "net",      "ops",         "presence", "realtime", "retention",
    "search", "server",  "session",     "setup",    "store",       "syslog",   "web"};
// Keys whose values are the program's own words.
constexpr std::array<std::string_view, 18> kOwnWords{
    "asked",  "code",      "committed", "group",     "low",  "method", "name",  "nothing",    "reads",
    "reason", "rehearsed", "restart",   "signed_in", "step", "type",   "until", "web_socket", "writes"};
// Keys whose values are counts, sizes and times. A person may be called 4711.
constexpr std::array<std::string_view, 17> kNumbers{
    "by_ms",   "bytes",   "days_left", "errno",  "files",       "findings", "free_bytes", "from", "jobs",
    "minutes", "records", "refused",   "signal", "sqlite_code", "unproven", "us",         "wrong"};
// Keys whose values are somebody's.
constexpr std::array<std::string_view, 11> kSomebodys{
    "address", "backup", "content", "file", "folder", "host", "upload", "room", "to", "user", "port"};

bool is_event(std::string_view word) {
  return is_word(word, ".") && is_among(word.substr(0, word.find('.')), kSubjects) &&
         word.find('.') != word.npos;
}

// Takes `key=value` off the front. What stands in quotes, or under a key that isn't known, is withheld with
// all behind it: whoever chose the text may have closed the quotes in it.
std::string take_pair(std::string_view& rest) {
  const auto equals = rest.find('=');
  const auto key = rest.substr(0, equals);
  const bool is_own = is_among(key, kOwnWords);
  const bool is_count = is_among(key, kNumbers);
  const auto value =
      equals == rest.npos ? rest : rest.substr(equals + 1, rest.find(' ', equals) - equals - 1);
  if ((!is_own && !is_count && !is_among(key, kSomebodys)) || value.starts_with('"')) {
    rest = {};
    return std::string(kWithheld);
  }
  const std::string pair = std::string(key) + "=";
  rest.remove_prefix(std::min(pair.size() + value.size() + 1, rest.size()));
  const bool is_known = (is_own && is_word(value, ".")) || (is_count && is_number(value));
  return pair + std::string(is_known ? value : kWithheld);
}

std::string count_of(const OptionRow& row, const Options& options) {
  if (const auto* list = std::get_if<ListOption>(&row.kind))
    return std::to_string(list->get(options).size()) + " of them";
  return std::get<TextOption>(row.kind).get(options).empty() ? "empty" : "set";
}

bool has_choice(std::string_view key) {
  return key == "log.level" || key == "web.enabled" || key == "discovery.announce" ||
         key == "rooms.direct_policy" || key == "rooms.seen_by" || key == "sign_in.second_factor_roles";
}

}  // namespace

std::string redact_line(std::string_view line) {
  const auto event = line.substr(0, line.find(' '));
  if (!is_event(event)) return "(" + std::to_string(line.size()) + " bytes of text)";
  std::string kept(event);
  std::string_view rest = line.substr(std::min(event.size() + 1, line.size()));
  while (!rest.empty()) kept += " " + take_pair(rest);
  return kept;
}

std::string describe_options(const Options& options, bool with_names) {
  const Options defaults;
  std::string text;
  for (const OptionRow& row : option_table()) {
    const std::string key = key_of(row);
    const bool is_default = value_as_toml(row, options) == value_as_toml(row, defaults);
    const bool is_shown =
        with_names || is_default || has_choice(key) || std::holds_alternative<IntegerOption>(row.kind);
    text += key + " = " + (is_shown ? value_as_toml(row, options) : count_of(row, options)) +
            (is_default ? "  (default)" : "") + "\n";
  }
  return text;
}

std::string redact_quoted(std::string_view text) {
  std::string kept;
  bool is_quoted = false;
  for (const char c : text) {
    if (c == '"') {
      if (!is_quoted) kept += "\"" + std::string(kWithheld);
      is_quoted = !is_quoted;
    }
    if (!is_quoted) kept += c;
  }
  return kept;
}

}  // namespace wardroom::app
