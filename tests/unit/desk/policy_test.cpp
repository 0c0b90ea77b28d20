#include "common/desk/model/policy.hpp"

#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "common/base/sha256.hpp"

using namespace wardroom;
using namespace wardroom::desk;

namespace {

const Digest kOfficeKey = sha256(as_bytes("the office's key"));
const std::string kPinText = to_base64url(kOfficeKey);

}  // namespace

TEST_CASE("What stands in a policy holds, with who decided it") {
  std::vector<std::string> problems;
  const Policy policy = parse_policy({{"server", {"office.example:7443", "group policy"}},
                                      {"ca", {kPinText, "group policy"}},
                                      {"lock", {"server", "the installation"}},
                                      {"theme", {"light", "group policy"}},
                                      {"files", {"false", "group policy"}},
                                      {"autostart", {"true", "the installation"}}},
                                     problems);
  CHECK(problems.empty());
  REQUIRE(policy.server);
  CHECK(policy.server->value.host == "office.example");
  CHECK(policy.server->value.port == 7443);
  CHECK(policy.server->value.ca_pin == kOfficeKey);
  CHECK(policy.server_locked_by == "the installation");
  CHECK_FALSE(policy.dark->value);
  CHECK_FALSE(policy.files->value);
  CHECK(policy.autostart->value);
  CHECK(set_by(policy.autostart->who) == "Set by the installation.");
}

TEST_CASE("A policy that says nothing leaves everything to the person") {
  std::vector<std::string> problems;
  const Policy policy = parse_policy({{"server", {" ", "x"}}, {"ca", {"", "x"}}}, problems);
  CHECK(problems.empty());
  CHECK_FALSE(policy.server);
  CHECK_FALSE(policy.server_locked_by);
  CHECK_FALSE(policy.files);
}

TEST_CASE("What can't be followed is said, and counts for nothing; a lock stays") {
  const auto problem_of = [](const PolicyValues& values) {
    std::vector<std::string> problems;
    const Policy policy = parse_policy(values, problems);
    CHECK_FALSE(policy.server);
    CHECK_FALSE(policy.dark);
    CHECK_FALSE(policy.files);
    REQUIRE(problems.size() == 1);
    return problems.front();
  };
  CHECK(problem_of({{"theme", {"blue", "the group"}}}) ==
        "The policy \"theme\" of this PC can't be followed: it has to be dark or light. It was set by the "
        "group.");
  CHECK(problem_of({{"files", {"2", "x"}}}).find("\"files\"") != std::string::npos);
  CHECK(problem_of({{"lock", {"theme", "x"}}}).find("\"lock\"") != std::string::npos);
  CHECK(problem_of({{"server", {"office.example", "x"}}}).find("belong together") != std::string::npos);
  CHECK(problem_of({{"ca", {kPinText, "x"}}}).find("belong together") != std::string::npos);
  CHECK(problem_of({{"server", {"office.example", "x"}}, {"ca", {"short", "x"}}}).find("HOST:PORT") !=
        std::string::npos);
  // A pin that brings more of a link along.
  CHECK(problem_of({{"server", {"office.example", "x"}}, {"ca", {kPinText + "&next=" + kPinText, "x"}}})
            .find("HOST:PORT") != std::string::npos);
  std::vector<std::string> problems;
  CHECK(parse_policy({{"server", {"nonsense:port", "x"}}, {"ca", {kPinText, "x"}}, {"lock", {"server", "x"}}},
                     problems)
            .server_locked_by);
  CHECK(problems.size() == 1);
}
