#include "ctl/commands/profiles.hpp"

#include <fstream>
#include <sstream>
#include <stdlib.h>

#include <catch2/catch.hpp>

namespace wardroom::ctl {
namespace {

namespace fs = std::filesystem;

struct TempDir {
  fs::path path;
  TempDir() {
    std::string form = (fs::temp_directory_path() / "ctl-XXXXXX").string();
    path = ::mkdtemp(form.data());
  }
  ~TempDir() { fs::remove_all(path); }
};

Profile make(const std::string& user) {
  Digest pin{};
  pin[0] = std::byte{7};
  return make_profile({"localhost", 7443, pin}, user, Secret("token of " + user));
}

}  // namespace

TEST_CASE("profiles are kept beside each other, for their owner's eyes alone") {
  const TempDir dir;
  const auto file = dir.path / "wardroom" / "ctl.json";
  REQUIRE(save_profile(file, "default", make("lena")));
  REQUIRE(save_profile(file, "a \"quoted\" name", make("bob")));
  REQUIRE(save_profile(file, "default", make("mia")));
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(fs::status(file.parent_path()).permissions() == fs::perms::owner_all);
  const auto mia = load_profile(file, "default");
  REQUIRE(mia);
  CHECK(mia->user == "mia");
  CHECK(mia->token.reveal() == "token of mia");
  CHECK(introduction_of(*mia).value().ca_pin[0] == std::byte{7});
  CHECK(load_profile(file, "a \"quoted\" name").value().user == "bob");
  REQUIRE(remove_profile(file, "default"));
  CHECK(load_profile(file, "default").error().code == ErrorCode::not_found);
  CHECK(load_profile(file, "a \"quoted\" name"));
  // Nothing half-written stays behind.
  CHECK(std::distance(fs::directory_iterator(file.parent_path()), fs::directory_iterator()) == 1);
}

TEST_CASE("a profile keeps both keys while the office changes its authority") {
  const TempDir dir;
  const auto file = dir.path / "ctl.json";
  Digest next{};
  next[3] = std::byte{9};
  REQUIRE(
      save_profile(file, "default", make_profile({"localhost", 7443, Digest{}, next}, "lena", Secret("t"))));
  auto profile = load_profile(file, "default");
  REQUIRE(profile);
  CHECK(introduction_of(*profile).value().next_pin == next);
  profile->next_ca = "cut of";
  CHECK_FALSE(introduction_of(*profile));
  CHECK_FALSE(introduction_of(make("mia")).value().next_pin);
}

TEST_CASE("a damaged profile is refused with its reason and never overwritten") {
  const TempDir dir;
  const auto file = dir.path / "ctl.json";
  for (const std::string text :
       {"", "{", "[]", "{\"profiles\":[]}", "{\"profiles\":{\"default\":{\"host\":1}}}"}) {
    std::ofstream(file) << text;
    CHECK(load_profile(file, "default").error().message.find("can't be read") != std::string::npos);
    CHECK_FALSE(save_profile(file, "default", make("lena")));
    std::ostringstream kept;
    kept << std::ifstream(file).rdbuf();
    CHECK(kept.str() == text);
  }
  Profile profile = make("lena");
  profile.ca = "short";
  CHECK_FALSE(introduction_of(profile));
  profile = make("lena");
  profile.port = 70000;
  CHECK_FALSE(introduction_of(profile));
}

}  // namespace wardroom::ctl
