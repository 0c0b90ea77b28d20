#include <fstream>

#include "common/evidence/tables_check.hpp"
#include "server/commands/file/expire.hpp"
#include "server/ops/backup_contents.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

// What stays of files, what goes, and what an office allows of them.
using namespace wardroom;
using namespace wardroom::testing;
using protocol::Role;

namespace {

struct FileKeeping : Conversation {
  Somebody root = arrive("root", Role::admin);
  Somebody lena = arrive("lena");
  std::int64_t room = create(lena, "ops");

  std::string send(const std::string& bytes) { return upload(office, lena.account.token, room, bytes); }
  std::int64_t post_file(const std::string& id) {
    return call(lena, "message.post",
                {{"room", room},
                 {"client_id", to_string(make_uuid7(office.clock.now()))},
                 {"text", "look"},
                 {"files", boost::json::array{boost::json::string(id)}}})
        .at("seq")
        .as_int64();
  }
  std::filesystem::path place_of(const std::string& bytes) {
    const auto name = to_hex(sha256(as_bytes(bytes)));
    return office.directory() / "files" / name.substr(0, 2) / name.substr(2);
  }
  bool is_there(const std::string& bytes) { return std::filesystem::exists(place_of(bytes)); }
  void wait_until_gone(const std::string& bytes) {
    office.wait_until([&] { return !is_there(bytes); });
  }
  // Of files and messages: the people of these tests have no records.
  std::vector<std::string> findings() {
    office.settle();
    const auto report = evidence::check_tables(*office.open_database());
    REQUIRE(report);
    std::vector<std::string> about;
    for (const auto& finding : report->findings)
      if (finding.starts_with("files") || finding.starts_with("messages")) about.push_back(finding);
    return about;
  }
  void limit(const std::function<void(commands::FileLimits&)>& change) {
    office.services().settings.update([&](commands::Settings& next) { change(next.files); });
  }
  Office::FileAnswer try_create(std::int64_t size) {
    return office.request_file(create_request(lena.account.token, room, size, "a"));
  }
};

std::string code_in(const Office::FileAnswer& answer) {
  return std::string(boost::json::parse(answer.body).as_object().at("code").as_string());
}

}  // namespace

TEST_CASE("the same bytes are stored once, and stay as long as one file needs them") {
  FileKeeping place;
  const auto first = place.send("same"), second = place.send("same");
  CHECK(place.is_there("same"));
  auto request = file_request("DELETE", "/api/v1/uploads/" + first, place.lena.account.token);
  REQUIRE(place.office.request_file(request).status == 204);
  place.office.settle();
  CHECK(download(place.office, place.lena.account.token, second).body == "same");
  request = file_request("DELETE", "/api/v1/uploads/" + second, place.lena.account.token);
  REQUIRE(place.office.request_file(request).status == 204);
  place.wait_until_gone("same");
}

TEST_CASE("what is posted nowhere goes after a day of time that has certainly passed") {
  FileKeeping place;
  const auto lost = place.send("lost"), posted = place.send("posted");
  place.post_file(posted);
  const auto end = [&] {
    commands::submit_unposted_ends(place.office.services(), place.office.batch());
    place.office.settle();
  };
  // Somebody sets the clock: that is no day.
  place.office.clock.move_wall(std::chrono::hours{48});
  end();
  CHECK(download(place.office, place.lena.account.token, lost).status == 200);
  place.office.clock.move_wall(-std::chrono::hours{48});
  for (int hour = 0; hour < 26; ++hour) {
    place.office.clock.advance(std::chrono::hours{1});
    place.office.tick();
  }
  end();
  CHECK(download(place.office, place.lena.account.token, lost).status == 404);
  CHECK(download(place.office, place.lena.account.token, posted).status == 200);
  place.wait_until_gone("lost");
  CHECK(place.is_there("posted"));
  CHECK(place.records("file.deleted").size() == 1);
  CHECK(place.findings().empty());
}

