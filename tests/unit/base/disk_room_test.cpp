#include "common/base/disk_room.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

// A disk that has none: e2e/ctl: full_disk. Asking for more than there is would fill this one for a moment.
TEST_CASE("where there is room it is found, and where nothing can be said nothing is called full") {
  CHECK(has_room(std::filesystem::temp_directory_path(), 1));
  CHECK(has_room(std::filesystem::temp_directory_path() / "not-there", 1));
  CHECK(has_room({}, 1));
}
