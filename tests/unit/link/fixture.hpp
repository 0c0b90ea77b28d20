#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

#include <catch2/catch.hpp>

#include "common/link/connection.hpp"
#include "common/link/trust.hpp"
#include "tests/unit/link/test_server.hpp"

namespace wardroom::link {

// What a Connection tells, in order, for a test to wait on. Any thread.
class Listener {
 public:
  Handlers handlers() {
    Handlers handlers;
    handlers.status = [this](const Status& status) {
      static constexpr const char* kNames[] = {"idle", "connecting", "online", "offline"};
      std::string line = kNames[static_cast<int>(status.state)];
      if (status.state == LinkState::offline) line += status.final ? " final " : " retry ";
      if (status.error)
        line += status.error->reason.empty() ? to_string(status.error->code) : status.error->reason;
      add(line);
    };
    handlers.signed_in = [this](protocol::SignedIn in) { add("token " + std::string(in.token.reveal())); };
    handlers.resumed = [this](protocol::SessionResume::Result) { add("resumed"); };
    handlers.event = [this](protocol::Incoming event) {
      add("event " + event.method + " " + boost::json::serialize(event.body));
    };
    return handlers;
  }

  void add(std::string line) {
    {
      const std::lock_guard lock(mutex_);
      lines_.push_back(std::move(line));
    }
    added_.notify_all();
  }

  // Waits for the line, forgetting those before it; fails the test after a time that no healthy machine
  // needs.
  void await(const std::string& line) {
    std::unique_lock lock(mutex_);
    std::string seen;
    for (;;) {
      if (!added_.wait_for(lock, std::chrono::seconds{60}, [this] { return !lines_.empty(); }))
        FAIL("never came: " << line << "; instead:" << seen);
      const std::string next = std::move(lines_.front());
      lines_.pop_front();
      if (next == line) return;
      seen += " [" + next + "]";
    }
  }

  std::string next() {
    std::unique_lock lock(mutex_);
    if (!added_.wait_for(lock, std::chrono::seconds{60}, [this] { return !lines_.empty(); }))
      FAIL("nothing came");
    std::string line = std::move(lines_.front());
    lines_.pop_front();
    return line;
  }

 private:
  std::mutex mutex_;
  std::condition_variable added_;
  std::deque<std::string> lines_;
};

inline const Identity& office_ca() {
  static const Identity ca = make_ca("Office CA");
  return ca;
}

inline TestServer::Looks office_looks() {
  return {make_leaf(office_ca()), {office_ca()}};
}

inline protocol::Introduction introduced_to(const TestServer& server, const std::string& host = "localhost") {
  return {host, server.port(), pin_of(office_ca().certificate.get())};
}

inline constexpr const char* kResumed =
    R"({"user":{"id":1,"name":"lena","display_name":"Lena","role":"member"},"epoch":7,"features":[],)"
    R"("reconnect_min_ms":1,"reconnect_max_ms":5,"rooms":[],"users":[],"must_change_password":false,"must_enrol_second_factor":false})";
inline constexpr const char* kSignedIn =
    R"({"token":"tok","expires_at":1,"user":{"id":1,"name":"lena","display_name":"Lena","role":"member"},)"
    R"("must_change_password":false,"must_enrol_second_factor":false,"epoch":7,"features":[]})";

// The next request of a client; nothing when it is gone.
inline std::optional<protocol::Request> read_request(TestSession& session) {
  const auto text = session.read_text();
  if (!text) return std::nullopt;
  return std::get<protocol::Request>(protocol::parse_request(*text));
}

inline void answer(TestSession& session, const protocol::Request& request, std::string_view result) {
  session.send_text(protocol::compose_result(request.key, result));
}

// Lets the client in by whichever way it chose. False when it is gone.
inline bool let_in(TestSession& session) {
  if (!session.upgrade()) return false;
  auto request = read_request(session);
  if (request && request->method != "session.resume") {
    answer(session, *request, kSignedIn);
    request = read_request(session);
  }
  if (!request) return false;
  answer(session, *request, kResumed);
  return true;
}

// Fast retries; everything else as in the product.
inline ConnectionOptions quick() {
  ConnectionOptions options;
  options.reconnect_min = std::chrono::milliseconds{1};
  options.reconnect_max = std::chrono::milliseconds{5};
  options.reconnect_cap = std::chrono::milliseconds{20};
  return options;
}

inline std::string outcome(const Result<boost::json::value>& answer) {
  if (answer) return boost::json::serialize(*answer);
  return answer.error().reason.empty() ? std::string(to_string(answer.error().code)) : answer.error().reason;
}

inline RawDone noted(Listener& listener, const std::string& name) {
  return [&listener, name](Result<boost::json::value> answer) { listener.add(name + " " + outcome(answer)); };
}

}  // namespace wardroom::link
