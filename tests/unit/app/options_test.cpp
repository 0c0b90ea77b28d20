#include "server/app/options.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "server/app/option_table.hpp"
#include "tests/generated_document.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::app;

namespace {

constexpr const char* kFile = "wardroom.toml";

std::string refusal(std::string_view toml) {
  const auto options = parse_options(toml, kFile);
  return options ? "" : options.error().message;
}

// Every value as text, to compare whole option sets.
std::string values(const Options& options) {
  std::string text;
  for (const auto& row : option_table()) text += key_of(row) + " = " + value_as_toml(row, options) + "\n";
  return text;
}

}  // namespace

TEST_CASE("an empty file means the defaults, and the defaults are allowed") {
  const auto options = parse_options("", kFile);
  REQUIRE(options);
  CHECK(values(*options) == values(Options{}));
  CHECK(options->server.port == 7443);
  CHECK(options->limits.ping_seconds == std::chrono::seconds{45});
}

TEST_CASE("each option can be set, and stands once in the table") {
  for (const auto& row : option_table()) {
    INFO(key_of(row));
    const std::string line = "[" + std::string{row.section} + "]\n" + std::string{row.name} + " = ";
    CHECK(parse_options(line + value_as_toml(row, Options{}), kFile));
    CHECK_FALSE(parse_options(line + "{}", kFile));
    CHECK_FALSE(row.meaning.empty());
    CHECK(std::count_if(option_table().begin(), option_table().end(),
                        [&](const OptionRow& other) { return key_of(other) == key_of(row); }) == 1);
    if (const auto* number = std::get_if<IntegerOption>(&row.kind)) {
      CHECK_FALSE(parse_options(line + std::to_string(number->least - 1), kFile));
      CHECK_FALSE(parse_options(line + std::to_string(number->most + 1), kFile));
      Options options;
      number->set(options, number->most);
      CHECK(number->get(options) == number->most);
    }
  }
}

TEST_CASE("values arrive where they belong") {
  const auto options = parse_options(R"(
[server]
name = "Harbour & Sons"
hosts = ["Chat.Harbour.example", "192.168.1.10"]
listen = ["127.0.0.1"]
port = 0
[limits]
requests_per_second = 1000
requests_burst = 2000
trusted_ranges = ["10.1.0.0/16", "2001:db8::/32"]
[log]
level = "debug"
)",
                                     kFile);
  REQUIRE(options);
  CHECK(options->server.name == "Harbour & Sons");
  CHECK(options->server.hosts == std::vector<std::string>{"chat.harbour.example", "192.168.1.10"});
  CHECK(options->server.port == 0);
  CHECK(options->limits.requests_per_second == 1000);
  CHECK(options->limits.trusted_ranges.size() == 2);
  CHECK(options->log.level == LogLevel::debug);
}

TEST_CASE("browsers are served unless it says otherwise, and what they may read is said on the machine") {
  CHECK(Options{}.web.enabled);
  CHECK_FALSE(parse_options("[web]\nenabled = \"off\"\n", kFile)->web.enabled);
  CHECK(refusal("[web]\nenabled = true\n") == "wardroom.toml:2: web.enabled must be \"on\" or \"off\".");
  CHECK_FALSE(parse_options("[web]\nfolder = \"web/dist\"\n", kFile));
  CHECK_FALSE(parse_options("[web]\nfolder = \"\"\n", kFile));
  for (const auto& row : option_table()) {
    if (key_of(row) == "web.folder") CHECK_FALSE(is_set_from_afar(row));
    if (key_of(row) == "web.enabled") CHECK(is_set_from_afar(row));
  }
}

TEST_CASE("nobody finds the server on the network unless it says so, and an administrator may change that") {
  CHECK_FALSE(Options{}.discovery.announce);
  const auto options = parse_options("[discovery]\nannounce = \"on\"\nudp_port = 7999\n", kFile);
  REQUIRE(options);
  CHECK(options->discovery.announce);
  CHECK(options->discovery.udp_port == 7999);
  CHECK(refusal("[discovery]\nannounce = \"yes\"\n") ==
        "wardroom.toml:2: discovery.announce must be \"on\" or \"off\".");
  CHECK_FALSE(parse_options("[discovery]\nudp_port = 0\n", kFile));
  for (const auto& row : option_table())
    if (row.section == "discovery") CHECK(is_set_from_afar(row));
}

TEST_CASE("what an editor on Windows saves, with a byte order mark and CRLF, is the same file") {
  const auto options = parse_options("\xEF\xBB\xBF[server]\r\nport = 7555\r\nname = \"Harbour\"\r\n", "t");
  INFO((options ? "" : options.error().message));
  REQUIRE(options);
  CHECK(options->server.port == 7555);
  CHECK(options->server.name == "Harbour");
}

