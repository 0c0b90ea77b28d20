#include "server/app/served_settings.hpp"

#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "server/app/option_values.hpp"
#include "server/app/options_text.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::app;

namespace {

using Changes = std::vector<protocol::SettingChange>;

Options for_host(const char* host) {
  Options options;
  options.server.hosts = {host};
  return options;
}

struct Place {
  Place() { write(compose_options_file(options)); }
  void write(const std::string& text) { REQUIRE(ops::write_durably(dir.config(), text, 0600)); }
  // As a person with an editor does it.
  void edit(const std::string& before, const std::string& after) {
    std::string all = text();
    const auto at = all.find(before);
    REQUIRE(at != std::string::npos);
    write(all.replace(at, before.size(), after));
  }
  std::string text() const {
    const auto read = ops::read_small_file(dir.config());
    return read ? *read : "unreadable";
  }
  Options file() const {
    const auto loaded = load_options(dir.config());
    INFO((loaded ? "" : loaded.error().message));
    REQUIRE(loaded);
    return *loaded;
  }
  // Made, for sure.
  commands::ServerSettings::Change change(const Changes& changes) {
    auto made = settings.change(changes);
    INFO((made ? "" : made.error().message));
    REQUIRE(made);
    return *std::move(made);
  }
  protocol::Setting listed(const std::string& name) const {
    for (auto& setting : settings.load().settings)
      if (setting.name == name) return setting;
    FAIL("no " << name);
    return {};
  }

  testing::TempDir temp;
  ops::DataDir dir{temp.path()};
  const Options options = for_host("chat.example");
  std::optional<Error> unserved;  // what stands in the way of other hosts
  std::vector<std::string> certified;
  std::vector<Options> applied;
  ServedSettings settings{dir, options,
                          [this](const Options&, const std::optional<ops::HostName>& added,
                                 const ServedSettings::TakeUp& take_up) {
                            if (unserved) return Result<void>(*unserved);
                            if (added) certified.push_back(added->text);
                            return take_up();
                          },
                          [this](const Options& running) { applied.push_back(running); }};
};

}  // namespace

TEST_CASE("a change counts at once, and stands in the file beside all else") {
  Place p;
  p.edit("# Wardroom's options.", "# Mine.\n# Wardroom's options.");
  const std::string before = p.text();
  const auto made = p.change({{"limits.messages_per_second", "7"}, {"rooms.direct_policy", "request"}});
  REQUIRE(made.changed.size() == 2);
  CHECK(made.changed.at(0).name == "limits.messages_per_second");
  CHECK(made.changed.at(0).before == "5");
  CHECK(made.changed.at(0).after == "7");
  CHECK(made.changed.at(0).taken == protocol::SettingTaken::at_reload);
  CHECK(p.settings.running().limits.messages_per_second == 7);
  CHECK(p.settings.running().rooms.direct_policy == "request");
  REQUIRE(p.applied.size() == 1);
  CHECK(p.applied.back().limits.messages_per_second == 7);
  CHECK(p.file().limits.messages_per_second == 7);
  std::string expected = before;
  for (const auto* line : {"#messages_per_second = 5\n", "#direct_policy = \"open\"\n"}) {
    const auto at = expected.find(line) + std::string(line).size();
    expected.insert(at, std::string(line).starts_with("#m") ? "messages_per_second = 7\n"
                                                            : "direct_policy = \"request\"\n");
  }
  CHECK(p.text() == expected);
}

TEST_CASE("what needs a restart is written and doesn't count, and both values are shown") {
  Place p;
  const auto made = p.change({{"limits.ping_seconds", "30"}});
  CHECK(made.changed.at(0).taken == protocol::SettingTaken::at_start);
  CHECK(p.settings.running().limits.ping_seconds.count() == 45);
  const auto setting = p.listed("limits.ping_seconds");
  CHECK(setting.value == "45");
  CHECK(setting.in_file == "30");
  CHECK(setting.standard == "45");
  CHECK(setting.taken == protocol::SettingTaken::at_start);
  CHECK(p.change({{"limits.ping_seconds", "30"}}).changed.empty());
}

