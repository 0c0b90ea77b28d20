#include "common/link/device_key.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"

using namespace wardroom;

TEST_CASE("a profile's device key is made once, stays the same, and is its person's alone") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("wardroom-device-" + to_hex(random_bytes<8>()));
  std::filesystem::create_directory(folder);
  const auto file = folder / "device-key";
  const auto first = link::load_device_key(file);
  REQUIRE(first);
  CHECK(first->size() == 43);
  CHECK(link::load_device_key(file)->reveal() == first->reveal());
  CHECK(link::load_device_key(folder / "other")->reveal() != first->reveal());
  CHECK((std::filesystem::status(file).permissions() & std::filesystem::perms(077)) ==
        std::filesystem::perms::none);
  std::ofstream(file) << "damaged";
  CHECK(link::load_device_key(file)->size() == 43);
  std::filesystem::remove_all(folder);
}
