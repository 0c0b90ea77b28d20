#include <catch2/catch.hpp>

#include "tests/unit/client/simulated_office.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

TEST_CASE(
    "Whatever happens in between, the window and the cache come to hold the server's order, each message "
    "once, with its last change") {
  for (unsigned seed = 1; seed <= 150; ++seed) {
    INFO("seed " << seed);
    SimulatedOffice office(seed);
    for (int i = 0; i < 600; ++i) office.step();
    office.settle();

    // Nothing that the person wrote is lost or doubled.
    const auto texts = office.server_texts();
    for (const auto& text : office.said()) {
      INFO(text << ", unsent " << office.unsent());
      REQUIRE(std::count(texts.begin(), texts.end(), text) == 1);
    }
    REQUIRE(office.unsent() == 0);
    // The window shows an unbroken end of the room.
    auto messages = office.server_messages();
    const auto shown = office.shown_messages();
    REQUIRE(shown.size() <= messages.size());
    messages.erase(messages.begin(), messages.end() - static_cast<std::ptrdiff_t>(shown.size()));
    REQUIRE(shown == messages);
    REQUIRE(office.room().info.locked == office.locked());
    REQUIRE(office.room().coverage.to.value == static_cast<std::int64_t>(office.stored().size()));
    REQUIRE(office.room().info.count == static_cast<std::int64_t>(office.server_texts().size()));
    // The cache holds what it says it holds.
    REQUIRE(office.covered_messages() == office.server_messages(office.cached_coverage()));
  }
}
