#include "server/store/search_index.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/sqlite/transaction.hpp"
#include "server/store/database.hpp"
#include "server/store/erasure.hpp"
#include "server/store/message_versions.hpp"
#include "server/store/messages.hpp"
#include "server/store/retention.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::store;
using Act = protocol::MessageVersion::Act;

namespace {

const TimePoint kPosted = from_unix_ms(1'795'160'000'000);

// A database with somebody in a room, and its index.
struct IndexedRoom {
  testing::TempDir dir;
  std::filesystem::path file = dir.path() / "search.db", database = dir.path() / "wardroom.db";
  std::unique_ptr<sqlite::Connection> db;
  UserId author;
  RoomId room;
  std::unique_ptr<SearchIndex> index;

  IndexedRoom() {
    auto opened = open_database(database);
    REQUIRE(opened);
    db = std::move(*opened);
    store_epoch(*db, 1);
    author = *insert_user(*db, {"ada", "Ada", protocol::Role::member, "", false}, kPosted);
    room = *insert_room(*db, {"ops", "ops", std::nullopt, protocol::RoomKind::public_, "", author}, kPosted);
    open_index();
  }
  void open_index() {
    index.reset();
    auto opened = SearchIndex::open(file, database);
    REQUIRE(opened);
    index = std::move(*opened);
  }
  Seq post(std::string_view text) {
    return insert_message(*db, {room, author, make_uuid7(kPosted), kPosted, text, std::nullopt}).seq;
  }
  void change(Seq seq, Act act, std::string_view text) {
    const auto row = find_message(*db, room, seq);
    REQUIRE(row);
    insert_version(*db, room, *row, {act, author, kPosted, text, ""});
  }
  void follow() {
    REQUIRE_FALSE(db->failure());
    for (bool more = true; more;) {
      const auto stepped = index->step(2);
      INFO((stepped ? "" : stepped.error().message));
      REQUIRE(stepped);
      more = *stepped;
    }
  }
  std::vector<std::string> find(std::vector<std::string> terms) {
    auto reader = sqlite::Connection::open(database, sqlite::Connection::Mode::read_only);
    REQUIRE(reader);
    REQUIRE(attach_search_index(**reader, file));
    SearchNarrowing narrowing;
    narrowing.all_of = {{std::move(terms)}};
    std::vector<std::string> texts;
    find_candidates(**reader, narrowing, [&](const SearchCandidate& found) {
      texts.push_back(found.text);
      return true;
    });
    REQUIRE_FALSE((*reader)->failure());
    CHECK(is_search_complete(**reader));
    return texts;
  }
  SearchCheck check() {
    const auto checked = check_search_index(file, database);
    REQUIRE(checked);
    return *checked;
  }
  std::string bytes() {
    std::string all;
    for (const char* end : {"", "-wal"}) {
      std::ifstream in(file.string() + end, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
};
using Found = std::vector<std::string>;

}  // namespace

TEST_CASE("what was deleted before the search index looked is passed over, also where a step ends") {
  IndexedRoom r;
  for (const bool first : {true, false}) {
    const Seq one = r.post("celeriac one");
    const Seq two = r.post("celeriac two");
    r.change(first ? one : two, Act::deleted, "");
    r.follow();
  }
  CHECK(r.find({"celeriac"}) == Found{"celeriac one", "celeriac two"});
  CHECK(r.check().findings.empty());
  CHECK(r.check().behind == 0);
}

TEST_CASE("the search index takes in what is posted, changed, deleted and brought back") {
  IndexedRoom r;
  const Seq first = r.post("Aubergine one");
  r.post("two");
  r.post("aubergine three");
  r.follow();
  CHECK(r.find({"aubergine"}) == Found{"aubergine three", "Aubergine one"});
  CHECK(r.find({"_erg", "one"}) == Found{"Aubergine one"});
  CHECK(r.find({room_term(r.room), author_term(r.author), "two"}) == Found{"two"});
  CHECK_FALSE(time_terms(kPosted, kPosted, kPosted).empty());
  r.change(first, Act::edited, "courgette");
  CHECK(r.check().behind == 1);
  r.follow();
  CHECK(r.find({"aubergine"}) == Found{"aubergine three"});
  CHECK(r.find({"courgette", kEditedTerm}) == Found{"courgette"});
  r.change(first, Act::deleted, "");
  r.follow();
  CHECK(r.find({"courgette"}).empty());
  r.change(first, Act::restored, "courgette");
  r.follow();
  CHECK(r.find({"courgette"}) == Found{"courgette"});
  CHECK(r.check().findings.empty());
  CHECK(r.check().messages == 3);
}

TEST_CASE("erased and removed words leave the search index's files") {
  IndexedRoom r;
  std::vector<Seq> seqs;
  for (int i = 0; i < 200; ++i) seqs.push_back(r.post("xylograph" + std::to_string(i) + " quagmire"));
  r.post("innocent");
  r.follow();
  CHECK(r.bytes().find("xylograph7") != std::string::npos);
  SECTION("erased") {
    for (const Seq seq : seqs) REQUIRE(erase_message(*r.db, r.room, seq, r.author, "asked for", kPosted));
  }
  SECTION("removed by retention") {
    // The newest message of all is never removed.
    const TimePoint later = kPosted + std::chrono::hours{1};
    const auto removed = remove_due(*r.db, r.room, later, seqs);
    CHECK(removed.messages == 200);
    settle_trim(*r.db, r.room, later, removed.last);
  }
  r.follow();
  CHECK(r.find({"quagmire"}).empty());
  CHECK(r.find({"innocent"}) == Found{"innocent"});
  int pieces = 0;
  for (bool left = true; left; ++pieces) {
    const auto tidied = r.index->tidy();
    REQUIRE(tidied);
    left = *tidied;
    REQUIRE(pieces < 1000);
  }
  CHECK(pieces > 1);
  const auto clean = r.index->clean();
  REQUIRE(clean);
  CHECK(*clean);
  const std::string bytes = r.bytes();
  for (const char* gone : {"xylograph", "quagmire", "_xyl", "_qua", "uagmi"})
    CHECK(bytes.find(gone) == std::string::npos);
  CHECK(bytes.find("innocent") != std::string::npos);
  CHECK(r.check().findings.empty());
}

TEST_CASE("a search index that is missing, damaged, of another epoch or ahead of the database is rebuilt") {
  IndexedRoom r;
  r.post("hello");
  r.follow();
  r.index.reset();
  SECTION("missing") {
    std::filesystem::remove(r.file);
  }
  SECTION("damaged") {
    std::ofstream(r.file, std::ios::trunc) << std::string(8192, 'x');
  }
  SECTION("another epoch") {
    store_epoch(*r.db, 2);
    CHECK(r.check().is_other);
  }
  SECTION("ahead") {
    r.db->run("UPDATE rooms SET seq = 0");
    CHECK(r.check().is_other);
    r.db->run("UPDATE rooms SET seq = 1");
    r.db->run("UPDATE messages SET id = 7");
    r.open_index();
    r.follow();
    r.index.reset();
    r.db->run("UPDATE messages SET id = 1");
  }
  r.open_index();
  CHECK(r.index->last() == 0);
  r.follow();
  CHECK(r.find({"hello"}) == Found{"hello"});
  CHECK(r.check().findings.empty());
}

TEST_CASE("the check names what is missing in the search index, too much, otherwise or not found") {
  IndexedRoom r;
  for (const char* text : {"one", "two", "three"}) r.post(text);
  r.follow();
  CHECK(r.check().findings.empty());
  auto index = sqlite::Connection::open(r.file, sqlite::Connection::Mode::read_write);
  REQUIRE(index);
  SECTION("missing") {
    CHECK((*index)->run("DELETE FROM docs WHERE id = 2"));
  }
  SECTION("too much") {
    CHECK((*index)->run(
        "INSERT INTO docs (id, room_id, author_id, at, flags, text, files) VALUES (99,1,1,1,0,'x','')"));
  }
  SECTION("otherwise") {
    CHECK((*index)->run("UPDATE docs SET text = 'deux' WHERE id = 2"));
  }
  SECTION("not found by its word") {
    CHECK((*index)->run("INSERT INTO terms (terms) VALUES ('delete-all')"));
  }
  CHECK_FALSE(r.check().findings.empty());
}

TEST_CASE("a search index is its owner's alone") {
  IndexedRoom r;
  r.post("hello");
  r.follow();
  for (const char* end : {"", "-wal", "-shm"})
    CHECK((std::filesystem::status(r.file.string() + end).permissions() & std::filesystem::perms::all) ==
          (std::filesystem::perms::owner_read | std::filesystem::perms::owner_write));
}
