#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

// tus 1.0 over the dispatcher: each header line, each offset, each checksum.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct TusPlace : Conversation {
  Somebody lena = arrive("lena");
  std::int64_t room = create(lena, "ops");
  std::string token = lena.account.token;

  realtime::FileRequest at(const std::string& verb, const std::string& id) {
    return file_request(verb, "/api/v1/uploads/" + id, token);
  }
  std::string offset_of(const std::string& id) {
    return header_of(office.request_file(at("HEAD", id)), "Upload-Offset");
  }
};

std::string code_of(const Office::FileAnswer& answer) {
  const auto json = boost::json::parse(answer.body).as_object();
  return std::string(json.at("code").as_string());
}

}  // namespace

TEST_CASE("what of tus there is is said without a token, with the largest size") {
  TusPlace place;
  const auto answer = place.office.request_file(file_request("OPTIONS", "/api/v1/uploads", ""));
  CHECK(answer.status == 204);
  CHECK(header_of(answer, "Tus-Version") == "1.0.0");
  CHECK(header_of(answer, "Tus-Extension") ==
        "creation,creation-with-upload,checksum,expiration,termination");
  CHECK(header_of(answer, "Tus-Checksum-Algorithm") == "sha1,sha256");
  CHECK(header_of(answer, "Tus-Max-Size") == std::to_string(100 << 20));
}

TEST_CASE("a file goes up in pieces, and HEAD says each time how far it is") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 9, "notes.txt");
  const auto head = place.office.request_file(place.at("HEAD", id));
  CHECK(head.status == 200);
  CHECK(header_of(head, "Upload-Offset") == "0");
  CHECK(header_of(head, "Upload-Length") == "9");
  CHECK(header_of(head, "Upload-Metadata").ends_with("filename " + to_base64(as_bytes("notes.txt"))));
  CHECK(header_of(head, "Upload-Expires").ends_with(" GMT"));
  const auto first = place.office.request_file(patch_request(place.token, id, 0), "abcd");
  CHECK(first.status == 204);
  CHECK(header_of(first, "Upload-Offset") == "4");
  CHECK(place.offset_of(id) == "4");
  place.office.restart();
  CHECK(place.offset_of(id) == "4");
  const auto last = place.office.request_file(patch_request(place.token, id, 4), "efghi");
  CHECK(last.status == 204);
  CHECK(header_of(last, "Upload-Offset") == "9");
  CHECK(header_of(last, "Upload-Expires").empty());
  CHECK(download(place.office, place.token, id).body == "abcdefghi");
  // The answer to the last piece was lost: the same again is no error, and more is one.
  CHECK(place.office.request_file(patch_request(place.token, id, 9)).status == 204);
  CHECK(place.office.request_file(patch_request(place.token, id, 9), "j").status == 409);
}

TEST_CASE("a large body comes whole through one block of memory") {
  TusPlace place;
  std::string bytes(1'000'000, '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<char>(i * 31 + i / 1000);
  const auto id = upload(place.office, place.token, place.room, bytes, "big.bin");
  CHECK(download(place.office, place.token, id).body == bytes);
}

TEST_CASE("offsets that aren't where the upload is change nothing") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 9, "notes.txt");
  REQUIRE(place.office.request_file(patch_request(place.token, id, 0), "abcd").status == 204);
  for (const std::int64_t wrong : {0, 3, 5, 9}) {
    const auto answer = place.office.request_file(patch_request(place.token, id, wrong), std::string("x"));
    INFO(wrong);
    CHECK((answer.status == 409 || answer.status == 413));
    CHECK(place.offset_of(id) == "4");
  }
  // Twice the same piece.
  CHECK(place.office.request_file(patch_request(place.token, id, 0), "abcd").status == 409);
  CHECK(place.office.request_file(patch_request(place.token, id, 4), "efghijk").status == 413);
  CHECK(place.offset_of(id) == "4");
}

