#include <catch2/catch.hpp>

#include "tests/harness/simulated_log.hpp"
#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using desk::testing::call_in;
using desk::testing::params_of;
using namespace std::chrono_literals;
using protocol::AuditAcceptHead;
using protocol::AuditAddWitness;
using protocol::AuditCheckpoint;
using protocol::AuditConsistency;
using protocol::AuditCosign;
using protocol::AuditProof;
using protocol::AuditQuery;
using protocol::Role;
using wardroom::test::SimulatedLog;

namespace {

// A console whose server keeps this log and answers what is asked about it.
struct WatchingConsole : Driver {
  SimulatedLog log{9};
  std::size_t proofs = 0;
  std::optional<tlog::WatchMemory> kept;
  Effects waiting;

  explicit WatchingConsole(Role role = Role::auditor) {
    tell(Started{Credentials{server(), Secret("token"), user(role)}, "", ""});
    run();
    resume(role);
    run();
  }
  void answer_one(const Effect& effect) {
    if (const auto* load = std::get_if<LoadWitness>(&effect)) tell(desk::WitnessLoaded{load->ca_pin, kept});
    if (const auto* save = std::get_if<SaveWitness>(&effect)) kept = save->memory;
    if (const auto* c = call_in<AuditCheckpoint, Turn>(effect))
      answer<AuditCheckpoint>(params_of<AuditCheckpoint>(*c), log.checkpoint(state.now));
    if (const auto* c = call_in<AuditConsistency, Turn>(effect))
      answer<AuditConsistency>(params_of<AuditConsistency>(*c),
                               log.consistency(params_of<AuditConsistency>(*c)));
    if (const auto* c = call_in<AuditAddWitness, Turn>(effect))
      answer<AuditAddWitness>(params_of<AuditAddWitness>(*c),
                              log.add_witness(params_of<AuditAddWitness>(*c)));
    if (const auto* c = call_in<AuditCosign, Turn>(effect))
      answer<AuditCosign>(params_of<AuditCosign>(*c), log.cosign(params_of<AuditCosign>(*c)));
    if (const auto* c = call_in<AuditAcceptHead, Turn>(effect)) {
      accepted.push_back(params_of<AuditAcceptHead>(*c));
      answer<AuditAcceptHead>(accepted.back(), protocol::Empty{});
    }
    if (const auto* c = call_in<AuditProof, Turn>(effect)) {
      ++proofs;
      answer<AuditProof>(params_of<AuditProof>(*c), log.proof(params_of<AuditProof>(*c)));
    }
    if (const auto* c = call_in<AuditQuery, Turn>(effect))
      answer<AuditQuery>(params_of<AuditQuery>(*c), page(params_of<AuditQuery>(*c)));
  }
  // Answers what was asked, and what comes of the answers.
  void run() {
    waiting = std::move(effects);
    while (!waiting.empty()) {
      const Effect one = std::move(waiting.front());
      waiting.erase(waiting.begin());
      effects.clear();
      answer_one(one);
      for (auto& more : effects) waiting.push_back(std::move(more));
    }
  }
  AuditQuery::Result page(const AuditQuery::Params& params) const {
    AuditQuery::Result result;
    result.size = log.size();
    if (params.after) {
      for (auto i = params.after->value + 1; i < log.size(); ++i) result.records.push_back(shown(i));
    } else {
      for (auto i = log.size() - 1; i >= 0; --i) result.records.push_back(shown(i));
    }
    return result;
  }
  // What the server shows of a record; a lie where one was planted.
  protocol::AuditRecord shown(std::int64_t index) const {
    auto record = log.record(index);
    if (index == lie) record.line.replace(record.line.find("record"), 6, "forged");
    if (index == pruned) record.line.clear();
    return record;
  }
  void wait(std::chrono::milliseconds by) {
    tell(Tick{state.now + by});
    run();
  }
  void reconnect() {
    LinkChanged lost;
    lost.state = LinkChanged::State::offline;
    tell(lost);
    resume(Role::auditor);
    run();
  }
  VerdictMark verdict(std::int64_t index) {
    for (const auto& row : props().audit.rows)
      if (row.index.value == index) return row.verdict;
    return VerdictMark::unknown;
  }
  std::vector<AuditAcceptHead::Params> accepted;  // that the server put on record
  std::int64_t lie = -1;
  std::int64_t pruned = -1;
};

}  // namespace

