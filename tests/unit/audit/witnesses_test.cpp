#include "server/store/witnesses.hpp"

#include <catch2/catch.hpp>

#include "common/evidence/database_check.hpp"
#include "common/tlog/cosignature.hpp"
#include "common/tlog/wire.hpp"
#include "protocol/codec.hpp"
#include "server/audit/tree.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;

namespace json = boost::json;

namespace {

// Somebody at a device, which cosigns what it is shown.
struct WitnessingMember {
  testing::Office& office;
  std::shared_ptr<testing::TestPeer> peer;
  tlog::Cosigner device;

  WitnessingMember(testing::Office& in, const std::string& name, protocol::Role role, char seed)
      : office(in),
        peer(in.connect()),
        device(tlog::Cosigner::of_device("office.test/wardroom", Secret(std::string(32, seed)))) {
    const auto person = office.add_person(name, role);
    REQUIRE(office.call(*peer, "session.resume", {{"token", person.token}}).contains("result"));
  }

  template <class M>
  Result<typename M::Result> ask(const typename M::Params& params = {}) {
    const auto answer =
        office.call(*peer, std::string(M::kName), json::parse(protocol::encode(params)).as_object());
    if (const auto* error = answer.if_contains("error"))
      return make_error(ErrorCode::params, std::string(error->at("message").as_string()),
                        std::string(error->at("data").at("code").as_string()));
    return protocol::decode<typename M::Result>(answer.at("result"), "result");
  }
  protocol::AuditCheckpoint::Result sign() {
    office.tick();
    office.call(*peer, "room.list", {});
    return ask<protocol::AuditCheckpoint>().value();
  }
  void act(int times) {
    static int number = 0;
    for (int i = 0; i < times; ++i)
      REQUIRE(
          office
              .call(*peer, "room.create", {{"name", "place" + std::to_string(++number)}, {"kind", "public"}})
              .contains("result"));
  }
  std::string key() const { return device.key().to_string(); }
  Result<protocol::Empty> make_known() { return ask<protocol::AuditAddWitness>({key()}); }
  std::string line_on(const protocol::AuditCheckpoint::Result& head, std::chrono::seconds ahead = {}) const {
    return device.cosign_line(tlog::split_note(head.note)->text, office.clock.now() + ahead);
  }
  Result<protocol::Empty> cosign(const protocol::AuditCheckpoint::Result& head) {
    return ask<protocol::AuditCosign>({key(), head.size, line_on(head)});
  }
};

std::int64_t count_additions(testing::Office& office) {
  return office.open_database()
      ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = 'audit.witness_added'")
      .value_or(-1);
}

}  // namespace

TEST_CASE(
    "a device's key is made known once, on the record, and then its cosignature is kept and handed out") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r'),
      guest(office, "gast", protocol::Role::guest, 'g');
  root.act(3);
  const auto head = root.sign();
  CHECK_FALSE(head.cosigned);
  CHECK(guest.cosign(head).error().reason == "unknown_witness");
  REQUIRE(guest.make_known());
  REQUIRE(guest.make_known());
  CHECK(count_additions(office) == 1);
  const auto line =
      office.open_database()
          ->find<std::string>("SELECT line FROM audit_records WHERE type = 'audit.witness_added'")
          .value_or("");
  CHECK(line.find(guest.key()) != std::string::npos);
  CHECK(line.find("\"name\":\"gast\"") != std::string::npos);
  REQUIRE(guest.cosign(head));

  root.act(5);
  const auto later = root.sign();
  REQUIRE(later.cosigned);
  REQUIRE(later.cosigned->size() == 1);
  const auto& seen = later.cosigned->front();
  CHECK(seen.key == guest.key());
  CHECK(tlog::open_cosignature(seen.note, guest.device.key())->at() ==
        from_unix_ms(to_unix_ms(office.clock.now()) / 1000 * 1000));
  const auto earlier = tlog::parse_checkpoint(seen.note).value();
  const auto now = tlog::parse_checkpoint(later.note).value();
  CHECK(earlier.size == head.size);
  CHECK(tlog::is_consistent(earlier.size, earlier.root, now.size, now.root,
                            tlog::from_wire(seen.proof).value()));
}

TEST_CASE("a cosignature leaves no record: it would ask for the next one") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r');
  REQUIRE(root.make_known());
  const auto head = root.sign();
  REQUIRE(root.cosign(head));
  CHECK(root.sign().size == head.size);
}

