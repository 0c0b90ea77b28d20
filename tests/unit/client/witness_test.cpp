#include <algorithm>
#include <utility>

#include <catch2/catch.hpp>

#include "common/desk/model/select_witness.hpp"
#include "tests/harness/simulated_log.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;
using protocol::AuditAcceptHead;
using protocol::AuditAddWitness;
using protocol::AuditCheckpoint;
using protocol::AuditConsistency;
using protocol::AuditCosign;
using wardroom::test::SimulatedLog;

namespace {

// A client whose server keeps this log, and whose disk gives back what was saved.
struct Witness : Driver {
  SimulatedLog log{9};
  Result<std::optional<tlog::WatchMemory>> disk{std::optional<tlog::WatchMemory>{}};

  void begin() {
    ProfileLoaded profile;
    profile.credentials =
        Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
    on(profile);
    come_online();
    run();
  }
  // Answers everything that is about the log, until nothing more is asked.
  void run() {
    for (bool more = true; more;) {
      more = false;
      if (count<LoadWitness>() > 0) {
        on(desk::WitnessLoaded{take<LoadWitness>().ca_pin, disk});
        more = true;
      }
      if (count<Call<AuditCheckpoint>>() > 0) {
        answer<AuditCheckpoint>(log.checkpoint(state.now));
        more = true;
      }
      if (count<Call<AuditConsistency>>() > 0) {
        const auto params = all<Call<AuditConsistency>>().front().params;
        answer<AuditConsistency>(log.consistency(params));
        more = true;
      }
      if (count<Call<AuditAddWitness>>() > 0) {
        const auto params = all<Call<AuditAddWitness>>().front().params;
        answer<AuditAddWitness>(log.add_witness(params));
        more = true;
      }
      if (count<Call<AuditCosign>>() > 0) {
        const auto params = all<Call<AuditCosign>>().front().params;
        answer<AuditCosign>(clock_trouble.empty()
                                ? log.cosign(params)
                                : Result<protocol::Empty>(conflict("clock_wrong", clock_trouble)));
        more = true;
      }
      if (count<Call<AuditAcceptHead>>() > 0) {
        accepted.push_back(all<Call<AuditAcceptHead>>().front().params);
        answer<AuditAcceptHead>(says_yes ? Result<protocol::Empty>(protocol::Empty{})
                                         : Result<protocol::Empty>(forbidden("role", "Not you.")));
        more = true;
      }
      while (count<SaveWitness>() > 0) disk = std::optional(take<SaveWitness>().memory);
    }
  }
  void reconnect() {
    go_offline();
    come_online();
    run();
  }
  void become(protocol::Role role) {
    state.me->role = role;
    state.count_change();
  }
  std::string clock_trouble;                      // what the server says of a cosignature
  std::vector<AuditAcceptHead::Params> accepted;  // that the server was asked to put on record
  bool says_yes = true;
  const desk::LogAlarmProps& alarm() { return props().log_alarm; }
};

}  // namespace

TEST_CASE("The log is watched on after the PC's clock was set back") {
  Witness pc;
  pc.begin();
  const auto set_back = pc.state.wall - 2h;
  pc.on(Tick{pc.state.now, set_back});
  REQUIRE(next_tick(pc.state));
  CHECK(*next_tick(pc.state) <= pc.state.now + 10min);
  pc.log.cut_to(5);
  pc.on(Tick{pc.state.now + 10min, set_back + 10min});
  pc.run();
  CHECK_FALSE(pc.alarm().text.empty());
}

TEST_CASE("at each connection the log is compared, and again every ten minutes") {
  Witness pc;
  pc.begin();
  CHECK(pc.alarm().text.empty());
  REQUIRE((pc.disk && *pc.disk));
  CHECK((*pc.disk)->witness.heads.back().size == 9);
  pc.log.grow(3);
  pc.wait(10min);
  pc.run();
  CHECK((*pc.disk)->witness.heads.back().size == 12);
  CHECK(next_tick(pc.state) <= pc.state.now + 10min);
  pc.log.grow(3);
  pc.wait(31s);
  pc.reconnect();
  CHECK((*pc.disk)->witness.heads.back().size == 15);
  CHECK(pc.alarm().text.empty());
}

