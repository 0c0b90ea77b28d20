#include "ctl/irc_log/line.hpp"

#include <algorithm>
#include <array>

#include "ctl/irc_log/stamp.hpp"
#include "ctl/irc_log/words.hpp"

namespace wardroom::irc_log {
namespace {

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::array<std::string_view, N>& starts) {
  return std::ranges::any_of(starts, [text](std::string_view start) { return text.starts_with(start); });
}

// What programs write about the log itself; most say the day.
constexpr std::array<std::string_view, 9> kLogMarks = {
    "--- Log opened ",        "--- Log closed ",         "--- Day changed ",
    "**** BEGIN LOGGING AT ", "**** ENDING LOGGING AT ", "Session Start: ",
    "Session Time: ",         "Session Close: ",         "Session Ident: "};

// Some programs write a person's rank before the nick, which itself can't start with these.
std::string_view without_rank(std::string_view nick) {
  nick = trimmed(nick);
  while (!nick.empty() && std::string_view("@+%&~!").find(nick.front()) != std::string_view::npos)
    nick.remove_prefix(1);
  return nick;
}

Line said(LineKind kind, std::string_view author, std::string_view text) {
  Line line;
  if (author.empty()) return line;
  line.kind = text.empty() ? LineKind::empty : kind;
  line.author = author;
  line.text = text;
  return line;
}

Line of_kind(LineKind kind) {
  Line line;
  line.kind = kind;
  return line;
}

// What stands behind "===": the oldest logs put actions there too, so an event must be known by its words.
bool is_event(std::string_view first, std::string_view rest) {
  if (first.starts_with("mode/") || first.ends_with(':')) return true;  // netjoined:, netsplit:, signoff:
  static constexpr std::array<std::string_view, 6> kWords = {
      "is now known as ", "changed the topic", "has changed the topic",
      "sets mode",        "has quit",          "was kicked "};
  if (starts_with_any(rest, kWords)) return true;
  // "nick [user@host]  has joined #room"
  const auto host_end = rest.find(']');
  if (!rest.starts_with('[') || host_end == std::string_view::npos) return false;
  const auto what = trimmed(rest.substr(host_end + 1));
  return what.starts_with("has joined") || what.starts_with("has left") || what.starts_with("has quit");
}

// mIRC and HexChat put a star before actions and before everything else that happens. `rest` is what stands
// behind it; only their own words are an event, for an action may say nearly the same.
bool is_star_event(std::string_view rest) {
  static constexpr std::array<std::string_view, 20> kNotices = {"Joins: ",
                                                                "Parts: ",
                                                                "Quits: ",
                                                                "Now talking in ",
                                                                "Now talking on ",
                                                                "Topic is ",
                                                                "Topic for #",
                                                                "Set by ",
                                                                "Attempting to rejoin ",
                                                                "Rejoined channel",
                                                                "Retrieving #",
                                                                "Looking up ",
                                                                "Connecting to ",
                                                                "Connected. ",
                                                                "You are now known as ",
                                                                "You were kicked",
                                                                "You have been kicked",
                                                                "Users on #",
                                                                "Channel #",
                                                                "Disconnected"};
  if (starts_with_any(rest, kNotices)) return true;
  take_word(rest);  // the nick
  if (rest.starts_with("is now known as "))
    return rest.find_first_of(kSpace, std::string_view("is now known as ").size()) == std::string_view::npos;
  static constexpr std::array<std::string_view, 24> kActs = {"has joined #",
                                                             "has left #",
                                                             "has quit (",
                                                             "sets mode: ",
                                                             "sets mode +",
                                                             "sets mode -",
                                                             "sets modes ",
                                                             "changes topic to ",
                                                             "has changed the topic to: ",
                                                             "was kicked by ",
                                                             "has kicked ",
                                                             "gives channel operator status to ",
                                                             "removes channel operator status from ",
                                                             "gives channel half-operator status to ",
                                                             "removes channel half-operator status from ",
                                                             "gives voice to ",
                                                             "removes voice from ",
                                                             "sets ban on ",
                                                             "removes ban on ",
                                                             "sets exempt on ",
                                                             "removes exempt on ",
                                                             "sets invite exempt on ",
                                                             "sets channel keyword to ",
                                                             "sets channel limit to "};
  if (starts_with_any(rest, kActs)) return true;
  // "nick (user@host) has joined #room", "nick (user@host) Quit (bye)"
  const auto host_end = rest.find(')');
  if (!rest.starts_with('(') || host_end == std::string_view::npos ||
      rest.substr(0, host_end).find('@') == std::string_view::npos)
    return false;
  static constexpr std::array<std::string_view, 4> kMoves = {"has joined", "has left", "has quit", "Quit"};
  return starts_with_any(trimmed(rest.substr(host_end + 1)), kMoves);
}

Line parse_body(std::string_view body) {
  if (body.empty()) return of_kind(LineKind::empty);
  if (body.starts_with('<') && !body.starts_with("<-")) {
    const auto end = body.find('>');
    if (end == std::string_view::npos) return {};
    return said(LineKind::message, without_rank(body.substr(1, end - 1)), trimmed(body.substr(end + 1)));
  }
  std::string_view rest = body;
  const auto mark = take_word(rest);
  if (mark == "*") {
    if (is_star_event(rest)) return of_kind(LineKind::event);
    const auto author = without_rank(take_word(rest));
    return said(LineKind::action, author, rest);
  }
  if (mark == "===") {
    const auto author = take_word(rest);
    if (is_event(author, rest)) return of_kind(LineKind::event);
    return said(LineKind::action, without_rank(author), rest);
  }
  static constexpr std::array<std::string_view, 7> kMarks = {"-!-", "***", "-->", "<--", "--", "---", "!!!"};
  const bool is_notice = mark.size() > 2 && mark.starts_with('-') && mark.ends_with('-');
  if (is_notice || std::ranges::find(kMarks, mark) != kMarks.end()) return of_kind(LineKind::event);
  return {};
}

// WeeChat's columns: time, tab, who or a mark, tab, text.
Line parse_columns(std::string_view columns) {
  const auto tab = columns.find('\t');
  const auto first = trimmed(columns.substr(0, tab));
  auto text = tab == std::string_view::npos ? std::string_view() : trimmed(columns.substr(tab + 1));
  if (first.empty()) return of_kind(text.empty() ? LineKind::empty : LineKind::event);
  static constexpr std::array<std::string_view, 5> kMarks = {"-->", "<--", "--", "=!=", "==="};
  if (std::ranges::find(kMarks, first) != kMarks.end()) return of_kind(LineKind::event);
  if (first == "*") {
    const auto author = without_rank(take_word(text));
    return said(LineKind::action, author, text);
  }
  if (first.find_first_of(" <>") != std::string_view::npos) return {};
  return said(LineKind::message, without_rank(first), text);
}

}  // namespace

Line parse_line(std::string_view text) {
  text = trimmed(text);
  for (const auto mark : kLogMarks) {
    if (!text.starts_with(mark)) continue;
    Line line = of_kind(LineKind::event);
    read_long_date(text.substr(mark.size()), line);
    return line;
  }
  Line stamp;
  take_stamp(text, stamp);
  const bool has_columns = stamp.day && text.starts_with('\t');
  Line line = has_columns ? parse_columns(text.substr(1)) : parse_body(trimmed(text));
  line.time = stamp.time;
  line.day = stamp.day;
  line.month_day = stamp.month_day;
  line.is_utc = stamp.is_utc;
  return line;
}

}  // namespace wardroom::irc_log
