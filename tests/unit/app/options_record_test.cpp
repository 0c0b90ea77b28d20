#include "server/app/options_record.hpp"

#include <catch2/catch.hpp>

#include "protocol/json_text.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;

TEST_CASE("what differs from the running server is named, with what takes it up") {
  app::Options running;
  running.server.hosts = {"chat.example"};
  app::Options file = running;
  CHECK(app::describe_changes(running, file).empty());
  CHECK(app::options_that_wait(running, file).empty());
  file.server.hosts = {"chat.example", "chat2.example"};
  file.server.port = 8443;
  file.log.level = LogLevel::debug;
  file.backup.keep = 3;
  CHECK(app::options_that_wait(running, file) == "server.port");
  CHECK(app::describe_changes(running, file) ==
        "server.hosts: [\"chat.example\", \"chat2.example\"] in the file, [\"chat.example\"] in the running "
        "server; takes effect at a reload\n"
        "server.port: 8443 in the file, 7443 in the running server; takes effect at a start\n"
        "log.level: \"debug\" in the file, \"info\" in the running server; takes effect at a reload\n");
  file.server.hosts = {"chat2.example", "chat.example"};
  CHECK(app::options_that_wait(running, file) == "server.port");
}

TEST_CASE("what changed in the options stands in the record, however long it is") {
  testing::TempDir dir;
  FakeClock clock;
  const auto file = dir.path() / "wardroom.db";
  auto db = store::open_database(file);
  REQUIRE(db);
  store::Writer writer(std::move(*db), clock, {});
  writer.start({});
  app::Options options;
  app::submit_options_record(writer, options);
  for (int i = 0; i < 400; ++i)
    options.limits.trusted_ranges.push_back("10.1." + std::to_string(i % 200) + ".0/24");
  app::submit_options_record(writer, options);
  writer.stop();

  db = store::open_database(file);
  REQUIRE(db);
  const auto line =
      (*db)->find<std::string>("SELECT line FROM audit_records WHERE type = 'settings.changed'");
  REQUIRE(line);
  const auto record = protocol::parse_json(*line);
  REQUIRE(record);
  const auto& after = record->at("after").as_object();
  REQUIRE(after.contains("limits.trusted_ranges"));
  CHECK(after.at("limits.trusted_ranges").as_string().size() > 4096);
}
