#include "client/session/cache_file.hpp"

#include <csignal>
#include <fstream>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <sys/wait.h>

#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

namespace {

constexpr RoomId kRoom{12};

protocol::Message message(std::int64_t seq, std::string text) {
  protocol::Message m;
  m.seq = Seq{seq};
  m.at = from_unix_ms(1'795'160'000'000 + seq);
  m.author = UserId{3};
  m.text = std::move(text);
  return m;
}

StoreRoom room(Coverage coverage, std::int64_t count = 0) {
  protocol::MyRoom info;
  info.id = kRoom;
  info.name = "release-7";
  info.count = count;
  info.seq = coverage.to;
  return {info, coverage};
}

OutboxRow row(std::string id, std::string text) {
  return {std::move(id), kRoom, std::move(text), Seq{4}, from_unix_ms(1'795'160'000'000), ""};
}

std::vector<PageLoaded> apply(CacheFile& cache, std::vector<CacheJob> jobs) {
  std::vector<PageLoaded> pages;
  const auto done = cache.apply(jobs, pages);
  INFO((done ? "" : done.error().message));
  REQUIRE(done);
  return pages;
}

CacheFile::Opened open(const std::filesystem::path& file) {
  auto opened = CacheFile::open(file);
  INFO((opened ? "" : opened.error().message));
  REQUIRE(opened);
  return std::move(*opened);
}

std::vector<std::string> texts(const std::vector<OutboxRow>& rows) {
  std::vector<std::string> found;
  for (const auto& one : rows) found.push_back(one.text);
  return found;
}

}  // namespace

TEST_CASE("What was committed is there after a kill, with everything that the row says") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  const pid_t child = ::fork();
  if (child == 0) {
    auto opened = CacheFile::open(file);
    std::vector<PageLoaded> none;
    auto edited = message(2, "two");
    edited.edited_at = from_unix_ms(5);
    edited.client_id = "id";
    edited.reply_to = Seq{1};
    Settings settings;
    settings.theme = ThemeChoice::light;
    settings.last_room = kRoom;
    settings.emoji = {{"🎉", "👋🏽"}, SkinTone::medium};
    settings.spelling = {false, std::vector<std::string>{"de_DE", "en_US"}, {"Osei", "Kürzel"}};
    settings.collapsed = {SideBarSection::Kind::direct, SideBarSection::Kind::requests};
    const bool done =
        opened &&
        opened->cache->apply({room({Seq{1}, Seq{3}}, 2),
                              StoreMessages{kRoom, {message(1, "one"), edited}, {Seq{1}, Seq{3}}, {}},
                              SaveOutbox{row("a", "first")}, SaveOutbox{row("b", "second")},
                              SaveDraft{kRoom, "half"}, SaveSettings{settings}, StoreEpoch{7},
                              StorePeople{{{UserId{3}, "amara", "Amara Osei", protocol::Role::member}}}},
                             none);
    ::kill(::getpid(), done ? SIGKILL : SIGTERM);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  REQUIRE(WTERMSIG(status) == SIGKILL);

  auto opened = open(file);
  CHECK(opened.note.empty());
  CHECK(opened.settings.theme == ThemeChoice::light);
  CHECK(opened.settings.last_room == kRoom);
  CHECK(opened.settings.emoji.recent == std::vector<std::string>{"🎉", "👋🏽"});
  CHECK(opened.settings.emoji.tone == SkinTone::medium);
  CHECK_FALSE(opened.settings.spelling.on);
  CHECK(opened.settings.spelling.languages == std::vector<std::string>{"de_DE", "en_US"});
  CHECK(opened.settings.spelling.own_words == std::vector<std::string>{"Osei", "Kürzel"});
  REQUIRE(opened.settings.collapsed.size() == 2);
  CHECK(opened.settings.collapsed[0] == SideBarSection::Kind::direct);
  CHECK(opened.settings.collapsed[1] == SideBarSection::Kind::requests);
  CHECK(opened.state.epoch == 7);
  REQUIRE(opened.state.rooms.size() == 1);
  CHECK(opened.state.rooms[0].room.name == "release-7");
  CHECK(opened.state.rooms[0].draft == "half");
  CHECK(opened.state.rooms[0].coverage.to == Seq{3});
  CHECK(opened.state.people.at(0).display_name == "Amara Osei");
  CHECK(texts(opened.state.outbox) == std::vector<std::string>{"first", "second"});
  CHECK(opened.state.outbox[0].reply_to == Seq{4});
  const auto pages = apply(*opened.cache, {LoadPage{kRoom, Seq{4}, {}, 50}});
  REQUIRE(pages.at(0).messages.size() == 2);
  CHECK(pages[0].end);
  CHECK(pages[0].messages[1].edited_at == from_unix_ms(5));
  CHECK(pages[0].messages[1].reply_to == Seq{1});
  CHECK(pages[0].messages[1].client_id == "id");
}

