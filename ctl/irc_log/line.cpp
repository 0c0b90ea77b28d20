#include "ctl/irc_log/line.hpp"

#include <algorithm>
#include <array>

namespace wardroom::irc_log {
namespace {

constexpr std::string_view kSpace = " \t\r";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

// Takes the first word off.
std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const auto end = std::min(text.find_first_of(kSpace), text.size());
  const auto word = text.substr(0, end);
  text = trimmed(text.substr(end));
  return word;
}

std::optional<unsigned> two_digits(std::string_view text, std::size_t at, unsigned below) {
  if (at + 2 > text.size()) return std::nullopt;
  const auto digit = [text](std::size_t i) { return static_cast<unsigned>(text[i] - '0'); };
  if (digit(at) > 9 || digit(at + 1) > 9) return std::nullopt;
  const unsigned number = digit(at) * 10 + digit(at + 1);
  return number < below ? std::optional(number) : std::nullopt;
}

// "[03:21]" or "[03:21:59]".
std::optional<std::chrono::minutes> take_time(std::string_view& line) {
  const auto hour = two_digits(line, 1, 24);
  const auto minute = two_digits(line, 4, 60);
  if (!hour || !minute || line[0] != '[' || line[3] != ':') return std::nullopt;
  std::size_t end = 6;
  if (line.size() > end && line[end] == ':') end = two_digits(line, 7, 61) ? 9 : line.size();
  if (end >= line.size() || line[end] != ']') return std::nullopt;
  line = trimmed(line.substr(end + 1));
  return std::chrono::hours{*hour} + std::chrono::minutes{*minute};
}

// Some programs write a person's rank before the nick, which itself can't start with these.
std::string_view without_rank(std::string_view nick) {
  nick = trimmed(nick);
  while (!nick.empty() && std::string_view("@+%&~!").find(nick.front()) != std::string_view::npos)
    nick.remove_prefix(1);
  return nick;
}

Line said(LineKind kind, std::string_view author, std::string_view text) {
  if (author.empty()) return {LineKind::unknown, {}, {}, {}};
  return {text.empty() ? LineKind::empty : kind, {}, author, text};
}

// What stands behind "===": the oldest logs put actions there too, so an event must be known by its words.
bool is_event(std::string_view first, std::string_view rest) {
  if (first.starts_with("mode/") || first.ends_with(':')) return true;  // netjoined:, netsplit:, signoff:
  static constexpr std::array<std::string_view, 6> kWords = {
      "is now known as ", "changed the topic", "has changed the topic",
      "sets mode",        "has quit",          "was kicked "};
  if (std::ranges::any_of(kWords, [rest](std::string_view words) { return rest.starts_with(words); }))
    return true;
  // "nick [user@host]  has joined #room"
  const auto host_end = rest.find(']');
  if (!rest.starts_with('[') || host_end == std::string_view::npos) return false;
  const auto what = trimmed(rest.substr(host_end + 1));
  return what.starts_with("has joined") || what.starts_with("has left") || what.starts_with("has quit");
}

Line parse_body(std::string_view body) {
  if (body.empty()) return {LineKind::empty, {}, {}, {}};
  if (body.starts_with('<') && !body.starts_with("<-")) {
    const auto end = body.find('>');
    if (end == std::string_view::npos) return {};
    return said(LineKind::message, without_rank(body.substr(1, end - 1)), trimmed(body.substr(end + 1)));
  }
  std::string_view rest = body;
  const auto mark = take_word(rest);
  if (mark == "*") {
    const auto author = without_rank(take_word(rest));
    return said(LineKind::action, author, rest);
  }
  if (mark == "===") {
    const auto author = take_word(rest);
    if (is_event(author, rest)) return {LineKind::event, {}, {}, {}};
    return said(LineKind::action, without_rank(author), rest);
  }
  static constexpr std::array<std::string_view, 7> kMarks = {"-!-", "***", "-->", "<--", "--", "---", "!!!"};
  const bool is_notice = mark.size() > 2 && mark.starts_with('-') && mark.ends_with('-');
  if (is_notice || std::ranges::find(kMarks, mark) != kMarks.end()) return {LineKind::event, {}, {}, {}};
  return {};
}

}  // namespace

Line parse_line(std::string_view line) {
  line = trimmed(line);
  const auto time = take_time(line);
  Line parsed = parse_body(line);
  parsed.time = time;
  return parsed;
}

}  // namespace wardroom::irc_log
