#include "common/tlog/watch.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/tlog/watching.hpp"

using namespace wardroom;
using namespace wardroom::tlog;
using namespace wardroom::test;
using namespace std::chrono_literals;

TEST_CASE("a watch compares at once, then every ten minutes, and keeps what it saw") {
  SimulatedLog log(5);
  Watch watch;
  CHECK_FALSE(watch.next_question(kStart));  // nothing before its memory is there
  watch = fresh();
  CHECK(compare(watch, log, kStart));
  CHECK(watch.take_unsaved());
  CHECK_FALSE(watch.take_unsaved());
  CHECK(watch.memory().since == kStart);
  REQUIRE(watch.checked_head());
  CHECK(watch.checked_head()->size == 5);
  CHECK(watch.due() == kStart + 10min);
  CHECK_FALSE(compare(watch, log, kStart + 9min));
  log.grow(4);
  CHECK(compare(watch, log, kStart + 10min));
  CHECK(watch.checked_head()->size == 9);
  CHECK(watch.take_unsaved());
  CHECK_FALSE(watch.memory().alarm);
  CHECK(watch.memory().since == kStart);
}

TEST_CASE("a clock that is set back doesn't switch the comparison off") {
  SimulatedLog log(5);
  Watch watch = fresh();
  compare(watch, log, kStart);
  CHECK_FALSE(compare(watch, log, kStart - 2h));
  CHECK(watch.due() == kStart - 2h + 10min);
  CHECK(watch.last_compared() == kStart - 2h);
  CHECK(compare(watch, log, kStart - 2h + 10min));
}

TEST_CASE("a new head is compared soon, but not more often than every two seconds") {
  SimulatedLog log(5);
  Watch watch = fresh();
  compare(watch, log, kStart);
  watch.compare_soon();
  CHECK_FALSE(compare(watch, log, kStart + 1s));
  CHECK(compare(watch, log, kStart + 2s));
  CHECK_FALSE(compare(watch, log, kStart + 5s));
}

TEST_CASE("an alarm stays across starts, until a person has dealt with it") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  log.cut_to(6);
  const std::string seen = watch.memory().witness.heads.back().note;
  compare(watch, log, kStart + 10min);
  REQUIRE(watch.memory().alarm);
  CHECK(watch.memory().alarm->sentence.find("saw 9, the server shows 6") != std::string::npos);
  CHECK(watch.memory().alarm->seen.note == seen);
  CHECK(watch.memory().alarm->shown_note == log.note());
  CHECK(watch.alarm_shown(kStart + 10min));
  CHECK_FALSE(watch.checked_head());

  Watch later;
  later.load(std::optional(watch.memory()), kStart + 1h);
  CHECK(later.alarm_shown(kStart + 1h));
  CHECK_FALSE(settle(later, kStart + 1h));  // nothing was shown that could be accepted

  SECTION("hidden until tomorrow") {
    later.hide_until(kStart + 12h);
    CHECK_FALSE(later.alarm_shown(kStart + 11h));
    CHECK(later.alarm_shown(kStart + 12h));
  }
  SECTION("hidden by a clock that was a year ahead, it isn't hidden for a year") {
    later.hide_until(kStart + 24h * 365);
    CHECK(later.alarm_shown(kStart + 1h));
  }
  SECTION("what the server shows is taken, what was seen stays as evidence") {
    log.grow(1);
    compare(later, log, kStart + 1h);
    CHECK(settle(later, kStart + 2h));
    CHECK_FALSE(later.memory().alarm);
    REQUIRE(later.memory().witness.contradicted.size() == 1);
    CHECK(later.memory().witness.contradicted[0].note == seen);
    log.grow(3);
    later.disconnect();
    compare(later, log, kStart + 3h);
    CHECK_FALSE(later.memory().alarm);
    CHECK(later.checked_head()->size == 10);
    // The key that vouched for the history that was given up doesn't vouch for this one.
    REQUIRE(log.cosignatures.size() == 2);
    CHECK(log.cosignatures[0].size == 9);
    CHECK(log.cosignatures[1].key != log.cosignatures[0].key);
  }
  SECTION("the right log is shown again: the alarm stays, with its first evidence") {
    const std::string first = later.memory().alarm->shown_note;
    log.grow(2);
    compare(later, log, kStart + 1h);
    CHECK_FALSE(later.at_peace());
    SimulatedLog before(0);
    before.key = log.key;
    before.grow(20);
    later.disconnect();
    compare(later, before, kStart + 2h);
    REQUIRE(later.memory().alarm);
    CHECK(later.at_peace());
    CHECK(later.memory().alarm->shown_note == first);
    CHECK(settle(later, kStart + 3h));
    CHECK(later.memory().witness.contradicted.back().note == first);
    CHECK(later.memory().witness.heads.back().size == 20);
  }
}

