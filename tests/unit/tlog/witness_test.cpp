#include "common/tlog/witness.hpp"

#include <catch2/catch.hpp>

#include "common/tlog/wire.hpp"
#include "protocol/codec.hpp"

using namespace wardroom;
using namespace wardroom::tlog;
using Kind = Finding::Kind;

namespace {

SigningKey make_key(char fill) {
  return SigningKey("office.test/wardroom", Secret(std::string(32, fill)));
}

// A server with a log, honest unless its lines are changed.
struct Server {
  std::vector<std::string> lines;
  std::vector<SigningKey> keys{make_key('a')};
  std::vector<std::string> rotations;

  void grow(std::size_t count, const std::string& what = "record") {
    for (std::size_t i = 0; i < count; ++i)
      lines.push_back(R"({"type":")" + what + R"(","number":)" + std::to_string(lines.size()) + "}");
  }
  void restore_to(std::size_t size) {
    lines.resize(size);
    lines.push_back(R"({"ts":"2026-11-20T09:00:00.000Z","type":"server.backup_restored","after":{"size":)" +
                    std::to_string(size) + "}}");
  }
  void rotate(char fill) {
    keys.push_back(make_key(fill));
    rotations.push_back(
        sign_rotation(keys[keys.size() - 2], keys.back(), static_cast<std::int64_t>(lines.size())));
  }

  std::vector<Digest> leaves() const {
    std::vector<Digest> all;
    for (const auto& line : lines) all.push_back(leaf_hash(as_bytes(line)));
    return all;
  }
  ReadNode reader() const {
    return [all = leaves()](NodeId id) {
      return root_of(
          std::span(all).subspan(static_cast<std::size_t>(id.index << id.level), std::size_t{1} << id.level));
    };
  }
  protocol::AuditCheckpoint::Result offer() const {
    const auto size = static_cast<std::int64_t>(lines.size());
    protocol::AuditCheckpoint::Result offer;
    offer.note = keys.back().sign(compose_checkpoint({"office.test/wardroom", size, root_of(leaves())}));
    offer.size = size;
    offer.key = keys.back().verifier().to_string();
    offer.rotations = rotations;
    for (std::int64_t i = 0; i < size; ++i) {
      const auto& line = lines[static_cast<std::size_t>(i)];
      if (line.find("backup_restored") == std::string::npos) continue;
      offer.restores.push_back({{AuditIndex{i}, to_hex(leaf_hash(as_bytes(line))), line},
                                to_wire(prove_leaves(reader(), std::span(&i, 1), size))});
    }
    return offer;
  }
  Result<protocol::AuditConsistency::Result> prove(const protocol::AuditConsistency::Params& asked) const {
    return protocol::AuditConsistency::Result{to_wire(prove_consistency(reader(), asked.from, asked.to))};
  }
};

// A PC that keeps its memory.
struct Pc {
  WitnessMemory memory;
  TimePoint now = from_unix_ms(1795160000000);

  Finding connect(const Server& server) {
    HeadCheck check(memory, server.offer(), now);
    while (const auto question = check.question()) check.answer(server.prove(*question));
    memory = check.memory();
    return check.finding();
  }
};

}  // namespace

TEST_CASE("a log that only grows is followed without a word, and its newest head kept") {
  Server server;
  server.grow(7);
  Pc pc;
  CHECK(pc.connect(server).kind == Kind::first_seen);
  for (int i = 0; i < 40; ++i) {
    server.grow(static_cast<std::size_t>(i % 5));
    const auto finding = pc.connect(server);
    REQUIRE(finding.kind == Kind::grown);
    CHECK(pc.memory.heads.back().size == static_cast<std::int64_t>(server.lines.size()));
    pc.now += std::chrono::hours{11};
  }
  CHECK(pc.memory.heads.size() < 22);  // one a day
}

TEST_CASE("a log that was cut is an alarm each time, until a person settles it") {
  Server server;
  server.grow(50);
  Pc pc;
  pc.connect(server);
  Server cut = server;
  cut.lines.resize(30);
  for (int i = 0; i < 2; ++i) {
    const auto finding = pc.connect(cut);
    CHECK(finding.kind == Kind::shrunk);
    CHECK(finding.is_alarm());
    CHECK(finding.seen == 50);
    CHECK(finding.shown == 30);
    CHECK(finding.sentence.find("lost records") != std::string::npos);
  }
  cut.grow(100, "another");
  CHECK(pc.connect(cut).kind == Kind::forked);  // growing over it doesn't help
  CHECK(pc.connect(server).kind == Kind::grown);

  pc.memory = *accept_shown(pc.memory, cut.offer(), pc.now);
  CHECK(pc.memory.contradicted.back().size == 50);
  CHECK(pc.connect(cut).kind == Kind::grown);
}

