#include <algorithm>
#include <thread>

#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {
namespace {

using std::chrono::milliseconds;

// Over a line so slow that it takes more than 1.6 s.
void trickle(TestSession& session, const std::string& text) {
  const auto frame = TestSession::frame(0x1, text);
  const auto piece = std::max<std::size_t>(1, frame.size() / 40);
  for (std::size_t at = 0; at < frame.size(); at += piece) {
    if (!session.send_raw(frame.substr(at, piece))) return;
    std::this_thread::sleep_for(milliseconds{40});
  }
}

// A text that never ends, until the client has gone.
void drip(TestSession& session) {
  for (const char byte : TestSession::frame(0x1, std::string(std::size_t{1} << 20, 'x'))) {
    if (!session.send_raw(std::string(1, byte))) return;
    std::this_thread::sleep_for(milliseconds{10});
  }
}

void send_half(TestSession& session, const protocol::Request& request) {
  const auto frame = TestSession::frame(0x1, protocol::compose_result(request.key, "\"all of it\""));
  session.send_raw(frame.substr(0, frame.size() / 2));
}

}  // namespace

TEST_CASE("a slow line isn't a dead one: signing in, calls and the connection wait while bytes come") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!session.upgrade()) return;
    while (const auto request = read_request(session))
      trickle(session, protocol::compose_result(
                           request->key, request->method == "session.resume" ? kResumed : "\"all of it\""));
  });
  Listener listener;
  auto options = quick();
  options.connect_timeout = options.call_timeout = options.silence_limit = std::chrono::seconds{1};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(Secret("tok"));
  CHECK(listener.next() == "connecting");
  CHECK(listener.next() == "resumed");
  CHECK(listener.next() == "online");
  connection.call_raw("message.history", "{}", noted(listener, "page:"));
  CHECK(listener.next() == "page: \"all of it\"");
}

TEST_CASE("a server that drips for ever keeps neither a sign-in nor a call waiting, nor a window open") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (visits++ == 0 ? session.upgrade() : let_in(session)) {
      if (read_request(session)) drip(session);
    }
  });
  Listener listener;
  auto options = quick();
  options.connect_timeout = options.call_timeout = milliseconds{400};
  options.total_limit = milliseconds{500};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(Secret("tok"));
  listener.await("offline retry timeout");
  listener.await("online");
  connection.call_raw("message.history", "{}", noted(listener, "page:"));
  CHECK(listener.next() == "page: timeout");
}

TEST_CASE("a server that falls silent in the middle of a text is as silent as any") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    const bool is_first = visits++ == 0;
    if (!let_in(session)) return;
    const auto request = read_request(session);
    if (request && is_first) send_half(session, *request);
    session.read_text();
  });
  Listener listener;
  auto options = quick();
  options.call_timeout = milliseconds{100};
  options.silence_limit = milliseconds{1500};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("message.history", "{}", noted(listener, "page:"));
  CHECK(listener.next() == "page: timeout");
  CHECK(listener.next() == "offline retry timeout");
  listener.await("online");
}

TEST_CASE("an answer that is cut off or given up half-way leaves nothing to the next connection") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    const int visit = visits++;
    if (!let_in(session)) return;
    const auto request = read_request(session);
    if (!request) return;
    if (visit == 2)
      answer(session, *request, "\"whole\"");
    else
      send_half(session, *request);
    if (visit > 0) session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers(), quick());
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("message.history", "{}", noted(listener, "cut:"));
  CHECK(listener.next() == "cut: connection_lost");
  listener.await("online");
  connection.call_raw("message.history", "{}", noted(listener, "given up:"));
  connection.close();
  CHECK(listener.next() == "given up: closed");
  CHECK(listener.next() == "idle");
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("message.history", "{}", noted(listener, "again:"));
  CHECK(listener.next() == "again: \"whole\"");
}

}  // namespace wardroom::link