TEST_CASE("changes whose records didn't last are put back together, byte for byte") {
  Place p;
  const std::string before = p.text();
  const auto first = p.change({{"limits.messages_per_second", "7"}});
  const auto second = p.change({{"limits.messages_per_second", "8"}, {"server.name", "Other"}});
  CHECK(second.changed.at(0).before == "7");
  CHECK(p.file().limits.messages_per_second == 8);
  second.undo();
  first.undo();
  CHECK(p.text() == before);
  CHECK(p.settings.running().limits.messages_per_second == 5);
  CHECK(p.settings.running().server.name == "Office");
}

TEST_CASE("a change that is put back takes nothing of what another wrote meanwhile") {
  Place p;
  const auto made = p.change({{"limits.messages_per_second", "7"}});
  p.edit("#port = 7443", "port = 8443");
  REQUIRE(p.settings.take_up([](const Options&) { return ok(); }));
  CHECK(p.settings.running().limits.messages_per_second == 7);
  made.undo();
  CHECK(p.file().limits.messages_per_second == 5);
  CHECK(p.file().server.port == 8443);
  CHECK(p.settings.running().limits.messages_per_second == 5);
}

TEST_CASE("what isn't allowed is refused with its field and what is, and nothing changes") {
  Place p;
  const std::string before = p.text();
  struct Case {
    Changes changes;
    std::string field, words;
  };
  const Case cases[] = {
      {{{"log.level", "debug"}, {"limits.ping_seconds", "0"}},
       "params.changes[1].value",
       "a whole number from 1 to 3600"},
      {{{"limits.pings_seconds", "3"}}, "params.changes[0].name", "Did you mean limits.ping_seconds?"},
      {{{"limits.xyzzy", "3"}}, "params.changes[0].name", "There is no option limits.xyzzy. See them all: "},
      {{{"log.level", "debug"}, {"log.level", "info"}}, "params.changes[1].name", "once"},
      {{{"limits.idle_seconds", "200"}, {"limits.ping_seconds", "300"}},
       "params.changes[1].value",
       "less than limits.idle_seconds"},
      {{{"backup.folder", "/tmp"}}, "", "on the server's machine only"},
      {{{"audit.syslog", ""}}, "", "on the server's machine only"},
  };
  for (const auto& one : cases) {
    const auto refused = p.settings.change(one.changes);
    REQUIRE_FALSE(refused);
    INFO(refused.error().message);
    CHECK(refused.error().field == one.field);
    CHECK(refused.error().message.find(one.words) != std::string::npos);
    CHECK(p.text() == before);
  }
  p.edit("hosts = [\"chat.example\"]", "hosts = [\"chat.example\", \"new.example\"]");
  p.unserved = conflict("host_not_in_certificate", "The certificate has no such name.");
  const auto refused = p.settings.change({{"server.hosts", "chat.example, new.example"}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "host_not_in_certificate");
  CHECK(p.applied.empty());
  CHECK(p.settings.change({{"log.level", "debug"}}));  // which has nothing to do with the hosts
}

TEST_CASE("bounds hold for what runs, too, where the file has more that nobody took up") {
  Place p;
  p.edit("#messages_burst = 15", "messages_burst = 100");
  const std::string before = p.text();
  const auto refused = p.settings.change({{"limits.messages_per_second", "50"}});
  REQUIRE_FALSE(refused);
  INFO(refused.error().message);
  CHECK(refused.error().message.find("wardroomd reload") != std::string::npos);
  CHECK(p.text() == before);
  CHECK(p.applied.empty());
  REQUIRE(p.settings.take_up([](const Options&) { return ok(); }));
  CHECK(p.settings.change({{"limits.messages_per_second", "50"}}));
}

TEST_CASE("what only the file had otherwise is put right there, and is no change of the server") {
  Place p;
  p.edit("#messages_per_second = 5", "messages_per_second = 7");
  const std::string before = p.text();
  const auto made = p.change({{"limits.messages_per_second", "5"}});
  CHECK(made.changed.empty());
  CHECK(p.file().limits.messages_per_second == 5);
  REQUIRE(made.undo);
  made.undo();
  CHECK(p.text() == before);
}

TEST_CASE("hosts are written while nothing else changes the certificate") {
  testing::TempDir temp;
  const ops::DataDir dir{temp.path()};
  REQUIRE(ops::write_durably(dir.config(), compose_options_file(for_host("chat.example")), 0600));
  bool is_held = false, was_held = false;
  ServedSettings settings{
      dir, for_host("chat.example"),
      [&](const Options&, const std::optional<ops::HostName>&, const ServedSettings::TakeUp& take_up) {
        is_held = true;
        auto taken = take_up();
        is_held = false;
        return taken;
      },
      [&](const Options&) { was_held = is_held; }};
  REQUIRE(settings.change({{"server.hosts", "chat.example, new.example"}}));
  CHECK(was_held);
  CHECK(load_options(dir.config())->server.hosts.size() == 2);
}

TEST_CASE("one more host has its certificate first, counts at once, and is put back with its record") {
  Place p;
  const std::string before = p.text();
  auto made = p.settings.add_host("New.Example");
  INFO((made ? "" : made.error().message));
  REQUIRE(made);
  CHECK(p.certified == std::vector<std::string>{"new.example"});
  REQUIRE(made->changed.size() == 1);
  CHECK(made->changed.at(0).name == "server.hosts");
  CHECK(made->changed.at(0).before == "[\"chat.example\"]");
  CHECK(made->changed.at(0).after == "[\"chat.example\", \"new.example\"]");
  CHECK(made->changed.at(0).taken == protocol::SettingTaken::at_reload);
  CHECK(p.settings.running().server.hosts == std::vector<std::string>{"chat.example", "new.example"});
  CHECK(p.file().server.hosts == p.settings.running().server.hosts);
  REQUIRE(made->undo);
  made->undo();
  CHECK(p.text() == before);
  CHECK(p.settings.running().server.hosts == std::vector<std::string>{"chat.example"});
  REQUIRE_FALSE(p.applied.empty());
  CHECK(p.applied.back().server.hosts == std::vector<std::string>{"chat.example"});
}

TEST_CASE("a host that is named, and that the certificate alone lacks, changes no option") {
  Place p;
  const std::string before = p.text();
  const auto made = p.settings.add_host("chat.example");
  REQUIRE(made);
  CHECK(p.certified == std::vector<std::string>{"chat.example"});
  CHECK(made->changed.empty());
  CHECK_FALSE(made->undo);
  CHECK(p.text() == before);
}

TEST_CASE("no host is added that is none, that can't be served, or beside what nobody took up") {
  Place p;
  const std::string before = p.text();
  const auto refused = [&](const std::string& host) {
    const auto made = p.settings.add_host(host);
    REQUIRE_FALSE(made);
    CHECK(p.settings.running().server.hosts == std::vector<std::string>{"chat.example"});
    return made.error();
  };
  CHECK(refused("no host").field == "params.name");
  CHECK(p.certified.empty());
  p.unserved = not_found("keys/ca.key isn't on the server.");
  CHECK(refused("new.example").code == ErrorCode::not_found);
  CHECK(p.text() == before);
  p.unserved.reset();
  p.edit("chat.example", "hand.example");
  const std::string by_hand = p.text();
  CHECK(refused("new.example").reason == "hosts_waiting");
  CHECK(p.text() == by_hand);
  CHECK(p.certified.empty());
}

TEST_CASE("a host that the file can't be given by itself gets no certificate either") {
  testing::TempDir temp;
  const ops::DataDir dir{temp.path()};
  REQUIRE(ops::write_durably(dir.config(), "server = { port = 7443 }\n", 0600));
  bool is_certified = false;
  ServedSettings settings{
      dir, for_host("localhost"),
      [&](const Options&, const std::optional<ops::HostName>&, const ServedSettings::TakeUp& take_up) {
        is_certified = true;
        return take_up();
      },
      [](const Options&) {}};
  const auto refused = settings.add_host("new.example");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "option_not_replaced");
  CHECK_FALSE(is_certified);
}

