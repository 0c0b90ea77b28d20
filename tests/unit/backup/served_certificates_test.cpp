#include "server/app/served_certificates.hpp"

#include <atomic>
#include <sodium.h>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "server/app/initialise.hpp"
#include "server/app/office_hosts.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("renewals, a reload's and an administrator's, wait for each other: each of them succeeds") {
  REQUIRE(sodium_init() >= 0);
  const TempDir temp;
  const FakeClock clock;
  app::Options options;
  options.server.hosts = {"localhost"};
  REQUIRE(app::initialise(temp.path() / "data", options, clock));
  const ops::DataDir dir = *ops::open_data_dir(temp.path() / "data");
  const TimePoint now = clock.now();
  app::ServedCertificates certificates(
      dir, [&] { return options.server.hosts; }, [] { return ok(); },
      [&] { return *ops::read_small_file(dir.server_certificate()); });
  const auto issue = [&] {
    return ops::issue_certificate(dir, app::parsed_hosts(options.server.hosts), now);
  };
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, by_itself = i % 2 == 0] {
      for (int round = 0; round < 10; ++round) {
        const bool done = by_itself ? bool{certificates.change(issue)} : bool{certificates.renew(now)};
        if (!done) ++failed;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(failed == 0);
  CHECK(ops::check_served(dir, now));
}
