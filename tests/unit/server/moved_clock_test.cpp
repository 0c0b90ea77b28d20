#include <catch2/catch.hpp>

#include "server/app/setup_code.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/unit/server/sign_in.hpp"

// What a person does once more while the machine's clock is somewhere else.
using namespace wardroom;
using namespace wardroom::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::hours kTenYears{24 * 3653};

}  // namespace

TEST_CASE("clocks: a set-up code holds for its half an hour, wherever the machine's clock was moved") {
  Office office;
  const ops::DataDir dir{office.directory()};
  std::filesystem::create_directory(dir.run());
  const auto code = [&] {
    app::submit_setup_code(office.services().writer, dir);
    office.settle();
    const auto text = ops::read_small_file(app::setup_code_file(dir), 256);
    REQUIRE(text);
    return text->substr(0, text->find('\n'));
  };
  const auto accept = [&](const std::string& token) {
    return office.call(*office.connect("127.0.0.1"), "account.accept_invite",
                       {{"token", token},
                        {"user", "ada"},
                        {"password", kPassword},
                        {"device", {{"name", "PC"}, {"client", "test 1"}}}});
  };
  const auto by = GENERATE(as<std::chrono::hours>{}, kTenYears, -kTenYears);
  const std::string first = code();
  office.clock.move_wall(by);
  office.clock.advance(20min);
  CHECK(code() == first);
  office.clock.advance(11min);
  CHECK(reason_of(accept(first)) == "invite_expired");
  // One that is made meanwhile holds for as long, and longer not.
  const std::string second = code();
  CHECK(second != first);
  office.clock.move_wall(-by);
  CHECK(code() == second);
  CHECK(accept(second).contains("result"));
}

TEST_CASE("clocks: a message that is sent again after the clock was moved is the same one") {
  Office office;
  const auto ada = office.add_person("ada", protocol::Role::admin);
  // The clock goes on for longer than a session lasts.
  office.open_database()->run("UPDATE sessions SET expires_at = expires_at + 3155760000000");
  auto peer = office.connect();
  REQUIRE(office.call(*peer, "session.resume", {{"token", ada.token}}).contains("result"));
  const auto room = office.call(*peer, "room.create", {{"name", "office"}, {"kind", "public"}})
                        .at("result")
                        .at("room")
                        .at("id")
                        .as_int64();
  const auto send = [&](int number) {
    const std::string id = "0199f0a0-0000-7000-8000-00000000000" + std::to_string(number);
    const auto answer =
        office.call(*peer, "message.post", {{"room", room}, {"client_id", id}, {"text", "hello"}});
    REQUIRE(answer.contains("result"));
    return answer.at("result").at("seq").as_int64();
  };
  const auto first = send(1);
  send(2);
  REQUIRE(
      office.call(*peer, "admin.retention_set", {{"kind", "public"}, {"days", 365}, {"reason", "the rule"}})
          .contains("result"));
  for (const auto by : {kTenYears, -2 * kTenYears, kTenYears}) {
    office.clock.move_wall(by);
    office.apply_retention();
    CHECK(send(1) == first);
  }
  // Once its time is really over it is gone, and who sends it again posts it again.
  office.clock.move_wall(kTenYears);
  office.believed->confirm();
  office.apply_retention();
  CHECK(send(1) > first);
}