TEST_CASE("what is wrong is named by file, line and key, with what is allowed") {
  CHECK(refusal("[server]\n\nport = 70000\n") ==
        "wardroom.toml:3: server.port must be a whole number from 0 to 65535.");
  CHECK(refusal("[server]\nport = \"7443\"\n") ==
        "wardroom.toml:2: server.port must be a whole number from 0 to 65535.");
  CHECK(refusal("[log]\nlevel = \"loud\"\n") ==
        "wardroom.toml:2: log.level must be \"debug\", \"info\", \"warn\" or \"error\".");
  CHECK(
      refusal("[server]\nhosts = []\n") ==
      "wardroom.toml:2: server.hosts must be a list of at least one host name or IP address, without port.");
  CHECK(refusal("[server]\nlisten = [\"localhost\"]\n") ==
        "wardroom.toml:2: server.listen must be a list of IP addresses of this machine, each once, or \"::\" "
        "alone.");
  for (const auto* twice : {"[\"127.0.0.1\", \"127.0.0.1\"]", "[\"::\", \"0.0.0.0\"]", "[]"})
    CHECK_FALSE(parse_options("[server]\nlisten = " + std::string{twice} + "\n", kFile));
  CHECK(parse_options("[server]\nlisten = [\"127.0.0.1\", \"::1\"]\n", kFile));
  for (const auto* slip :
       {"10.1.2.3/16", "10.1.0.1/31", "2001:db8::1/32", "10.1.0.0 /16", " 10.1.0.0/16", "10.1.0.0/ 16"})
    CHECK_FALSE(parse_options("[limits]\ntrusted_ranges = [\"" + std::string{slip} + "\"]\n", kFile));
  CHECK(parse_options("[limits]\ntrusted_ranges = [\"10.1.2.3/32\", \"0.0.0.0/0\", \"::/0\"]\n", kFile));
  CHECK(refusal("[limits]\ntrusted_ranges = [\"10.1.0.0/33\"]\n") ==
        "wardroom.toml:2: limits.trusted_ranges must be a list of networks such as \"10.1.0.0/16\", without "
        "bits "
        "behind the network's own.");
  CHECK(parse_options("[server]\nport = -1\n", kFile).error().field == "server.port");
}

TEST_CASE("an unknown option is an error that names the nearest one") {
  CHECK(refusal("[limits]\n# more\nrequest_per_second = 5\n") ==
        "wardroom.toml:3: there is no option limits.request_per_second. Did you mean "
        "limits.requests_per_second?");
  CHECK(refusal("[server]\ncolour = 1\n") ==
        "wardroom.toml:2: there is no option server.colour. Remove the line.");
  CHECK(refusal("[serve]\n") == "wardroom.toml:1: there is no section [serve].");
  CHECK(refusal("server = 1\n") == "wardroom.toml:1: [server] is a section, not an option.");
}

TEST_CASE("a file that isn't TOML is named by its line") {
  CHECK(refusal("[server]\nport = \n").rfind("wardroom.toml:2: ", 0) == 0);
  CHECK(refusal("[server]\nport = 1\nport = 2\n").rfind("wardroom.toml:3: ", 0) == 0);
}

TEST_CASE("options that contradict each other are refused at the line of one of them") {
  CHECK(refusal("[limits]\nping_seconds = 100\n") ==
        "wardroom.toml:2: limits.ping_seconds must be less than limits.idle_seconds, or every quiet "
        "connection is "
        "closed unasked.");
  CHECK(refusal("[limits]\nrequests_per_second = 100\n") ==
        "wardroom.toml: limits.requests_burst must be at least limits.requests_per_second.");
}

TEST_CASE("a new file reads back as what it was made from, also with every remark's # removed") {
  Options initial;
  initial.server.name = "Harbour \"& Sons\" \\ Ltd";
  initial.server.hosts = {"chat.harbour.example", "192.168.1.10"};
  initial.server.port = 8443;
  const std::string text = compose_options_file(initial);
  const auto read = parse_options(text, kFile);
  REQUIRE(read);
  CHECK(values(*read) == values(initial));

  std::istringstream lines{text};
  std::string line;
  std::string all;
  while (std::getline(lines, line))
    all += (line.size() > 1 && line[0] == '#' && line[1] != ' ' ? line.substr(1) : line) + "\n";
  const auto spelled_out = parse_options(all, kFile);
  REQUIRE(spelled_out);
  CHECK(values(*spelled_out) == values(initial));
  for (const auto& row : option_table())
    CHECK(all.find("\n" + std::string{row.name} + " = ") != std::string::npos);
}

TEST_CASE("values that init was told are held to the same rules as those of a file") {
  CHECK(check_options(Options{}));
  Options options;
  options.server.name = "two\nlines";
  CHECK(check_options(options).error().field == "server.name");
  options = {};
  options.server.hosts = {};
  CHECK(check_options(options).error().message ==
        "server.hosts must be a list of at least one host name or IP address, without port.");
  options = {};
  options.limits.ping_seconds = options.limits.idle_seconds;
  CHECK(check_options(options).error().field == "limits.ping_seconds");
}

TEST_CASE("every mistake in the file is named, in the order of its lines") {
  testing::TempDir temp;
  const auto file = temp.path() / "wardroom.toml";
  std::ofstream(file)
      << "[server]\nport = -1\nname = \"Office\"\n[limits]\nping = 3\nbacklog_kib = 1\n[nets]\n";
  const auto mistakes = find_mistakes(file);
  REQUIRE(mistakes.size() == 4);
  CHECK(mistakes[0].message == file.string() + ":2: server.port must be a whole number from 0 to 65535.");
  CHECK(mistakes[1].message.find(":5: there is no option limits.ping.") != std::string::npos);
  CHECK(mistakes[2].message.find(":6: limits.backlog_kib must be") != std::string::npos);
  CHECK(mistakes[3].message.find(":7: there is no section [nets].") != std::string::npos);
  std::ofstream(file) << "[server]\nname = \"Office\"\n";
  CHECK(find_mistakes(file).empty());
  CHECK(find_mistakes(temp.path() / "nowhere").size() == 1);
}

TEST_CASE("docs/options.md is what the option table says") {
  check_generated_document("docs/options.md", compose_options_document());
}

TEST_CASE("conversations are open or asked for, nothing else") {
  const auto options = parse_options("[rooms]\ndirect_policy = \"request\"", kFile);
  REQUIRE(options);
  CHECK(options->rooms.direct_policy == "request");
  CHECK_FALSE(refusal("[rooms]\ndirect_policy = \"sometimes\"").empty());
}
