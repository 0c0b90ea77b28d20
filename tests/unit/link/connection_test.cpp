#include <boost/json.hpp>

#include "protocol/catalogue.hpp"
#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {
namespace {

using std::chrono::milliseconds;

const protocol::SessionOpen::Params kLena{"lena", Secret("correct horse"), std::nullopt, {"PC", "test"}};

}  // namespace

TEST_CASE("signing in gives the token, then what changed, then says online") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (let_in(session)) session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers());
  connection.enter(kLena);
  CHECK(listener.next() == "connecting");
  CHECK(listener.next() == "token tok");
  CHECK(listener.next() == "resumed");
  CHECK(listener.next() == "online");
}

TEST_CASE("a wrong password is final and its sentence is the server's") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.upgrade();
    if (const auto request = read_request(session))
      session.send_text(protocol::compose_error(
          request->key,
          make_error(ErrorCode::unauthenticated, "Wrong name or password.", "wrong_credentials"), "r1"));
    session.read_text();
  });
  Listener listener;
  auto handlers = listener.handlers();
  handlers.status = [&listener](const Status& status) {
    if (status.error) listener.add(status.error->message + (status.final ? " final" : ""));
  };
  Connection connection(introduced_to(server), handlers);
  connection.enter(kLena);
  CHECK(listener.next() == "Wrong name or password. final");
}

TEST_CASE("answers find their requests in whatever order they come") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    const auto first = read_request(session);
    const auto second = read_request(session);
    if (!first || !second) return;
    answer(session, *second, "\"" + second->method + "\"");
    answer(session, *first, "\"" + first->method + "\"");
    session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers());
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("first", "{}", noted(listener, "1:"));
  connection.call_raw("second", "{}", noted(listener, "2:"));
  CHECK(listener.next() == "2: \"second\"");
  CHECK(listener.next() == "1: \"first\"");
}

TEST_CASE("a typed call decodes its result and names the field that is wrong") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    while (const auto request = read_request(session))
      answer(session, *request,
             boost::json::serialize(request->params) == R"({"room":1})" ? R"({"members":[]})" : "{}");
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers());
  connection.enter(Secret("tok"));
  listener.await("online");
  const auto note = [&listener](Result<protocol::RoomMembers::Result> answer) {
    listener.add(answer ? std::to_string(answer->members.size()) : answer.error().message);
  };
  connection.call<protocol::RoomMembers>({RoomId{1}}, note);
  CHECK(listener.next() == "0");
  connection.call<protocol::RoomMembers>({RoomId{2}}, note);
  CHECK(listener.next() == "result.members is missing.");
}

TEST_CASE("a request without an answer ends with timeout, and its late answer disturbs nobody") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    const auto slow = read_request(session);
    const auto next = read_request(session);  // sent after the first timed out
    if (!slow || !next) return;
    answer(session, *slow, "\"late\"");
    answer(session, *next, "\"right\"");
    session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers());
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("slow", "{}", noted(listener, "slow:"), milliseconds{20});
  CHECK(listener.next() == "slow: timeout");
  connection.call_raw("next", "{}", noted(listener, "next:"));
  CHECK(listener.next() == "next: \"right\"");
}

TEST_CASE("a server that vanishes ends its requests at once and is resumed from where the owner stands") {
  std::atomic<int> visits = 0;
  std::mutex mutex;
  std::string resumed_with;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (visits++ == 0) {
      if (let_in(session)) session.read_text();
      return;  // cut without a word, with a request unanswered
    }
    if (!session.upgrade()) return;
    const auto request = read_request(session);
    if (!request) return;
    {
      const std::lock_guard lock(mutex);
      resumed_with = boost::json::serialize(request->params);
    }
    answer(session, *request, kResumed);
    session.read_text();
  });
  Listener listener;
  auto handlers = listener.handlers();
  handlers.resume_point = [] { return ResumePoint{7, {{RoomId{12}, Seq{4711}}}}; };
  Connection connection(introduced_to(server), handlers, quick());
  connection.enter(Secret("tok"));
  listener.await("online");
  connection.call_raw("message.post", "{}", noted(listener, "post:"));
  CHECK(listener.next() == "post: connection_lost");
  CHECK(listener.next() == "offline retry connection_lost");
  listener.await("online");
  const std::lock_guard lock(mutex);
  CHECK(resumed_with == R"({"token":"tok","epoch":7,"rooms":{"12":4711}})");
}

