#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/json.hpp>

#include "common/base/trusted_clock.hpp"
#include "server/app/core.hpp"
#include "tests/harness/temp_dir.hpp"

namespace wardroom::testing {

// The work of a network thread, done when the test says so, on the test's own thread.
class ManualExecutor final : public realtime::Executor {
 public:
  void post(std::function<void()> work) override;
  // Runs what is there; returns whether there was anything.
  bool run();
  // Takes the next work out of the queue; nothing: there is none yet.
  std::function<void()> take_next();
  // Until there is work, or somebody wakes it; at most so long.
  void wait(std::chrono::microseconds most);
  void wake();

 private:
  std::mutex mutex_;
  std::condition_variable wake_;
  bool woken_ = false;
  std::deque<std::function<void()>> queue_;
};

// One client connection without sockets: texts in, frames out.
class TestPeer final : public realtime::Peer {
 public:
  void deliver(const realtime::FramePtr& frame) override;
  void answer(realtime::HttpAnswer answer) override;
  void send_more(std::string piece) override;
  void receive() override { wants_body = true; }
  void close(protocol::CloseCode code, std::string_view reason) override;
  void set_max_request(std::size_t bytes) override { max_request = bytes; }
  bool is_open() const override { return !closed; }

  std::deque<boost::json::object> results;  // responses, in order of arrival
  std::deque<boost::json::object> events;
  std::deque<realtime::HttpAnswer> answers;
  std::string downloaded;   // what send_more() brought since the last answer
  bool wants_body = false;  // receive() was called: Office::request_file() sends on
  bool broke_off = false;   // an answer that came in pieces wasn't finished
  std::optional<protocol::CloseCode> closed;
  std::size_t max_request = 4096;
};

// A whole server in memory of the test: real database, writer, readers, dispatcher; a clock that stands
// still; no sockets. Everything that a network thread would do happens on the test's thread.
class Office {
 public:
  Office();
  ~Office();

  FakeClock clock;
  // What the server believes of it; outlasts a restart.
  std::optional<TrustedClock> believed{std::in_place, clock, std::nullopt};

  // Makes an account with a session, straight in the database.
  struct Person {
    UserId id;
    std::string token;
  };
  Person add_person(const std::string& name, protocol::Role role = protocol::Role::member);
  // Over a connection, and in a transaction, that the caller has.
  Person add_person(sqlite::Connection& db, const std::string& name, protocol::Role role);
  // Appends the records that the account and its session would have if they had been made over the wire.
  void record_person(UserId id);
  // Gives the account a password, hashed at the lowest cost there is.
  void set_password(UserId id, const std::string& password);

  std::shared_ptr<TestPeer> connect(const std::string& ip = "192.0.2.1");
  void disconnect(const std::shared_ptr<TestPeer>& peer);

  // Sends a JSON-RPC request and waits for its response: {"result":…} or {"error":…}.
  boost::json::object call(TestPeer& peer, const std::string& method, const boost::json::object& params);
  // The same over HTTP: the body, with "status" added.
  boost::json::object post(const std::string& method, const std::string& body, const std::string& token);
  // Calls over HTTP on a connection that stays; the answer is the last of `peer.answers`.
  void call_http(TestPeer& peer, const std::string& method, const std::string& body,
                 const std::string& token);
  void call_http(TestPeer& peer, const realtime::HttpCall& call);
  // A request about the bytes of a file, on a connection of its own unless one is given: its head, then its
  // body in pieces for as long as it is taken, then the pieces of the answer. `body_bytes` is filled in.
  struct FileAnswer {
    int status = 0;
    std::string headers, body;
    bool broke_off = false;
  };
  FileAnswer request_file(realtime::FileRequest request, std::string_view body = {},
                          const std::shared_ptr<TestPeer>& peer = nullptr);
  void send_text(TestPeer& peer, const std::string& text);
  // Lets threads work until `done`; fails the test after a minute.
  void wait_until(const std::function<bool()>& done);
  void run_ready();
  // Waits for the next work of the network thread, which comes late: it is run when the caller runs it. So a
  // reader that looked before a commit is heard after it.
  std::function<void()> hold_next_work();
  // The same of what is there already: all that the reader was asked for before. Nothing: there is none.
  std::function<void()> take_read_work();
  // Publishes presence, ends the mutes and bans that are due and signs the log's head, as the housekeeper
  // does each second.
  void tick();
  // Takes what was posted and changed into the search index, as the server does by itself a moment later.
  void index_messages();
  // Removes what the retention rules don't keep, as the housekeeper does each hour.
  void apply_retention();

  // Stops the server and starts it again on the same database, as after a crash: connections are gone.
  void restart();
  // The same, and somebody moves the machine's clock in between: what is believed of it is what the database
  // kept.
  void restart(std::chrono::milliseconds moved);

  std::unique_ptr<sqlite::Connection> open_database();
  const credentials::Seal& seal() const { return core_->seal; }
  // Where the database and the key lie.
  const std::filesystem::path& directory() const { return dir_.path(); }
  commands::Settings settings;  // takes effect at the next restart
  // What the server's clockwork works with, until the next restart.
  commands::Services& services();
  commands::GroupBatch& batch();
  // What the network would hand up to.
  realtime::RequestSink& dispatcher();
  // Until everything that was submitted so far is done and published.
  void settle();

 private:
  void start();
  void wait_for_writer();
  void wait_for_reader();

  TempDir dir_;
  ManualExecutor executor_;
  std::unique_ptr<app::Core> core_;
  std::vector<std::shared_ptr<TestPeer>> peers_;  // the server may speak to one that its test has forgotten
  std::uint64_t next_serial_ = 1;
  std::int64_t next_request_ = 1;
};

}  // namespace wardroom::testing