TEST_CASE("Changes of cached messages are kept; what is older than the cache doesn't undo them") {
  const TempDirectory dir;
  auto opened = open(dir.path() / "cache.db");
  auto& cache = *opened.cache;
  const Coverage before{Seq{1}, Seq{3}};
  const Coverage after{Seq{1}, Seq{7}};
  apply(
      cache,
      {room(before),
       StoreMessages{kRoom, {message(1, "one"), message(2, "two"), message(3, "three")}, before, {}},
       ChangeMessage{protocol::MessageEdited{kRoom, Seq{4}, from_unix_ms(9), Seq{1}, UserId{3}, "one!"},
                     after},
       ChangeMessage{protocol::MessageDeleted{kRoom, Seq{5}, from_unix_ms(9), Seq{2}, UserId{8}, "why"},
                     after},
       ChangeMessage{protocol::MessageReacted{kRoom, Seq{6}, from_unix_ms(9), Seq{3}, UserId{8}, "👍", true},
                     after},
       ChangeMessage{protocol::MessagePinned{kRoom, Seq{7}, from_unix_ms(9), Seq{3}, UserId{8}, true}, after},
       ChangeMessage{protocol::MessagePinned{kRoom, Seq{8}, from_unix_ms(9), Seq{99}, UserId{8}, true},
                     after},
       StoreMessages{kRoom, {message(1, "one")}, after, {}}});
  const auto page = apply(cache, {LoadPage{kRoom, Seq{9}, {}, 10}}).at(0);
  REQUIRE(page.messages.size() == 3);
  CHECK(page.messages[0].text == "one!");
  CHECK(page.messages[0].edited_at == from_unix_ms(9));
  CHECK(page.messages[0].changed == Seq{4});
  CHECK(page.messages[1].deleted == true);
  CHECK(page.messages[1].deleted_by == UserId{8});
  CHECK(page.messages[1].delete_reason == "why");
  CHECK(page.messages[1].text.empty());
  REQUIRE(page.messages[2].reactions);
  CHECK(page.messages[2].reactions->at(0).emoji == "👍");
  CHECK(page.messages[2].reactions->at(0).users == std::vector<UserId>{UserId{8}});
  CHECK(page.messages[2].pinned == true);
}

TEST_CASE("The outbox keeps its order; a stored message takes its row along") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    auto opened = open(file);
    apply(*opened.cache, {room({Seq{1}, Seq{0}}), SaveOutbox{row("a", "1")}, SaveOutbox{row("b", "2")},
                          SaveOutbox{row("c", "3")}, SaveOutbox{row("d", "4")}});
    auto refused = row("b", "2");
    refused.failure = "The room is locked.";
    apply(*opened.cache,
          {SaveOutbox{refused}, StoreMessages{kRoom, {message(1, "1")}, {Seq{1}, Seq{1}}, {"a"}},
           EraseOutbox{"c"}});
  }
  const auto opened = open(file);
  CHECK(texts(opened.state.outbox) == std::vector<std::string>{"2", "4"});
  CHECK(opened.state.outbox[0].failure == "The room is locked.");
}