TEST_CASE("a server that isn't there yet is tried until it comes") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (visits++ < 3) return;
    if (let_in(session)) session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers(), quick());
  connection.enter(Secret("tok"));
  for (int i = 0; i < 3; ++i) listener.await("offline retry connection_lost");
  listener.await("online");
}

TEST_CASE("final close codes end it, resumable ones don't") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    const unsigned code = visits++ == 0 ? 4009 : 4003;
    if (let_in(session)) session.close(code);
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers(), quick());
  connection.enter(Secret("tok"));
  listener.await("offline retry stopping");
  listener.await("offline final revoked");
}

TEST_CASE("an owner who can't wait is connected at once") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (visits++ > 0 && let_in(session)) session.read_text();
  });
  Listener listener;
  auto options = quick();
  options.reconnect_min = options.reconnect_max = options.reconnect_cap = std::chrono::hours{1};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(Secret("tok"));
  listener.await("offline retry connection_lost");
  connection.retry_now();
  listener.await("online");
}

TEST_CASE("someone in hundreds of rooms hears of each room's changes") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.upgrade();
    while (const auto request = read_request(session)) {
      auto result = boost::json::parse(kResumed).as_object();
      for (const auto& [room, seq] : request->params.at("rooms").as_object())
        result["rooms"].as_array().push_back(
            {{"room", std::stoll(room)}, {"seq", seq}, {"changes", boost::json::array()}});
      answer(session, *request, boost::json::serialize(result));
    }
  });
  Listener listener;
  auto handlers = listener.handlers();
  handlers.resume_point = [] {
    ResumePoint point;
    for (std::int64_t i = 1; i <= 1000; ++i) point.rooms[RoomId{i}] = Seq{i * 1000};
    return point;
  };
  handlers.resumed = [&listener](const protocol::SessionResume::Result& resumed) {
    std::int64_t sum = 0;
    for (const auto& room : resumed.rooms) sum += room.room.value;
    listener.add(std::to_string(resumed.rooms.size()) + " " + std::to_string(sum));
  };
  Connection connection(introduced_to(server), handlers);
  connection.enter(Secret("tok"));
  listener.await("1000 500500");
  listener.await("online");
}

TEST_CASE("a token that the server refuses is final") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.upgrade();
    if (const auto request = read_request(session))
      session.send_text(protocol::compose_error(
          request->key, make_error(ErrorCode::unauthenticated, "Sign in again."), ""));
    session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers(), quick());
  connection.enter(Secret("old"));
  listener.await("offline final unauthenticated");
}

TEST_CASE("events keep their order, and those that overtake the sign-in's answer come after it") {
  TestServer server(office_looks(), [](TestSession& session) {
    session.upgrade();
    const auto request = read_request(session);
    if (!request) return;
    session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":1})");
    answer(session, *request, kResumed);
    session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":2})");
    session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":3})");
    session.read_text();
  });
  Listener listener;
  Connection connection(introduced_to(server), listener.handlers());
  connection.enter(Secret("tok"));
  CHECK(listener.next() == "connecting");
  CHECK(listener.next() == "resumed");
  CHECK(listener.next() == "online");
  CHECK(listener.next() == "event typing 1");
  CHECK(listener.next() == "event typing 2");
  CHECK(listener.next() == "event typing 3");
}

TEST_CASE("silence beyond the limit counts as a loss") {
  std::atomic<int> visits = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    const bool is_first = visits++ == 0;
    if (let_in(session) && !is_first) session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":1})");
    session.read_text();
  });
  Listener listener;
  auto options = quick();
  options.silence_limit = milliseconds{300};
  Connection connection(introduced_to(server), listener.handlers(), options);
  connection.enter(Secret("tok"));
  listener.await("offline retry timeout");
  listener.await("event typing 1");
}

TEST_CASE("closing says goodbye, ends pending calls, and keeps the session") {
  std::atomic<unsigned> goodbye = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (!let_in(session)) return;
    while (session.read_text()) {
    }
    goodbye = session.goodbye().value_or(1);
  });
  Listener listener;
  {
    Connection connection(introduced_to(server), listener.handlers());
    connection.enter(Secret("tok"));
    listener.await("online");
    connection.call_raw("slow", "{}", noted(listener, "slow:"));
    connection.close();
    CHECK(listener.next() == "slow: closed");
    CHECK(listener.next() == "idle");
    connection.call_raw("more", "{}", noted(listener, "more:"));
    CHECK(listener.next() == "more: offline");
  }
  server.wait_for_ended(1);
  CHECK(goodbye == 1000);
}

