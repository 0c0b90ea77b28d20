#include "protocol/message_link.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::protocol;

TEST_CASE("the link of a message survives being written and read") {
  for (const char* host : {"chat.office.example", "192.0.2.7", "fd00::1"}) {
    const std::string text = compose_message_link({{host, 7443}, RoomId{12}, Seq{4711}});
    const auto link = parse_message_link(" " + text + "\n");
    REQUIRE(link);
    CHECK(link->server.host == host);
    CHECK(link->server.port == 7443);
    CHECK(link->room == RoomId{12});
    CHECK(link->seq == Seq{4711});
  }
  CHECK(compose_message_link({{"fd00::1", 7443}, RoomId{1}, Seq{2}}) == "wardroom://[fd00::1]:7443/room/1/2");
}

TEST_CASE("a link that lacks something is refused, and says what") {
  const auto refusal = [](std::string_view text) {
    const auto link = parse_message_link(text);
    return link ? std::string("accepted") : link.error().message;
  };
  CHECK(refusal("wardroom://office:7443/room/12") ==
        "The link is incomplete: which message is missing. Copy the whole link of the message, from "
        "wardroom:// "
        "to its end.");
  CHECK(refusal("wardroom://office:7443/room/12/").starts_with("The link is incomplete"));
  CHECK(refusal("wardroom://office:7443/room/12/7x").starts_with("The link is incomplete"));
  CHECK(refusal("wardroom://office:7443/room/-1/7").starts_with("The link's room"));
  CHECK(refusal("wardroom://office:7443/room//7").starts_with("The link's room"));
  CHECK(refusal("wardroom://office:7443/room/99999999999999999999/7").starts_with("The link's room"));
  CHECK(refusal("wardroom://:7443/room/1/7").starts_with("The link's address"));
  CHECK(refusal("wardroom://office:99999/room/1/7").starts_with("The link's address"));
  CHECK(refusal("https://office/room/1/7").starts_with("This isn't the link of a message"));
  CHECK(refusal("wardroom://" + std::string(600, 'a') + "/room/1/7").starts_with("The link is too long"));
}

TEST_CASE("an invite isn't taken for the link of a message") {
  CHECK_FALSE(looks_like_message_link("wardroom://office:7443/?ca=abc&t=def"));
  CHECK_FALSE(looks_like_message_link("wardroom://office:7443"));
  CHECK(looks_like_message_link("Wardroom://office:7443/room/1/2"));
}

TEST_CASE("a server's name has no case, its port counts") {
  CHECK(is_same_server({"Office.Example", 7443}, {"office.example", 7443}));
  CHECK_FALSE(is_same_server({"office.example", 7443}, {"office.example", 7444}));
  CHECK_FALSE(is_same_server({"office.example", 7443}, {"office", 7443}));
}
