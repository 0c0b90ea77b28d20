#include <archive.h>
#include <archive_entry.h>
#include <fstream>
#include <regex>
#include <sodium.h>
#include <sstream>
#include <thread>

#include <sys/stat.h>

#include "common/base/uuid.hpp"
#include "server/app/appliance.hpp"
#include "server/app/diagnosis.hpp"
#include "server/app/initialise.hpp"
#include "server/app/insight_commands.hpp"
#include "server/app/local_question.hpp"
#include "server/app/metrics_text.hpp"
#include "server/app/redaction.hpp"
#include "server/app/samples.hpp"
#include "tests/harness/office.hpp"

// Looking into a server: its metrics, and what a diagnosis tells somebody elsewhere.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;

namespace {

namespace fs = std::filesystem;

std::string contents(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

// An office in which everything that a person could name or write is a word that stands nowhere else.
constexpr const char* kCanaries[] = {
    "canaryoffice", "canaryhost",   "canaryroom",   "canaryuser",    "Canary Person", "canarytext",
    "canarytopic",  "canary@mail",  "canarydevice", "192.0.2.77",    "192.0.2.78",    "2001:db8::77",
    "canaryfolder", "canaryreason", "canaryline",   "198.51.100.77", "canaryquery",   "canarycollector"};

struct House {
  House() : root(temp.path() / "canaryfolder") {
    REQUIRE(sodium_init() >= 0);
    options.server.name = "canaryoffice";
    options.server.hosts = {"canaryhost.example", "localhost"};
    options.server.port = 0;
    options.server.listen = {"127.0.0.1"};
    options.server.proxy_ranges = {"192.0.2.78/32"};
    options.limits.trusted_ranges = {"192.0.2.77/32"};
    options.audit.syslog = "canarycollector.example:6514";
    options.audit.syslog_ca = (root / "canaryfolder.pem").string();
    REQUIRE(app::initialise(root, options, clock));
    dir = *ops::open_data_dir(root);
    plant();
    options.audit.syslog.clear();  // nothing listens there
    auto started = app::Appliance::start(dir, options, clock);
    INFO((started ? "" : started.error().message));
    REQUIRE(started);
    appliance = std::move(*started);
  }
  void plant() {
    auto db = sqlite::Connection::open(dir.database(), sqlite::Connection::Mode::read_write);
    REQUIRE(db);
    const auto planted = (*db)->run_script(
        "INSERT INTO users (id, name, display_name, role, email, created_at) VALUES"
        " (901, 'canaryuser', 'Canary Person', 'member', 'canary@mail.example', 1);"
        "INSERT INTO rooms (id, name, name_key, kind, topic, seq, count, created_at) VALUES"
        " (902, 'canaryroom', 'canaryroom', 'private', 'canarytopic', 1, 1, 1);"
        "INSERT INTO members (room_id, user_id, role, joined_at) VALUES (902, 901, 'member', 1);"
        "INSERT INTO messages (id, room_id, seq, author_id, client_id, at, count, text, salt) VALUES"
        " (903, 902, 1, 901, x'00112233445566778899aabbccddeeff', 1, 1, 'canarytext', x'00')");
    INFO((planted ? "" : planted.error().message));
    REQUIRE(planted);
  }
  std::string ask(app::LocalQuestion::Act act) {
    const auto answer = app::ask_server(dir, {.act = act});
    REQUIRE(answer);
    return answer->text;
  }

  TempDir temp;
  SystemClock clock;
  fs::path root;
  app::Options options;
  ops::DataDir dir;
  std::unique_ptr<app::Appliance> appliance;
};

// What systemd's programs would print on that machine.
Result<std::string> printed_by(const std::vector<std::string>& command) {
  if (command.front() == "systemctl") return std::string("Id=wardroomd.service\nActiveState=active\n");
  return std::string(
      "{\"__REALTIME_TIMESTAMP\":\"1795160000000000\",\"PRIORITY\":\"4\",\"MESSAGE\":"
      "\"net.proxy_header_refused address=198.51.100.77 reason=no_header\"}\n"
      "{\"__REALTIME_TIMESTAMP\":\"1795160000000000\",\"PRIORITY\":\"3\",\"MESSAGE\":"
      "\"wardroomd: canaryline can't be read\"}\n"
      "{\"__REALTIME_TIMESTAMP\":\"1795160000000000\",\"PRIORITY\":\"3\",\"MESSAGE\":"
      "\"server.finding message=\\\"2001:db8::77\\\" reason=canaryreason\"}\n"
      "nonsense\n{\"MESSAGE\":[1,2,3]}\n");
}

std::string text_of(const std::vector<app::TarEntry>& entries, std::string_view name) {
  for (const auto& entry : entries)
    if (entry.name == name) return entry.text;
  return "";
}

// Name and text of everything in the file.
std::string unpack(const fs::path& file) {
  archive* in = archive_read_new();
  archive_read_support_format_tar(in);
  archive_read_support_filter_gzip(in);
  REQUIRE(archive_read_open_filename(in, file.c_str(), 64 * 1024) == ARCHIVE_OK);
  std::string all;
  archive_entry* entry = nullptr;
  while (archive_read_next_header(in, &entry) == ARCHIVE_OK) {
    all += std::string(archive_entry_pathname(entry)) + "\n";
    char part[4096];
    for (la_ssize_t n = 0; (n = archive_read_data(in, part, sizeof part)) > 0;)
      all.append(part, static_cast<std::size_t>(n));
  }
  archive_read_free(in);
  return all;
}

// Whether the server has metrics of this name: a histogram has three.
bool is_in(const std::string& metrics, std::string name) {
  const auto has = [&](const std::string& type) {
    return metrics.find("# TYPE " + name + " " + type) != std::string::npos;
  };
  if (has("gauge") || has("counter")) return true;
  for (const char* end : {"_bucket", "_sum", "_count"})
    if (name.ends_with(end)) name.resize(name.size() - std::string_view(end).size());
  return has("histogram");
}

}  // namespace

TEST_CASE("a server that runs: its metrics, and a diagnosis without what people named and wrote") {
  House house;
  // A backup that failed is an event with a reason, one that didn't gives the age.
  using Act = app::LocalQuestion::Act;
  REQUIRE(app::ask_server(house.dir,
                          {.act = Act::backup_ended, .to = "/canaryfolder", .failure = "canaryreason"}));
  REQUIRE(app::ask_server(house.dir,
                          {.act = Act::backup_ended, .to = "/canaryfolder", .records = 1, .bytes = 1}));
  SECTION("each metric that the examples use is there") {
    // Certificate and authority are looked at within the first second, one after the other.
    std::string metrics;
    const auto is_looked_at = [&] {
      return is_in(metrics, "wardroom_certificate_remaining_seconds") &&
             is_in(metrics, "wardroom_authority_remaining_seconds");
    };
    for (int i = 0; i < 500 && !is_looked_at(); ++i) {
      std::this_thread::sleep_for(20ms);
      metrics = house.ask(Act::metrics);
    }
    const std::regex name("wardroom_[a-z_]+");
    for (const char* file : {"alerts.yml", "grafana-dashboard.json"}) {
      const std::string text = contents(fs::path(WARDROOM_SOURCE_DIR) / "docs/examples/monitoring" / file);
      INFO(file);
      const auto begin = std::sregex_iterator(text.begin(), text.end(), name);
      REQUIRE(begin != std::sregex_iterator());
      for (auto each = begin; each != std::sregex_iterator(); ++each) {
        INFO(each->str());
        CHECK(is_in(metrics, each->str()));
      }
    }
    CHECK(protocol::parse_json(
        contents(fs::path(WARDROOM_SOURCE_DIR) / "docs/examples/monitoring/grafana-dashboard.json")));
  }

  SECTION("no name stands twice, and a histogram's buckets add up") {
    const std::string metrics = house.ask(Act::metrics);
    std::set<std::string> names;
    std::istringstream lines(metrics);
    for (std::string line; std::getline(lines, line);)
      if (line.starts_with("# TYPE ")) CHECK(names.insert(line.substr(0, line.rfind(' '))).second);
    std::smatch last, count;
    REQUIRE(std::regex_search(metrics, last, std::regex("commit_seconds_bucket\\{le=\"\\+Inf\"\\} (\\d+)")));
    REQUIRE(std::regex_search(metrics, count, std::regex("commit_seconds_count (\\d+)")));
    CHECK(last[1] == count[1]);
    CHECK(std::stoi(count[1]) > 0);
  }

  const auto path = house.temp.path() / "bundle.tar.gz";
  const auto collect = [&](bool with_names) {
    return app::collect_diagnosis({house.dir, house.clock.now(), with_names, printed_by});
  };
  SECTION("without names") {
    REQUIRE(app::write_tar(path, collect(false), house.clock.now()));
    const std::string all = unpack(path);
    for (const char* canary : kCanaries) {
      INFO(canary);
      CHECK(all.find(canary) == std::string::npos);
    }
    for (const char* known :
         {"wardroom_commit_seconds_count", "server.hosts = 2 of them", "limits.ping_seconds = 45  (default)",
          "private", "server.backup_created failure", "ActiveState=active",
          "4 net.proxy_header_refused address=… reason=no_header", "server.finding …\n",
          "3 (35 bytes of text)", "messages             ", "samples.csv"}) {
      INFO(known);
      CHECK(all.find(known) != std::string::npos);
    }
    CHECK(text_of(collect(false), "alarms.txt") == "There is none.\n");
    REQUIRE(app::ask_server(house.dir, {.act = Act::backup_ended, .to = "/x", .failure = "canaryreason"}));
    const auto alarms = text_of(collect(false), "alarms.txt");
    CHECK(alarms.starts_with("urgent  backup_failed\n    The last backup failed."));
    CHECK(alarms.find("canary") == std::string::npos);
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
  SECTION("with names, when they are asked for") {
    const auto entries = collect(true);
    CHECK(text_of(entries, "options.txt").find("canaryhost.example") != std::string::npos);
    CHECK(text_of(entries, "sizes.txt").find("canaryroom") != std::string::npos);
    CHECK(text_of(entries, "events.txt").find("canaryreason") != std::string::npos);
    CHECK(text_of(entries, "journal.txt").find("198.51.100.77") != std::string::npos);
    CHECK(text_of(entries, "README.txt").find("don't give it to strangers") != std::string::npos);
    for (const auto& entry : entries) CHECK(entry.text.find("canarytext") == std::string::npos);
  }
  SECTION("of a server that doesn't run, and of a file that can't be read") {
    house.appliance->stop();
    std::ofstream(house.dir.config()) << "[canaryoffice\n";
    const auto entries = app::collect_diagnosis({house.dir, house.clock.now(), false, [](const auto&) {
                                                   return Result<std::string>(unavailable("canaryline"));
                                                 }});
    CHECK(text_of(entries, "metrics.txt") == "The server doesn't answer: it may not run.\n");
    CHECK(text_of(entries, "options.txt") == "wardroom.toml can't be read; `wardroomd check` says why.\n");
    CHECK(text_of(entries, "journal.txt") == "The journal can't be read.\n");
    CHECK(text_of(entries, "sizes.txt").find("messages") != std::string::npos);
    fs::remove(house.dir.database());
    for (const auto& entry : collect(false))
      for (const char* canary : kCanaries) CHECK(entry.text.find(canary) == std::string::npos);
  }
  SECTION("never into a data directory") {
    CHECK(app::run_diagnose({house.root.string(), (house.root / "run/diagnosis.tar.gz").string(), false}) ==
          1);
    CHECK_FALSE(app::write_tar(house.root / "diagnosis.tar.gz", {}, house.clock.now()));
  }
}

TEST_CASE("the proxies' files are what operations.md shows") {
  const fs::path docs = fs::path(WARDROOM_SOURCE_DIR) / "docs";
  const std::string page = contents(docs / "operations.md");
  for (const char* file : {"nginx.conf", "haproxy.cfg"}) {
    std::istringstream lines(contents(docs / "examples/proxy" / file));
    std::string shown;
    for (std::string line; std::getline(lines, line);)
      if (!line.starts_with('#')) shown += line + "\n";
    INFO(file);
    CHECK(page.find("```\n" + shown + "```\n") != std::string::npos);
  }
}

TEST_CASE("the mail about a failed unit names it as systemctl knows it, and the text promises no other") {
  const fs::path docs = fs::path(WARDROOM_SOURCE_DIR) / "docs";
  std::string unit = contents(docs / "examples/mail/wardroom-mail@.service");
  std::erase(unit, '\n');
  // With %I "wardroom-backup" would be "wardroom/backup", which no unit is called.
  const auto run = unit.substr(unit.find("ExecStart="));
  CHECK(run.ends_with("sh %i"));
  CHECK(unit.find("Description=Mail that %i") != std::string::npos);
  CHECK(unit.find("KillMode=process") != std::string::npos);
  // A unit that is started again for ever never fails, so OnFailure= tells of status 78 alone.
  const std::string server = contents(fs::path(WARDROOM_SOURCE_DIR) / "packaging/systemd/wardroomd.service");
  REQUIRE(server.find("StartLimitIntervalSec=0\n") != std::string::npos);
  REQUIRE(server.find("RestartPreventExitStatus=78\n") != std::string::npos);
  CHECK(contents(docs / "operations.md").find("of a server that stays down") == std::string::npos);
}

TEST_CASE(
    "a unit whose office isn't there fails: no condition makes systemctl start succeed with nothing done") {
  const fs::path units = fs::path(WARDROOM_SOURCE_DIR) / "packaging/systemd";
  for (const char* name : {"wardroomd.service", "wardroom-backup.service", "wardroom-backup.timer"}) {
    INFO(name);
    std::istringstream lines(contents(units / name));
    for (std::string line; std::getline(lines, line);) CHECK_FALSE(line.starts_with("Condition"));
  }
}

TEST_CASE("no folder that the unit may write into keeps the server from starting when it is gone") {
  const fs::path root = WARDROOM_SOURCE_DIR;
  int found = 0;
  for (const char* file :
       {"packaging/systemd/wardroomd.service", "docs/operations.md", "server/app/backup_acts.cpp"}) {
    INFO(file);
    const std::string text = contents(root / file);
    constexpr std::string_view kOption = "ReadWritePaths=";
    for (auto at = text.find(kOption); at != text.npos; at = text.find(kOption, at + 1), ++found)
      CHECK(text.substr(at + kOption.size(), 1) == "-");
  }
  CHECK(found >= 4);
}

TEST_CASE("of each line that the server writes, event, numbers and own words are known") {
  const std::regex written("spdlog::[a-z]+\\(\\s*(?:[a-z:_ ?]+,\\s*)?\"([a-z_]+\\.[^\"\\\\]*)");
  std::set<std::string> lines;
  for (const auto& entry : fs::recursive_directory_iterator(fs::path(WARDROOM_SOURCE_DIR) / "server")) {
    if (entry.path().extension() != ".cpp") continue;
    const std::string text = contents(entry.path());
    for (std::sregex_iterator each(text.begin(), text.end(), written), end; each != end; ++each)
      lines.insert((*each)[1].str());
  }
  REQUIRE(lines.size() > 60);
  for (std::string line : lines) {
    INFO(line);
    line = std::regex_replace(line, std::regex(" [a-z_]+=$"), "");  // what follows stands in quotes
    line = std::regex_replace(line, std::regex("\\{\\}"), "7");
    const std::string kept = app::redact_line(line);
    CHECK(kept.substr(0, kept.find(' ')) == line.substr(0, line.find(' ')));
    CHECK(std::count(kept.begin(), kept.end(), '=') == std::count(line.begin(), line.end(), '='));
  }
}

TEST_CASE("an alarm is kept without what it quotes") {
  CHECK(app::redact_quoted("\"Lena's CA\", which vouches, holds for 3 days") ==
        "\"…\", which vouches, holds for 3 days");
  CHECK(app::redact_quoted("none \"cut off") == "none \"…");
}

TEST_CASE("what of a log line is kept") {
  using app::redact_line;
  CHECK(redact_line("store.slow_group jobs=12 us=15000 committed=true") ==
        "store.slow_group jobs=12 us=15000 committed=true");
  CHECK(redact_line("server.upgraded from=7 to=8 backup=/srv/lena/wardroom-schema-7.db") ==
        "server.upgraded from=7 to=… backup=…");
  CHECK(redact_line("server.host_added host=chat.example") == "server.host_added host=…");
  CHECK(redact_line("moderation.seen user=4711 records=3") == "moderation.seen user=… records=3");
  // Whoever chose the text may have closed the quotes in it, or put spaces into a path.
  CHECK(redact_line("server.x message=\"x\" reason=secret\" reason=y") == "server.x …");
  CHECK(redact_line("server.x file=/srv/of lena=secret reason=y") == "server.x file=… …");
  CHECK(redact_line("server.x reason=Secret jobs=192.0.2.7") == "server.x reason=… jobs=…");
  CHECK(redact_line("server.x lena said so") == "server.x …");
  CHECK(redact_line("server.x lena") == "server.x …");
  CHECK(redact_line("192.0.2.7 reason=x") == "(18 bytes of text)");
  CHECK(redact_line("harbour.example reason=x") == "(24 bytes of text)");
  CHECK(redact_line("Started wardroomd.service") == "(25 bytes of text)");
  CHECK(redact_line("") == "(0 bytes of text)");
}

TEST_CASE("slow statements are told without what stands in quotes") {
  const std::string text =
      app::describe_slow_statements({{"SELECT 1 FROM t WHERE a = 'canaryquery'\n AND b = ?", 2, 90ms, 150ms},
                                     {"SELECT 'canary", 1, 60ms, 60ms}});
  CHECK(text.find("canary") == std::string::npos);
  CHECK(text.find("        90         150       2  SELECT 1 FROM t WHERE a = '…'  AND b = ?") !=
        std::string::npos);
}

TEST_CASE("samples are a line each, under the names of the metrics, and never more than two files") {
  TempDir temp;
  const auto file = temp.path() / "samples.csv";
  FakeClock clock;
  app::MetricsText m;
  m.gauge("queue", "Waiting.", 3);
  m.histogram("commit_seconds", "Time.", {});
  const std::string metrics = m.take();
  app::Samples samples(file);
  REQUIRE(samples.add(metrics, clock.now()));
  clock.advance(1min);
  REQUIRE(samples.add(metrics, clock.now()));
  const std::string header =
      "time,wardroom_queue,wardroom_commit_seconds_sum,wardroom_commit_seconds_count\n";
  CHECK(contents(file) == header + "2026-11-20T07:33:20.000Z,3,0,0\n2026-11-20T07:34:20.000Z,3,0,0\n");
  struct stat info {};
  REQUIRE(::stat(file.c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);

  // Over a restart they go on; other metrics begin another file.
  app::Samples again(file);
  REQUIRE(again.add(metrics, clock.now()));
  CHECK_FALSE(fs::exists(file.string() + ".old"));
  REQUIRE(again.add("wardroom_other 1\n", clock.now()));
  CHECK(contents(file).starts_with("time,wardroom_other\n"));
  CHECK(contents(file.string() + ".old").starts_with(header));
  const auto both = app::read_samples(file);
  REQUIRE(both);
  CHECK(both->find(header) < both->find("wardroom_other"));

  std::ofstream(file, std::ios::app) << std::string(1024 * 1024, 'x');
  REQUIRE(again.add("wardroom_other 1\n", clock.now()));
  CHECK(fs::file_size(file) < 100);
}

TEST_CASE("a message counts once it is stored: not again with its repetition, and not where it is refused") {
  Office office;
  const auto person = office.add_person("noor", protocol::Role::member);
  auto peer = office.connect();
  office.call(*peer, "session.resume", {{"token", person.token}});
  const auto made = office.call(*peer, "room.create", {{"name", "general"}, {"kind", "public"}});
  const auto room = made.at("result").at("room").at("id").as_int64();
  const auto messages = [&] { return office.services().messages.load(); };
  CHECK(messages() == 0);
  const auto post = [&](std::int64_t where, const std::string& id) {
    return office.call(*peer, "message.post", {{"room", where}, {"client_id", id}, {"text", "hello"}});
  };
  const std::string first = to_string(make_uuid7(from_unix_ms(1)));
  const std::string second = to_string(make_uuid7(from_unix_ms(2)));
  CHECK(post(room, first).contains("result"));
  CHECK(post(room, first).contains("result"));
  CHECK(messages() == 1);
  CHECK(post(room + 1'000, second).contains("error"));
  CHECK(messages() == 1);
  CHECK(post(room, second).contains("result"));
  CHECK(messages() == 2);
}

TEST_CASE("posts, their fan-out and readings are timed") {
  Office office;
  const auto person = office.add_person("noor", protocol::Role::member);
  auto peer = office.connect();
  auto count = [](const Histogram::Counts& counts) {
    std::uint64_t all = 0;
    for (const auto n : counts.in_bucket) all += n;
    return all;
  };
  auto& services = office.services();
  office.call(*peer, "session.resume", {{"token", person.token}});
  // Who isn't signed in yet waits for a hash, which isn't the office's slowness.
  CHECK(count(services.hub.acknowledged_times()) == 0);
  const auto fanned_out = count(services.hub.fan_out_times());
  office.call(*peer, "room.create", {{"name", "general"}, {"kind", "public"}});
  CHECK(count(services.hub.acknowledged_times()) == 1);
  CHECK(count(services.hub.fan_out_times()) > fanned_out);
  const auto reads = count(services.readers.wait_times().counts());
  office.call(*peer, "room.list", {});
  CHECK(count(services.readers.wait_times().counts()) > reads);
  CHECK(count(services.writer.queue_times().counts()) > 0);
  CHECK(count(services.writer.commit_times().counts()) > 0);
}