TEST_CASE("more calls than the bound are refused without being sent") {
  std::atomic<int> requests = 0;
  TestServer server(office_looks(), [&](TestSession& session) {
    if (!let_in(session)) return;
    while (session.read_text()) ++requests;
  });
  Listener listener;
  auto options = quick();
  options.max_pending_calls = 2;
  options.max_queued_bytes = 1000;
  {
    Connection connection(introduced_to(server), listener.handlers(), options);
    connection.enter(Secret("tok"));
    listener.await("online");
    connection.call_raw("big", "{\"x\":\"" + std::string(1000, 'x') + "\"}", noted(listener, "big"));
    CHECK(listener.next() == "big busy");
    for (int i = 0; i < 3; ++i) connection.call_raw("slow", "{}", noted(listener, std::to_string(i)));
    CHECK(listener.next() == "2 busy");
    connection.close();
    CHECK(listener.next() == "0 closed");
    CHECK(listener.next() == "1 closed");
  }
  server.wait_for_ended(1);
  CHECK(requests == 2);
}

TEST_CASE("an event that the owner doesn't want isn't told, and the others are") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    for (const char* method : {"typing", "session.revoked", "typing", "account.changed"})
      session.send_text(std::string(R"({"jsonrpc":"2.0","method":")") + method + R"(","params":1})");
    session.read_text();
  });
  Listener listener;
  auto handlers = listener.handlers();
  handlers.wants_event = [](std::string_view method) { return method != "typing"; };
  Connection connection(introduced_to(server), handlers, quick());
  connection.enter(Secret("tok"));
  std::vector<std::string> events;
  while (events.size() < 2)
    if (auto line = listener.next(); line.starts_with("event ")) events.push_back(std::move(line));
  CHECK(events == std::vector<std::string>{"event session.revoked 1", "event account.changed 1"});
}

TEST_CASE("an owner that doesn't look gets no more than the bound, and later everything, in order") {
  constexpr int kEvents = 3000;
  constexpr std::size_t kBound = 8;
  TestServer server(office_looks(), [](TestSession& session) {
    if (!let_in(session)) return;
    for (int i = 0; i < kEvents; ++i)
      session.send_text(R"({"jsonrpc":"2.0","method":"typing","params":)" + std::to_string(i) + "}");
    session.read_text();
  });
  std::mutex mutex;
  std::condition_variable added;
  std::deque<std::function<void()>> inbox;
  std::size_t most = 0;
  int expected = 0;
  Handlers handlers;
  handlers.event = [&expected](const protocol::Incoming& event) {
    CHECK(event.body.as_int64() == expected);
    ++expected;
  };
  handlers.post = [&](std::function<void()> what) {
    const std::lock_guard lock(mutex);
    inbox.push_back(std::move(what));
    most = std::max(most, inbox.size());
    added.notify_all();
  };
  auto options = quick();
  options.max_undelivered_events = kBound;
  Connection connection(introduced_to(server), handlers, options);
  connection.enter(Secret("tok"));
  while (expected < kEvents) {
    std::unique_lock lock(mutex);
    REQUIRE(added.wait_for(lock, std::chrono::seconds{60}, [&] { return !inbox.empty(); }));
    const auto what = std::move(inbox.front());
    inbox.pop_front();
    lock.unlock();
    what();
  }
  CHECK(most <= kBound + 2);
}

TEST_CASE("what was posted before the connection went is not run after it") {
  TestServer server(office_looks(), [](TestSession& session) {
    if (let_in(session)) session.read_text();
  });
  std::mutex mutex;
  std::condition_variable added;
  std::vector<std::function<void()>> inbox;
  bool told = false;
  Handlers handlers;
  handlers.status = [&told](const Status&) { told = true; };
  handlers.post = [&](std::function<void()> what) {
    const std::lock_guard lock(mutex);
    inbox.push_back(std::move(what));
    added.notify_all();
  };
  {
    Connection connection(introduced_to(server), handlers);
    connection.enter(Secret("tok"));
    std::unique_lock lock(mutex);
    REQUIRE(added.wait_for(lock, std::chrono::seconds{60}, [&] { return inbox.size() >= 2; }));
  }
  for (const auto& what : inbox) what();
  CHECK_FALSE(told);
}

}  // namespace wardroom::link
