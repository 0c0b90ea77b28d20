#include <catch2/catch.hpp>

#include "client/model/standing.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

// `passed` goes by, and the PC's clock shows what somebody set it to.
void pass(Driver& d, std::chrono::milliseconds passed, std::chrono::milliseconds set = {}) {
  d.on(Tick{d.state.now + passed, d.state.wall + passed + set});
}

}  // namespace

TEST_CASE("Nothing stands still after the PC's clock was set back") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  Error slowly = make_error(ErrorCode::rate_limited, "Slowly.");
  slowly.retry_after = 700ms;
  d.on(Answer<protocol::MessagePost>{call.params, slowly});
  d.on(posted(1, "a")).act(SeenNewest{kRoom});
  pass(d, 0ms);  // the draft that was sent is gone from the disk
  d.act(ChangeDraft{kRoom, "half a sen"});
  d.on(protocol::Typing{kRoom, kAmara});
  d.on(desk::SavingFailed{"The disk is full."});
  REQUIRE_FALSE(d.room().typing.empty());
  pass(d, 0ms, -2h);
  REQUIRE(next_tick(d.state));
  CHECK(*next_tick(d.state) <= d.state.now + 2s);
  d.effects.clear();
  for (int i = 0; i < 10; ++i) pass(d, 1s);
  CHECK(d.count<Call<protocol::MessagePost>>() == 1);
  CHECK(d.count<Call<protocol::MarkerSet>>() == 1);
  CHECK(d.count<SaveDraft>() == 1);
  CHECK(d.room().typing.empty());
  CHECK(d.props().toasts.empty());
}

TEST_CASE("A mute ends when the PC's clock says so, also when it was set") {
  Driver d;
  d.start();
  d.on(protocol::ModerationApplied{protocol::ModerationApplied::Act::muted, kRoom, "release-7", kAmara,
                                   "flooding", d.state.wall + 3h});
  pass(d, 1s, -2h);
  pass(d, 1s, 2h);
  pass(d, 2h);
  CHECK_FALSE(d.props().composer.disabled_reason.empty());
  pass(d, 0ms, 1h);
  CHECK(d.props().composer.disabled_reason.empty());
}

TEST_CASE("Slow mode lasts as long as it says, however far the server's clock is from the PC's") {
  Driver d;
  d.start();
  d.room().info.slow_mode_s = 30;
  auto own = posted(1, "mine", kMe);
  own.at = d.state.wall + 2h;
  d.on(own);
  CHECK(slow_mode_wait(d.state, d.room()) == 30s);
  pass(d, 12s, -2h);
  CHECK(slow_mode_wait(d.state, d.room()) == 18s);
  pass(d, 18s);
  CHECK(slow_mode_wait(d.state, d.room()) == 0s);
}
