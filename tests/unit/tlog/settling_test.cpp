#include <catch2/catch.hpp>

#include "common/tlog/watch.hpp"
#include "tests/unit/tlog/watching.hpp"

using namespace wardroom;
using namespace wardroom::tlog;
using namespace wardroom::test;
using namespace std::chrono_literals;

TEST_CASE("an alarm ends only once it is on the server's record, and for the head that was asked about") {
  SimulatedLog log(9);
  Watch watch = fresh();
  compare(watch, log, kStart);
  const std::string seen = log.note();
  log.cut_to(6);
  compare(watch, log, kStart + 10min);
  const std::string shown = log.note();
  watch.take_unsaved();
  const auto asked = watch.ask_to_settle("case 4");
  REQUIRE(asked);
  CHECK(asked->reason == "case 4");
  REQUIRE(asked->seen);
  CHECK(asked->seen->size == 9);
  CHECK(asked->seen->root == to_hex(parse_checkpoint(seen)->root));
  CHECK(asked->seen->key == log.key.verifier().to_string());
  CHECK(asked->shown.size == 6);
  CHECK(asked->shown.root == to_hex(parse_checkpoint(shown)->root));
  const auto stands = [&] {
    return watch.memory().alarm && watch.memory().alarm->seen.note == seen &&
           watch.memory().witness.heads.back().note == seen && watch.memory().witness.contradicted.empty() &&
           !watch.take_unsaved();
  };
  CHECK(stands());
  CHECK_FALSE(watch.can_settle());  // it is asked already
  const Result<protocol::Empty> yes = protocol::Empty{};

  SECTION("the server refuses") {
    const auto refused = watch.answer(*asked, forbidden("role", "Not you."), kStart + 11min);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().message == "Not you.");
    CHECK(stands());
    CHECK(watch.can_settle());
  }
  SECTION("the connection is lost, and an answer that still comes counts for nothing") {
    watch.disconnect();
    CHECK_FALSE(watch.answer(*asked, yes, kStart + 11min));
    CHECK(stands());
  }
  SECTION("an answer that is about another head") {
    auto other = *asked;
    other.shown.root[0] = other.shown.root[0] == 'a' ? 'b' : 'a';
    CHECK_FALSE(watch.answer(other, yes, kStart + 11min));
    CHECK(stands());
  }
  SECTION("the server showed more meanwhile: what was asked about is taken, and the rest compared with it") {
    log.grow(5, "another");
    compare(watch, log, kStart + 20min);
    const auto settled = watch.answer(*asked, yes, kStart + 21min);
    REQUIRE(settled);
    CHECK(*settled == Watch::Settled::on_record);
    CHECK_FALSE(watch.memory().alarm);
    CHECK(watch.memory().witness.heads.back().note == shown);
    compare(watch, log, kStart + 40min);
    CHECK_FALSE(watch.memory().alarm);
    CHECK(watch.checked_head()->size == 11);
  }
  SECTION("a comparison is under way: it goes by what is taken") {
    log.grow(5, "another");
    REQUIRE(watch.next_question(kStart + 20min));
    watch.answer(Result<protocol::AuditCheckpoint::Result>(log.checkpoint(kStart)), kStart + 20min);
    REQUIRE(watch.answer(*asked, yes, kStart + 20min));
    compare(watch, log, kStart + 20min);
    CHECK_FALSE(watch.memory().alarm);
  }
  SECTION("the server shows what this PC knows again, so it isn't what the person decided about") {
    SimulatedLog before(20);
    before.key = log.key;
    compare(watch, before, kStart + 20min);
    REQUIRE(watch.at_peace());
    CHECK_FALSE(watch.answer(*asked, yes, kStart + 21min));
    CHECK(watch.memory().alarm);
  }
  SECTION("a server that is older than the record") {
    const auto settled =
        watch.answer(*asked, make_error(ErrorCode::unknown_method, "No such method."), kStart + 11min);
    REQUIRE(settled);
    CHECK(*settled == Watch::Settled::not_on_record);
    CHECK_FALSE(watch.memory().alarm);
    CHECK(watch.memory().witness.contradicted.back().reason == "case 4");
  }
}
