#include <filesystem>
#include <fstream>

#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "common/tlog/watch.hpp"
#include "common/tlog/wire.hpp"
#include "protocol/codec.hpp"
#include "server/audit/head_signer.hpp"
#include "server/audit/log.hpp"
#include "server/audit/tree.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;
using testing::Office;
using testing::TestPeer;
namespace json = boost::json;

namespace {

struct Member {
  std::shared_ptr<TestPeer> peer;
  std::string token;
};

Member sign_in(Office& office, const std::string& name, protocol::Role role) {
  const auto person = office.add_person(name, role);
  Member member{office.connect(), person.token};
  REQUIRE(office.call(*member.peer, "session.resume", {{"token", person.token}}).contains("result"));
  return member;
}

template <class M>
Result<typename M::Result> ask(Office& office, const Member& member, const typename M::Params& params = {}) {
  const auto answer =
      office.call(*member.peer, std::string(M::kName), json::parse(protocol::encode(params)).as_object());
  if (const auto* error = answer.if_contains("error"))
    return make_error(ErrorCode::params, std::string(error->at("message").as_string()),
                      std::string(error->at("data").at("code").as_string()));
  return protocol::decode<typename M::Result>(answer.at("result"), "result");
}

// Ticks until the log's newest record is under a head.
protocol::AuditCheckpoint::Result sign(Office& office, const Member& member) {
  office.tick();
  office.call(*member.peer, "room.list", {});
  const auto head = ask<protocol::AuditCheckpoint>(office, member);
  REQUIRE(head);
  return *head;
}

tlog::Checkpoint open(const protocol::AuditCheckpoint::Result& head) {
  const auto checkpoint = tlog::open_checkpoint(head.note, tlog::VerifierKey::parse(head.key).value());
  REQUIRE(checkpoint);
  return *checkpoint;
}

void act(Office& office, const Member& member, int times) {
  static int number = 0;
  for (int i = 0; i < times; ++i)
    REQUIRE(office
                .call(*member.peer, "room.create",
                      {{"name", "room" + std::to_string(++number)}, {"kind", "public"}})
                .contains("result"));
}

tlog::Finding compare(Office& office, const Member& member, tlog::WitnessMemory& memory) {
  tlog::HeadCheck check(memory, ask<protocol::AuditCheckpoint>(office, member).value(), office.clock.now());
  while (const auto question = check.question())
    check.answer(ask<protocol::AuditConsistency>(office, member, *question));
  memory = check.memory();
  return check.finding();
}

std::vector<std::string> key_files(Office& office) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(office.directory()))
    if (const auto name = entry.path().filename().string(); name.starts_with("audit-")) names.push_back(name);
  return names;
}

}  // namespace

TEST_CASE("a head is signed after an act, and only then") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 1);
  const auto first = sign(office, root);
  CHECK(open(first).size == first.size);
  CHECK(sign(office, root).note == first.note);
  act(office, root, 3);
  CHECK(sign(office, root).size == first.size + 3);
}

TEST_CASE("any signed-in person can have the log's growth proven, and follows it over restarts") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  const auto guest = sign_in(office, "gast", protocol::Role::guest);
  tlog::WitnessMemory memory;
  act(office, root, 2);
  sign(office, root);
  CHECK(compare(office, guest, memory).kind == tlog::Finding::Kind::first_seen);
  for (int i = 1; i < 8; ++i) {
    act(office, root, i);
    sign(office, root);
    CHECK(compare(office, guest, memory).kind == tlog::Finding::Kind::grown);
  }
  office.restart();
  const Member again{office.connect(), guest.token};
  office.call(*again.peer, "session.resume", {{"token", guest.token}});
  CHECK(compare(office, again, memory).kind == tlog::Finding::Kind::grown);
}

TEST_CASE("a page of records is proven from its bytes") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 20);
  const auto head = open(sign(office, root));
  protocol::AuditQuery::Params query;
  query.type = "room.created";
  auto page = ask<protocol::AuditQuery>(office, root, query);
  REQUIRE(page);
  REQUIRE(page->records.size() == 20);
  protocol::AuditProof::Params about;
  for (const auto& record : page->records) about.records.push_back(record.idx);
  about.size = head.size;
  const auto proof = ask<protocol::AuditProof>(office, root, about);
  REQUIRE(proof);
  CHECK(*tlog::root_with(head.size, page->records, proof->nodes) == head.root);
  page->records[7].line.back() = ' ';
  const auto altered = tlog::root_with(head.size, page->records, proof->nodes);
  CHECK((!altered || *altered != head.root));
}