TEST_CASE("header lines that are wrong or missing are named") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 9, "notes.txt");
  auto request = patch_request(place.token, id, 0);
  request.tus_resumable = "0.2.0";
  const auto version = place.office.request_file(request, "abcd");
  CHECK(version.status == 412);
  CHECK(header_of(version, "Tus-Version") == "1.0.0");
  request = patch_request(place.token, id, 0);
  request.content_type = "application/octet-stream";
  CHECK(place.office.request_file(request, "abcd").status == 415);
  for (const char* offset : {"", "-1", "x", "1.5"}) {
    request = patch_request(place.token, id, 0);
    request.upload_offset = offset;
    CHECK(place.office.request_file(request, "abcd").status == 400);
  }
  for (const char* length : {"", "-1", "x", "99999999999999999999"}) {
    request = create_request(place.token, place.room, 9, "a");
    request.upload_length = length;
    CHECK(place.office.request_file(request).status == 400);
  }
  request = create_request(place.token, place.room, 9, "a");
  request.upload_metadata = "filename YQ==";
  CHECK(place.office.request_file(request).status == 400);
  CHECK(place.office.request_file(place.at("PUT", id)).status == 405);
  CHECK(place.office.request_file(place.at("PATCH", "nonsense")).status == 404);
  CHECK(place.office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, "")).status == 401);
  CHECK(place.office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, "wrong")).status == 401);
  CHECK(place.offset_of(id) == "0");
}

TEST_CASE("a verb that proxies don't know comes in a line of its own") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 4, "a");
  auto request = patch_request(place.token, id, 0);
  request.verb = "POST";
  request.method_override = "PATCH";
  CHECK(place.office.request_file(request, "abcd").status == 204);
  CHECK(download(place.office, place.token, id).body == "abcd");
}

TEST_CASE("a piece with a checksum counts when it is right") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 8, "a");
  auto request = patch_request(place.token, id, 0);
  // SHA-1 of "abcd".
  request.upload_checksum = "sha1 gf6L/odXbD7LIkJvjleEc4KRes8=";
  CHECK(place.office.request_file(request, "abcd").status == 204);
  request = patch_request(place.token, id, 4);
  request.upload_checksum = "sha1 gf6L/odXbD7LIkJvjleEc4KRes8=";
  const auto wrong = place.office.request_file(request, "efgh");
  CHECK(wrong.status == 460);
  CHECK(code_of(wrong) == "checksum_wrong");
  CHECK(place.offset_of(id) == "4");
  request.upload_checksum = "crc32 AAAA";
  CHECK(place.office.request_file(request, "efgh").status == 400);
  request.upload_checksum = "sha256 " + to_base64(sha256(as_bytes("efgh")));
  CHECK(place.office.request_file(request, "efgh").status == 204);
  CHECK(download(place.office, place.token, id).body == "abcdefgh");
}

TEST_CASE("an upload whose connection breaks goes on at the byte that had come") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 100'000, "a");
  const auto peer = place.office.connect();
  auto request = patch_request(place.token, id, 0);
  request.body_bytes = 100'000;
  const std::string bytes(100'000, 'x');
  auto& dispatcher = place.office.dispatcher();
  dispatcher.on_file(*peer, request);
  place.office.wait_until([&] { return peer->wants_body; });
  std::size_t sent = 0;
  place.office.wait_until([&] {
    while (peer->wants_body && sent < 40'000) {
      peer->wants_body = dispatcher.on_body(*peer, std::string_view(bytes).substr(sent, 10'000));
      sent += 10'000;
    }
    return sent == 40'000;
  });
  place.office.disconnect(peer);
  const auto offset = std::stoll(place.offset_of(id));
  CHECK(offset <= 40'000);
  const auto rest = std::string_view(bytes).substr(static_cast<std::size_t>(offset));
  CHECK(place.office.request_file(patch_request(place.token, id, offset), rest).status == 204);
  CHECK(download(place.office, place.token, id).body == bytes);
}

TEST_CASE("an upload is ended by its person, and is gone from the disk") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 8, "a");
  REQUIRE(place.office.request_file(patch_request(place.token, id, 0), "abcd").status == 204);
  CHECK(place.office.request_file(place.at("DELETE", id)).status == 204);
  CHECK(place.office.request_file(place.at("HEAD", id)).status == 404);
  CHECK(place.office.request_file(place.at("DELETE", id)).status == 404);
  place.office.wait_until(
      [&] { return std::filesystem::is_empty(place.office.directory() / "files/uploads"); });
}

TEST_CASE("a file of nothing is a file") {
  TusPlace place;
  const auto id = begin_upload(place.office, place.token, place.room, 0, "empty");
  const auto answer = download(place.office, place.token, id);
  CHECK(answer.status == 200);
  CHECK(answer.body.empty());
}