TEST_CASE("only the device's own cosignature on a head that is kept is taken") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r'),
      bob(office, "bob", protocol::Role::member, 'b');
  root.act(2);
  const auto head = root.sign();
  REQUIRE(root.make_known());
  REQUIRE(bob.make_known());
  using Cosign = protocol::AuditCosign;
  const std::string good = root.line_on(head);
  CHECK(root.ask<Cosign>({root.key(), head.size, bob.line_on(head)}).error().reason == "params");
  CHECK(root.ask<Cosign>({bob.key(), head.size, good}).error().reason == "params");
  CHECK(root.ask<Cosign>({root.key(), head.size + 1, good}).error().reason == "head_gone");
  CHECK(root.ask<Cosign>({root.key(), head.size, ""}).error().reason == "params");
  CHECK(root.ask<Cosign>({root.key(), head.size, good + good}).error().reason == "params");
  CHECK(root.ask<Cosign>({root.key(), head.size, std::string(2000, 'x') + "\n"}).error().reason == "params");
  const std::string other = root.device.cosign_line("office.test/wardroom\n1\nAAAA\n", office.clock.now());
  CHECK(root.ask<Cosign>({root.key(), head.size, other}).error().reason == "params");
  CHECK_FALSE(root.sign().cosigned);
  REQUIRE(root.cosign(head));
  // An older head doesn't take the place of a newer one.
  root.act(1);
  const auto later = root.sign();
  REQUIRE(root.cosign(later));
  REQUIRE(root.cosign(head));
  CHECK(tlog::parse_checkpoint(root.sign().cosigned->front().note)->size == later.size);
}

TEST_CASE(
    "what a device whose clock is wrong cosigned isn't kept, and says how wrong; a little is let pass") {
  using namespace std::chrono_literals;
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r');
  REQUIRE(root.make_known());
  const auto head = root.sign();
  const auto cosign = [&](std::chrono::seconds ahead) {
    return root.ask<protocol::AuditCosign>({root.key(), head.size, root.line_on(head, ahead)});
  };
  const auto fast = cosign(2h);
  REQUIRE_FALSE(fast);
  CHECK(fast.error().reason == "clock_wrong");
  CHECK(fast.error().message == "This PC's clock is 120 minutes fast. Set it right.");
  CHECK(cosign(-6min).error().reason == "clock_wrong");
  CHECK_FALSE(root.sign().cosigned);
  CHECK(cosign(4min));
  // A database that has such a one from before: not of an account that was shut.
  const auto db = office.open_database();
  REQUIRE(db->run("UPDATE witnesses SET note = ?", head.note + root.line_on(head, -2h)));
  CHECK(evidence::check_database(*db, {})->unproven == 1);
  REQUIRE(db->run("UPDATE users SET disabled = 1"));
  CHECK(evidence::check_database(*db, {})->unproven == 0);
}

TEST_CASE("keys that are none, or pose as the log, aren't made known") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r');
  root.act(1);
  const auto head = root.sign();
  using Add = protocol::AuditAddWitness;
  const std::string log_name = tlog::VerifierKey::parse(head.key)->name();
  const tlog::Cosigner posing(log_name, Secret(std::string(32, 'p')));
  const tlog::Cosigner lengthy(std::string(201, 'n'), Secret(std::string(32, 'p')));
  for (const std::string& bad :
       {std::string("nonsense"), head.key, posing.key().to_string(), lengthy.key().to_string()})
    CHECK(root.ask<Add>({bad}).error().reason == "params");
  CHECK(count_additions(office) == 0);
}

TEST_CASE("a device that another person uses becomes theirs, and one of a shut account vouches for nothing") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r'),
      bob(office, "bob", protocol::Role::member, 's'), eve(office, "eve", protocol::Role::member, 's');
  REQUIRE(bob.make_known());
  root.act(1);
  const auto head = root.sign();
  const auto user = office.open_database()->find<std::int64_t>("SELECT id FROM users WHERE name = 'bob'");
  REQUIRE(root.office.call(*root.peer, "admin.user_disable", {{"user", *user}, {"reason", "left the office"}})
              .contains("result"));
  CHECK(eve.cosign(head).error().reason == "unknown_witness");
  REQUIRE(eve.make_known());
  REQUIRE(eve.cosign(head));
  CHECK(count_additions(office) == 2);
}

