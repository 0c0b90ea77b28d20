#pragma once

#include <sodium.h>

#include <catch2/catch.hpp>

#include "server/app/appliance.hpp"
#include "server/app/initialise.hpp"
#include "server/app/office_check.hpp"
#include "tests/harness/temp_dir.hpp"

namespace wardroom::testing {

namespace fs = std::filesystem;

// An office in a directory of its own that is started and checked, again and again.
struct House {
  explicit House(const std::string& name = "data") : root(temp.path() / name) {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    REQUIRE(app::initialise(root, options, clock));
    dir = *ops::open_data_dir(root);
  }
  Result<std::unique_ptr<app::Appliance>> start() { return app::Appliance::start(dir, options, clock); }
  void run_once() {
    auto appliance = start();
    INFO((appliance ? "" : appliance.error().message));
    REQUIRE(appliance);
    (*appliance)->stop();
  }
  // Both say it, and for the same reason; afterwards nothing was made in its place.
  std::string refusal() { return refusal_of(dir); }
  std::string refusal_of(const ops::DataDir& office) {
    std::string checked;
    for (const auto& finding : app::check_office(office, options, clock.now()))
      if (finding.refused && checked.empty()) checked = finding.error.message;
    const auto started = app::Appliance::start(office, options, clock);
    if (started) return "started";
    CHECK(started.error().message == checked);
    return started.error().message;
  }

  TempDir temp;
  FakeClock clock;
  fs::path root;
  app::Options options;
  ops::DataDir dir;
};

inline void replace(const fs::path& from, const fs::path& to) {
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

}  // namespace wardroom::testing
