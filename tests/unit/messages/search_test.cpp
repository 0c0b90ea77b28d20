#include <fstream>
#include <sqlite3.h>

#include "server/store/search_index.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

using SearchTexts = std::vector<std::string>;

struct SearchTalk : Conversation {
  Somebody ada = arrive("ada", protocol::Role::admin);
  Somebody bob = arrive("bob");
  Somebody gus = arrive("gus", protocol::Role::guest);
  std::int64_t room = create(ada, "ops");

  SearchTalk() { call(bob, "room.join", {{"room", room}}); }

  json::object search(Somebody& who, const std::string& query, json::object more = {}) {
    office.index_messages();
    more["query"] = query;
    return call(who, "message.search", more);
  }
  // The texts that are found, newest first.
  SearchTexts texts(Somebody& who, const std::string& query, const json::object& more = {}) {
    SearchTexts found;
    const auto result = search(who, query, more);
    for (const auto& hit : result.at("hits").as_array())
      found.emplace_back(hit.at("message").at("text").as_string());
    return found;
  }
  std::string why(Somebody& who, const std::string& query) {
    const auto result = search(who, query);
    REQUIRE(result.at("hits").as_array().empty());
    return std::string(result.at("miss").at("why").as_string());
  }
  std::string index_bytes() {
    std::string all;
    for (const char* end : {"", "-wal"}) {
      std::ifstream in(office.directory() / (std::string("search.db") + end), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }
  // Nobody is signed out by it.
  void let_pass(std::chrono::days time) {
    office.clock.advance(time);
    office.open_database()->run("UPDATE sessions SET expires_at = expires_at + 31536000000");
  }
  void check_index() {
    office.index_messages();
    const auto check =
        store::check_search_index(office.directory() / "search.db", office.directory() / "wardroom.db");
    REQUIRE(check);
    INFO((check->findings.empty() ? "" : check->findings.front()));
    CHECK(check->findings.empty());
    CHECK(check->behind == 0);
  }
};

}  // namespace

TEST_CASE("a search finds words, phrases, beginnings and parts, marks them and says where they stand") {
  SearchTalk t;
  const auto first = t.post(t.ada, t.room, "Der Straßenbau: main is GREEN again");
  t.post(t.bob, t.room, "part XK4711B, see https://example.org/parts?id=4711");
  t.post(t.bob, t.room, "東京都に住む");
  t.post(t.bob, t.room, "nothing of that");
  CHECK(t.texts(t.bob, "green").size() == 1);
  CHECK(t.texts(t.bob, "\"is green\"").size() == 1);
  CHECK(t.texts(t.bob, "\"green is\"").empty());
  CHECK(t.texts(t.bob, "strassen*").size() == 1);
  CHECK(t.texts(t.bob, "*k4711*").size() == 1);
  CHECK(t.texts(t.bob, "東京").size() == 1);
  CHECK(t.texts(t.bob, "nothing -that").empty());
  CHECK(t.texts(t.bob, "green or part").size() == 2);
  CHECK(t.texts(t.bob, "has:link").size() == 1);

  const auto result = t.search(t.bob, "green STRASSENBAU");
  const auto& hit = result.at("hits").at(0);
  CHECK(hit.at("room") == t.room);
  CHECK(hit.at("message").at("seq") == first);
  CHECK(result.at("users").at(0).at("name") == "ada");
  std::vector<std::string> marked;
  const std::string text(hit.at("message").at("text").as_string());
  for (const auto& mark : hit.at("marks").as_array()) {
    const auto begin = static_cast<std::size_t>(mark.at("begin").as_int64());
    marked.push_back(text.substr(begin, static_cast<std::size_t>(mark.at("end").as_int64()) - begin));
  }
  CHECK(marked == std::vector<std::string>{"Straßenbau", "GREEN"});

  // Nobody wrote the word itself: it is looked for within words, and the answer says so.
  const auto within = t.search(t.bob, "4711B");
  CHECK(within.at("hits").as_array().size() == 1);
  CHECK(within.at("within_words") == true);
  t.check_index();
}

TEST_CASE("filters narrow a search by person, room, time and what became of a message") {
  SearchTalk t;
  const auto board = t.create(t.ada, "board", "private");
  const auto old = t.post(t.ada, t.room, "word one");
  t.let_pass(std::chrono::days{40});
  const auto late = t.post(t.bob, t.room, "word two");
  t.post(t.ada, board, "word three");
  const auto direct = t.call(t.ada, "direct.open", {{"users", {t.bob.id()}}}).at("room").at("id").as_int64();
  t.post(t.ada, direct, "word four");
  t.call(t.bob, "message.react", {{"room", t.room}, {"seq", old}, {"emoji", "👍"}, {"on", true}});
  t.call(t.ada, "message.pin", {{"room", t.room}, {"seq", late}, {"on", true}});
  const std::string day = to_rfc3339(t.office.clock.now()).substr(0, 10);

  CHECK(t.texts(t.ada, "word") == SearchTexts{"word four", "word three", "word two", "word one"});
  CHECK(t.texts(t.ada, "word", {{"order", "oldest"}}).front() == "word one");
  CHECK(t.texts(t.ada, "word from:bob") == SearchTexts{"word two"});
  CHECK(t.texts(t.ada, "word from:Bob") == SearchTexts{"word two"});
  CHECK(t.texts(t.ada, "word -from:me") == SearchTexts{"word two"});
  CHECK(t.texts(t.ada, "in:board") == SearchTexts{"word three"});
  CHECK(t.texts(t.ada, "word", {{"room", board}}) == SearchTexts{"word three"});
  CHECK(t.texts(t.ada, "in:@bob") == SearchTexts{"word four"});
  CHECK(t.texts(t.ada, "is:direct") == SearchTexts{"word four"});
  CHECK(t.texts(t.ada, "word before:" + day) == SearchTexts{"word one"});
  CHECK(t.texts(t.ada, "word on:" + day).size() == 3);
  CHECK(t.texts(t.ada, "has:reaction") == SearchTexts{"word one"});
  CHECK(t.texts(t.ada, "has:pin") == SearchTexts{"word two"});
  CHECK(t.texts(t.ada, "from:bob or in:board").size() == 2);
  CHECK(t.texts(t.bob, "word") == SearchTexts{"word four", "word two", "word one"});

  // Page by page, each hit once.
  const auto page = t.search(t.ada, "word", {{"limit", 2}});
  CHECK(page.at("more") == true);
  const auto& last = page.at("hits").at(1);
  const json::object beyond{{"room", last.at("room")}, {"seq", last.at("message").at("seq")}};
  CHECK(t.texts(t.ada, "word", {{"limit", 2}, {"beyond", beyond}}) == SearchTexts{"word two", "word one"});
  // Not from a message in a room that the caller isn't in.
  CHECK(t.refusal(t.bob, "message.search", {{"query", "word"}, {"beyond", {{"room", board}, {"seq", 1}}}}) ==
        "not_found");
  CHECK(t.refusal(t.bob, "message.search", {{"query", "word"}, {"room", board}}) == "not_found");
  t.check_index();
}

TEST_CASE("names of files are found as texts are, as long as the message is, and by who may read it") {
  SearchTalk t;
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  const auto post_file = [&](SearchTalk::Somebody& who, std::int64_t room, const std::string& text,
                             const std::string& name, const std::string& bytes) {
    const auto id = upload(t.office, who.account.token, room, bytes, name);
    return t
        .call(who, "message.post",
              {{"room", room},
               {"client_id", to_string(make_uuid7(t.office.clock.now()))},
               {"text", text},
               {"files", json::array{json::string(id)}}})
        .at("seq")
        .as_int64();
  };
  const auto board = t.create(t.ada, "board", "private");
  const auto plan = post_file(t.bob, t.room, "the third floor", "Grundriß Süd-7.pdf", "words");
  // Its bytes are a picture's, its name isn't.
  post_file(t.ada, t.room, "", "roof.txt", png);
  post_file(t.ada, board, "sold", "Grundriss.pdf", "other words");
  t.post(t.ada, t.room, "no file at all");
  CHECK(t.texts(t.bob, "grundriss") == SearchTexts{"the third floor"});
  CHECK(t.texts(t.ada, "grundriss") == SearchTexts{"sold", "the third floor"});
  CHECK(t.texts(t.bob, "floor grundriss") == SearchTexts{"the third floor"});
  CHECK(t.texts(t.bob, "\"sud 7 pdf\"") == SearchTexts{"the third floor"});
  CHECK(t.texts(t.bob, "*undri*") == SearchTexts{"the third floor"});
  CHECK(t.texts(t.bob, "roof") == SearchTexts{""});
  CHECK(t.texts(t.bob, "floor -grundriss").empty());
  CHECK(t.texts(t.bob, "has:file").size() == 2);
  CHECK(t.texts(t.bob, "has:image") == SearchTexts{""});
  CHECK(t.texts(t.bob, "-has:file") == SearchTexts{"no file at all"});
  // Nothing of the text is marked for what a name has.
  CHECK(t.search(t.bob, "grundriss").at("hits").at(0).at("marks").as_array().empty());
  t.check_index();
  t.call(t.bob, "message.edit", {{"room", t.room}, {"seq", plan}, {"text", "the fourth floor"}});
  CHECK(t.texts(t.bob, "grundriss") == SearchTexts{"the fourth floor"});
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", plan}});
  CHECK(t.texts(t.bob, "grundriss").empty());
  t.call(t.bob, "message.restore", {{"room", t.room}, {"seq", plan}});
  CHECK(t.texts(t.bob, "grundriss").size() == 1);
  t.check_index();
  CHECK(t.index_bytes().find("Süd-7") != std::string::npos);
  t.call(t.ada, "admin.erase_texts", {{"user", t.bob.id()}, {"reason", "asked for"}, {"dry_run", false}});
  CHECK(t.texts(t.ada, "grundriss") == SearchTexts{"sold"});
  t.check_index();
  CHECK(t.index_bytes().find("Süd-7") == std::string::npos);
}

TEST_CASE("a search shows what its caller may read at that moment, and nothing else") {
  SearchTalk t;
  const auto board = t.create(t.ada, "board", "private");
  t.post(t.ada, board, "secret before");
  t.post(t.ada, t.room, "secret open");
  CHECK(t.texts(t.bob, "secret") == SearchTexts{"secret open"});
  CHECK(t.texts(t.gus, "secret").empty());
  CHECK(t.why(t.gus, "secret") == "no_match");
  t.call(t.ada, "room.add_member", {{"room", t.room}, {"user", t.gus.id()}});
  CHECK(t.texts(t.gus, "secret") == SearchTexts{"secret open"});

  // What was written before a private room became public stays with those who were in it.
  t.call(t.ada, "room.update", {{"room", board}, {"kind", "public"}});
  t.post(t.ada, board, "secret after");
  CHECK(t.texts(t.bob, "secret") == SearchTexts{"secret open"});
  t.call(t.bob, "room.join", {{"room", board}});
  CHECK(t.texts(t.bob, "secret") == SearchTexts{"secret after", "secret open"});
  CHECK(t.texts(t.bob, "secret", {{"room", board}}) == SearchTexts{"secret after"});
  t.call(t.bob, "room.leave", {{"room", board}});
  CHECK(t.texts(t.bob, "secret") == SearchTexts{"secret open"});
  t.call(t.ada, "room.remove_member", {{"room", t.room}, {"user", t.gus.id()}});
  CHECK(t.texts(t.gus, "secret").empty());
}

TEST_CASE(
    "the index follows edits, deletions and restorations, and one that lags shows nothing that is gone") {
  SearchTalk t;
  const auto seq = t.post(t.bob, t.room, "aubergine");
  CHECK(t.texts(t.ada, "aubergine").size() == 1);
  t.call(t.bob, "message.edit", {{"room", t.room}, {"seq", seq}, {"text", "courgette"}});
  // Before the index has heard of it.
  CHECK(t.call(t.ada, "message.search", {{"query", "aubergine"}}).at("hits").as_array().empty());
  CHECK(t.texts(t.ada, "courgette is:edited").size() == 1);
  CHECK(t.texts(t.ada, "aubergine").empty());
  t.check_index();
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", seq}});
  CHECK(t.call(t.ada, "message.search", {{"query", "courgette"}}).at("hits").as_array().empty());
  CHECK(t.texts(t.ada, "courgette").empty());
  t.check_index();
  t.call(t.bob, "message.restore", {{"room", t.room}, {"seq", seq}});
  CHECK(t.texts(t.ada, "courgette").size() == 1);
  t.check_index();
}

TEST_CASE("what is erased is in no file of the index, and what retention removed isn't found") {
  SearchTalk t;
  for (int i = 0; i < 30; ++i) {
    t.post(t.bob, t.room, "xylograph" + std::to_string(i) + " quagmire");
    t.post(t.ada, t.room, "innocent " + std::to_string(i));
  }
  t.office.index_messages();
  const auto deleted = t.post(t.bob, t.room, "zugzwang");
  t.office.index_messages();
  t.call(t.bob, "message.delete", {{"room", t.room}, {"seq", deleted}});
  t.office.index_messages();
  CHECK(t.index_bytes().find("xylograph7") != std::string::npos);
  CHECK(t.index_bytes().find("zwa") != std::string::npos);
  const auto done = t.call(t.ada, "admin.erase_texts", {{"user", t.bob.id()}, {"reason", "asked for"}});
  CHECK(done.at("files_clean") == true);
  const std::string bytes = t.index_bytes();
  // The words, and the parts of which they could be put together; FTS5 keeps only what differs from the term
  // before.
  for (const char* gone : {"xylograph", "quagmire", "zugzwang", "xyl", "zwa", "gzw"})
    CHECK(bytes.find(gone) == std::string::npos);
  CHECK(t.texts(t.ada, "innocent", {{"limit", 100}}).size() == 30);
  t.check_index();

  t.let_pass(std::chrono::days{31});
  t.post(t.ada, t.room, "later");
  t.call(t.ada, "admin.retention_set", {{"room", t.room}, {"days", 30}, {"reason", "the law"}});
  t.office.apply_retention();
  CHECK(t.call(t.ada, "message.search", {{"query", "innocent"}}).at("hits").as_array().empty());
  CHECK(t.texts(t.ada, "innocent").empty());
  t.check_index();
  const std::string day = to_rfc3339(t.office.clock.now() - std::chrono::days{35}).substr(0, 10);
  CHECK(t.why(t.ada, "innocent before:" + day) == "older_than_kept");
}

TEST_CASE("who finds nothing learns why") {
  SearchTalk t;
  t.create(t.ada, "board", "private");
  t.create(t.ada, "lounge");
  t.post(t.ada, t.room, "hello");
  CHECK(t.why(t.bob, "absent") == "no_match");
  // Too short for the index, and yet every message was looked through.
  CHECK(t.texts(t.bob, "*el*") == SearchTexts{"hello"});
  CHECK(t.why(t.bob, "*ab*") == "no_match");
  CHECK(t.why(t.bob, "in:lounge hello") == "not_in_room");
  // Of a private room nobody outside learns that it is there.
  CHECK(t.why(t.bob, "in:board hello") == "unknown_room");
  CHECK(t.search(t.bob, "in:osp").at("miss").at("names").at(0) == "ops");
  CHECK(t.search(t.bob, "from:aada").at("miss").at("names").at(0) == "ada");
  CHECK(t.why(t.gus, "from:ada") == "unknown_person");
  CHECK(t.search(t.gus, "from:aada").at("miss").at("names").as_array().empty());
  CHECK(t.refusal(t.bob, "message.search", {{"query", std::string(16 * 1024, 'a')}}) == "params");
}

TEST_CASE("a search that takes too long is cut off and says so") {
  SearchTalk t;
  t.post(t.ada, t.room, "hello");
  t.office.settings.search_time = std::chrono::milliseconds{0};
  t.office.restart();
  t.reconnect(t.ada);
  const auto result = t.search(t.ada, "hello");
  CHECK(result.at("cut_off") == true);
  CHECK(result.at("hits").as_array().empty());
  CHECK(std::string(result.at("miss").at("message").as_string()).find("too long") != std::string::npos);
  CHECK(t.why(t.ada, "*el*") == "too_short");
}

TEST_CASE("an index that is missing, damaged or ahead of the database is rebuilt") {
  SearchTalk t;
  t.post(t.ada, t.room, "hello");
  t.office.index_messages();
  const auto file = t.office.directory() / "search.db";
  SECTION("missing") {
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(file.string() + end);
  }
  SECTION("damaged") {
    for (const char* end : {"-wal", "-shm"}) std::filesystem::remove(file.string() + end);
    // Beside it: the server that runs goes on with the one that it has open.
    const auto other = file.string() + ".other";
    std::ofstream(other) << std::string(8192, 'x');
    std::filesystem::rename(other, file);
  }
  SECTION("of a database that went on") {
    auto db = t.office.open_database();
    db->run("UPDATE meta SET value = '77' WHERE key = 'epoch'");
  }
  t.office.restart();
  t.reconnect(t.ada);
  CHECK(t.texts(t.ada, "hello") == SearchTexts{"hello"});
  t.check_index();
}

TEST_CASE("the check finds what is missing in the index, what is too much and what is otherwise") {
  SearchTalk t;
  for (const char* text : {"one", "two", "three"}) t.post(t.ada, t.room, text);
  t.check_index();
  const auto file = t.office.directory() / "search.db";
  auto index = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write);
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
  const auto check = store::check_search_index(file, t.office.directory() / "wardroom.db");
  REQUIRE(check);
  CHECK_FALSE(check->findings.empty());
}
