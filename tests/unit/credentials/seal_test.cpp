#include "server/credentials/seal.hpp"

#include <fstream>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "common/base/random.hpp"

using namespace wardroom;
using namespace wardroom::credentials;

namespace {

// A folder of its own that goes with the test.
struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("wardroom-seal-" + to_hex(random_bytes<8>()));
  Folder() { std::filesystem::create_directory(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path key(const char* name = "seal.key") const { return path / name; }
};

constexpr const char* kPhc = "$argon2id$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA";

}  // namespace

TEST_CASE("a sealed hash opens for its own person alone") {
  const Folder folder;
  REQUIRE(create_seal_key(folder.key()));
  const auto seal = Seal::load(folder.key());
  REQUIRE(seal);
  const Bytes sealed = seal->seal(UserId{7}, kPhc);
  CHECK(as_text(sealed).find("argon2id") == std::string_view::npos);
  CHECK(*seal->open(UserId{7}, sealed) == kPhc);

  const auto swapped = seal->open(UserId{8}, sealed);
  REQUIRE_FALSE(swapped);
  CHECK(swapped.error().reason == "seal_broken");
}

TEST_CASE("what was sealed for one purpose doesn't open for another") {
  const Folder folder;
  REQUIRE(create_seal_key(folder.key()));
  const auto seal = Seal::load(folder.key());
  REQUIRE(seal);
  const auto hash = seal->seal(UserId{7}, "text");
  const auto secret = seal->seal(UserId{7}, "text", SealedFor::second_factor);
  CHECK(*seal->open(UserId{7}, secret, SealedFor::second_factor) == "text");
  CHECK_FALSE(seal->open(UserId{7}, hash, SealedFor::second_factor));
  CHECK_FALSE(seal->open(UserId{7}, secret));
  CHECK_FALSE(seal->open(UserId{8}, secret, SealedFor::second_factor));
}

TEST_CASE("a sealed hash that was altered, cut or sealed with another key doesn't open") {
  const Folder folder;
  REQUIRE(create_seal_key(folder.key()));
  REQUIRE(create_seal_key(folder.key("other.key")));
  const auto seal = Seal::load(folder.key());
  const Bytes sealed = seal->seal(UserId{7}, kPhc);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    Bytes altered = sealed;
    altered[i] ^= std::byte{1};
    INFO("byte " << i);
    CHECK_FALSE(seal->open(UserId{7}, altered));
    CHECK_FALSE(seal->open(UserId{7}, std::span{sealed}.first(i)));
  }
  CHECK_FALSE(Seal::load(folder.key("other.key"))->open(UserId{7}, sealed));
}

TEST_CASE("the same hash is never sealed to the same bytes") {
  const Folder folder;
  REQUIRE(create_seal_key(folder.key()));
  const auto seal = Seal::load(folder.key());
  CHECK(seal->seal(UserId{7}, kPhc) != seal->seal(UserId{7}, kPhc));
}

TEST_CASE("the key file is its owner's, is never overwritten, and must be whole") {
  const Folder folder;
  REQUIRE(create_seal_key(folder.key()));
  struct stat info {};
  REQUIRE(::stat(folder.key().c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  CHECK(info.st_size == 32);
  CHECK_FALSE(create_seal_key(folder.key()));

  ::chmod(folder.key().c_str(), 0640);
  const auto open_to_group = Seal::load(folder.key());
  REQUIRE_FALSE(open_to_group);
  CHECK(open_to_group.error().message.find("chmod 600") != std::string::npos);

  ::chmod(folder.key().c_str(), 0600);
  std::ofstream{folder.key(), std::ios::app} << 'x';
  CHECK_FALSE(Seal::load(folder.key()));
  CHECK_FALSE(Seal::load(folder.key("missing.key")));
}