TEST_CASE("a file with a mistake is neither written nor hidden") {
  Place p;
  p.edit("#port = 7443", "port = 99999");
  const std::string before = p.text();
  const auto refused = p.settings.change({{"log.level", "debug"}});
  REQUIRE_FALSE(refused);
  CHECK(refused.error().reason == "settings_unreadable");
  CHECK(refused.error().message.find("server.port must be") != std::string::npos);
  CHECK(p.text() == before);
  const auto list = p.settings.load();
  REQUIRE(list.problem);
  CHECK(list.problem->find("server.port must be") != std::string::npos);
  CHECK(p.listed("log.level").value == "\"info\"");
}

TEST_CASE("a reload takes up what the table says, and the rest waits and is named") {
  Place p;
  p.edit("#messages_per_second = 5", "messages_per_second = 9");
  p.edit("#port = 7443", "port = 8443");
  p.edit("#keep = 14", "keep = 3");
  CHECK(p.listed("limits.messages_per_second").in_file == "9");
  CHECK(p.listed("backup.keep").value == "3");
  CHECK_FALSE(p.listed("backup.keep").in_file);
  CHECK_FALSE(p.listed("backup.keep").settable);
  const auto refused = p.settings.take_up([](const Options&) { return Result<void>(unavailable("no")); });
  REQUIRE_FALSE(refused);
  CHECK(p.settings.running().limits.messages_per_second == 5);
  REQUIRE(p.settings.take_up([](const Options&) { return ok(); }));
  CHECK(p.settings.running().limits.messages_per_second == 9);
  CHECK(p.settings.running().server.port == 7443);
  CHECK_FALSE(p.listed("limits.messages_per_second").in_file);
  CHECK(p.listed("server.port").in_file == "8443");
}

