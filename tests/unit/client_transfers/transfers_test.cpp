#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>

#include "client/session/file_transfers.hpp"
#include "client/session/own_file.hpp"
#include "tests/unit/client_session/temp_directory.hpp"
#include "tests/unit/link/fixture.hpp"

// What goes up and comes down, against a server that breaks off, lies or doesn't answer.
using namespace wardroom;
using namespace wardroom::client;
using client::test::TempDirectory;
using link::TestServer;
using link::TestSession;

namespace {

constexpr const char* kAbcHash = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

// The window's part: drains the inbox and keeps what was told.
class Window {
 public:
  Window()
      : inbox_([this] {
          const std::lock_guard lock(mutex_);
          posted_ = true;
          something_.notify_one();
        }),
        transfers_(inbox_, {[this](Event event) { told.push_back(std::move(event)); }, {}}) {}

  std::vector<Event> told;
  FileTransfers& transfers() { return transfers_; }

  // The last of its kind, as soon as there are so many.
  template <class E>
  E wait_for(std::size_t count = 1) {
    for (;;) {
      std::vector<E> found;
      for (const auto& event : told)
        if (const auto* one = std::get_if<E>(&event)) found.push_back(*one);
      if (found.size() >= count) return found[count - 1];
      std::unique_lock lock(mutex_);
      REQUIRE(something_.wait_for(lock, std::chrono::seconds{60}, [this] { return posted_; }));
      posted_ = false;
      lock.unlock();
      inbox_.drain();
    }
  }

 private:
  std::mutex mutex_;
  std::condition_variable something_;
  bool posted_ = false;
  Inbox inbox_;
  FileTransfers transfers_;
};

std::string contents_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

std::size_t files_in(const std::filesystem::path& folder) {
  return static_cast<std::size_t>(
      std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()));
}

UploadRow row_of(const std::filesystem::path& file) {
  const auto opened = OwnFile::open(file.string());
  REQUIRE(opened);
  const auto seen = opened->look();
  REQUIRE(seen);
  UploadRow row;
  row.key = "key";
  row.place = RoomId{12};
  row.path = seen->path;
  row.name = seen->name;
  row.size = seen->size;
  row.modified_ns = seen->modified_ns;
  return row;
}

FileServer as_lena(const TestServer& server) {
  return {link::introduced_to(server), Secret("tok")};
}

protocol::File abc(std::string sha256 = kAbcHash) {
  return {"F", "../plan.txt", 3, "text/plain", std::move(sha256)};
}

void answer_with_abc(TestSession& session) {
  if (session.read_head())
    session.send_raw("HTTP/1.1 200 x\r\nETag: \"" + std::string(kAbcHash) +
                     "\"\r\nContent-Length: 3\r\n\r\nabc");
  session.read_head();
}

}  // namespace

TEST_CASE(
    "an upload that a server broke off goes on at the byte that it has, and is told as whole only then") {
  const TempDirectory dir;
  const auto file = dir.path() / "plan.txt";
  std::string text;
  for (int i = 0; i < 100; ++i) text.push_back(static_cast<char>('a' + i % 26));
  std::ofstream(file) << text;
  std::atomic<int> connection{0};
  std::string came, second_head;
  TestServer server(link::office_looks(), [&](TestSession& session) {
    if (++connection == 1) {
      if (session.read_head())
        session.send_raw("HTTP/1.1 201 x\r\nLocation: /api/v1/uploads/F\r\nContent-Length: 0\r\n\r\n");
      session.read_head();
      came = session.read_body(40).value_or("");
      return;
    }
    if (session.read_head())
      session.send_raw("HTTP/1.1 200 x\r\nUpload-Offset: 40\r\nContent-Length: 0\r\n\r\n");
    second_head = session.read_head().value_or("");
    came += session.read_body(60).value_or("");
    session.send_raw("HTTP/1.1 204 x\r\nUpload-Offset: 100\r\n\r\n");
    session.read_head();
  });
  {
    Window window;
    auto row = row_of(file);
    window.transfers().run(SendFile{row, 1, as_lena(server)});
    const auto broken = window.wait_for<UploadEnded>();
    REQUIRE_FALSE(broken.result);
    CHECK(broken.result.error().code == ErrorCode::unavailable);
    row.file = window.wait_for<UploadBegun>().file;
    CHECK(row.file == "F");
    window.transfers().run(SendFile{row, 2, as_lena(server)});
    const auto whole = window.wait_for<UploadEnded>(2);
    CHECK(whole.attempt == 2);
    CHECK(whole.result);
  }
  server.wait_for_ended(2);
  CHECK(second_head.find("Upload-Offset: 40\r\n") != std::string::npos);
  CHECK(came == text);
}