TEST_CASE("a rewritten log, another key, and a head that nobody signed are alarms") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  SECTION("rewritten") {
    log.lines[3] += " ";
    log.grow(2);
  }
  SECTION("rewritten without growing") {
    log.lines[8] += " ";
  }
  SECTION("another key") {
    log.replace_key();
  }
  compare(watch, log, kStart + 10min);
  CHECK(watch.alarm_shown(kStart + 10min));
}

TEST_CASE("a key that handed over is followed, and a backup that was put back is an alarm") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  log.grow(1);
  log.rotate_key();
  compare(watch, log, kStart + 10min);
  CHECK_FALSE(watch.memory().alarm);
  CHECK(watch.checked_head()->size == 10);
  log.restore_from(7);
  compare(watch, log, kStart + 20min);
  REQUIRE(watch.memory().alarm);
  CHECK(watch.memory().alarm->sentence.find("a backup was put back") != std::string::npos);
  CHECK(watch.memory().alarm->seen.size == 10);
  CHECK(watch.take_unsaved());
  compare(watch, log, kStart + 30min);
  CHECK(watch.memory().alarm);
  REQUIRE(settle(watch, kStart + 40min, "a rehearsal"));
  CHECK(watch.memory().witness.contradicted.back().size == 10);
  CHECK(watch.memory().witness.contradicted.back().reason == "a rehearsal");
  compare(watch, log, kStart + 50min);
  CHECK_FALSE(watch.memory().alarm);
}

TEST_CASE("no answer proves nothing: it is asked again, ever later") {
  SimulatedLog log(9);
  Watch watch = fresh();
  TimePoint now = kStart;
  auto wait = 0ms;
  for (int i = 0; i < 5; ++i) {
    REQUIRE(watch.next_question(now));
    CHECK_FALSE(watch.next_question(now));
    watch.answer(Result<protocol::AuditCheckpoint::Result>(unavailable("Busy.")), now);
    CHECK(watch.trouble() == "Busy.");
    REQUIRE(watch.due());
    CHECK(*watch.due() - now > wait);
    wait = *watch.due() - now;
    now = *watch.due();
  }
  CHECK_FALSE(watch.memory().alarm);
  SECTION("a new connection begins at once") {
    watch.next_question(now);
    watch.disconnect();
    CHECK(compare(watch, log, now));
    CHECK(watch.checked_head());
    CHECK(watch.trouble().empty());
  }
  SECTION("cut off between the two questions") {
    compare(watch, log, now);
    log.grow(3);
    now = *watch.due();
    watch.next_question(now);
    watch.answer(Result<protocol::AuditCheckpoint::Result>(log.checkpoint(now)), now);
    const auto question = watch.next_question(now);
    REQUIRE(question);
    const auto& params = std::get<protocol::AuditConsistency::Params>(*question);
    watch.answer(params, make_error(ErrorCode::unavailable, "Gone.", "connection_lost"), now);
    CHECK_FALSE(watch.memory().alarm);
    CHECK(watch.due() == now + 2s);
    watch.disconnect();
    CHECK(compare(watch, log, now));
    CHECK(watch.checked_head()->size == 12);
  }
}

TEST_CASE("a memory that can't be read is an alarm, and isn't overwritten before a person decides") {
  SimulatedLog log(9);
  Watch watch;
  watch.load(make_error(ErrorCode::internal, "What this computer knew is damaged."), kStart);
  CHECK(watch.alarm_shown(kStart));
  compare(watch, log, kStart);
  CHECK(watch.alarm_shown(kStart));
  CHECK_FALSE(watch.take_unsaved());
  CHECK(watch.memory().alarm->shown_note == log.note());
  CHECK(settle(watch, kStart));
  CHECK(watch.take_unsaved());
  CHECK(watch.memory().witness.heads.back().size == 9);
}

TEST_CASE("the report holds both heads in full, so that others can hold them against each other") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  const std::string seen = log.note();
  log.cut_to(4);
  compare(watch, log, kStart + 10min);
  const std::string report = compose_report(watch.memory(), "office.example:7443");
  CHECK(report.find(seen) != std::string::npos);
  CHECK(report.find(log.note()) != std::string::npos);
  CHECK(report.find(log.key.verifier().to_string()) != std::string::npos);
  CHECK(report.find("office.example:7443") != std::string::npos);
  CHECK(report.find(spoken_root(seen)) != std::string::npos);
  CHECK(spoken_root(seen) != spoken_root(log.note()));
  CHECK(spoken_root(seen).size() == 29);
  CHECK(spoken_root("nonsense").empty());
}

