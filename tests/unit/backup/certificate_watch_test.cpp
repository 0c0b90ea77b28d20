#include "server/app/certificate_watch.hpp"

#include <algorithm>
#include <sodium.h>
#include <vector>

#include <catch2/catch.hpp>

#include "server/app/initialise.hpp"
#include "server/app/office_hosts.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;
using std::chrono::days;

namespace {

// What is served is what was in the file when it was taken up last.
struct WatchedOffice {
  WatchedOffice() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    dir = *ops::open_data_dir(temp.path() / "data");
    made = clock.now();
    certificates.emplace(
        dir, [this] { return options.server.hosts; }, [this] { return take_up(); }, [this] { return shown; });
    watch.emplace(app::CertificateWatch::Parts{
        dir, *certificates, figures, [this] { return app::parsed_hosts(options.server.hosts); },
        [this](audit::Record record) { records.push_back(record.type); }});
    REQUIRE(take_up());
  }
  Result<void> take_up() {
    if (is_broken) return unavailable("No descriptor is free.");
    shown = *ops::read_small_file(dir.server_certificate());
    return ok();
  }
  // The day after the office was made, each an hour after the last.
  void look_on(int day) { watch->look(made + days{day}, up += 1h); }
  std::int64_t end_of_file() const {
    return to_unix_ms(ops::load_certificate_info(dir.server_certificate())->not_after);
  }
  auto count(audit::Type type) const { return std::count(records.begin(), records.end(), type); }

  TempDir temp;
  FakeClock clock;
  app::Options options;
  ops::DataDir dir;
  TimePoint made;
  std::string shown;
  bool is_broken = false;
  app::Figures figures;
  std::vector<audit::Type> records;
  std::chrono::seconds up{};
  std::optional<app::ServedCertificates> certificates;
  std::optional<app::CertificateWatch> watch;
};

}  // namespace

TEST_CASE("a certificate that was put in and not taken up ends no alarm of the one that is served") {
  WatchedOffice office;
  const auto old_end = office.end_of_file();
  REQUIRE(ops::issue_certificate(office.dir, *ops::parse_hosts("localhost"), office.made + days{80}));
  std::filesystem::remove(office.dir.ca_key());
  REQUIRE(office.end_of_file() > old_end);
  office.look_on(80);
  office.look_on(80);
  CHECK(office.figures.certificate_ends.load() == old_end);
  CHECK(office.figures.certificate_not_served.load());
  // That it isn't served, and that the one that is comes to its end.
  CHECK(office.count(audit::Type::certificate_failed) == 2);
  const auto seen = office.certificates->load(office.made + days{80});
  REQUIRE(seen);
  CHECK(to_unix_ms(seen->chain.front().not_after) == old_end);
  REQUIRE(seen->problems.size() == 2);
  CHECK(seen->problems[0].find("systemctl reload wardroomd") != std::string::npos);
  CHECK(seen->problems[1].find("more days") != std::string::npos);

  REQUIRE(office.certificates->change([&] { return office.certificates->serve(); }));
  office.look_on(80);
  CHECK(office.figures.certificate_ends.load() == office.end_of_file());
  CHECK_FALSE(office.figures.certificate_not_served.load());
  CHECK(office.certificates->load(office.made + days{80})->problems.empty());
}

TEST_CASE("a renewal that couldn't be served is served at the next look, and said until then") {
  WatchedOffice office;
  const auto old_end = office.end_of_file();
  office.is_broken = true;
  office.look_on(61);
  REQUIRE(office.end_of_file() > old_end);
  CHECK(office.figures.certificate_ends.load() == old_end);
  CHECK(office.figures.certificate_not_served.load());
  CHECK(office.count(audit::Type::certificate_failed) > 0);
  CHECK(office.count(audit::Type::certificate_renewed) == 0);
  // By now the file isn't due any more.
  office.look_on(61);
  CHECK(office.figures.certificate_not_served.load());
  office.is_broken = false;
  office.look_on(61);
  CHECK(office.figures.certificate_ends.load() == office.end_of_file());
  CHECK_FALSE(office.figures.certificate_not_served.load());
  CHECK(office.count(audit::Type::certificate_renewed) == 1);
}

TEST_CASE("what can't be served again because the files were spoilt meanwhile is left as it is") {
  WatchedOffice office;
  office.is_broken = true;
  office.look_on(61);
  office.is_broken = false;
  const std::string before = office.shown;
  const std::string pem = *ops::read_small_file(office.dir.server_certificate());
  const auto second = pem.find("-----BEGIN", 10);
  REQUIRE(ops::write_durably(office.dir.server_certificate(), pem.substr(0, second), 0644));
  office.look_on(61);
  CHECK(office.shown == before);
  CHECK(office.figures.certificate_not_served.load());
}

TEST_CASE("what nothing renews is a record when 30, 14, 3 and 0 days are reached, and none in between") {
  WatchedOffice office;
  std::filesystem::remove(office.dir.ca_key());
  std::vector<int> days_with_record;
  for (const int day : {50, 61, 62, 75, 77, 80, 88, 89, 91, 92}) {
    const auto before = office.count(audit::Type::certificate_failed);
    office.look_on(day);
    if (office.count(audit::Type::certificate_failed) > before) days_with_record.push_back(day);
  }
  CHECK(days_with_record == std::vector<int>{61, 77, 88, 91});
  CHECK_FALSE(office.figures.certificate_not_served.load());
}