TEST_CASE("a server that was put back to an old copy is found at the next connection") {
  Witness pc;
  pc.begin();
  pc.log.cut_to(5);
  pc.reconnect();
  CHECK(pc.alarm().text.find("lost records") != std::string::npos);
  // Chatting goes on.
  CHECK(pc.props().screen == Screen::main);
  CHECK(pc.props().dialog == Dialog::none);

  SECTION("also after a restart, from what was kept") {
    Witness later;
    later.disk = pc.disk;
    later.log = pc.log;
    later.begin();
    CHECK(later.alarm().text.find("lost records") != std::string::npos);
  }
  SECTION("the details name both, and can be copied in full") {
    pc.act(ShowDialog{Dialog::watch});
    const desk::WatchProps& watch = pc.props().watch;
    CHECK(watch.seen.records == "9 records");
    CHECK(watch.shown.records == "5 records");
    CHECK(watch.seen.root != watch.shown.root);
    CHECK(watch.report.find(pc.log.note()) != std::string::npos);
    CHECK_FALSE(watch.can_settle);
    CHECK(watch.why_not.find("Auditors and administrators") != std::string_view::npos);
    pc.become(protocol::Role::auditor);
    CHECK(pc.props().watch.can_settle);
    CHECK(pc.props().watch.why_not.empty());
  }
  SECTION("hidden until tomorrow, then it is back") {
    pc.act(desk::WatchAct::hide);
    pc.run();
    CHECK(pc.alarm().text.empty());
    CHECK((*pc.disk)->hidden_until);
    pc.wait(16h + 26min);  // 23:59
    pc.run();
    CHECK(pc.alarm().text.empty());
    REQUIRE(next_tick(pc.state));
    pc.wait(1min);
    CHECK_FALSE(pc.alarm().text.empty());
  }
  SECTION("the auditor has looked into it") {
    pc.become(protocol::Role::admin);
    pc.act(ShowDialog{Dialog::watch});
    pc.act(desk::SettleAlarm{"a backup was restored"});
    // Only with the server's answer.
    CHECK_FALSE(pc.alarm().text.empty());
    CHECK(pc.props().dialog == Dialog::watch);
    CHECK_FALSE(pc.props().watch.can_settle);
    pc.run();
    REQUIRE(pc.accepted.size() == 1);
    CHECK(pc.accepted[0].shown.size == 5);
    CHECK(pc.alarm().text.empty());
    CHECK(pc.props().dialog == Dialog::none);
    pc.log.grow(2);
    pc.reconnect();
    CHECK(pc.alarm().text.empty());
  }
}

TEST_CASE("an alarm that the server doesn't put on record stays, with the dialog and the reason in it") {
  Witness pc;
  pc.begin();
  pc.log.cut_to(5);
  pc.reconnect();
  pc.become(protocol::Role::admin);
  pc.act(ShowDialog{Dialog::watch});
  SECTION("it refuses") {
    pc.says_yes = false;
    pc.act(desk::SettleAlarm{"a backup was restored"});
    pc.run();
    REQUIRE(pc.accepted.size() == 1);
    CHECK(pc.props().dialog == Dialog::watch);
  }
  SECTION("there is no connection") {
    pc.go_offline();
    pc.act(desk::SettleAlarm{"a backup was restored"});
    CHECK(pc.count<Call<AuditAcceptHead>>() == 0);
  }
  SECTION("the connection is lost before the answer") {
    pc.act(desk::SettleAlarm{"a backup was restored"});
    REQUIRE(pc.count<Call<AuditAcceptHead>>() == 1);
    pc.go_offline();
  }
  CHECK_FALSE(pc.alarm().text.empty());
  REQUIRE((pc.disk && *pc.disk));
  CHECK((*pc.disk)->alarm);
}

TEST_CASE("a forked log and an unknown key are alarms; a key that handed over isn't") {
  Witness pc;
  pc.begin();
  SECTION("forked") {
    pc.log.lines[4] += " ";
    pc.log.grow(4);
    pc.reconnect();
    CHECK_FALSE(pc.alarm().text.empty());
  }
  SECTION("unknown key") {
    pc.log.replace_key();
    pc.reconnect();
    CHECK_FALSE(pc.alarm().text.empty());
  }
  SECTION("handed over") {
    pc.log.rotate_key();
    pc.log.grow(1);
    pc.reconnect();
    CHECK(pc.alarm().text.empty());
  }
}

TEST_CASE("a backup that was put back is an alarm until a person settles it, although the log speaks of it") {
  Witness pc;
  pc.begin();
  pc.log.restore_from(7);
  pc.reconnect();
  CHECK(pc.alarm().text.find("a backup was put back") != std::string::npos);
  // Growing on doesn't make it right.
  pc.log.grow(20);
  Witness later;
  later.disk = pc.disk;
  later.log = pc.log;
  later.begin();
  later.reconnect();
  CHECK(later.alarm().text.find("a backup was put back") != std::string::npos);
  later.become(protocol::Role::admin);
  later.act(ShowDialog{Dialog::watch});
  REQUIRE(later.props().watch.can_settle);
  later.act(desk::SettleAlarm{"looked into"});
  later.run();
  CHECK(later.alarm().text.empty());
  REQUIRE((later.disk && *later.disk));
  CHECK((*later.disk)->witness.contradicted.back().size == 9);
  later.reconnect();
  CHECK(later.alarm().text.empty());
}

