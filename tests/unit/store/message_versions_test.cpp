#include "server/store/message_versions.hpp"

#include <catch2/catch.hpp>

#include "server/store/message_states.hpp"
#include "tests/unit/store/room_fixture.hpp"

using namespace wardroom;
using Act = protocol::MessageVersion::Act;

namespace {

struct VersionsFixture : testing::RoomFixture {
  store::StoredVersion change(Seq seq, const store::NewVersion& version) {
    const auto message = store::find_message(*db, RoomId{1}, seq);
    REQUIRE(message);
    return store::insert_version(*db, RoomId{1}, *message, version);
  }
  protocol::Message load(Seq seq) {
    auto message = store::load_message(*db, RoomId{1}, seq);
    REQUIRE(message);
    return *message;
  }
};

std::vector<std::string> texts(const std::vector<protocol::MessageVersion>& versions) {
  std::vector<std::string> all;
  for (const auto& version : versions) all.push_back(version.text);
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a message that never changed has the version that was posted") {
  VersionsFixture f;
  const Seq seq = f.post("hello", UserId{1}, from_unix_ms(5));
  const auto versions = store::load_versions(*f.db, RoomId{1}, seq);
  REQUIRE(versions.size() == 1);
  CHECK(versions[0].act == Act::posted);
  CHECK(versions[0].text == "hello");
  CHECK(versions[0].at == from_unix_ms(5));
  CHECK(f.db->find<std::int64_t>("SELECT count(*) FROM message_versions") == 0);
}

TEST_CASE("every text is kept, and the message shows the last one") {
  VersionsFixture f;
  const Seq seq = f.post("one");
  f.change(seq, {Act::edited, UserId{1}, from_unix_ms(20), "two", {}});
  f.change(seq, {Act::edited, UserId{1}, from_unix_ms(30), "three", {}});
  CHECK(f.load(seq).text == "three");
  CHECK(f.load(seq).edited_at == from_unix_ms(30));
  CHECK(texts(store::load_versions(*f.db, RoomId{1}, seq)) == Texts{"one", "two", "three"});
}

TEST_CASE("a deletion leaves no text outside the versions, and a restoration brings it back") {
  VersionsFixture f;
  const Seq seq = f.post("one");
  f.change(seq, {Act::edited, UserId{1}, from_unix_ms(20), "two", {}});
  store::update_pin(*f.db, RoomId{1}, seq, true);
  f.change(seq, {Act::deleted, UserId{1}, from_unix_ms(30), {}, "insults"});
  const auto tombstone = f.load(seq);
  CHECK(tombstone.text.empty());
  CHECK(tombstone.deleted == true);
  CHECK(tombstone.deleted_by == UserId{1});
  CHECK(tombstone.delete_reason == "insults");
  CHECK_FALSE(tombstone.pinned);
  CHECK(f.db->find<std::int64_t>("SELECT count(*) FROM messages WHERE text <> ''") == 0);

  f.change(seq, {Act::restored, UserId{1}, from_unix_ms(40), store::load_last_text(*f.db, RoomId{1}, seq),
                 "a quotation"});
  const auto back = f.load(seq);
  CHECK(back.text == "two");
  CHECK_FALSE(back.deleted);
  CHECK_FALSE(back.deleted_by);
  CHECK_FALSE(back.delete_reason);
  CHECK_FALSE(back.pinned);
  CHECK(back.edited_at == from_unix_ms(20));
  CHECK(texts(store::load_versions(*f.db, RoomId{1}, seq)) == Texts{"one", "two", "", "two"});
}

TEST_CASE("who lost the answer to a posting finds the text that was posted, whatever became of it") {
  VersionsFixture f;
  const Uuid id = make_uuid7(from_unix_ms(1));
  const Seq seq = store::insert_message(*f.db, {RoomId{1}, UserId{1}, id, from_unix_ms(1), "one", {}}).seq;
  f.change(seq, {Act::edited, UserId{1}, from_unix_ms(20), "two", {}});
  CHECK(store::find_by_client_id(*f.db, UserId{1}, id)->text == "one");
  f.change(seq, {Act::deleted, UserId{1}, from_unix_ms(30), {}, {}});
  CHECK(store::find_by_client_id(*f.db, UserId{1}, id)->text == "one");
}

// What an auditor does with a shell: salt and bytes from the database, put together as commitment.hpp says.
TEST_CASE("the commitments to changes can be rebuilt from what is stored") {
  VersionsFixture f;
  const Seq seq = f.post("one");
  const auto rebuilt = [&](std::int64_t version, const std::string& bytes) {
    const auto salt =
        f.db->find<Bytes>("SELECT salt FROM message_versions WHERE seq = ? AND version = ?", seq, version);
    REQUIRE(salt);
    return sha256({*salt, as_bytes(bytes)});
  };
  const auto edited = f.change(seq, {Act::edited, UserId{1}, from_unix_ms(20), "two\nlines", {}});
  CHECK(edited.commitment == rebuilt(2, "wardroom edit v1\n1\n1\n2\n1\n20\n\ntwo\nlines"));
  const auto deleted = f.change(seq, {Act::deleted, UserId{1}, from_unix_ms(30), {}, "why"});
  CHECK(deleted.commitment == rebuilt(3, "wardroom delete v1\n1\n1\n3\n1\n30\nwhy\n"));
  const auto restored = f.change(seq, {Act::restored, UserId{1}, from_unix_ms(40), "two\nlines", "so"});
  CHECK(restored.commitment == rebuilt(4, "wardroom restore v1\n1\n1\n4\n1\n40\nso\ntwo\nlines"));
}

TEST_CASE("the commitment to a posting binds the files that it carries") {
  VersionsFixture f;
  const Uuid id = make_uuid7(from_unix_ms(1));
  std::string line;
  protocol::append_file(line, {3, sha256(as_bytes("one")), "a b.txt"});
  protocol::append_file(line, {0, sha256(as_bytes("")), "empty"});
  CHECK(line ==
        "3 " + to_hex(sha256(as_bytes("one"))) + " a b.txt\t0 " + to_hex(sha256(as_bytes(""))) + " empty");
  const auto stored =
      store::insert_message(*f.db, {RoomId{1}, UserId{1}, id, from_unix_ms(7), "one", {}, line});
  const auto salt = f.db->find<Bytes>("SELECT salt FROM messages");
  REQUIRE(salt);
  const std::string bytes = "wardroom message v2\n1\n1\n1\n7\n\n" + to_string(id) + "\n" + line + "\none";
  CHECK(stored.commitment == sha256({*salt, as_bytes(bytes)}));
  const auto states = store::load_states(*f.db, RoomId{1}, stored.seq);
  REQUIRE(states.size() == 1);
  CHECK(store::commitment_of(RoomId{1}, stored.seq, states.front()) == stored.commitment);
}

TEST_CASE("the commitment to a reply binds the thread that it is in, in a form of its own") {
  VersionsFixture f;
  const Uuid id = make_uuid7(from_unix_ms(1));
  const auto stored =
      store::insert_message(*f.db, {RoomId{1}, UserId{1}, id, from_unix_ms(7), "one", Seq{12}, {}, Seq{9}});
  const auto salt = f.db->find<Bytes>("SELECT salt FROM messages");
  REQUIRE(salt);
  CHECK(stored.commitment ==
        sha256({*salt, as_bytes("wardroom message v3\n1\n1\n1\n7\n12\n" + to_string(id) + "\n\n9\none")}));
  const auto states = store::load_states(*f.db, RoomId{1}, stored.seq);
  REQUIRE(states.size() == 1);
  CHECK(store::commitment_of(RoomId{1}, stored.seq, states.front()) == stored.commitment);
}

TEST_CASE("the commitment to a posting can be rebuilt after the message has changed") {
  VersionsFixture f;
  const Uuid id = make_uuid7(from_unix_ms(1));
  const auto stored =
      store::insert_message(*f.db, {RoomId{1}, UserId{1}, id, from_unix_ms(7), "one", Seq{12}});
  f.change(stored.seq, {Act::edited, UserId{1}, from_unix_ms(20), "two", {}});
  const auto salt = f.db->find<Bytes>("SELECT salt FROM message_versions WHERE version = 1");
  REQUIRE(salt);
  CHECK(stored.commitment ==
        sha256({*salt, as_bytes("wardroom message v2\n1\n1\n1\n7\n12\n" + to_string(id) + "\n\none")}));
}
