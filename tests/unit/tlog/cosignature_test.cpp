#include "common/tlog/cosignature.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::tlog;

namespace {

const std::string kHead =
    "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
const TimePoint kTime = from_unix_ms(1'679'315'147'900);
// Made with openssl and Python's hashlib, from the seed of 32 times 'w'.
const char* const kKey = "witness.example.com/w1+5f2febaf+BMhTrQ8M0rYZrqks7sT9VqJNZJnVhM55JX5Fz9gTm2Cn";
const std::string kLine =
    "\xE2\x80\x94 witness.example.com/w1 "
    "Xy/rrwAAAABkGFDL6xiGmErLsq1ZiG6Pv+2v7R2LxDMb3E0xUOlMZhVfeio17YvzSuK5Tvl29yr3lLe3gojQsl//"
    "ImMZvd2sOnfjDQ==\n";

Cosigner witness() {
  return {"witness.example.com/w1", Secret(std::string(32, 'w'))};
}

}  // namespace

TEST_CASE("key and cosignature are what another program makes of the same seed, head and time") {
  CHECK(witness().key().to_string() == kKey);
  CHECK(witness().cosign_line(kHead, kTime) == kLine);
}

TEST_CASE("a cosignature holds for its head, time and key, whoever else signed") {
  const auto key = CosignerKey::parse(kKey);
  REQUIRE(key);
  const std::string other = Cosigner("other.example", Secret(std::string(32, 'o'))).cosign_line(kHead, kTime);
  const SigningKey log("example.com/behind-the-sofa", Secret(std::string(32, 'l')));
  const std::string note = log.sign(kHead) + other + kLine;
  const auto opened = open_cosignature(note, *key);
  REQUIRE(opened);
  CHECK(opened->at() == from_unix_ms(1'679'315'147'000));
  CHECK(has_cosigned(*key, kHead, *opened));
  CHECK(open_note(note, log.verifier()).has_value());
  CHECK(open_cosignature(log.sign(kHead) + other, *key).error().reason == "not_signed");
  for (std::size_t i = 0; i < kHead.size() - 1; ++i) {
    std::string altered = note;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    CHECK_FALSE(open_cosignature(altered, *key).has_value());
  }
  // The time is signed, too: its last byte in base64, before the signature.
  std::string later = note;
  later[later.size() - kLine.size() + kLine.find("DL6")] = 'E';
  CHECK(open_cosignature(later, *key).error().reason == "bad_signature");
}

TEST_CASE("the newest of a witness's cosignatures counts, and one that is wrong spoils them") {
  const auto key = witness().key();
  const std::string later = witness().cosign_line(kHead, kTime + std::chrono::hours{1});
  CHECK(open_cosignature(kHead + "\n" + kLine + later, key)->at() == from_unix_ms(1'679'318'747'000));
  CHECK(open_cosignature(kHead + "\n" + later + kLine, key)->at() == from_unix_ms(1'679'318'747'000));
  const std::string wrong = witness().cosign_line("another\n", kTime);
  CHECK(open_cosignature(kHead + "\n" + kLine + wrong, key).error().reason == "bad_signature");
}

TEST_CASE("a log's key is no witness's, and a witness's is no log's") {
  const auto log = SigningKey("name", Secret(std::string(32, 'w'))).verifier().to_string();
  CHECK_FALSE(CosignerKey::parse(log).has_value());
  CHECK_FALSE(VerifierKey::parse(kKey).has_value());
  CHECK(CosignerKey::parse("nonsense").error().message.find("witness") != std::string::npos);
}

TEST_CASE("a device is named after its log and its own key") {
  const auto a = Cosigner::of_device("office.test/wardroom", Secret(std::string(32, 'a')));
  const auto b = Cosigner::of_device("office.test/wardroom", Secret(std::string(32, 'b')));
  CHECK(a.key().name().starts_with("office.test/wardroom/witness/"));
  CHECK(a.key().name().size() == std::string("office.test/wardroom/witness/").size() + 16);
  CHECK(a.key().name() != b.key().name());
}
