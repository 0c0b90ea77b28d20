#include "common/desk/session/policy_file.hpp"

#include <fstream>

#include <catch2/catch.hpp>

#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using desk::load_policy_file;
using desk::PolicyValues;
using namespace wardroom::client::test;

namespace {

PolicyValues values_of(const std::string& text, std::vector<std::string>& problems) {
  TempDirectory folder;
  const auto file = folder.path() / "client.toml";
  std::ofstream(file) << text;
  return load_policy_file(file, problems);
}

}  // namespace

TEST_CASE("The file of a PC's policies says what its administrator wrote, and that it was there") {
  std::vector<std::string> problems;
  const auto values = values_of("server = \"office.example:7443\"\nfiles = false\n", problems);
  CHECK(problems.empty());
  REQUIRE(values.size() == 2);
  CHECK(values.at("server").text == "office.example:7443");
  CHECK(values.at("files").text == "false");
  CHECK(values.at("files").who.ends_with("client.toml on this PC"));
}

TEST_CASE("A PC without such a file has no policies") {
  std::vector<std::string> problems;
  TempDirectory folder;
  CHECK(load_policy_file(folder.path() / "client.toml", problems).empty());
  CHECK(problems.empty());
}

TEST_CASE("A file that can't be followed is a problem with the line; the other settings in it count") {
  std::vector<std::string> problems;
  CHECK(values_of("theme = \"dark\"\nserver = office", problems).empty());
  REQUIRE(problems.size() == 1);
  CHECK(problems.front().find("(line 2)") != std::string::npos);
  problems.clear();
  const auto values =
      values_of("thema = \"dark\"\nfiles = \"no\"\nlock = true\nautostart = true\n", problems);
  CHECK(values.size() == 1);
  CHECK(values.contains("autostart"));
  CHECK(problems.size() == 3);
}
