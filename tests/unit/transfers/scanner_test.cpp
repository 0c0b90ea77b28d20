#include "tests/harness/fake_clamd.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/messages/conversation.hpp"

// What becomes of a file when the office has a virus scanner.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct ScannedOffice : Conversation {
  Somebody lena = arrive("lena");
  std::int64_t room = create(lena, "ops");
  std::string socket = (office.directory() / "clamd.ctl").string();

  void ask_scanner(bool takes_unscanned = false) {
    office.services().settings.update([&](commands::Settings& next) {
      next.files.scanner = socket;
      next.files.takes_unscanned = takes_unscanned;
    });
  }
  Office::FileAnswer send(const std::string& bytes) {
    auto request =
        create_request(lena.account.token, room, static_cast<std::int64_t>(bytes.size()), "notes.txt");
    request.content_type = "application/offset+octet-stream";
    return office.request_file(request, bytes);
  }
  std::int64_t rows() { return *office.open_database()->find<std::int64_t>("SELECT count(*) FROM files"); }
  std::string the_upload() {
    for (const auto& file : std::filesystem::directory_iterator(office.directory() / "files/uploads"))
      return file.path().filename().string();
    return {};
  }
  commands::ScannerState state() { return office.services().files->scanner(); }
};

std::string code_said(const Office::FileAnswer& answer) {
  return std::string(boost::json::parse(answer.body).as_object().at("code").as_string());
}

}  // namespace

TEST_CASE("a file is offered when the scanner has found nothing, and the record says so") {
  ScannedOffice place;
  FakeClamd clamd(place.socket);
  place.ask_scanner();
  CHECK(place.send("good bytes").status == 201);
  CHECK(clamd.asked() == 1);
  const auto uploaded = place.records("file.uploaded");
  REQUIRE(uploaded.size() == 1);
  CHECK(uploaded[0].find("\"scan\":\"clean\"") != std::string::npos);
  CHECK_FALSE(place.state().fails);
}

TEST_CASE("what the scanner finds something in goes, with a word to its person, a record and a figure") {
  ScannedOffice place;
  FakeClamd clamd(place.socket);
  place.ask_scanner();
  const auto refused = place.send("infected bytes");
  CHECK(refused.status == 422);
  CHECK(code_said(refused) == "file_infected");
  CHECK(refused.body.find("Test.Signature") != std::string::npos);
  CHECK(place.rows() == 0);
  CHECK(place.records("file.uploaded").empty());
  REQUIRE(place.records("file.infected").size() == 1);
  place.office.wait_until([&] { return place.the_upload().empty(); });
  CHECK(place.state().infected == 1);
  CHECK(place.state().infected_at > 0);
  // The same bytes again, which some other office might know by their hash.
  CHECK(place.send("infected bytes").status == 422);
}

TEST_CASE("while the scanner is down a file waits, and is finished by whoever asks how far it is") {
  ScannedOffice place;
  place.ask_scanner();
  const auto waiting = place.send("good bytes");
  CHECK(waiting.status == 503);
  CHECK(code_said(waiting) == "scanner_fails");
  CHECK(place.state().fails);
  const auto id = place.the_upload();
  REQUIRE_FALSE(id.empty());
  CHECK(download(place.office, place.lena.account.token, id).status == 404);
  const auto post = place.refusal(place.lena, "message.post",
                                  {{"room", place.room},
                                   {"client_id", to_string(make_uuid7(place.office.clock.now()))},
                                   {"text", "look"},
                                   {"files", boost::json::array{boost::json::string(id)}}});
  CHECK(post == "upload_incomplete");
  FakeClamd clamd(place.socket);
  const auto head =
      place.office.request_file(file_request("HEAD", "/api/v1/uploads/" + id, place.lena.account.token));
  CHECK(header_of(head, "Upload-Offset") == "10");
  CHECK(download(place.office, place.lena.account.token, id).body == "good bytes");
  CHECK_FALSE(place.state().fails);
}

TEST_CASE(
    "where the office says so, a file is taken that the scanner didn't look at, and its record says it") {
  ScannedOffice place;
  place.ask_scanner(true);
  CHECK(place.send("good bytes").status == 201);
  const auto uploaded = place.records("file.uploaded");
  REQUIRE(uploaded.size() == 1);
  CHECK(uploaded[0].find("\"scan\":\"not_done\"") != std::string::npos);
  // What is found is refused all the same.
  FakeClamd clamd(place.socket);
  CHECK(place.send("infected bytes").status == 422);
}

TEST_CASE("a file that is too large for the scanner is refused with what to change") {
  ScannedOffice place;
  FakeClamd clamd(place.socket, 100);
  place.ask_scanner();
  const auto refused = place.send(std::string(1000, 'x'));
  CHECK(refused.status == 413);
  CHECK(code_said(refused) == "not_scanned");
  CHECK(refused.body.find("StreamMaxLength") != std::string::npos);
}