TEST_CASE("the console watches the log and says since when") {
  WatchingConsole console;
  CHECK(console.props().log_alarm.text.empty());
  CHECK(console.props().watch_card.text.find("9 records") != std::string::npos);
  CHECK(console.props().watch_card.text.find("last compared today") != std::string::npos);
  REQUIRE(console.kept);
  CHECK(console.kept->witness.heads.back().size == 9);
  CHECK(next_tick(console.state) == console.state.now + 10min);
}

TEST_CASE("the console goes on when the PC's clock was set back, and knows which day it is") {
  WatchingConsole console;
  console.tell(desk::SavingFailed{"The disk is full."});
  const auto set_back = console.state.wall - std::chrono::hours{24};
  const auto revision = console.state.revision;
  console.tell(Tick{console.state.now, set_back});
  CHECK(console.state.revision > revision);
  CHECK(console.props().watch_card.text.find("last compared today") != std::string::npos);
  console.log.cut_to(5);
  console.tell(Tick{console.state.now + 10min, set_back + 10min});
  console.run();
  CHECK_FALSE(console.props().log_alarm.text.empty());
  CHECK(console.props().toasts.empty());
}

TEST_CASE("a server that doubts its clock is said to, as long as it does") {
  WatchingConsole console;
  const auto card_for = [&](std::optional<std::int64_t> doubt_ms) {
    console.log.clock_doubt_ms = doubt_ms;
    console.reconnect();
    return console.props().watch_card;
  };
  CHECK(card_for(3 * 86'400'000LL)
            .text.starts_with(
                "The server's clock is 3 days ahead of what it believes: nothing ends by it yet"));
  CHECK(card_for(3 * 86'400'000LL).clock_doubted);
  CHECK(
      card_for(-40 * 60'000LL).text.starts_with("The server's clock is 40 minutes behind what it believes"));
  CHECK_FALSE(card_for(std::nullopt).clock_doubted);
  CHECK(card_for(std::nullopt).text.starts_with("Watched since"));
}

TEST_CASE("what the server's check of itself found is an alarm on every page, with its record") {
  WatchingConsole console;
  const auto props_for = [&](std::optional<protocol::LastCheck> check) {
    console.log.check = check;
    console.reconnect();
    return console.props();
  };
  const auto sound = props_for(protocol::LastCheck{AuditIndex{7}, 3600, 0, 0});
  CHECK(sound.log_alarm.text.empty());
  CHECK_FALSE(sound.watch_card.check_wanting);
  CHECK(sound.watch_card.text.find(" · tables checked ") != std::string::npos);

  const auto wrong = props_for(protocol::LastCheck{AuditIndex{7}, 3600, 3, 0});
  CHECK(wrong.log_alarm.text.starts_with("The server's check of itself found 3 things in its database"));
  CHECK(wrong.log_alarm.record == AuditIndex{7});
  CHECK(wrong.watch_card.check_wanting);
  CHECK(wrong.watch_card.text.find(": 3 things in its database wrong") != std::string::npos);

  const auto unproven = props_for(protocol::LastCheck{AuditIndex{7}, 3600, 0, 2});
  CHECK(unproven.log_alarm.text.empty());
  CHECK(unproven.watch_card.check_wanting);
  CHECK(unproven.watch_card.text.find(": 2 texts of messages not proven") != std::string::npos);

  const auto late = props_for(protocol::LastCheck{AuditIndex{7}, 9 * 24 * 3600, 0, 0});
  CHECK(late.watch_card.check_wanting);

  const auto none = props_for(std::nullopt);
  CHECK_FALSE(none.watch_card.check_wanting);
  CHECK(none.watch_card.text.find("tables not checked yet") != std::string::npos);
}

TEST_CASE("a log that lost records is an alarm on every page, until somebody has looked into it") {
  WatchingConsole console;
  console.log.cut_to(4);
  console.reconnect();
  CHECK_FALSE(console.props().log_alarm.text.empty());
  console.act(OpenPage{Page::moderation});
  CHECK_FALSE(console.props().log_alarm.text.empty());
  CHECK(console.props().watch_card.alarm);
  console.act(desk::WatchAct::open);
  CHECK(console.props().watch->seen.records == "9 records");
  CHECK(console.props().watch->shown.records == "4 records");
  CHECK(console.props().watch->report.find(console.log.note()) != std::string::npos);
  console.act(desk::WatchAct::hide);
  CHECK(console.props().log_alarm.text.empty());
  CHECK(console.props().watch_card.alarm);  // the card goes on saying it
  console.act(desk::SettleAlarm{" \n"});
  CHECK(console.props().watch_card.alarm);
  console.act(desk::SettleAlarm{" a backup was restored "});
  CHECK(console.props().watch_card.alarm);
  console.run();
  REQUIRE(console.accepted.size() == 1);
  CHECK(console.accepted[0].reason == "a backup was restored");
  CHECK(console.accepted[0].shown.size == 4);
  CHECK_FALSE(console.props().watch_card.alarm);
  CHECK_FALSE(console.props().watch);
  REQUIRE(console.kept);
  CHECK(console.kept->witness.heads.back().size == 4);
  REQUIRE(console.kept->witness.contradicted.size() == 1);
  CHECK(console.kept->witness.contradicted[0].reason == "a backup was restored");
}

TEST_CASE("records are verified from their bytes, under the head that was checked") {
  WatchingConsole console;
  for (std::int64_t i = 0; i < 9; ++i) CHECK(console.verdict(i) == VerdictMark::verified);
  CHECK(console.proofs == 1);
  SECTION("a newer record waits for the next head, which covers it") {
    const auto before = console.log;
    console.log.grow(1);
    const AuditQuery::Params asked = console.state.audit.asked;
    AuditQuery::Params newer = asked;
    newer.after = AuditIndex{8};
    AuditQuery::Result page = console.page(newer);
    console.act(RefreshAudit{});
    console.effects.clear();
    console.answer<AuditQuery>(newer, page);
    CHECK(console.verdict(9) == VerdictMark::newer);
    console.wait(2s);
    CHECK(console.verdict(9) == VerdictMark::verified);
  }
  SECTION("after an alarm nothing new is called verified") {
    console.log.lines[2] += " ";
    console.reconnect();
    console.act(FilterAudit{});
    console.run();
    CHECK(console.verdict(1) == VerdictMark::unknown);
  }
}

TEST_CASE("a record whose bytes aren't what was signed is found by name, and the others still hold") {
  WatchingConsole console;
  console.lie = 5;
  console.act(FilterAudit{});
  console.run();
  CHECK(console.verdict(5) == VerdictMark::wrong);
  for (const std::int64_t i : {0, 4, 6, 8}) CHECK(console.verdict(i) == VerdictMark::verified);
  CHECK_FALSE(console.props().log_alarm.text.empty());
  CHECK(console.props().log_alarm.record == AuditIndex{5});
  CHECK(console.props().log_alarm.text.find("Record 5") != std::string::npos);
}

TEST_CASE("a pruned record says so, and its hash is verified") {
  WatchingConsole console;
  console.pruned = 3;
  console.act(FilterAudit{});
  console.run();
  CHECK(console.verdict(3) == VerdictMark::verified);
  console.act(SelectRecord{AuditIndex{3}});
  CHECK(console.props().audit.details.pruned);
  CHECK(console.props().log_alarm.text.empty());
}

TEST_CASE(
    "what is new is fetched when a head was signed, at most every two seconds, and not unless it is live") {
  WatchingConsole console;
  console.log.grow(2);
  console.tell(protocol::AuditCheckpointSigned{console.log.note(), 11, {}});
  console.run();
  console.wait(1ms);
  CHECK(console.props().audit.rows.size() == 11);
  console.wait(2s);
  CHECK(console.verdict(10) == VerdictMark::verified);
  console.act(FollowAudit{false});
  console.log.grow(2);
  console.tell(protocol::AuditCheckpointSigned{console.log.note(), 13, {}});
  console.wait(3s);
  CHECK(console.props().audit.rows.size() == 11);
  console.act(FollowAudit{true});
  console.run();
  CHECK(console.props().audit.rows.size() == 13);
}

TEST_CASE("the console vouches for the log by a key of its own") {
  WatchingConsole console;
  REQUIRE(console.log.cosignatures.size() == 1);
  CHECK(console.log.cosignatures[0].size == 9);
  REQUIRE(console.kept);
  CHECK(console.kept->cosigner);
}