TEST_CASE("an erasure takes the files of the person's messages, and says so when they are gone") {
  FileKeeping place;
  const auto id = place.send("private matters");
  place.post_file(id);
  const auto erased = place.call(place.root, "admin.erase_texts",
                                 {{"user", place.lena.id()}, {"reason", "asked for"}, {"dry_run", false}});
  CHECK(erased.at("files_clean").as_bool());
  CHECK_FALSE(place.is_there("private matters"));
  CHECK(download(place.office, place.lena.account.token, id).status == 404);
  auto db = place.office.open_database();
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM files") == 0);
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM messages WHERE files <> ''") == 0);
  CHECK(place.findings().empty());
}

TEST_CASE(
    "what retention removes takes its files along, unless a newer message has the same bytes or a hold keeps "
    "it") {
  for (const bool held : {false, true}) {
    INFO(held);
    FileKeeping place;
    const auto old = place.send("old");
    place.post_file(old);
    place.post_file(place.send("shared"));
    for (int hour = 0; hour < 49; ++hour) {
      place.office.clock.advance(std::chrono::hours{1});
      place.office.tick();
    }
    const auto newer = place.send("shared");
    place.post_file(newer);
    if (held)
      place.call(place.root, "admin.hold_place",
                 {{"room", place.room}, {"name", "case 7"}, {"reason", "letter of the court"}});
    place.call(place.root, "admin.retention_set",
               {{"kind", "public"}, {"days", 1}, {"reason", "a day is enough"}});
    place.office.apply_retention();
    if (!held) place.wait_until_gone("old");
    place.office.settle();
    CHECK(place.is_there("old") == held);
    CHECK(download(place.office, place.lena.account.token, old).status == (held ? 200 : 404));
    CHECK(download(place.office, place.lena.account.token, newer).body == "shared");
    CHECK(place.findings().empty());
  }
}

TEST_CASE("the tables' check finds a name, a size and a hash that aren't what the message binds") {
  for (const char* change : {"UPDATE files SET name = 'other.txt'", "UPDATE files SET size = 1",
                             "UPDATE files SET sha256 = zeroblob(32)", "DELETE FROM files",
                             "UPDATE messages SET files = ''", "UPDATE files SET user_id = user_id + 1",
                             "UPDATE files SET position = 1", "UPDATE files SET seq = 99"}) {
    INFO(change);
    FileKeeping place;
    place.post_file(place.send("bytes"));
    CHECK(place.findings().empty());
    auto db = place.office.open_database();
    REQUIRE(db->run_script(change));
    CHECK_FALSE(place.findings().empty());
  }
}

TEST_CASE("an upload that nobody made gives access to nothing unseen") {
  for (const char* change :
       {"UPDATE files SET user_id = user_id + 1", "UPDATE files SET sha256 = zeroblob(32)",
        "UPDATE files SET salt = zeroblob(16)", "UPDATE files SET room_id = room_id + 1"}) {
    INFO(change);
    FileKeeping place;
    place.send("bytes");
    CHECK(place.findings().empty());
    auto db = place.office.open_database();
    REQUIRE(db->run_script(change));
    CHECK_FALSE(place.findings().empty());
  }
}

TEST_CASE("the check of files finds a flipped byte, a missing file, an orphan and a foreign name") {
  FileKeeping place;
  place.post_file(place.send("bytes"));
  place.send("others");
  place.office.settle();
  auto db = place.office.open_database();
  const ops::DataDir dir{place.office.directory()};
  auto report = ops::check_files(*db, dir);
  REQUIRE(report);
  CHECK(report->wrong == 0);
  CHECK(report->contents == 2);
  std::ofstream(place.place_of("bytes")) << "bytEs";
  std::filesystem::remove(place.place_of("others"));
  std::filesystem::create_directories(place.place_of("nobody's").parent_path());
  std::ofstream(place.place_of("nobody's")) << "nobody's";
  std::ofstream(place.office.directory() / "files" / "notes") << "what is this";
  report = ops::check_files(*db, dir);
  REQUIRE(report);
  CHECK(report->wrong == 4);
}