TEST_CASE("Uploads keep their order and all that is known of them; a message takes its own along") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  const auto upload = [](std::string key) {
    return UploadRow{std::move(key), {kRoom, Seq{3}}, "", "/home/lena/a.pdf", "a.pdf", 1'000, 7, "",
                     false,          false,           ""};
  };
  {
    auto opened = open(file);
    apply(*opened.cache, {SaveUpload{upload("1")}, SaveUpload{upload("2")}, SaveUpload{upload("3")},
                          SaveUpload{upload("4")}});
    auto begun = upload("2");
    begun.file = "F";
    begun.whole = begun.paused = true;
    begun.failure = "It was changed.";
    auto two = row("a", "two files");
    two.files = 2;
    apply(*opened.cache, {SaveUpload{begun}, SaveOutbox{two, {}, {"2", "3"}}, EraseUpload{"4"}});
  }
  {
    auto opened = open(file);
    REQUIRE(opened.state.uploads.size() == 3);
    CHECK(opened.state.outbox.at(0).files == 2);
    CHECK(opened.state.uploads[0].client_id.empty());
    CHECK(opened.state.uploads[0].place == WritingPlace{kRoom, Seq{3}});
    const auto& begun = opened.state.uploads[1];
    CHECK(begun.key == "2");
    CHECK(begun.client_id == "a");
    CHECK(begun.path == "/home/lena/a.pdf");
    CHECK(begun.size == 1'000);
    CHECK(begun.modified_ns == 7);
    CHECK(begun.file == "F");
    CHECK(begun.whole);
    CHECK(begun.paused);
    CHECK(begun.failure == "It was changed.");
    CHECK(opened.state.uploads[2].client_id == "a");
    // Under another id it still has them; stored, they are gone, and those of the draft aren't.
    apply(*opened.cache, {SaveOutbox{row("b", "two files"), "a", {"2", "3"}}});
  }
  {
    auto opened = open(file);
    REQUIRE(opened.state.uploads.size() == 3);
    CHECK(opened.state.uploads[1].client_id == "b");
    apply(*opened.cache, {StoreMessages{kRoom, {message(1, "two files")}, {Seq{1}, Seq{1}}, {"b"}}});
  }
  auto opened = open(file);
  REQUIRE(opened.state.uploads.size() == 1);
  CHECK(opened.state.uploads[0].key == "1");
  apply(*opened.cache, {EraseCache{}});
  opened.cache.reset();
  CHECK(open(file).state.uploads.empty());
}

