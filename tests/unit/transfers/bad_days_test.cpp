#include "server/commands/file/expire.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

// What clients, people and disks do to uploads on a bad day.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct BadDay : Conversation {
  Somebody lena = arrive("lena");
  std::int64_t room = create(lena, "ops");
  const std::string& token = lena.account.token;

  void limit(const std::function<void(commands::FileLimits&)>& change) {
    office.services().settings.update([&](commands::Settings& next) { change(next.files); });
  }
  std::string offset_of(const std::string& id) {
    return header_of(office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, token)),
                     "Upload-Offset");
  }
  Office::FileAnswer patch(const std::string& id, std::int64_t offset, std::string_view bytes) {
    return office.request_file(patch_request(token, id, offset), bytes);
  }
  std::int64_t rows() { return *office.open_database()->find<std::int64_t>("SELECT count(*) FROM files"); }
  std::int64_t files_in(const char* folder) {
    std::int64_t count = 0;
    for (const auto& file :
         std::filesystem::recursive_directory_iterator(office.directory() / "files" / folder))
      count += file.is_regular_file();
    return count;
  }
};

std::string reason_in(const Office::FileAnswer& answer) {
  return std::string(boost::json::parse(answer.body).as_object().at("code").as_string());
}

}  // namespace

TEST_CASE("of 10,000 uploads a person begins, as many are open as may be, and messages go on") {
  BadDay day;
  int taken = 0, refused = 0;
  for (int i = 0; i < 10'000; ++i) {
    const auto answer = day.office.request_file(create_request(day.token, day.room, 1, "a"));
    if (answer.status == 201)
      ++taken;
    else if (answer.status == 413 && reason_in(answer) == "too_many_uploads")
      ++refused;
  }
  CHECK(taken == 20);
  CHECK(refused == 9'980);
  CHECK(day.rows() == 20);
  // Nothing lies there before its first byte came.
  CHECK(day.files_in("uploads") == 0);
  CHECK(day.post(day.lena, day.room, "still here") > 0);
}

TEST_CASE("a thousand open uploads survive a restart, and go when their time is over") {
  BadDay day;
  day.limit([](commands::FileLimits& files) { files.open_uploads = 1000; });
  std::vector<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    ids.push_back(begin_upload(day.office, day.token, day.room, 2, "a"));
    REQUIRE(day.patch(ids.back(), 0, "x").status == 204);
  }
  CHECK(day.files_in("uploads") == 1000);
  day.office.restart();
  CHECK(day.offset_of(ids.front()) == "1");
  CHECK(day.offset_of(ids.back()) == "1");
  for (int hour = 0; hour < 26; ++hour) {
    day.office.clock.advance(std::chrono::hours{1});
    day.office.tick();
  }
  for (int round = 0; round < 3; ++round) {
    commands::submit_unposted_ends(day.office.services(), day.office.batch());
    day.office.settle();
  }
  CHECK(day.rows() == 0);
  day.office.wait_until([&] { return std::filesystem::is_empty(day.office.directory() / "files/uploads"); });
}

