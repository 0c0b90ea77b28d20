#include "protocol/server_address.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::protocol;

TEST_CASE("an address is understood as a person types it, and written so that it is understood again") {
  const auto reads_as = [](std::string_view text, std::string_view written) {
    const auto address = parse_server_address(text);
    return address && to_string(*address) == written;
  };
  CHECK(reads_as("office.example", "office.example:7443"));
  CHECK(reads_as(" office.example:7000/ ", "office.example:7000"));
  CHECK(reads_as("office.example.", "office.example:7443"));
  CHECK(reads_as("office.example.:7000", "office.example:7000"));
  CHECK(reads_as("192.0.2.1:1", "192.0.2.1:1"));
  CHECK(reads_as("[fd00::1]", "[fd00::1]:7443"));
  CHECK(reads_as("[fd00::1]:7000", "[fd00::1]:7000"));
}

TEST_CASE("what names no server, or no possible port, is no address") {
  for (const char* text :
       {"", " ", ":7443", "office.example:0", "office.example:65536", "office.example:http", "a b",
        "me@office.example", "https://office.example", "[fd00::1", "[fd00::1]7443"})
    CHECK_FALSE(parse_server_address(text));
}