TEST_CASE("what can't be proven is refused by its field") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  const auto bob = sign_in(office, "bob", protocol::Role::member);
  CHECK(ask<protocol::AuditCheckpoint>(office, bob).error().reason == "unavailable");
  act(office, root, 5);
  const auto size = sign(office, root).size;
  CHECK(ask<protocol::AuditProof>(office, bob, {{AuditIndex{0}}, std::nullopt}).error().reason == "role");
  for (const protocol::AuditProof::Params& bad :
       std::initializer_list<protocol::AuditProof::Params>{{{}, std::nullopt},
                                                           {{AuditIndex{size}}, std::nullopt},
                                                           {{AuditIndex{-1}}, std::nullopt},
                                                           {{AuditIndex{0}}, size + 1},
                                                           {{AuditIndex{0}}, 0},
                                                           {std::vector<AuditIndex>(201), std::nullopt}})
    CHECK(ask<protocol::AuditProof>(office, root, bad).error().reason == "params");
  for (const protocol::AuditConsistency::Params& bad :
       std::initializer_list<protocol::AuditConsistency::Params>{{0, size + 1}, {-1, 2}, {3, 2}, {0, 0}})
    CHECK(ask<protocol::AuditConsistency>(office, bob, bad).error().reason == "params");
}

TEST_CASE("a new key takes over with the old one's signature, whose file then goes") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 2);
  const auto before = sign(office, root);
  tlog::WitnessMemory memory;
  compare(office, root, memory);
  const auto old_files = key_files(office);
  REQUIRE(old_files.size() == 1);
  CHECK_FALSE(ask<protocol::AuditRotateKey>(office, root, {""}));
  const auto key = ask<protocol::AuditRotateKey>(office, root, {"the disk was lent out"});
  REQUIRE(key);
  // The newest head is still the old key's, and is shown with it.
  CHECK(ask<protocol::AuditCheckpoint>(office, root)->key == before.key);
  const auto after = sign(office, root);
  CHECK(after.key == key->key);
  CHECK(compare(office, root, memory).kind == tlog::Finding::Kind::grown);
  CHECK(key_files(office).size() == 1);
  CHECK(key_files(office) != old_files);
}

TEST_CASE("a server that stopped between the rotation and the next head goes on with the new key") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 2);
  sign(office, root);
  const auto key = ask<protocol::AuditRotateKey>(office, root, {"the disk was lent out"});
  REQUIRE(key);
  CHECK(key_files(office).size() == 2);
  office.restart();
  CHECK(key_files(office).size() == 1);
  const Member again{office.connect(), root.token};
  office.call(*again.peer, "session.resume", {{"token", root.token}});
  CHECK(sign(office, again).key == key->key);
}

TEST_CASE("without its key the log isn't signed with another one in silence") {
  Office office;
  for (const auto& name : key_files(office)) std::filesystem::remove(office.directory() / name);
  auto db = office.open_database();
  const auto opened =
      audit::HeadSigner::open(*db, office.directory(), "office.test/wardroom", office.clock.now());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().reason == "audit_key_missing");
  CHECK(opened.error().message.find("backup") != std::string::npos);
}

TEST_CASE("a first key that the database didn't get is gone again, with the head that it signed") {
  Office office;
  auto db = office.open_database();
  for (const auto& name : key_files(office)) std::filesystem::remove(office.directory() / name);
  REQUIRE(db->run_script("DELETE FROM audit_checkpoints; DELETE FROM audit_keys"));
  const auto head = office.directory() / "newest-head";
  const auto open = [&](const audit::HeadSigner::Keep& keep) {
    return audit::HeadSigner::open(*db, office.directory(), "office.test/wardroom", office.clock.now(), keep);
  };
  const auto write = [&](const std::string& note) -> Result<void> {
    std::ofstream(head, std::ios::binary) << note;
    return ok();
  };
  SECTION("the head can't be kept") {
    const auto opened = open([&](const std::string& note) {
      REQUIRE(write(note));
      return Result<void>(make_error(ErrorCode::unavailable, "The disk is full.", "full"));
    });
    REQUIRE_FALSE(opened);
    CHECK(opened.error().reason == "full");
  }
  SECTION("the database can't be written") {
    REQUIRE(db->run_script(
        "CREATE TRIGGER broken BEFORE INSERT ON audit_keys BEGIN SELECT RAISE (ABORT, 'broken'); END"));
    REQUIRE_FALSE(open(write));
    REQUIRE(db->run_script("DROP TRIGGER broken"));
  }
  CHECK(key_files(office).empty());
  CHECK_FALSE(std::filesystem::exists(head));
  CHECK(open(write));
  CHECK(key_files(office).size() == 1);
}