TEST_CASE("a disk that fills in the middle of an upload costs the upload nothing, and messages go on") {
  BadDay day;
  const std::string bytes(20'000, 'x');
  const auto id = begin_upload(day.office, day.token, day.room, 20'000, "a");
  REQUIRE(day.patch(id, 0, std::string_view(bytes).substr(0, 5000)).status == 204);
  day.limit([](commands::FileLimits& files) { files.free_bytes = INT64_MAX / 2; });
  const auto full = day.patch(id, 5000, std::string_view(bytes).substr(5000));
  CHECK(full.status == 507);
  CHECK(reason_in(full) == "disk_full");
  CHECK(full.body.find("files.free_mib") != std::string::npos);
  CHECK(day.offset_of(id) == "5000");
  CHECK(day.post(day.lena, day.room, "still here") > 0);
  day.limit([](commands::FileLimits& files) { files.free_bytes = 0; });
  CHECK(day.patch(id, 5000, std::string_view(bytes).substr(5000)).status == 204);
  CHECK(download(day.office, day.token, id).body == bytes);
}

TEST_CASE("a length that changes on the way is the one that was announced") {
  BadDay day;
  const auto id = begin_upload(day.office, day.token, day.room, 4, "a");
  auto request = patch_request(day.token, id, 0);
  request.upload_length = "8";
  CHECK(day.office.request_file(request, "abcdefgh").status == 413);
  CHECK(day.offset_of(id) == "0");
  request.upload_length = "2";
  CHECK(day.office.request_file(request, "ab").status == 204);
  CHECK(day.offset_of(id) == "2");
  CHECK(day.patch(id, 2, "cd").status == 204);
  CHECK(download(day.office, day.token, id).body == "abcd");
}

TEST_CASE("two connections that send the same piece leave one") {
  BadDay day;
  const std::string bytes(200'000, 'x');
  const auto id = begin_upload(day.office, day.token, day.room, 200'000, "a");
  auto& dispatcher = day.office.dispatcher();
  const auto first = day.office.connect(), second = day.office.connect();
  auto request = patch_request(day.token, id, 0);
  request.body_bytes = 200'000;
  dispatcher.on_file(*first, request);
  day.office.wait_until([&] { return first->wants_body; });
  // The second takes over, where nothing has come yet; what the first sends from now on counts no more.
  dispatcher.on_file(*second, request);
  day.office.wait_until([&] { return second->wants_body; });
  // So much that it is written.
  while (first->wants_body)
    first->wants_body = dispatcher.on_body(*first, std::string_view(bytes).substr(0, 10'000));
  day.office.wait_until([&] { return !first->answers.empty(); });
  CHECK(first->answers.back().status == 409);
  CHECK(day.office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, day.token)).status == 200);
  const auto offset = std::stoll(day.offset_of(id));
  CHECK(offset == 0);
  CHECK(day.patch(id, 0, bytes).status == 204);
  CHECK(download(day.office, day.token, id).body == bytes);
  day.office.disconnect(first);
  day.office.disconnect(second);
}

TEST_CASE("what came before a connection broke counts, however little it was") {
  BadDay day;
  const auto id = begin_upload(day.office, day.token, day.room, 50'000, "a");
  const auto peer = day.office.connect();
  auto request = patch_request(day.token, id, 0);
  request.body_bytes = 50'000;
  day.office.dispatcher().on_file(*peer, request);
  day.office.wait_until([&] { return peer->wants_body; });
  CHECK(day.office.dispatcher().on_body(*peer, std::string(10'000, 'x')));
  day.office.disconnect(peer);
  const auto file = day.office.directory() / "files" / "uploads" / id;
  day.office.wait_until([&] { return std::filesystem::file_size(file) == 10'000; });
  CHECK(day.offset_of(id) == "10000");
}

TEST_CASE("names of every kind become names, in one line and never a path") {
  BadDay day;
  const std::string long_name = std::string(300, 'n') + ".txt";
  const std::pair<std::string, std::string> names[] = {
      {"../../x", "x"},
      {"..\\..\\x.txt", "x.txt"},
      {"/etc/passwd", "passwd"},
      {"CON", "_CON"},
      {"nul.txt", "_nul.txt"},
      {"..", "file"},
      {"", "file"},
      {"a\r\nSet-Cookie: b.txt", "aSet-Cookie: b.txt"},
      {"exe.\u202Egnp.txt", "exe.gnp.txt"},
      {"\xFF\xFE.bin", "\uFFFD\uFFFD.bin"},
      {long_name, std::string(251, 'n') + ".txt"},
  };
  for (const auto& [sent, kept] : names) {
    INFO(sent);
    const auto id = upload(day.office, day.token, day.room, "bytes", sent);
    const auto answer = download(day.office, day.token, id);
    REQUIRE(answer.status == 200);
    // Of the header lines there are as many as of any other name.
    CHECK(answer.headers.find("Set-Cookie: b.txt\r\n") == std::string::npos);
    CHECK(header_of(answer, "Content-Disposition").starts_with("attachment; filename=\""));
    day.call(day.lena, "message.post",
             {{"room", day.room},
              {"client_id", to_string(make_uuid7(day.office.clock.now()))},
              {"text", ""},
              {"files", boost::json::array{boost::json::string(id)}}});
    const auto list = day.call(day.lena, "file.list", {{"room", day.room}}).at("files").as_array();
    CHECK(std::string(list.front().at("file").at("name").as_string()) == kept);
  }
  // Nothing but contents lies there, whatever they are called.
  day.office.wait_until([&] { return std::filesystem::is_empty(day.office.directory() / "files/uploads"); });
  CHECK(day.files_in(".") == 1);
}

TEST_CASE("a type is the bytes' own, whatever name they come under") {
  BadDay day;
  const std::string png("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
  const auto type_of = [&](const std::string& bytes, const std::string& name) {
    const auto id = upload(day.office, day.token, day.room, bytes, name);
    return *day.office.open_database()->find<std::string>("SELECT type FROM files WHERE id = ?",
                                                          parse_uuid(id)->bytes);
  };
  CHECK(type_of(png, "harmless.txt") == "image/png");
  CHECK(type_of("just words\n", "picture.png") == "text/plain");
  CHECK(type_of("<html><script>alert(1)</script></html>", "picture.png") == "text/html");
}
