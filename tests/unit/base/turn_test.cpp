#include "common/base/turn.hpp"

#include <thread>

#include <catch2/catch.hpp>

using namespace wardroom;

namespace {

void count(void* self) noexcept {
  ++*static_cast<int*>(self);
}

}  // namespace

TEST_CASE("what is asked for many times in a turn is done once, at its end") {
  int done = 0, other = 0;
  std::thread([&] {
    begin_turns();
    for (int i = 0; i < 3; ++i) CHECK(at_turn_end(count, &done));
    CHECK(at_turn_end(count, &other));
    CHECK(done == 0);
    end_turn();
    CHECK(done == 1);
    CHECK(other == 1);
    end_turn();
    CHECK(done == 1);
    CHECK(at_turn_end(count, &done));
    end_turn();
    CHECK(done == 2);
  }).join();
}

TEST_CASE("a thread that works in no turns is told so, also while another one does") {
  int done = 0;
  std::thread([&] {
    begin_turns();
    CHECK(at_turn_end(count, &done));
    std::thread([&] { CHECK_FALSE(at_turn_end(count, &done)); }).join();
    end_turn();
  }).join();
  CHECK(done == 1);
}

TEST_CASE("whoever asks for more than fits does it at once, and what fitted is done") {
  int done[20] = {};
  std::thread([&] {
    begin_turns();
    bool kept[20];
    for (int i = 0; i < 20; ++i) kept[i] = at_turn_end(count, &done[i]);
    CHECK(kept[0]);
    CHECK_FALSE(kept[19]);
    end_turn();
    for (int i = 0; i < 20; ++i) CHECK(done[i] == (kept[i] ? 1 : 0));
  }).join();
}
