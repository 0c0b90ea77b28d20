#include <sodium.h>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "server/app/appliance.hpp"
#include "server/app/initialise.hpp"
#include "server/app/office_check.hpp"
#include "tests/harness/temp_dir.hpp"

// Files of an office that others could read.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

struct OpenHouse {
  OpenHouse() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    run_once();
  }
  void run_once() {
    auto appliance = app::Appliance::start(dir, options, clock);
    INFO((appliance ? "" : appliance.error().message));
    REQUIRE(appliance);
    (*appliance)->stop();
  }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
};

}  // namespace

TEST_CASE("a database, or an index of its texts, that others can read becomes its owner's alone") {
  OpenHouse house;
  for (const auto& file : {house.dir.database(), house.dir.search_index()})
    REQUIRE(::chmod(file.c_str(), 0666) == 0);
  house.run_once();
  for (const auto& file : {house.dir.database(), house.dir.search_index()}) {
    INFO(file);
    struct stat info {};
    REQUIRE(::stat(file.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
}

TEST_CASE("an authority's key that others can read is a finding, and keeps nobody out") {
  OpenHouse house;
  std::filesystem::copy_file(house.dir.ca_key(), house.dir.next_ca_key());
  const auto is_said = [&](const std::filesystem::path& key) {
    bool said = false;
    for (const auto& finding : app::check_office(house.dir, house.options, house.clock.now())) {
      if (finding.error.reason != "file_open_to_others") continue;
      CHECK_FALSE(finding.refused);
      said = said || finding.error.message.ends_with("chmod 600 " + key.string());
    }
    return said;
  };
  for (const auto& key : {house.dir.ca_key(), house.dir.next_ca_key()}) {
    INFO(key);
    REQUIRE(::chmod(key.c_str(), 0600) == 0);
    CHECK_FALSE(is_said(key));
    REQUIRE(::chmod(key.c_str(), 0640) == 0);
    CHECK(is_said(key));
  }
}