TEST_CASE("a database is held against what devices cosigned, which its own key can't rewrite") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r');
  REQUIRE(root.make_known());
  root.act(3);
  const auto head = root.sign();
  REQUIRE(root.cosign(head));
  const auto db = office.open_database();
  const auto honest = evidence::check_database(*db, {});
  REQUIRE(honest);
  CHECK(honest->is_sound());
  const auto check_note = [&](const std::string& note) {
    REQUIRE(db->run("UPDATE witnesses SET note = ?", note));
    const auto report = evidence::check_database(*db, {});
    REQUIRE(report);
    return report->wrong;
  };
  auto other = tlog::parse_checkpoint(head.note).value();
  other.root[3] ^= std::byte{1};
  const std::string text = tlog::compose_checkpoint(other);
  CHECK(check_note(text + "\n" + root.device.cosign_line(text, office.clock.now())) == 1);  // another history
  CHECK(check_note(text + "\n" + root.line_on(head)) == 1);  // a cosignature of something else
  CHECK(check_note(head.note) == 1);
  CHECK(check_note(head.note + root.line_on(head)) == 0);
}

TEST_CASE("a person's newest thirty-two devices are kept, and those that were heard of lately") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r');
  const auto db = office.open_database();
  const TimePoint now = office.clock.now();
  const UserId user{*db->find<std::int64_t>("SELECT id FROM users WHERE name = 'root'")};
  for (int i = 0; i < 40; ++i) store::put_witness(*db, user, "key" + std::to_string(i), AuditIndex{i}, now);
  CHECK(store::load_witnesses(*db, 0, 100).size() == 32);
  CHECK_FALSE(store::find_witness(*db, "key7"));
  CHECK(store::find_witness(*db, "key8"));
  store::keep_cosignature(*db, store::find_witness(*db, "key20")->id, 50, "note",
                          now + std::chrono::days{80});
  store::delete_old_witnesses(*db, now + std::chrono::days{1});
  CHECK(store::load_witnesses(*db, 0, 100).size() == 1);
  CHECK(store::load_some_cosigned(*db, 4).size() == 1);
  CHECK_FALSE(db->failure());
}

TEST_CASE(
    "who ends a PC's alarm stands in the log, with what was given up and a head that is the server's own") {
  testing::Office office;
  WitnessingMember root(office, "root", protocol::Role::admin, 'r'),
      otto(office, "otto", protocol::Role::auditor, 'o'), bob(office, "bob", protocol::Role::member, 'b');
  root.act(2);
  const auto offer = root.sign();
  const auto head = tlog::parse_checkpoint(offer.note).value();
  using Accept = protocol::AuditAcceptHead;
  const Accept::Params good{"case 4",
                            protocol::GivenUpHead{head.size + 7, std::string(64, '5'), offer.key},
                            {head.size, to_hex(head.root)}};
  const auto spoiled = [&](auto change) {
    Accept::Params params = good;
    change(params);
    const auto answer = otto.ask<Accept>(params);
    return answer ? "" : answer.error().reason;
  };
  const auto records = [&](const std::string& type) {
    office.settle();  // a denial is written after its answer
    return office.open_database()
        ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type)
        .value_or(-1);
  };
  CHECK(spoiled([](auto& p) { p.reason = "  "; }) == "params");
  CHECK(spoiled([](auto& p) { p.shown.root = std::string(64, '5'); }) == "head_gone");
  CHECK(spoiled([](auto& p) { p.shown.root = "5"; }) == "params");
  CHECK(spoiled([](auto& p) { p.shown.size += 1; }) == "head_gone");
  CHECK(spoiled([](auto& p) { p.seen->root = "\n"; }) == "params");
  CHECK(spoiled([](auto& p) { p.seen->size = -1; }) == "params");
  CHECK(spoiled([](auto& p) { p.seen->key = "nonsense"; }) == "params");
  const auto denied = records("access.denied");
  CHECK_FALSE(bob.ask<Accept>(good));
  CHECK(records("access.denied") == denied + 1);
  CHECK(records("audit.head_accepted") == 0);

  REQUIRE(otto.ask<Accept>(good));
  CHECK(spoiled([](auto& p) { p.seen.reset(); }).empty());  // what the PC knew was damaged
  CHECK(records("audit.head_accepted") == 2);
  const auto line = office.open_database()
                        ->find<std::string>(
                            "SELECT line FROM audit_records WHERE type = 'audit.head_accepted'"
                            " ORDER BY idx LIMIT 1")
                        .value_or("");
  INFO(line);
  CHECK(line.find("\"name\":\"otto\"") != std::string::npos);
  CHECK(line.find("\"reason\":\"case 4\"") != std::string::npos);
  CHECK(line.find("\"before\":{\"size\":" + std::to_string(head.size + 7) + ",\"root\":\"" +
                  std::string(64, '5') + "\",\"key\":\"" + offer.key + "\"}") != std::string::npos);
  CHECK(line.find("\"after\":{\"size\":" + std::to_string(head.size) + ",\"root\":\"" + to_hex(head.root) +
                  "\"}") != std::string::npos);
}