TEST_CASE("A cached message keeps its files until it is deleted") {
  const TempDirectory dir;
  auto opened = open(dir.path() / "cache.db");
  auto& cache = *opened.cache;
  const Coverage covers{Seq{1}, Seq{2}};
  auto carrying = message(1, "");
  carrying.files = {{"F", "plan.pdf", 1'000, "application/pdf", "ab"}};
  apply(cache, {room(covers), StoreMessages{kRoom, {carrying, message(2, "none")}, covers, {}}});
  auto page = apply(cache, {LoadPage{kRoom, Seq{3}, {}, 10}}).at(0);
  REQUIRE(page.messages.at(0).files);
  CHECK(page.messages[0].files->at(0).name == "plan.pdf");
  CHECK(page.messages[0].files->at(0).size == 1'000);
  CHECK_FALSE(page.messages[1].files);
  apply(cache,
        {ChangeMessage{protocol::MessageDeleted{kRoom, Seq{3}, from_unix_ms(9), Seq{1}, UserId{8}, "why"},
                       covers}});
  page = apply(cache, {LoadPage{kRoom, Seq{3}, {}, 10}}).at(0);
  CHECK_FALSE(page.messages.at(0).files);
}

TEST_CASE("What the cache covers is searched, the newest first, in one room or in all") {
  const TempDirectory dir;
  const auto opened = open(dir.path() / "cache.db");
  auto gone = message(4, "a hit that was deleted");
  gone.deleted = true;
  const Coverage covers{Seq{1}, Seq{5}};
  apply(*opened.cache,
        {room(covers), StoreMessages{kRoom,
                                     {message(1, "the first hit"), message(2, "none"),
                                      message(3, "a second HIT"), gone, message(9, "a hit beyond")},
                                     covers,
                                     {}}});
  const auto found = [&](RoomId where, const char* words, std::size_t limit = 10) {
    apply(*opened.cache, {SearchCache{where, words, limit}});
    REQUIRE(opened.cache->searched().size() == 1);
    return opened.cache->searched().front();
  };
  const auto all = found(RoomId{}, "hit");
  REQUIRE(all.hits.size() == 2);
  CHECK(all.hits[0].message.text == "a second HIT");
  CHECK(all.hits[0].room == kRoom);
  REQUIRE(all.hits[0].marks.size() == 1);
  CHECK(all.hits[0].marks[0].begin == 9);
  CHECK_FALSE(all.more);
  CHECK_FALSE(all.failed);
  CHECK(found(kRoom, "hit", 1).more);
  CHECK(found(RoomId{99}, "hit").hits.empty());
  CHECK(found(kRoom, "nowhere").hits.empty());
}

TEST_CASE("Pages come in order, stop at what is covered, and say where the cache ends") {
  const TempDirectory dir;
  auto opened = open(dir.path() / "cache.db");
  StoreMessages store{kRoom, {}, {Seq{5}, Seq{9}}, {}};
  for (int i = 1; i <= 12; ++i) store.messages.push_back(message(i, std::to_string(i)));
  apply(*opened.cache, {room({Seq{5}, Seq{9}}), store});
  const auto ends = [](const PageLoaded& page) {
    return std::tuple(page.messages.front().seq.value, page.messages.back().seq.value, page.end);
  };
  const auto pages = apply(*opened.cache, {LoadPage{kRoom, Seq{10}, {}, 3}, LoadPage{kRoom, Seq{7}, {}, 3},
                                           LoadPage{kRoom, {}, Seq{5}, 2}, LoadPage{kRoom, {}, Seq{7}, 3}});
  CHECK(ends(pages[0]) == std::tuple(7, 9, false));
  CHECK(ends(pages[1]) == std::tuple(5, 6, true));
  CHECK(ends(pages[2]) == std::tuple(6, 7, false));
  CHECK(ends(pages[3]) == std::tuple(8, 9, true));
}

TEST_CASE(
    "Trimming takes what is older, says where the cache begins now, and nothing when there was nothing") {
  const TempDirectory dir;
  auto opened = open(dir.path() / "cache.db");
  auto& cache = *opened.cache;
  apply(cache,
        {room({Seq{1}, Seq{4}}),
         StoreMessages{
             kRoom, {message(1, "one"), message(2, "two"), message(4, "four")}, {Seq{1}, Seq{4}}, {}}});
  apply(cache, {TrimMessages{kRoom, message(3, "").at}});
  REQUIRE(cache.trimmed().size() == 1);
  CHECK(cache.trimmed()[0].from == Seq{3});
  const auto pages = apply(cache, {LoadPage{kRoom, Seq{5}, std::nullopt, 10}});
  CHECK(cache.trimmed().empty());
  REQUIRE(pages.size() == 1);
  REQUIRE(pages[0].messages.size() == 1);
  CHECK(pages[0].messages[0].text == "four");
  apply(cache, {TrimMessages{kRoom, message(3, "").at}});
  CHECK(cache.trimmed().empty());
  opened.cache.reset();
  CHECK(open(dir.path() / "cache.db").state.rooms[0].coverage.from == Seq{3});
}

TEST_CASE("Dropping rooms keeps the outbox and drafts; erasing keeps the settings alone") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  Settings settings;
  settings.scale_percent = 150;
  {
    auto opened = open(file);
    apply(*opened.cache, {SaveSettings{settings}, room({Seq{1}, Seq{1}}),
                          StoreMessages{kRoom, {message(1, "one")}, {Seq{1}, Seq{1}}, {}},
                          SaveOutbox{row("a", "1")}, SaveDraft{kRoom, "half"}, DropRooms{}});
  }
  {
    auto opened = open(file);
    CHECK(opened.state.rooms.empty());
    CHECK(opened.state.outbox.size() == 1);
    apply(*opened.cache, {room({Seq{1}, Seq{0}})});
  }
  {
    auto opened = open(file);
    CHECK(opened.state.rooms.at(0).draft == "half");
    apply(*opened.cache, {EraseCache{}});
  }
  const auto opened = open(file);
  CHECK(opened.state.rooms.empty());
  CHECK(opened.state.outbox.empty());
  CHECK(opened.settings.scale_percent == 150);
}

TEST_CASE("A damaged cache is rebuilt with a note; what can be read of the outbox comes along") {
  const TempDirectory dir;
  const auto file = dir.path() / "cache.db";
  {
    auto opened = open(file);
    apply(*opened.cache, {SaveOutbox{row("a", "not lost")}, room({Seq{1}, Seq{0}})});
  }
  SECTION("another file stands there: nothing can be read") {
    std::ofstream(file, std::ios::trunc) << std::string(10'000, 'x');
    const auto opened = open(file);
    CHECK_FALSE(opened.note.empty());
    CHECK(opened.state.outbox.empty());
  }
  SECTION("another table is damaged: the outbox is saved") {
    {
      auto db = sqlite::Connection::open(file, sqlite::Connection::Mode::read_write);
      REQUIRE(db);
      REQUIRE((*db)->run_script("DROP TABLE rooms"));
    }
    auto opened = open(file);
    CHECK_FALSE(opened.note.empty());
    CHECK(texts(opened.state.outbox) == std::vector<std::string>{"not lost"});
    CHECK(std::filesystem::exists(file.string() + ".damaged"));
    apply(*opened.cache, {room({Seq{1}, Seq{0}})});
    CHECK(open(file).state.outbox.size() == 1);
  }
}