TEST_CASE("a log that somebody rewrites while the server runs is signed no more") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 3);
  const auto before = sign(office, root);
  CHECK(office.services().heads.trouble() == audit::HeadTrouble::none);
  auto db = office.open_database();
  // As somebody would who owns the file: a record is another one, the tree follows, no head contradicts it.
  const std::string line = "{\"v\":1,\"idx\":2,\"forged\":true}";
  REQUIRE(db->run_script("DROP TRIGGER audit_records_no_update; DROP TRIGGER audit_nodes_no_delete"));
  REQUIRE(db->run("UPDATE audit_records SET line = ?, leaf = ? WHERE idx = 2", line,
                  tlog::leaf_hash(as_bytes(line))));
  REQUIRE(db->run_script("DELETE FROM audit_nodes; DELETE FROM audit_checkpoints"));
  REQUIRE(audit::complete_nodes(*db));
  act(office, root, 3);
  office.tick();
  office.call(*root.peer, "room.list", {});
  CHECK_FALSE(ask<protocol::AuditCheckpoint>(office, root));
  CHECK(office.services().heads.trouble() == audit::HeadTrouble::differs);
  CHECK(before.size > 2);
}

namespace {

// Leaves a record, or is refused after it has.
class RecordJob final : public store::WriteJob {
 public:
  explicit RecordJob(bool is_refused) : is_refused_(is_refused) {}
  Result<void> run(store::WriteTx& tx) override {
    audit::append_record(tx, {.type = audit::Type::audit_heartbeat});
    return is_refused_ ? Result<void>(make_error(ErrorCode::conflict, "Refused.")) : ok();
  }
  void finished(const Result<void>&) override {}

 private:
  const bool is_refused_;
};

void submit_record(Office& office, bool is_refused) {
  office.services().writer.submit(std::make_unique<RecordJob>(is_refused));
}

}  // namespace

TEST_CASE("only what the server itself appended is signed, whatever stands behind the newest head") {
  using audit::HeadTrouble;
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 3);
  office.settle();
  auto db = office.open_database();
  const auto begun = office.services().signer.sign_own_alone(*db);
  REQUIRE(begun);
  // Its own, many at once, and some that were undone in the midst of a group.
  for (int i = 0; i < 40; ++i) submit_record(office, i % 3 == 0);
  act(office, root, 2);
  const auto before = sign(office, root);
  CHECK(before.size == *begun + 26 + 2);
  CHECK(office.services().heads.trouble() == HeadTrouble::none);

  // By somebody who can write the database: a record like any other, with all that follows from it.
  {
    sqlite::Transaction transaction(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, office.clock.now(), {}};
    audit::append_record(tx, {.type = audit::Type::user_role_changed});
    REQUIRE(transaction.commit());
  }
  SECTION("and nothing comes after it") {}
  SECTION("and the server goes on behind it") {
    act(office, root, 2);
  }
  office.tick();
  CHECK(sign(office, root).size == before.size);
  CHECK(office.services().heads.trouble() == HeadTrouble::differs);
}

TEST_CASE("a signer that knows an earlier head signs only what extends it, or on a person's word") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  act(office, root, 3);
  const auto head = open(sign(office, root));
  act(office, root, 2);
  auto db = office.open_database();
  REQUIRE(db->run_script("DELETE FROM audit_checkpoints"));
  const auto sign_over = [&](const tlog::Checkpoint& kept) {
    auto signer =
        audit::HeadSigner::open(*db, office.directory(), "office.test/wardroom", office.clock.now());
    REQUIRE(signer);
    signer->must_extend(kept);
    const sqlite::Transaction undone(*db, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db, office.clock.now(), {}};
    auto refused = signer->sign_if_grown(tx);
    CHECK(signer->sign_on_a_persons_word(tx).has_value());
    return refused;
  };
  CHECK(sign_over(head).has_value());
  tlog::Checkpoint other = head;
  other.root[5] ^= std::byte{1};
  for (const std::int64_t size : {head.size, head.size + 1, head.size + 1000}) {
    other.size = size;
    const auto refused = sign_over(other);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().reason == "log_differs");
  }
}

TEST_CASE("new heads reach those who read the log, and nobody else unasked") {
  Office office;
  const auto root = sign_in(office, "root", protocol::Role::admin);
  const auto auditor = sign_in(office, "audra", protocol::Role::auditor);
  const auto bob = sign_in(office, "bob", protocol::Role::member);
  act(office, root, 1);
  const auto head = sign(office, root);
  const auto heads = [](const Member& member) {
    std::vector<std::string> notes;
    for (const auto& event : member.peer->events)
      if (event.at("method") == "audit.checkpoint")
        notes.emplace_back(event.at("params").at("note").as_string());
    return notes;
  };
  office.wait_until([&] { return !heads(auditor).empty(); });
  CHECK(heads(auditor).back() == head.note);
  CHECK(heads(bob).empty());
}
