#include <set>

#include <catch2/catch.hpp>

#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "ctl/irc_log/line.hpp"
#include "ctl/irc_log/log.hpp"
#include "ctl/irc_log/repaired_text.hpp"

namespace wardroom::irc_log {
namespace {

using namespace std::chrono_literals;
using namespace std::string_literals;

constexpr std::chrono::sys_days kDay{std::chrono::year{2007} / 1 / 12};

// "kind hh:mm author|text"
std::string described(std::string_view raw) {
  static constexpr const char* kKinds[] = {"message", "action", "event", "empty", "unknown"};
  const Line line = parse_line(raw);
  std::string text = kKinds[static_cast<int>(line.kind)];
  if (line.time) text += " " + std::to_string(line.time->count() / 60);
  if (!line.author.empty()) text += " " + std::string(line.author) + "|" + std::string(line.text);
  return text;
}

Log parse(std::string_view bytes) {
  return parse_log(bytes, {.day = kDay});
}

std::string time_of(const Message& message) {
  return to_rfc3339(message.at);
}

}  // namespace

TEST_CASE("lines of every form are told apart") {
  CHECK(described("[03:21] <krischan> Hello everyone.") == "message 201 krischan|Hello everyone.");
  CHECK(described("[03:21:59] <krischan> Hello") == "message 201 krischan|Hello");
  CHECK(described("[00:00] <|QuaD-> will: a <b> > c") == "message 0 |QuaD-|will: a <b> > c");
  CHECK(described("[23:59] <@krischan>   spaced \r") == "message 1439 krischan|spaced");
  CHECK(described("<krischan> without a time") == "message krischan|without a time");
  CHECK(described("[03:21]  * krischan waves") == "action 201 krischan|waves");
  CHECK(described("* krischan waves") == "action krischan|waves");
  CHECK(described("=== sid77 hi") == "action sid77|hi");
  CHECK(described("=== Tonren : Bringing calm since 2006") == "action Tonren|: Bringing calm since 2006");
  CHECK(described("=== lena has left the building") == "action lena|has left the building");
  CHECK(described("=== lena [laughing] has a point") == "action lena|[laughing] has a point");
}

TEST_CASE("what isn't conversation is skipped as such") {
  for (const auto* line :
       {"=== zul [~user@host]  has joined #ubuntu", "=== zul [n=zul@host]  has left #ubuntu [\"bye\"]",
        "=== zul [n=zul@host] has quit [Ping timeout]", "=== zul is now known as zul_",
        "=== mode/#ubuntu [+o zul]  by ChanServ", "=== netjoined: irc.example -> other.example",
        "=== zul changed the topic of #ubuntu to: x", "[10:00] -!- zul has quit",
        "[10:00] *** zul sets mode: +o", "[10:00] --> zul joined", "[10:00] <-- zul left", "--- Log opened",
        "[10:00] -zul- notice"})
    CHECK(parse_line(line).kind == LineKind::event);
  for (const auto* line : {"", "   ", "\r", "[10:00] <zul>", "[10:00] <zul>   ", "[10:00] * zul", "[10:00]"})
    CHECK(parse_line(line).kind == LineKind::empty);
  for (const auto* line : {"hello", "[24:00] <zul> x", "[1:00] <zul> x", "[10:00 <zul> x", "<zul no end",
                           "[10:00] <> x", "[10:00] <@> x", "[", "[10:0", "[10:00:", "[10:00:00", "==="})
    CHECK(parse_line(line).kind != LineKind::message);
}

TEST_CASE("Latin-1 and Windows-1252 become what their authors saw, and UTF-8 stays") {
  CHECK(repair_text("M\xFCnchen \x80 5").text == "München € 5");
  CHECK(repair_text("M\xFCnchen").encoding);
  const auto mixed = repair_text("Zürich and M\xFCnchen \xE2\x82\xAC");
  CHECK(mixed.text == "Zürich and München €");
  CHECK_FALSE(repair_text("Zürich").encoding);
  for (int byte = 0x80; byte < 0x100; ++byte)
    CHECK(is_valid_utf8(repair_text(std::string(1, static_cast<char>(byte))).text));
  CHECK(is_valid_utf8(repair_text("\xE2\x82").text));      // cut
  CHECK(is_valid_utf8(repair_text("\xED\xA0\x80").text));  // a surrogate
  CHECK(is_valid_utf8(repair_text("\xF8\x88\x80\x80\x80").text));
}

TEST_CASE("colours, bold and other controls go, their digits with them, and nothing else") {
  CHECK(repair_text("\x02"
                    "bold\x02 \x03"
                    "04,12red\x03 plain\x0F")
            .text == "bold red plain");
  CHECK(repair_text("\x03"
                    "4red")
            .text == "red");
  CHECK(repair_text("\x03"
                    "123")
            .text == "3");
  CHECK(repair_text("\x03"
                    "4,x")
            .text == ",x");
  CHECK(repair_text("a\0b"s).text == "ab");
  CHECK(repair_text("a\tb").text == "a\tb");
  CHECK_FALSE(repair_text("a\tb").controls);
  CHECK(repair_text("evil\u202Etxt").text == "eviltxt");
  CHECK(repair_text("\x03"
                    "4red")
            .controls);
}

TEST_CASE("a log becomes messages in order with times that only go up") {
  const auto log = parse(
      "=== sid77 hi\n"
      "[11:58] <will> one\n"
      "[11:58] <will> two\n"
      "=== zul [~user@host]  has joined #ubuntu\n"
      "* krischan waves\n"
      "[11:57] <will> a clock was set back\n"
      "[11:59] <will> four\n");
  REQUIRE(log.messages.size() == 6);
  CHECK(time_of(log.messages[0]) == "2007-01-12T11:58:00.000Z");
  CHECK(log.messages[0].text == "/me hi");
  CHECK(time_of(log.messages[1]) == "2007-01-12T11:58:00.001Z");
  CHECK(time_of(log.messages[3]) == "2007-01-12T11:58:00.003Z");
  CHECK(log.messages[3].author == "krischan");
  CHECK(log.messages[3].text == "/me waves");
  CHECK(time_of(log.messages[4]) == "2007-01-12T11:58:00.004Z");
  CHECK(time_of(log.messages[5]) == "2007-01-12T11:59:00.000Z");
  CHECK(log.counts.lines == 7);
  CHECK(log.counts.said == 6);
  CHECK(log.counts.actions == 2);
  CHECK(log.counts.events == 1);
  CHECK(log.counts.untimed == 2);
  CHECK(log.counts.midnights == 0);
}

TEST_CASE("the day advances past midnight") {
  const auto log =
      parse("[23:59] <a> late\n[00:00] <a> early\n[12:00] <a> noon\n[01:00] <a> the day after\n");
  REQUIRE(log.messages.size() == 4);
  CHECK(time_of(log.messages[1]) == "2007-01-13T00:00:00.000Z");
  CHECK(time_of(log.messages[2]) == "2007-01-13T12:00:00.000Z");
  CHECK(time_of(log.messages[3]) == "2007-01-14T01:00:00.000Z");
  CHECK(log.counts.midnights == 2);
}

TEST_CASE("every line is counted once, whatever it is") {
  const auto log = parse(
      "\xEF\xBB\xBF[10:00] <a> hi\r\n\n[10:00] <a>\nrubbish\n[10:01] <a> \x02\x02\n=== mode/#x [+o a]\nlast "
      "<a> line");
  CHECK(log.counts.lines == 7);
  CHECK(log.counts.said == 1);
  CHECK(log.counts.empty == 3);
  CHECK(log.counts.events == 1);
  CHECK(log.counts.unknown == 2);
  CHECK(log.unknown_lines == std::vector<std::size_t>{4, 7});
  REQUIRE(log.messages.size() == 1);
  CHECK(log.messages[0].text == "hi");
  CHECK(parse("").counts.lines == 0);
}

TEST_CASE("an over-long line is split without losing or cutting a character") {
  std::string words;
  while (words.size() < 40'000) words += "wörd ";
  const auto log =
      parse("[10:00] <a> " + words + "\n[10:00] <b> " + std::string(3 * kMaxTextBytes, '\xE4') + "\n");
  std::string together;
  for (const auto& message : log.messages) {
    CHECK(message.text.size() <= kMaxTextBytes);
    CHECK(is_valid_utf8(message.text));
    if (message.author == "a") together += message.text;
  }
  words.pop_back();  // the space at the line's end
  CHECK(together == words);
  CHECK(log.counts.split == 2);
  CHECK(log.counts.said == 2);
  CHECK(log.counts.encoding == 1);
  for (std::size_t i = 1; i < log.messages.size(); ++i) CHECK(log.messages[i - 1].at < log.messages[i].at);
}

TEST_CASE("an author's name fits the wire") {
  const auto log =
      parse("[10:00] <" + std::string(200, 'n') +
            "> hi\n[10:00] <M\xFC\x02ller> hi\n[10:00] <\x02> hi\n[10:00] <+\t\x02> hi\n[10:00] <a\tb> hi\n");
  REQUIRE(log.messages.size() == 3);
  CHECK(log.messages[2].author == "ab");
  CHECK(log.messages[0].author.size() == kMaxAuthorBytes);
  CHECK(log.messages[1].author == "Müller");
  CHECK(log.counts.unknown == 2);
}

TEST_CASE("the same line has the same id in every run, and no other line has it") {
  const std::string bytes =
      "[10:00] <a> hi\n[10:00] <a> hi\n[10:00] <b> " + std::string(2 * kMaxTextBytes, 'x') + "\n";
  const auto first = parse(bytes);
  const auto second = parse(bytes);
  const auto other_day = parse_log(bytes, {.day = kDay + std::chrono::days{1}});
  std::set<std::string> ids;
  for (std::size_t i = 0; i < first.messages.size(); ++i) {
    CHECK(first.messages[i].client_id == second.messages[i].client_id);
    CHECK(parse_uuid(first.messages[i].client_id));
    ids.insert(first.messages[i].client_id);
    ids.insert(other_day.messages[i].client_id);
  }
  CHECK(ids.size() == 2 * first.messages.size());
}

TEST_CASE("times are those of the zone's clock, also where a fresh log is ahead of UTC") {
  const auto first = [](const char* zone, const char* line) {
    return time_of(parse_log(line, {.day = kDay, .zone = parse_zone(zone).value()}).messages.at(0));
  };
  CHECK(first("+09:00", "[08:30] <a> hi") == "2007-01-11T23:30:00.000Z");
  CHECK(first("-0530", "[08:30] <a> hi") == "2007-01-12T14:00:00.000Z");
  CHECK(first("Europe/Berlin", "[08:30:15] <a> hi") == "2007-01-12T07:30:15.000Z");
  CHECK(first("Europe/Berlin", "2007-07-12 08:30:15\ta\thi") == "2007-07-12T06:30:15.000Z");
  CHECK(first("Asia/Tokyo", "2007-01-12 08:30:15.123456Z\ta\thi") == "2007-01-12T08:30:15.000Z");
  for (const char* wrong : {"", "Europe/Atlantis", "+25:00", "+1:2", "9", "CESTA"})
    CHECK_FALSE(parse_zone(wrong));
}

namespace {

// "author: text" for each message.
std::vector<std::string> said(const Log& log) {
  std::vector<std::string> lines;
  for (const auto& message : log.messages) lines.push_back(message.author + ": " + message.text);
  return lines;
}
using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("the logs that irssi writes by default are read") {
  const auto log = parse_log(
      "--- Log opened Thu Jan 11 23:58:10 2007\n"
      "23:58 -!- zul [~zul@host.example] has joined #ubuntu\n"
      "23:58 -!- Irssi: #ubuntu: Total of 3 nicks [1 ops, 0 halfops, 0 voices, 2 normal]\n"
      "23:59 < krischan> hello\n"
      "23:59 <@zul> hi krischan\n"
      "--- Day changed Fri Jan 12 2007\n"
      "00:01  * krischan waves\n"
      "00:02 -zul:#ubuntu- a notice\n"
      "00:03 -!- zul is now known as zul_\n"
      "--- Log closed Fri Jan 12 00:04:00 2007\n",
      {});
  CHECK(said(log) == Lines{"krischan: hello", "zul: hi krischan", "krischan: /me waves"});
  CHECK_FALSE(log.needs_day);
  CHECK(time_of(log.messages[0]) == "2007-01-11T23:59:00.000Z");
  CHECK(time_of(log.messages[2]) == "2007-01-12T00:01:00.000Z");
  CHECK(log.counts.unknown == 0);
}

TEST_CASE("the logs that WeeChat writes by default are read") {
  const auto log = parse_log(
      "2007-01-12 09:12:30\t-->\tzul (~zul@host.example) has joined #ubuntu\n"
      "2007-01-12 09:12:33\t@krischan\thello\tthere\n"
      "2007-01-12 09:12:40\t *\tkrischan waves\n"
      "2007-01-12 09:12:41\t--\tMode #ubuntu [+o zul] by ChanServ\n"
      "2007-01-13 00:00:01\t<--\tzul (~zul@host.example) has quit (bye)\n"
      "2007-01-13 00:00:02\tkrischan\tbye\n",
      {});
  CHECK(said(log) == Lines{"krischan: hello\tthere", "krischan: /me waves", "krischan: bye"});
  CHECK(time_of(log.messages[0]) == "2007-01-12T09:12:33.000Z");
  CHECK(time_of(log.messages[2]) == "2007-01-13T00:00:02.000Z");
  CHECK(log.counts.unknown == 0);
  CHECK(log.counts.midnights == 0);
}

TEST_CASE("the logs that HexChat writes by default are read") {
  const auto log = parse_log(
      "**** BEGIN LOGGING AT Sun Dec 31 23:58:00 2006\n"
      "\n"
      "Dec 31 23:58:05 *\tNow talking on #ubuntu\n"
      "Dec 31 23:58:06 *\tTopic for #ubuntu is: help each other\n"
      "Dec 31 23:58:10 *\tzul (~zul@host.example) has joined\n"
      "Dec 31 23:58:33 <krischan>\thello\n"
      "Jan 01 00:00:01 *\tkrischan waves\n"
      "Jan 01 00:00:05 *\tChanServ gives channel operator status to zul\n"
      "Jan 01 00:00:06 *\tzul has quit (Ping timeout)\n"
      "Jan 01 00:00:07 -zul-\ta notice\n"
      "**** ENDING LOGGING AT Mon Jan  1 00:01:00 2007\n",
      {});
  CHECK(said(log) == Lines{"krischan: hello", "krischan: /me waves"});
  CHECK(time_of(log.messages[0]) == "2006-12-31T23:58:33.000Z");
  CHECK(time_of(log.messages[1]) == "2007-01-01T00:00:01.000Z");
  CHECK(log.counts.unknown == 0);
}

TEST_CASE("the logs that mIRC writes by default are read, and nobody who comes or goes says anything") {
  const auto log = parse_log(
      "Session Start: Fri Jan 12 09:12:00 2007\n"
      "Session Ident: #ubuntu\n"
      "[09:12] * Now talking in #ubuntu\n"
      "[09:12] * Joins: zul (~zul@host.example)\n"
      "[09:12] * zul (~zul@host.example) has joined #ubuntu\n"
      "[09:13] <krischan> hello\n"
      "[09:13] * krischan has joined the party\n"
      "[09:14] * ChanServ sets mode: +o zul\n"
      "[09:14] * zul is now known as zul_\n"
      "[09:15] * zul_ (~zul@host.example) Quit (bye)\n"
      "[09:15] * Quits: zul_ (~zul@host.example) (bye)\n"
      "Session Time: Sat Jan 13 00:00:00 2007\n"
      "[00:01] <krischan> good morning\n"
      "Session Close: Sat Jan 13 00:02:00 2007\n",
      {});
  CHECK(said(log) ==
        Lines{"krischan: hello", "krischan: /me has joined the party", "krischan: good morning"});
  CHECK(time_of(log.messages[2]) == "2007-01-13T00:01:00.000Z");
  CHECK(log.counts.unknown == 0);
}

TEST_CASE("a log that nobody says the day of needs one, and its own lines win over what is said") {
  CHECK(parse_log("[10:00] <a> hi\n", {}).needs_day);
  CHECK(parse_log("10:00 < a> hi\n", {}).needs_day);
  const auto log = parse_log("2007-03-01 10:00:00\ta\thi\n", {.day = kDay});
  CHECK(time_of(log.messages[0]) == "2007-03-01T10:00:00.000Z");
}

TEST_CASE("two logs with an equal line in the same place have no id in common") {
  const auto one =
      parse_log("[10:00] <a> morning\n[10:01] <b> ok\n[10:02] <c> ok\n[10:03] <a> x\n[10:04] <b> ok\n",
                {.day = kDay, .name = "2007-01-12-one.txt"});
  const auto two =
      parse_log("[10:00] <a> morning\n[10:01] <b> ok\n[10:02] <c> no\n[10:03] <a> y\n[10:04] <b> ok\n",
                {.day = kDay, .name = "2007-01-12-two.txt"});
  std::set<std::string> ids;
  for (const auto* log : {&one, &two})
    for (const auto& message : log->messages) ids.insert(message.client_id);
  CHECK(ids.size() == one.messages.size() + two.messages.size());
}

TEST_CASE("of two logs of one name that begin alike, no message has the id of another") {
  const std::string alike = "[10:00] <a> morning\n[10:01] <b> ok\n";
  const auto parse_one = [](const std::string& bytes) {
    return parse_log(bytes, {.day = kDay, .name = "log.txt"});
  };
  for (const std::string other : {"", "[10:02] <c> no\n", "[10:02] <c> no\n[10:03] <b> ok\n"}) {
    INFO(other);
    std::set<std::string> ids;
    for (const auto& log : {parse_one(alike + other), parse_one(alike + "[10:02] <c> yes\n[10:03] <b> ok\n")})
      for (const auto& message : log.messages) ids.insert(message.client_id);
    CHECK(ids.size() == parse_one(alike + other).messages.size() + 4);
  }
}

TEST_CASE("the ids of a log's first messages when it was shorter are those that it had then") {
  std::string lines;
  std::vector<std::size_t> ends{0};
  for (int i = 0; i < 6; ++i) {
    lines += "[10:00] <a> line " + std::to_string(i % 2) + "\n";
    ends.push_back(lines.size());
  }
  const Reading reading{.day = kDay, .name = "log.txt"};
  const auto whole = parse_log(lines, reading);
  for (std::size_t length = 0; length <= 6; ++length) {
    INFO(length);
    const auto shorter = parse_log(std::string_view(lines).substr(0, ends[length]), reading);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < std::min(length, kContext); ++i) ids.push_back(shorter.messages[i].client_id);
    CHECK(head_ids(whole, length) == ids);
  }
}

TEST_CASE("a log that is cut at its front or grew at its end keeps the ids of what is left") {
  std::string lines;
  std::vector<std::size_t> starts;
  for (int i = 0; i < 40; ++i) {
    starts.push_back(lines.size());
    lines += "[10:0" + std::to_string(i / 8) + "] <nick" + std::to_string(i % 3) + "> " +
             (i % 5 ? "ok" : "no") + "\n";
  }
  const auto whole = parse_log(lines, {.day = kDay, .name = "ubuntu.log"});
  std::set<std::string> known;
  for (const auto& message : whole.messages) known.insert(message.client_id);
  for (std::size_t cut = 1; cut < 36; ++cut) {
    INFO(cut);
    const auto rest =
        parse_log(std::string_view(lines).substr(starts[cut]), {.day = kDay, .name = "other.log"});
    REQUIRE(rest.messages.size() == 40 - cut);
    for (std::size_t i = kContext; i < rest.messages.size(); ++i)
      CHECK(known.contains(rest.messages[i].client_id));
  }
}

TEST_CASE("the day is found in a file's name") {
  CHECK(find_day("2007-01-12.txt") == kDay);
  CHECK(find_day("ubuntu-2007-13-40-2007-01-12.log") == kDay);
  CHECK(find_day("2008-02-29") == std::chrono::sys_days{std::chrono::year{2008} / 2 / 29});
  CHECK_FALSE(find_day("2007-02-29.txt"));
  CHECK_FALSE(find_day("log.txt"));
  CHECK_FALSE(find_day("2007-1-12"));
}

}  // namespace wardroom::irc_log