TEST_CASE("a file that is changed while it goes up is withdrawn, and nothing is done to it here") {
  const TempDirectory dir;
  const auto file = dir.path() / "plan.txt";
  std::ofstream(file) << "abc";
  std::string last_head;
  TestServer server(link::office_looks(), [&](TestSession& session) {
    if (session.read_head())
      session.send_raw("HTTP/1.1 201 x\r\nLocation: /api/v1/uploads/F\r\nContent-Length: 0\r\n\r\n");
    session.read_head();
    session.read_body(3);
    std::ofstream(file, std::ios::app) << "and more";
    session.send_raw("HTTP/1.1 204 x\r\nUpload-Offset: 3\r\n\r\n");
    last_head = session.read_head().value_or("");
    session.send_raw("HTTP/1.1 204 x\r\n\r\n");
    session.read_head();
  });
  {
    Window window;
    window.transfers().run(SendFile{row_of(file), 1, as_lena(server)});
    const auto ended = window.wait_for<UploadEnded>();
    REQUIRE_FALSE(ended.result);
    CHECK(ended.result.error().reason == "file_changed");
  }
  server.wait_for_ended(1);
  CHECK(last_head.starts_with("DELETE /api/v1/uploads/F "));
  CHECK(contents_of(file) == "abcand more");
}

TEST_CASE("a file that was moved away before its turn says so, and the server isn't asked for anything") {
  const TempDirectory dir;
  const auto file = dir.path() / "plan.txt";
  std::ofstream(file) << "abc";
  const auto row = row_of(file);
  std::filesystem::rename(file, dir.path() / "elsewhere.txt");
  TestServer server(link::office_looks(), [](TestSession&) {});
  Window window;
  window.transfers().run(SendFile{row, 1, as_lena(server)});
  CHECK(window.wait_for<UploadEnded>().result.error().reason == "file_gone");
  CHECK(server.handshakes() == 0);
}

TEST_CASE("of an upload that was stopped nothing more is told, although the server doesn't answer") {
  const TempDirectory dir;
  const auto file = dir.path() / "plan.txt";
  std::ofstream(file) << "abc";
  TestServer server(link::office_looks(), [](TestSession& session) {
    session.read_head();
    session.read_head();
  });
  Window window;
  const auto row = row_of(file);
  window.transfers().run(SendFile{row, 1, as_lena(server)});
  window.transfers().run(StopTransfer{1});
  auto gone = row;
  gone.path = (dir.path() / "gone").string();
  window.transfers().run(SendFile{gone, 2, as_lena(server)});
  CHECK(window.wait_for<UploadEnded>().attempt == 2);
}

TEST_CASE("a download is under its name when it is the file that was sent, and never in another's place") {
  const TempDirectory dir;
  TestServer server(link::office_looks(), answer_with_abc);
  const auto target = dir.path() / "plan.txt";
  Window window;
  SECTION("as it was sent") {
    window.transfers().run(FetchFile{abc(), target.string(), false, 1, as_lena(server)});
    const auto ended = window.wait_for<FetchEnded>();
    REQUIRE(ended.path);
    CHECK(*ended.path == target.string());
    CHECK(contents_of(target) == "abc");
    CHECK(files_in(dir.path()) == 1);
  }
  SECTION("not what the message says") {
    window.transfers().run(FetchFile{abc(std::string(64, '0')), target.string(), false, 1, as_lena(server)});
    const auto ended = window.wait_for<FetchEnded>();
    REQUIRE_FALSE(ended.path);
    CHECK(ended.path.error().reason == "file_differs");
    CHECK(files_in(dir.path()) == 0);
  }
  SECTION("longer than the message says") {
    auto shorter = abc();
    shorter.size = 2;
    window.transfers().run(FetchFile{shorter, target.string(), false, 1, as_lena(server)});
    CHECK(window.wait_for<FetchEnded>().path.error().reason == "file_differs");
    CHECK(files_in(dir.path()) == 0);
  }
  SECTION("another file is there") {
    std::ofstream(target) << "mine";
    window.transfers().run(FetchFile{abc(), target.string(), false, 1, as_lena(server)});
    CHECK(window.wait_for<FetchEnded>().path.error().reason == "target_exists");
    CHECK(contents_of(target) == "mine");
  }
  SECTION("another file is there, and the person said that it may go") {
    std::ofstream(target) << "mine";
    window.transfers().run(FetchFile{abc(), target.string(), true, 1, as_lena(server)});
    REQUIRE(window.wait_for<FetchEnded>().path);
    CHECK(contents_of(target) == "abc");
  }
}
