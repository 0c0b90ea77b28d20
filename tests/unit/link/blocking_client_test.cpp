#include "common/link/blocking_client.hpp"

#include "protocol/catalogue.hpp"
#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {

using std::chrono::milliseconds;

TEST_CASE("a program signs in, calls and listens, one after the other") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    while (const auto request = read_request(session)) {
      session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":{}})");
      answer(session, *request, R"({"rooms":[]})");
    }
  });
  BlockingClient client(introduced_to(server));
  const auto signed_in = client.sign_in({"lena", Secret("correct horse"), std::nullopt, {"PC", "test"}});
  REQUIRE(signed_in);
  CHECK(signed_in->token.reveal() == "tok");
  const auto rooms = client.call<protocol::RoomList>();
  REQUIRE(rooms);
  CHECK(rooms->rooms.empty());
  const auto event = client.next_event(std::chrono::seconds{60});
  REQUIRE(event);
  REQUIRE(*event);
  CHECK((*event)->method == "typing");
  const auto none = client.next_event(milliseconds{1});
  REQUIRE(none);
  CHECK_FALSE(*none);
}

TEST_CASE("a program hears at once that the server is gone") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (let_in(session)) session.read_text();
  });
  BlockingClient client(introduced_to(server));
  REQUIRE(client.resume(Secret("tok")));
  const auto answer = client.call_raw("room.list", "{}");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().reason == "connection_lost");
  const auto event = client.next_event(std::chrono::seconds{60});
  REQUIRE_FALSE(event);
  CHECK(event.error().reason == "connection_lost");
  CHECK(client.call_raw("room.list", "{}").error().reason == "offline");
}

TEST_CASE("a program doesn't wait for a server that isn't the right one") {
  const auto stranger = make_ca("Office CA");
  TestServer server({make_leaf(stranger), {stranger}}, [](TestSession&) {});
  BlockingClient client(introduced_to(server));
  const auto resumed = client.resume(Secret("tok"));
  REQUIRE_FALSE(resumed);
  CHECK(resumed.error().reason == "pin_mismatch");
}

}  // namespace wardroom::link
