#include "server/app/options_text.hpp"

#include <catch2/catch.hpp>

#include "server/app/option_values.hpp"

using namespace wardroom;
using namespace wardroom::app;

namespace {

// With these options as they were typed.
std::string with(std::string_view toml, const std::vector<std::pair<std::string, std::string>>& changes) {
  const auto before = parse_options(toml, "wardroom.toml");
  Options wanted = before ? *before : Options{};
  std::vector<const OptionRow*> rows;
  for (const auto& [name, typed] : changes) {
    rows.push_back(find_option(name));
    REQUIRE(rows.back());
    REQUIRE(set_option(*rows.back(), typed, wanted));
  }
  const auto text = replace_options(toml, "wardroom.toml", rows, wanted);
  return text ? *text : "refused: " + text.error().message;
}

}  // namespace

TEST_CASE("a value is replaced where it stands, and the rest of the file stays as it is") {
  CHECK(with("# mine\n[limits]\nping_seconds = 45 # ä\nidle_seconds = 100\n",
             {{"limits.ping_seconds", "30"}}) ==
        "# mine\n[limits]\nping_seconds = 30 # ä\nidle_seconds = 100\n");
  CHECK(with("[rooms]\r\ndirect_policy = 'open'  \r\n", {{"rooms.direct_policy", "request"}}) ==
        "[rooms]\r\ndirect_policy = \"request\"  \r\n");
  CHECK(with("limits.trusted_ranges = [ # old\n \"10.1.0.0/16\" ]\n",
             {{"limits.trusted_ranges", "10.2.0.0/16, 10.3.0.0/16"}}) ==
        "limits.trusted_ranges = [\"10.2.0.0/16\", \"10.3.0.0/16\"]\n");
}

TEST_CASE("an option that has no line gets one after the remark with its default, else in its section") {
  CHECK(with("[limits]\n# meaning\n#ping_seconds = 45\n\n# more\n#idle_seconds = 100\n",
             {{"limits.ping_seconds", "30"}}) ==
        "[limits]\n# meaning\n#ping_seconds = 45\nping_seconds = 30\n\n# more\n#idle_seconds = 100\n");
  CHECK(with("[rooms]\n[limits]\n", {{"rooms.direct_policy", "request"}}) ==
        "[rooms]\ndirect_policy = \"request\"\n[limits]\n");
  CHECK(with("[rooms]", {{"rooms.direct_policy", "request"}}) == "[rooms]\ndirect_policy = \"request\"\n");
  CHECK(with("[server]\nport = 1\n", {{"log.level", "debug"}}) ==
        "[server]\nport = 1\n\n[log]\nlevel = \"debug\"\n");
}

TEST_CASE("several options are changed together, although one of them alone would not be allowed") {
  CHECK(with("[limits]\nping_seconds = 45\nidle_seconds = 100\n",
             {{"limits.ping_seconds", "200"}, {"limits.idle_seconds", "400"}}) ==
        "[limits]\nping_seconds = 200\nidle_seconds = 400\n");
}

TEST_CASE("what can't be changed by itself stays as it is, and the line to write is named") {
  const auto refused = with("limits = { ping_seconds = 45 }\n", {{"limits.idle_seconds", "200"}});
  CHECK(refused.starts_with("refused: wardroom.toml: "));
  CHECK(refused.find("[limits] idle_seconds = 200") != std::string::npos);
  CHECK(with("[limits]\nping_seconds = 45", {{"log.level", "info"}}).find("refused") == std::string::npos);
  CHECK(with("[limits]\nping_seconds = 0\n", {{"log.level", "debug"}}).starts_with("refused: "));
}

TEST_CASE("a value is taken as in the file, and a text or a list also without marks") {
  const auto typed = [](const char* name, const char* text) {
    Options options;
    const OptionRow* row = find_option(name);
    return set_option(*row, text, options) ? value_as_toml(*row, options) : std::string("refused");
  };
  CHECK(typed("limits.ping_seconds", " 30 ") == "30");
  CHECK(typed("server.name", "Harbour & Sons") == "\"Harbour & Sons\"");
  CHECK(typed("server.name", "\"A \\\"B\\\"\"") == "\"A \\\"B\\\"\"");
  CHECK(typed("sign_in.second_factor_roles", "admin, auditor") == "[\"admin\", \"auditor\"]");
  CHECK(typed("server.name", "\"Best\" Office") == "\"\\\"Best\\\" Office\"");
  CHECK(typed("sign_in.second_factor_roles", "") == "[]");
  CHECK(typed("limits.ping_seconds", "30\nidle_seconds = 7200") == "refused");
  CHECK(typed("limits.ping_seconds", "many") == "refused");
  CHECK(typed("limits.ping_seconds", "\"30\"") == "refused");
  CHECK(typed("server.listen", "chat.example") == "refused");
}
