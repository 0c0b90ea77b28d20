#include "server/files/tus.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::files;

TEST_CASE("lengths and offsets are digits, and no more than every client's numbers hold") {
  CHECK(parse_upload_number("0") == 0);
  CHECK(parse_upload_number("9007199254740991") == kMaxUploadBytes);
  for (const char* wrong :
       {"", "-1", "+1", " 1", "1 ", "0x10", "1.0", "9007199254740992", "99999999999999999999"}) {
    INFO(wrong);
    CHECK_FALSE(parse_upload_number(wrong));
  }
}

TEST_CASE("metadata names a room, and perhaps a file") {
  const auto both = parse_upload_metadata("filename YS5wbmc=,room MTI=");
  REQUIRE(both);
  CHECK(both->room == 12);
  CHECK(both->filename == "a.png");
  const auto alone = parse_upload_metadata("room MTI=, filetype aW1hZ2UvcG5n, empty");
  REQUIRE(alone);
  CHECK(alone->filename.empty());
  // Room 0, no number, twice, not base64, none, nothing.
  for (const char* wrong : {"room MA==", "room eA==", "room MTI=,room MTI=", "room !!",
                            "filename YS5wbmc=", "", "room MTI=,filename YQ==,filename Yg==", ",", "room"}) {
    INFO(wrong);
    const auto read = parse_upload_metadata(wrong);
    REQUIRE_FALSE(read);
    CHECK(read.error().field == "Upload-Metadata");
  }
  CHECK_FALSE(parse_upload_metadata("room MTI=,more " + std::string(kMaxMetadataBytes, 'A')));
}

TEST_CASE("a checksum has a name that is known and a sum of that length") {
  const auto sha1 = parse_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
  REQUIRE(sha1);
  CHECK(sha1->algorithm == Checksum::Algorithm::sha1);
  CHECK(sha1->digest.size() == 20);
  CHECK(parse_checksum("sha256 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
  for (const char* wrong : {"", "md5 1B2M2Y8AsgTpgAmY7PhCfg==", "sha1", "sha1 ", "sha1 !",
                            "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "SHA1 Kq5sNclPz7QV2+lfQIuc6R7oRu0="}) {
    INFO(wrong);
    const auto read = parse_checksum(wrong);
    REQUIRE_FALSE(read);
    CHECK(read.error().field == "Upload-Checksum");
  }
}
