#include "common/link/port.hpp"

#include <condition_variable>
#include <mutex>
#include <new>

#include <catch2/catch.hpp>

#include "tests/unit/link/fixture.hpp"

namespace wardroom::link {
namespace {

// A resolver that doesn't answer until it is let go. Lives as long as its last thread.
struct StuckResolver {
  std::mutex mutex;
  std::condition_variable changed;
  int asked = 0;
  int answered = 0;
  bool let_go = false;

  static FindAddresses find(const std::shared_ptr<StuckResolver>& stuck) {
    return [stuck](const std::string& host) -> Result<std::vector<std::string>> {
      if (host == "no-memory.example") throw std::bad_alloc();
      if (host == "localhost") return std::vector<std::string>{"127.0.0.1"};
      std::unique_lock lock(stuck->mutex);
      ++stuck->asked;
      stuck->changed.notify_all();
      stuck->changed.wait(lock, [&] { return stuck->let_go; });
      ++stuck->answered;
      stuck->changed.notify_all();
      return std::vector<std::string>{"127.0.0.1"};
    };
  }
  void wait_asked(int count) {
    std::unique_lock lock(mutex);
    REQUIRE(changed.wait_for(lock, std::chrono::seconds{60}, [&] { return asked >= count; }));
  }
  // Whoever asked has gone by now.
  void let_all_go() {
    std::unique_lock lock(mutex);
    let_go = true;
    changed.notify_all();
    REQUIRE(changed.wait_for(lock, std::chrono::seconds{60}, [&] { return answered == asked; }));
  }
};

class Window {
 public:
  explicit Window(const std::shared_ptr<StuckResolver>& stuck)
      : inbox([this] {
          const std::lock_guard lock(mutex_);
          posted_ = true;
          changed_.notify_one();
        }) {
    Port::Handlers handlers;
    handlers.pin_fetched = [this](const std::string& host, std::uint16_t, Result<Digest>) {
      told.push_back("pin of " + host);
    };
    handlers.status = [this](const Status& status) {
      if (status.state == LinkState::online) told.push_back("online");
    };
    handlers.signed_in = [](const protocol::SignedIn&) {};
    handlers.resumed = [](const protocol::SessionResume::Result&) {};
    handlers.event = [](const protocol::Incoming&) {};
    ConnectionOptions options;
    options.find_addresses = StuckResolver::find(stuck);
    // Longer than the test may take: only giving up can end it.
    options.connect_timeout = std::chrono::hours{1};
    port = open_port(inbox, std::move(handlers), options);
  }
  void wait_told(const std::string& what) {
    while (std::find(told.begin(), told.end(), what) == told.end()) {
      std::unique_lock lock(mutex_);
      REQUIRE(changed_.wait_for(lock, std::chrono::seconds{60}, [this] { return posted_; }));
      posted_ = false;
      lock.unlock();
      inbox.drain();
    }
  }

  std::vector<std::string> told;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool posted_ = false;

 public:
  Inbox inbox;
  std::unique_ptr<Port> port;
};

}  // namespace

TEST_CASE("a window closes while a name is still being looked up, and nobody is told afterwards") {
  const auto stuck = std::make_shared<StuckResolver>();
  Window window(stuck);
  window.port->enter({"nowhere.example", 7443, {}}, Secret("tok"));
  stuck->wait_asked(1);
  // Waits for ever if the name is waited for: the resolver is let go only after it.
  window.port.reset();
  stuck->let_all_go();
  window.inbox.drain();
  CHECK(window.told.empty());
}

TEST_CASE("a window closes while a server's key is waited for, and nobody is told afterwards") {
  const auto stuck = std::make_shared<StuckResolver>();
  Window window(stuck);
  window.port->fetch_pin("nowhere.example", 7443);
  stuck->wait_asked(1);
  window.port.reset();
  stuck->let_all_go();
  window.inbox.drain();
  CHECK(window.told.empty());
}

TEST_CASE("another server is reached while the name of the first is still being looked up") {
  const auto stuck = std::make_shared<StuckResolver>();
  TestServer server(office_looks(), [](TestSession& session) {
    if (let_in(session)) session.read_text();
  });
  Window window(stuck);
  window.port->fetch_pin("nowhere.example", 7443);
  window.port->enter({"nowhere.example", 7443, {}}, Secret("tok"));
  stuck->wait_asked(2);
  window.port->enter(introduced_to(server), Secret("tok"));
  window.wait_told("online");
  window.port.reset();
  stuck->let_all_go();
}

TEST_CASE("a look-up for which there is no memory is an answer like another, and not the program's end") {
  const auto stuck = std::make_shared<StuckResolver>();
  Window window(stuck);
  window.port->fetch_pin("no-memory.example", 7443);
  window.wait_told("pin of no-memory.example");
}

TEST_CASE("what a port has posted is dropped when it is gone") {
  Window window(std::make_shared<StuckResolver>());
  bool told = false;
  window.port->call("room.list", "{}", [&told](Result<boost::json::value>) { told = true; });
  window.port.reset();
  window.inbox.drain();
  CHECK_FALSE(told);
}

}  // namespace wardroom::link
