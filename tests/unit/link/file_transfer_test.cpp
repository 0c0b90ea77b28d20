#include "common/link/file_transfer.hpp"

#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {
namespace {

std::string reply(int status, const std::string& lines, const std::string& body = {}) {
  return "HTTP/1.1 " + std::to_string(status) + " x\r\n" + lines +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::function<Result<std::string>(std::size_t)> reader(const std::string& bytes, std::size_t from) {
  return [bytes, at = from](std::size_t most) mutable -> Result<std::string> {
    auto piece = bytes.substr(at, most);
    at += piece.size();
    return piece;
  };
}

HttpClient client_of(const TestServer& server) {
  return HttpClient(introduced_to(server), Secret("tok"), std::chrono::seconds{60});
}

// Of "abc".
constexpr const char* kAbc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

}  // namespace

TEST_CASE("an upload is announced with room and name, sent, asked after, and withdrawn") {
  std::vector<std::string> heads;
  std::string body;
  TestServer server(office_looks(), [&](TestSession& session) {
    const auto take = [&] {
      auto head = session.read_head();
      if (head) heads.push_back(*head);
      return head.has_value();
    };
    if (!take()) return;
    session.send_raw(reply(201, "Location: /api/v1/uploads/F\r\n"));
    if (!take()) return;
    body = session.read_body(3).value_or("");
    session.send_raw("HTTP/1.1 204 x\r\nUpload-Offset: 3\r\n\r\n");
    if (!take()) return;
    session.send_raw("HTTP/1.1 200 x\r\nUpload-Offset: 3\r\nContent-Length: 0\r\n\r\n");
    if (!take()) return;
    session.send_raw("HTTP/1.1 204 x\r\n\r\n");
    session.read_head();
  });
  {
    auto http = client_of(server);
    const auto id = begin_upload(http, RoomId{12}, "plan.pdf", 3);
    REQUIRE(id);
    CHECK(*id == "F");
    const auto sent = send_rest(http, {*id, 0, 3, reader("abc", 0)});
    REQUIRE(sent);
    CHECK(*sent == 3);
    const auto there = ask_offset(http, *id);
    REQUIRE(there);
    CHECK(*there == 3);
    CHECK(withdraw_upload(http, *id));
  }
  server.wait_for_ended(1);
  REQUIRE(heads.size() == 4);
  CHECK(heads[0].starts_with("POST /api/v1/uploads HTTP/1.1\r\n"));
  CHECK(heads[0].find("Upload-Length: 3\r\n") != std::string::npos);
  CHECK(heads[0].find("Upload-Metadata: room MTI=,filename cGxhbi5wZGY=\r\n") != std::string::npos);
  CHECK(heads[0].find("Authorization: Bearer tok\r\n") != std::string::npos);
  CHECK(heads[1].starts_with("PATCH /api/v1/uploads/F "));
  CHECK(heads[1].find("Upload-Offset: 0\r\n") != std::string::npos);
  CHECK(body == "abc");
  CHECK(heads[2].starts_with("HEAD /api/v1/uploads/F "));
  CHECK(heads[3].starts_with("DELETE /api/v1/uploads/F "));
}

TEST_CASE("an upload that the server doesn't know any more is told apart from a broken line") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (session.read_head()) session.send_raw("HTTP/1.1 404 x\r\nContent-Length: 10\r\n\r\n");
    session.read_head();
  });
  auto http = client_of(server);
  const auto there = ask_offset(http, "F");
  REQUIRE_FALSE(there);
  CHECK(there.error().code == ErrorCode::not_found);
  CHECK_FALSE(is_passing(there.error()));
}