TEST_CASE("each limit is named when it is reached") {
  FileKeeping place;
  place.limit([](commands::FileLimits& files) { files.file_bytes = 10; });
  CHECK(code_in(place.try_create(11)) == "file_too_large");
  CHECK(place.try_create(10).status == 201);
  place.limit([](commands::FileLimits& files) { files.person_bytes = 15; });
  const auto person = place.try_create(6);
  CHECK(person.status == 413);
  CHECK(code_in(person) == "person_limit");
  CHECK(person.body.find("files.person_mib") != std::string::npos);
  place.limit([](commands::FileLimits& files) {
    files.person_bytes = 1000;
    files.office_bytes = 15;
  });
  CHECK(code_in(place.try_create(6)) == "office_limit");
  place.limit([](commands::FileLimits& files) {
    files.office_bytes = 1000;
    files.open_uploads = 1;
  });
  CHECK(code_in(place.try_create(1)) == "too_many_uploads");
  place.limit([](commands::FileLimits& files) {
    files.open_uploads = 100;
    files.free_bytes = INT64_MAX / 2;
  });
  const auto full = place.try_create(1);
  CHECK(full.status == 507);
  CHECK(code_in(full) == "disk_full");
}

TEST_CASE("a type is refused by what the bytes are, and nothing of it stays") {
  FileKeeping place;
  place.limit([](commands::FileLimits& files) { files.refused_types = {"image/*"}; });
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  auto request = create_request(place.lena.account.token, place.room, 16, "harmless.txt");
  request.content_type = "application/offset+octet-stream";
  const auto refused = place.office.request_file(request, png);
  CHECK(refused.status == 415);
  CHECK(code_in(refused) == "file_type_refused");
  CHECK(place.office.open_database()->find<std::int64_t>("SELECT count(*) FROM files") == 0);
  place.send("plain text called .png is taken");
}

TEST_CASE("guests send files where the office lets them") {
  FileKeeping place;
  auto guest = place.arrive("gus", Role::guest);
  place.call(place.lena, "room.add_member", {{"room", place.room}, {"user", guest.id()}});
  upload(place.office, guest.account.token, place.room, "taken");
  place.limit([](commands::FileLimits& files) { files.guests_send = false; });
  const auto refused = place.office.request_file(create_request(guest.account.token, place.room, 3, "a"));
  CHECK(refused.status == 403);
  CHECK(code_in(refused) == "guests_send_no_files");
}

TEST_CASE("the server's start takes away what a crash left, and nothing else") {
  FileKeeping place;
  const auto id = place.send("kept");
  const auto open = begin_upload(place.office, place.lena.account.token, place.room, 8, "a");
  REQUIRE(place.office.request_file(patch_request(place.lena.account.token, open, 0), "abcd").status == 204);
  std::filesystem::create_directories(place.place_of("orphan").parent_path());
  std::ofstream(place.place_of("orphan")) << "orphan";
  const auto stray =
      place.office.directory() / "files/uploads" / to_string(make_uuid7(place.office.clock.now()));
  std::ofstream(stray) << "stray";
  place.office.restart();
  place.wait_until_gone("orphan");
  place.office.wait_until([&] { return !std::filesystem::exists(stray); });
  CHECK(download(place.office, place.lena.account.token, id).body == "kept");
  CHECK(header_of(place.office.request_file(
                      file_request("HEAD", "/api/v1/uploads/" + open, place.lena.account.token)),
                  "Upload-Offset") == "4");
}

TEST_CASE("what can't be recorded doesn't happen: no file, and no download where those are recorded") {
  FileKeeping place;
  const auto& token = place.lena.account.token;
  const auto before = place.send("before");
  place.limit([](commands::FileLimits& files) { files.records_downloads = true; });
  const auto id = begin_upload(place.office, token, place.room, 5, "a");
  auto db = place.office.open_database();
  REQUIRE(db->run_script(
      "CREATE TRIGGER refuse BEFORE INSERT ON audit_records BEGIN SELECT RAISE(ABORT, 'not now'); "
      "END"));
  CHECK(place.office.request_file(patch_request(token, id, 0), "bytes").status >= 500);
  const auto refused = download(place.office, token, before);
  CHECK(refused.status >= 500);
  CHECK(refused.body != "before");
  place.wait_until_gone("bytes");
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM files WHERE sha256 IS NULL") == 1);
  REQUIRE(db->run_script("DROP TRIGGER refuse"));
  // All of it is there: whoever asks how far it is hears that it is whole, and then it is.
  const auto head = place.office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, token));
  CHECK(header_of(head, "Upload-Offset") == "5");
  CHECK(download(place.office, token, id).body == "bytes");
}