TEST_CASE("an administrator's change, a reload and another writer of the file lose nothing of each other") {
  Place p;
  constexpr int kTimes = 60;
  std::atomic<int> failed{0};
  std::thread reloads([&] {
    for (int i = 0; i < kTimes; ++i)
      failed += p.settings.take_up([](const Options&) { return ok(); }) ? 0 : 1;
  });
  std::thread other([&] {
    for (int i = 1; i <= kTimes; ++i) {
      const auto written = p.settings.write([&]() -> Result<Options> {
        auto wanted = load_options(p.dir.config());
        if (!wanted) return wanted;
        wanted->limits.max_connections = 100 + static_cast<std::size_t>(i);
        const OptionRow* row = find_option("limits.max_connections");
        const auto text = replace_options(p.text(), "wardroom.toml", {&row, 1}, *wanted);
        if (!text) return text.error();
        if (auto done = ops::write_durably(p.dir.config(), *text, 0600); !done) return done.error();
        return wanted;
      });
      failed += written ? 0 : 1;
    }
  });
  for (int i = 1; i <= kTimes; ++i) {
    const auto changed = p.settings.change({{"limits.messages_per_second", std::to_string(i % 15 + 1)}});
    failed += changed ? 0 : 1;
  }
  reloads.join();
  other.join();
  CHECK(failed == 0);
  CHECK(p.file().limits.max_connections == 100 + kTimes);
  CHECK(p.file().limits.messages_per_second == kTimes % 15 + 1);
  CHECK(p.settings.running().limits.messages_per_second == kTimes % 15 + 1);
}
