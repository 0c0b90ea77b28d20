#include "server/files/upload.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "server/files/contents.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::files;

namespace {

struct UploadPlace {
  testing::TempDir temp;
  std::filesystem::path file = temp.path() / "upload";
};

Checksum sum_of(std::string_view bytes) {
  const Digest digest = sha256(as_bytes(bytes));
  return {Checksum::Algorithm::sha256, Bytes(digest.begin(), digest.end())};
}

// The reason of the refusal; empty: there was none.
template <class T>
std::string reason_of(const Result<T>& result) {
  return result ? std::string() : result.error().reason;
}

}  // namespace

TEST_CASE("an upload goes on where it is, in the same run and after another") {
  UploadPlace place;
  {
    Upload upload(place.file, 10);
    const auto turn = upload.begin(0, std::nullopt);
    REQUIRE(turn);
    REQUIRE(upload.append(*turn, "abc"));
    CHECK(*upload.end(*turn) == 3);
    const auto second = upload.begin(3, std::nullopt);
    REQUIRE(second);
    REQUIRE(upload.append(*second, "defg"));
    // The connection breaks, or the process is killed here: what was written counts.
  }
  Upload again(place.file, 10);
  CHECK(*again.length() == 7);
  CHECK(reason_of(again.finish()) == "upload_incomplete");
  const auto turn = again.begin(7, std::nullopt);
  REQUIRE(turn);
  REQUIRE(again.append(*turn, "hij"));
  CHECK(*again.end(*turn) == 10);
  CHECK(*again.finish() == sha256(as_bytes("abcdefghij")));
  CHECK(*again.finish() == sha256(as_bytes("abcdefghij")));
}

TEST_CASE("an offset that isn't where the upload is, and bytes over its size, are refused") {
  UploadPlace place;
  Upload upload(place.file, 4);
  const auto turn = upload.begin(0, std::nullopt);
  REQUIRE(turn);
  REQUIRE(upload.append(*turn, "abc"));
  REQUIRE(upload.end(*turn));
  for (const std::int64_t wrong : {0, 2, 4, 1000})
    CHECK(reason_of(upload.begin(wrong, std::nullopt)) == "offset_wrong");
  const auto next = upload.begin(3, std::nullopt);
  REQUIRE(next);
  CHECK(reason_of(upload.append(*next, "de")) == "length_exceeded");
  REQUIRE(upload.append(*next, "d"));
  CHECK(*upload.end(*next) == 4);
}

TEST_CASE("whoever begins takes over, and who wrote before writes nothing more") {
  UploadPlace place;
  Upload upload(place.file, 10);
  const auto first = upload.begin(0, std::nullopt);
  REQUIRE(first);
  REQUIRE(upload.append(*first, "abc"));
  const auto second = upload.begin(3, std::nullopt);
  REQUIRE(second);
  CHECK(reason_of(upload.append(*first, "x")) == "taken_over");
  CHECK(reason_of(upload.end(*first)) == "taken_over");
  upload.break_off(*first);
  REQUIRE(upload.append(*second, "d"));
  CHECK(*upload.end(*second) == 4);
}

TEST_CASE("who asks how far an upload is goes on there, and nothing comes from elsewhere any more") {
  UploadPlace place;
  Upload upload(place.file, 10);
  const auto turn = upload.begin(0, std::nullopt);
  REQUIRE(turn);
  REQUIRE(upload.append(*turn, "abc"));
  CHECK(*upload.length() == 3);
  CHECK(reason_of(upload.append(*turn, "late")) == "taken_over");
  CHECK(*upload.length() == 3);
}

TEST_CASE("bytes with a checksum count when it was right, and only then") {
  UploadPlace place;
  {
    Upload upload(place.file, 12);
    auto turn = upload.begin(0, sum_of("abcd"));
    REQUIRE(turn);
    REQUIRE(upload.append(*turn, "ab"));
    REQUIRE(upload.append(*turn, "cd"));
    CHECK(*upload.end(*turn) == 4);
    turn = upload.begin(4, sum_of("other"));
    REQUIRE(turn);
    REQUIRE(upload.append(*turn, "efgh"));
    CHECK(reason_of(upload.end(*turn)) == "checksum_wrong");
    CHECK(*upload.length() == 4);
    turn = upload.begin(4, sum_of("efgh"));
    REQUIRE(turn);
    REQUIRE(upload.append(*turn, "ef"));
    upload.break_off(*turn);
    CHECK(*upload.length() == 4);
    turn = upload.begin(4, sum_of("efgh"));
    REQUIRE(turn);
    REQUIRE(upload.append(*turn, "ef"));
    // Killed.
  }
  Upload again(place.file, 12);
  CHECK(*again.length() == 4);
  const auto turn = again.begin(4, std::nullopt);
  REQUIRE(turn);
  REQUIRE(again.append(*turn, "efghijkl"));
  CHECK(*again.end(*turn) == 12);
  CHECK(*again.finish() == sha256(as_bytes("abcdefghijkl")));
}

TEST_CASE("an upload of nothing is whole at once") {
  UploadPlace place;
  Upload upload(place.file, 0);
  CHECK(*upload.length() == 0);
  CHECK(*upload.finish() == sha256(as_bytes("")));
}

TEST_CASE("a content is there once, as long as somebody needs it") {
  testing::TempDir temp;
  Contents contents(temp.path());
  std::filesystem::create_directory(contents.uploads());
  const Digest digest = sha256(as_bytes("hello"));
  const auto send = [&](int n) {
    Uuid id;
    id.bytes[0] = static_cast<std::byte>(n);
    std::ofstream(contents.upload_path(id)) << "hello";
    return id;
  };
  const auto never = [](const Digest&) -> Result<bool> { return false; };
  const Uuid first = send(1), second = send(2);
  {
    auto kept = contents.adopt(first, digest);
    REQUIRE(kept);
    contents.remove_upload(first);
    auto again = contents.adopt(second, digest);
    REQUIRE(again);
    CHECK(std::filesystem::exists(contents.upload_path(second)));
    // Its row is on its way.
    CHECK_FALSE(*contents.remove(digest, never));
  }
  CHECK_FALSE(*contents.remove(digest, [](const Digest&) -> Result<bool> { return true; }));
  CHECK_FALSE(contents.remove(digest, [](const Digest&) -> Result<bool> { return unavailable("no"); }));
  const auto open = contents.open(digest);
  REQUIRE(open);
  CHECK(*digest_of(open->get()) == digest);
  // What a crash left: an upload without a row, and a content that nobody needs.
  CHECK(*contents.sweep(never, [](const Uuid&) -> Result<bool> { return false; }) == 2);
  CHECK(contents.open(digest).error().code == ErrorCode::not_found);
  CHECK_FALSE(std::filesystem::exists(contents.upload_path(second)));
}