TEST_CASE("why a whole upload isn't taken is told to who asks where to go on, and isn't tried again") {
  const std::pair<int, std::string> refusals[] = {
      {413, "not_scanned"}, {415, "file_type_refused"}, {422, "file_infected"}};
  for (const auto& [status, reason] : refusals) {
    INFO(status);
    TestServer server(office_looks(), [status = status](TestSession& session) {
      if (session.read_head())
        session.send_raw("HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: 99\r\n\r\n");
      session.read_head();
    });
    auto http = client_of(server);
    const auto there = ask_offset(http, "F");
    REQUIRE_FALSE(there);
    CHECK(there.error().reason == reason);
    CHECK_FALSE(is_passing(there.error()));
  }
}

TEST_CASE("a request that nobody wants any more ends soon, while nothing moves") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.read_head();
    session.read_head();
  });
  auto http = client_of(server);
  UploadStep step{"F", 0, 3, reader("abc", 0)};
  step.is_unwanted = [] { return true; };
  const auto sent = send_rest(http, std::move(step));
  REQUIRE_FALSE(sent);
  CHECK(sent.error().reason == HttpClient::kUnwanted);
}

TEST_CASE("what the sender's file can't give ends the upload with its own words") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.read_head();
    session.read_body(3);
  });
  auto http = client_of(server);
  const auto sent = send_rest(http, {"F", 0, 3, [](std::size_t) -> Result<std::string> {
                                       return conflict("file_changed", "It was changed.");
                                     }});
  REQUIRE_FALSE(sent);
  CHECK(sent.error().reason == "file_changed");
}

TEST_CASE("a download that breaks off goes on behind what came, and is held against its hash") {
  std::atomic<int> connection{0};
  std::string second;
  TestServer server(office_looks(), [&](TestSession& session) {
    const int which = ++connection;
    const auto head = session.read_head();
    if (!head) return;
    if (which == 1) {
      session.send_raw("HTTP/1.1 200 x\r\nETag: \"" + std::string(kAbc) + "\"\r\nContent-Length: 3\r\n\r\na");
      return;
    }
    second = *head;
    session.send_raw("HTTP/1.1 206 x\r\nETag: \"" + std::string(kAbc) + "\"\r\nContent-Length: 2\r\n\r\nbc");
    session.read_head();
  });
  std::string came;
  FileFetch fetch("F", [&](std::string_view bytes) {
    came += bytes;
    return ok();
  });
  {
    auto http = client_of(server);
    const auto broken = fetch.go_on(http);
    REQUIRE_FALSE(broken);
    CHECK(is_passing(broken.error()));
    CHECK(fetch.bytes() == 1);
    REQUIRE(fetch.go_on(http));
  }
  server.wait_for_ended(2);
  CHECK(came == "abc");
  CHECK(second.find("Range: bytes=1-\r\n") != std::string::npos);
  CHECK(second.find("If-Range: \"" + std::string(kAbc) + "\"\r\n") != std::string::npos);
  SECTION("it is what the message says") {
    CHECK(fetch.check(kAbc));
  }
  SECTION("it isn't, whatever the server says") {
    CHECK(fetch.check(std::string(64, '0')).error().reason == "file_differs");
  }
}

TEST_CASE("bytes of another file behind a broken download are refused") {
  std::atomic<int> connection{0};
  TestServer server(office_looks(), [&](TestSession& session) {
    const int which = ++connection;
    if (!session.read_head()) return;
    // The whole anew, since the tag no longer fits.
    session.send_raw(which == 1 ? "HTTP/1.1 200 x\r\nETag: \"1\"\r\nContent-Length: 3\r\n\r\na"
                                : "HTTP/1.1 200 x\r\nETag: \"2\"\r\nContent-Length: 3\r\n\r\nxyz");
    if (which == 2) session.read_head();
  });
  std::string came;
  FileFetch fetch("F", [&](std::string_view bytes) {
    came += bytes;
    return ok();
  });
  auto http = client_of(server);
  REQUIRE_FALSE(fetch.go_on(http));
  const auto again = fetch.go_on(http);
  REQUIRE_FALSE(again);
  CHECK(again.error().code == ErrorCode::conflict);
  CHECK(came == "a");
}

}  // namespace wardroom::link