TEST_CASE("who opens the details compares with the server as it is now") {
  Witness pc;
  pc.begin();
  pc.log.grow(3);
  pc.wait(1min);
  pc.act(desk::WatchAct::open);
  pc.run();
  CHECK(pc.props().watch.seen.records == "12 records");
}

TEST_CASE("a connection that is lost in the middle proves nothing, and the next one compares at once") {
  Witness pc;
  pc.begin();
  pc.log.grow(2);
  pc.wait(10min);
  pc.answer<AuditCheckpoint>(pc.log.checkpoint());
  REQUIRE(pc.count<Call<AuditConsistency>>() == 1);
  pc.answer<AuditConsistency>(make_error(ErrorCode::unavailable, "Gone.", "connection_lost"));
  pc.go_offline();
  CHECK(pc.count<Call<AuditCheckpoint>>() == 0);
  pc.come_online();
  pc.run();
  CHECK(pc.alarm().text.empty());
  CHECK(pc.state.witness.watch.checked_head()->size == 11);
}

TEST_CASE("memory that can't be read is an alarm, and stays on the disk as it is") {
  Witness pc;
  pc.disk = make_error(ErrorCode::internal, "What this computer knew is damaged.", "witness_damaged");
  pc.begin();
  CHECK(pc.alarm().text.find("damaged") != std::string::npos);
  CHECK_FALSE(pc.disk);
}

TEST_CASE("each server has its own memory, and who owes a new password isn't asked about the log") {
  Witness pc;
  protocol::SessionResume::Result resumed;
  resumed.must_change_password = true;
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  pc.on(profile);
  CHECK(pc.take<LoadWitness>().ca_pin == Digest{});
  pc.on(desk::WitnessLoaded{{}, std::optional<tlog::WatchMemory>{}});
  pc.come_online(resumed);
  CHECK(pc.count<Call<AuditCheckpoint>>() == 0);
  Digest other{};
  other[0] = std::byte{1};
  pc.state.server->ca_pin = other;
  pc.wait(1s);
  CHECK(pc.take<LoadWitness>().ca_pin == other);
}

TEST_CASE("the client vouches for the log by a key that it keeps beside what it saw") {
  Witness pc;
  pc.begin();
  REQUIRE(pc.log.cosignatures.size() == 1);
  CHECK(pc.log.cosignatures[0].size == 9);
  REQUIRE((pc.disk && *pc.disk));
  CHECK((*pc.disk)->cosigner);
  CHECK((*pc.disk)->cosigned_size == 9);
  pc.log.grow(3);
  pc.wait(10min);
  pc.run();
  CHECK(pc.log.cosignatures.size() == 2);
  CHECK(pc.log.witnesses.size() == 1);
}

TEST_CASE("a PC whose clock the server finds wrong says so, once, and in the details until it is right") {
  Witness pc;
  pc.clock_trouble = "This PC's clock is 7 minutes slow. Set it right.";
  pc.begin();
  const auto times_said = [&] {
    const auto& toasts = pc.props().toasts;
    return std::count_if(toasts.begin(), toasts.end(),
                         [&](const auto& toast) { return toast.text == pc.clock_trouble; });
  };
  const auto status = [&] {
    return desk::watch_status(pc.state.witness, "PC", pc.state.zone, pc.state.wall);
  };
  CHECK(times_said() == 1);
  CHECK(status().find(pc.clock_trouble) != std::string::npos);
  pc.wait(10min);  // the sentence at the edge is gone by then
  pc.run();
  CHECK(times_said() == 0);
  CHECK(status().find(pc.clock_trouble) != std::string::npos);
  const std::string said = std::exchange(pc.clock_trouble, {});
  pc.wait(10min);
  pc.run();
  CHECK(pc.log.cosignatures.size() == 1);
  CHECK(status().find(said) == std::string::npos);
  pc.clock_trouble = said;
  pc.log.grow(1);
  pc.wait(10min);
  pc.run();
  CHECK(times_said() == 1);
}

TEST_CASE("what another device of the office vouched for is an alarm when this one is shown something else") {
  Witness pc;
  pc.begin();
  SimulatedLog split = pc.log;
  split.lines[4] += " ";
  split.let_another_cosign(pc.state.now);
  pc.log.others = split.others;
  pc.wait(10min);
  pc.run();
  CHECK(pc.alarm().text.find("Another device") != std::string::npos);
}
