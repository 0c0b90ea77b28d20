#include "server/files/scanner.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/harness/fake_clamd.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::files;
using Verdict = Scan::Verdict;

namespace {

struct ScanPlace {
  testing::TempDir temp;
  std::atomic<bool> stopped{false};
  std::string socket = (temp.path() / "clamd.ctl").string();

  Result<Scan> scan(const std::string& bytes) {
    std::ofstream(temp.path() / "file", std::ios::binary) << bytes;
    return scan_file(socket, temp.path() / "file", stopped);
  }
};

}  // namespace

TEST_CASE("clamd's answers are read as what they are, and what isn't known is no 'clean'") {
  CHECK(parse_scan("stream: OK").verdict == Verdict::clean);
  const auto found = parse_scan("stream: Win.Test.EICAR_HDB-1 FOUND");
  CHECK(found.verdict == Verdict::infected);
  CHECK(found.text == "Win.Test.EICAR_HDB-1");
  CHECK(parse_scan("stream: a\nb\"\xFF FOUND").text == "a?b??");
  const auto large = parse_scan("INSTREAM size limit exceeded. ERROR");
  CHECK(large.verdict == Verdict::unknown);
  CHECK(large.too_large);
  for (const char* other :
       {"", "stream: OK ", "OK", "stream:  FOUND", "stream: ", "UNKNOWN COMMAND", "stream: no ERROR"}) {
    INFO(other);
    CHECK(parse_scan(other).verdict == Verdict::unknown);
    CHECK_FALSE(parse_scan(other).too_large);
  }
}

TEST_CASE("the scanner is given every byte") {
  ScanPlace place;
  testing::FakeClamd clamd(place.socket);
  CHECK(place.scan("")->verdict == Verdict::clean);
  CHECK(place.scan(std::string(100'000, 'x'))->verdict == Verdict::clean);
  // At the very end, and over the edge of two pieces.
  CHECK(place.scan(std::string(99'992, 'x') + "infected")->verdict == Verdict::infected);
  CHECK(place.scan(std::string(32 * 1024 - 4, 'x') + "infected" + std::string(10, 'x'))->text ==
        "Test.Signature");
  CHECK(clamd.asked() == 4);
}

TEST_CASE("a scanner that isn't there, hangs up or wants no more leaves the verdict open") {
  ScanPlace place;
  CHECK(place.scan("bytes")->verdict == Verdict::unknown);
  CHECK(place.scan("bytes")->text.find("clamd.ctl") != std::string::npos);
  {
    // So much that it doesn't fit into what the system holds for it.
    testing::FakeClamd small(place.socket, 1000);
    const auto large = place.scan(std::string(900'000, 'x'));
    CHECK(large->verdict == Verdict::unknown);
    CHECK(large->too_large);
  }
  place.socket = std::string(200, 'x');
  CHECK(place.scan("bytes")->verdict == Verdict::unknown);
}

TEST_CASE("a file that can't be read is an error, whatever the scanner would say") {
  ScanPlace place;
  testing::FakeClamd clamd(place.socket);
  CHECK_FALSE(scan_file(place.socket, place.temp.path() / "nothing", place.stopped));
}

TEST_CASE("a stop ends the wait for a scanner that says nothing") {
  ScanPlace place;
  place.stopped = true;
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  place.socket.copy(at.sun_path, sizeof at.sun_path - 1);
  const int silent = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(::bind(silent, reinterpret_cast<const sockaddr*>(&at), sizeof at) == 0);
  REQUIRE(::listen(silent, 1) == 0);
  CHECK(place.scan("bytes")->verdict == Verdict::unknown);
  ::close(silent);
}
