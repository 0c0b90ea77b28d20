#include <catch2/catch.hpp>

#include "tests/unit/people/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

// Measures, asserts nothing about time: run it on a release build with the name of its tag.
TEST_CASE("ten thousand people from a file", "[.measure]") {
  PeopleOffice at;
  at.office.settings.request_rate = {10'000, 10'000};
  for (const char* room : {"office", "news"}) at.make_room(room);
  std::string csv = "name,display name,e-mail,role,rooms\n";
  for (int i = 0; i < 10'000; ++i) {
    const auto n = std::to_string(i);
    csv += "person" + n + ",\"Person, " + n + "\",person" + n + "@example.org,member,office news\n";
  }
  const auto first = at.ok("admin.user_import_upload", {{"csv", csv.substr(0, 40'000)}}).at("import");
  for (std::size_t i = 40'000; i < csv.size(); i += 40'000)
    at.ok("admin.user_import_upload", {{"import", first}, {"csv", csv.substr(i, 40'000)}});
  const auto timed = [&](const char* what, const json::object& params) {
    const auto from = std::chrono::steady_clock::now();
    const auto result = at.ok("admin.user_import", params);
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - from);
    WARN(what << ": " << took.count() << " ms, " << result.at("created") << " accounts, "
              << result.at("memberships") << " memberships");
  };
  timed("dry run", {{"import", first}, {"dry_run", true}});
  timed("import", {{"import", first}});
  CHECK(at.ok("admin.user_list", {}).at("total") == 10'001);
}
