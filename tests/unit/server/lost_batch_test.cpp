#include <catch2/catch.hpp>

#include "server/commands/group_batch.hpp"
#include "tests/harness/office.hpp"

// What became known and couldn't be told: nobody goes on without it.
using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Has no memory for the next few.
class ShortExecutor final : public realtime::Executor {
 public:
  void post(std::function<void()> work) override {
    if (refused > 0) {
      --refused;
      throw std::bad_alloc();
    }
    queue.push_back(std::move(work));
  }
  void run() {
    for (; !queue.empty(); queue.pop_front()) queue.front()();
  }

  int refused = 0;
  std::deque<std::function<void()>> queue;
};

struct LosingHub {
  LosingHub() {
    hub.attach({&loop});
    peer.id = {0, 1};
    hub.local(0).add(peer);
  }
  ~LosingHub() { hub.local(0).remove(peer); }
  void add() {
    batch.add(realtime::ToPeer{peer.id, [this](realtime::Peer&) { ++told; }});
  }

  realtime::PresenceBoard presence;
  realtime::Hub hub{presence};
  ShortExecutor loop;
  commands::GroupBatch batch{hub};
  TestPeer peer;
  int told = 0;
};

}  // namespace

TEST_CASE("when what became known can't be published, everybody connects again") {
  LosingHub at;
  at.add();
  at.loop.refused = 1;
  at.batch.publish();
  at.loop.run();
  CHECK(at.told == 0);
  CHECK(at.peer.closed == protocol::CloseCode::failed);
}

TEST_CASE("so they do after a later group, when not even that can be said") {
  LosingHub at;
  at.add();
  at.loop.refused = 2;
  at.batch.publish();
  at.loop.run();
  CHECK_FALSE(at.peer.closed);
  at.batch.publish();
  at.loop.run();
  CHECK(at.peer.closed == protocol::CloseCode::failed);
  at.add();
  at.batch.publish();
  at.loop.run();
  CHECK(at.told == 1);
}

TEST_CASE("so they do when a job couldn't say what it made known, and the rest of its group isn't told") {
  LosingHub at;
  at.add();
  at.batch.lose();
  at.batch.publish();
  at.loop.run();
  CHECK(at.told == 0);
  CHECK(at.peer.closed == protocol::CloseCode::failed);
}
