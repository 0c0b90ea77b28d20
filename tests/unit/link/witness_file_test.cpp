#include "common/link/witness_file.hpp"

#include <atomic>
#include <fstream>
#include <thread>

#include <catch2/catch.hpp>

#include "common/base/random.hpp"

using namespace wardroom;

namespace {

struct Folder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("wardroom-witness-" + to_hex(random_bytes<8>()));
  Folder() { std::filesystem::create_directory(path); }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path file() const { return path / "witness.json"; }
};

Digest pin(int n) {
  Digest digest{};
  digest[0] = static_cast<std::byte>(n);
  return digest;
}

tlog::WatchMemory memory_of(std::int64_t size) {
  tlog::WatchMemory memory;
  memory.since = from_unix_ms(1795160000000);
  memory.witness.key = "office+00000000+AAAA";
  memory.witness.heads.push_back({size, *memory.since, "office\n" + std::to_string(size) + "\n"});
  return memory;
}

}  // namespace

TEST_CASE("what was seen of each server comes back, and is its person's alone") {
  const Folder folder;
  CHECK_FALSE(link::load_witness(folder.file(), pin(1))->has_value());
  auto first = memory_of(7);
  first.alarm =
      tlog::WatchAlarm{*first.since, "It was cut.", first.witness.heads[0], "key", 5, "note", "key"};
  first.witness.contradicted.push_back({5, *first.since, "office\n5\n", "explained"});
  first.hidden_until = from_unix_ms(1795170000000);
  REQUIRE(link::save_witness(folder.file(), pin(1), first));
  REQUIRE(link::save_witness(folder.file(), pin(2), memory_of(12)));
  REQUIRE(link::save_witness(folder.file(), pin(2), memory_of(13)));
  const auto one = link::load_witness(folder.file(), pin(1));
  REQUIRE((one && *one));
  CHECK((*one)->witness.heads[0].size == 7);
  CHECK((*one)->witness.heads[0].note == "office\n7\n");
  REQUIRE((*one)->alarm);
  CHECK((*one)->alarm->seen.note == "office\n7\n");
  CHECK((*one)->alarm->shown_note == "note");
  CHECK((*one)->hidden_until == first.hidden_until);
  CHECK((*one)->witness.contradicted[0].reason == "explained");
  CHECK_FALSE((*one)->witness.heads[0].reason);
  CHECK((**link::load_witness(folder.file(), pin(2))).witness.heads[0].size == 13);
  CHECK_FALSE(link::load_witness(folder.file(), pin(3))->has_value());
  CHECK((std::filesystem::status(folder.file()).permissions() & std::filesystem::perms(077)) ==
        std::filesystem::perms::none);
}

TEST_CASE("a damaged file is an error, not an empty memory, until the server was seen again") {
  const Folder folder;
  REQUIRE(link::save_witness(folder.file(), pin(1), memory_of(7)));
  for (const std::string damage : {"", "{", "{}", R"({"servers":[{"ca_pin":"x"}]})"}) {
    std::ofstream(folder.file(), std::ios::trunc) << damage;
    const auto loaded = link::load_witness(folder.file(), pin(1));
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().reason == "witness_damaged");
    CHECK(loaded.error().message.find(folder.file().string()) != std::string::npos);
  }
  REQUIRE(link::save_witness(folder.file(), pin(1), memory_of(9)));
  CHECK((**link::load_witness(folder.file(), pin(1))).witness.heads[0].size == 9);
  CHECK(std::filesystem::exists(folder.file().string() + ".damaged"));
  // What the file knew of others is gone, too, and they are told so.
  CHECK_FALSE(link::load_witness(folder.file(), pin(2)));
  REQUIRE(link::save_witness(folder.file(), pin(2), memory_of(3)));
  CHECK((**link::load_witness(folder.file(), pin(2))).witness.heads[0].size == 3);
}

TEST_CASE("what was seen of a server goes with it to another key, and replaces nothing there") {
  const Folder folder;
  REQUIRE(link::carry_witness(folder.file(), pin(1), pin(2)));  // nothing was seen yet
  REQUIRE(link::save_witness(folder.file(), pin(1), memory_of(7)));
  REQUIRE(link::save_witness(folder.file(), pin(3), memory_of(9)));
  REQUIRE(link::carry_witness(folder.file(), pin(1), pin(2)));
  CHECK((**link::load_witness(folder.file(), pin(2))).witness.heads[0].size == 7);
  CHECK_FALSE(link::load_witness(folder.file(), pin(1))->has_value());
  REQUIRE(link::carry_witness(folder.file(), pin(2), pin(3)));
  CHECK((**link::load_witness(folder.file(), pin(3))).witness.heads[0].size == 9);
  std::ofstream(folder.file()) << "{";
  CHECK(link::carry_witness(folder.file(), pin(2), pin(4)).error().reason == "witness_damaged");
}

TEST_CASE("programs that save at once each save a whole file") {
  const Folder folder;
  std::atomic<int> refused = 0;
  const auto save = [&](int who) {
    for (int i = 0; i < 50; ++i)
      if (!link::save_witness(folder.file(), pin(who), memory_of(who))) ++refused;
  };
  std::thread other(save, 1);
  save(2);
  other.join();
  CHECK(refused == 0);
  CHECK(link::load_witness(folder.file(), pin(1)));
  CHECK_FALSE(std::filesystem::exists(folder.file().string() + ".damaged"));
}

TEST_CASE("whoever reads, asks and saves what was seen has its turn for itself") {
  const Folder folder;
  const auto add = [&] {
    for (int i = 0; i < 20; ++i) {
      const auto turn = link::WitnessTurn::take(folder.file());
      REQUIRE(turn);
      const auto seen = link::load_witness(folder.file(), pin(1));
      REQUIRE(seen);
      const auto size = *seen ? (*seen)->witness.heads[0].size : 0;
      REQUIRE(link::save_witness(folder.file(), pin(1), memory_of(size + 1)));
    }
  };
  std::thread other(add);
  add();
  other.join();
  CHECK((**link::load_witness(folder.file(), pin(1))).witness.heads[0].size == 40);
}