TEST_CASE(
    "a PC vouches for what it found to be in order, by one key of its own, at most every nine minutes") {
  SimulatedLog log(5);
  Watch watch = fresh();
  compare(watch, log, kStart);
  REQUIRE(log.cosignatures.size() == 1);
  CHECK(log.cosignatures[0].size == 5);
  REQUIRE(log.witnesses.size() == 1);
  CHECK(log.witnesses[0].name().starts_with("office.example/audit/witness/"));
  // A reader of the log compares with each new head; only what has grown for a while is cosigned.
  for (int i = 1; i <= 20; ++i) {
    log.grow(1);
    watch.compare_soon();
    compare(watch, log, kStart + i * 20s);
  }
  CHECK(watch.checked_head()->size == 25);
  CHECK(log.cosignatures.size() == 1);
  compare(watch, log, kStart + 10min + 400s);
  CHECK(log.cosignatures.size() == 2);
  compare(watch, log, kStart + 30min);  // it hasn't grown
  CHECK(log.cosignatures.size() == 2);
  // The next start goes on with the same key, and remembers what it vouched for.
  Watch later;
  later.load(std::optional(watch.memory()), kStart + 31min);
  log.grow(1);
  compare(later, log, kStart + 31min);
  CHECK(log.cosignatures.size() == 3);
  CHECK(log.witnesses.size() == 1);
  CHECK(log.cosignatures[2].key == log.cosignatures[0].key);
}

TEST_CASE("a PC in alarm vouches for nothing, and a server that takes no cosignatures isn't asked again") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  log.cut_to(6);
  log.grow(6, "another");
  compare(watch, log, kStart + 10min);
  REQUIRE(watch.memory().alarm);
  CHECK(log.cosignatures.size() == 1);

  SimulatedLog old(5);
  Watch other = fresh();
  int asked = 0;
  for (int i = 0; i < 3; ++i) {
    const TimePoint now = kStart + i * 10min;
    old.grow(1);
    while (auto question = other.next_question(now)) {
      if (const auto* params = std::get_if<protocol::AuditCosign::Params>(&*question)) {
        ++asked;
        other.answer(*params, make_error(ErrorCode::unknown_method, "No such method."), now);
      } else if (const auto* range = std::get_if<protocol::AuditConsistency::Params>(&*question)) {
        other.answer(*range, old.consistency(*range), now);
      } else {
        other.answer(Result<protocol::AuditCheckpoint::Result>(old.checkpoint(now)), now);
      }
    }
  }
  CHECK(asked == 1);
  CHECK(other.checked_head()->size == 8);
  CHECK(other.trouble().empty());
}

TEST_CASE("what another device vouched for must go with what this one is shown") {
  SimulatedLog log(9);
  log.let_another_cosign(kStart);
  Watch watch = fresh();
  compare(watch, log, kStart);
  CHECK_FALSE(watch.memory().alarm);
  log.grow(30);
  compare(watch, log, kStart + 10min);
  CHECK_FALSE(watch.memory().alarm);

  SECTION("another history is an alarm, with what the other device signed") {
    SimulatedLog split = log;
    split.lines[7] += " ";
    split.let_another_cosign(kStart + 1h, 'p');
    log.others = split.others;
    compare(watch, log, kStart + 1h);
    REQUIRE(watch.memory().alarm);
    CHECK(watch.memory().alarm->sentence.find("Another device") != std::string::npos);
    CHECK(watch.memory().alarm->cosigned == split.others.back().second);
    CHECK(compose_report(watch.memory(), "office").find("another device vouched for") != std::string::npos);
    CHECK(log.cosignatures.back().size == 39);  // what is in dispute isn't vouched for
  }
  SECTION("a longer one, too: this PC is shown an old log") {
    SimulatedLog longer = log;
    longer.grow(3);
    longer.let_another_cosign(kStart + 1h, 'p');
    log.others = longer.others;
    compare(watch, log, kStart + 1h);
    CHECK(watch.memory().alarm);
  }
  SECTION("a cosignature that doesn't hold says nothing") {
    SimulatedLog split = log;
    split.lines[7] += " ";
    split.let_another_cosign(kStart + 1h, 'p');
    auto& note = split.others.back().second;
    note[note.size() - 10] = note[note.size() - 10] == 'A' ? 'B' : 'A';
    log.others = split.others;
    compare(watch, log, kStart + 1h);
    CHECK_FALSE(watch.memory().alarm);
  }
}