TEST_CASE("one changed record among those that were seen is found, however long the log has become") {
  Server server;
  server.grow(200);
  for (const std::size_t which : {0u, 1u, 63u, 64u, 127u, 128u, 199u}) {
    Pc pc;
    pc.connect(server);
    Server forked = server;
    forked.lines[which] += " ";
    CHECK(pc.connect(forked).kind == Kind::forked);
    forked.grow(77);
    CHECK(pc.connect(forked).kind == Kind::forked);
  }
}

TEST_CASE("a backup that was put back is an alarm that stays, with a sentence of its own") {
  Server server;
  server.grow(40);
  Pc pc;
  pc.connect(server);
  pc.now += std::chrono::hours{48};
  server.grow(60);
  pc.connect(server);
  const auto before = pc.memory;
  Server restored = server;
  restored.restore_to(70);
  for (int i = 0; i < 3; ++i) {
    const auto finding = pc.connect(restored);
    CHECK(finding.kind == Kind::restored);
    CHECK(finding.is_alarm());
    CHECK(finding.sentence.find("record 70, 2026-11-20") != std::string::npos);
    CHECK(finding.sentence.find("The first 40 records were not changed") != std::string::npos);
    CHECK(finding.sentence.find("Ask the administrator") != std::string::npos);
    // The head that it contradicts isn't given up.
    CHECK(pc.memory.heads.back().note == before.heads.back().note);
    CHECK(pc.memory.restores.empty());
    restored.grow(100);
  }
  // On a person's word it is the log, and the reason stays with what was seen.
  pc.memory = *accept_shown(pc.memory, restored.offer(), pc.now, "the disk died, says Amara");
  CHECK(pc.memory.contradicted.back().size == 100);
  CHECK(pc.memory.contradicted.back().reason == "the disk died, says Amara");
  restored.grow(500);
  CHECK(pc.connect(restored).kind == Kind::grown);
  // The same record doesn't explain a second loss.
  restored.lines.resize(400);
  CHECK(pc.connect(restored).kind == Kind::shrunk);
}

TEST_CASE("a backup that was put back is recognised although the log has outgrown what was seen") {
  Server server;
  server.grow(100);
  Pc pc;
  pc.connect(server);
  server.restore_to(70);
  server.grow(300, "new");
  const auto finding = pc.connect(server);
  CHECK(finding.kind == Kind::restored);
  CHECK(finding.sentence.find("can't tell") != std::string::npos);
}

TEST_CASE("the word of a backup covers nothing that was changed before it") {
  Server server;
  server.grow(40);
  Pc pc;
  pc.connect(server);
  pc.now += std::chrono::hours{48};
  server.grow(60);
  pc.connect(server);
  server.lines[12] += "forged";
  server.restore_to(70);
  CHECK(pc.connect(server).kind == Kind::forked);
}

TEST_CASE("a record that only claims to be in the log explains nothing") {
  Server server;
  server.grow(100);
  Pc pc;
  pc.connect(server);
  Server cut = server;
  cut.lines.resize(70);
  auto offer = cut.offer();
  Server liar = cut;
  liar.restore_to(70);
  offer.restores = liar.offer().restores;
  HeadCheck check(pc.memory, offer, pc.now);
  CHECK_FALSE(check.question());
  CHECK(check.finding().kind == Kind::shrunk);
}

TEST_CASE("a new key is followed when the old one handed over, and is an alarm when it didn't") {
  Server server;
  server.grow(10);
  Pc pc, away;
  pc.connect(server);
  away.connect(server);
  server.rotate('b');
  server.grow(3);
  CHECK(pc.connect(server).kind == Kind::grown);
  server.rotate('c');
  server.grow(3);
  CHECK(pc.connect(server).kind == Kind::grown);
  CHECK(away.connect(server).kind == Kind::grown);  // over both

  Server thief = server;
  thief.keys.push_back(make_key('x'));
  CHECK(pc.connect(thief).kind == Kind::another_key);
  thief.rotations.push_back(sign_rotation(make_key('y'), thief.keys.back(), 3));
  CHECK(pc.connect(thief).kind == Kind::another_key);
}

TEST_CASE("a head whose signature doesn't hold is an alarm") {
  Server server;
  server.grow(10);
  Pc pc;
  pc.connect(server);
  auto offer = server.offer();
  offer.note.replace(offer.note.find("10\n"), 2, "11");
  const HeadCheck check(pc.memory, offer, pc.now);
  CHECK(check.finding().kind == Kind::bad_head);
  CHECK(check.memory().heads.back().size == 10);
}

TEST_CASE("a lost connection decides nothing, a refusal to prove does") {
  Server server;
  server.grow(10);
  Pc pc;
  pc.connect(server);
  server.grow(10);
  HeadCheck lost(pc.memory, server.offer(), pc.now);
  lost.answer(unavailable("The connection is gone."));
  CHECK(lost.finding().kind == Kind::undecided);
  CHECK(lost.memory().heads.back().size == 10);
  HeadCheck refused(pc.memory, server.offer(), pc.now);
  refused.answer(params_error("params.from", "No."));
  CHECK(refused.finding().kind == Kind::forked);
}
