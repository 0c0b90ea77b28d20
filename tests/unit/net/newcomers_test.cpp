#include "server/net/newcomers.hpp"

#include <vector>

#include <catch2/catch.hpp>

using wardroom::net::Newcomers;
using namespace std::chrono_literals;

namespace {

// A crowd at the door, and a clock that goes on only by what serving it takes.
struct Crowd {
  void arrive(int count, std::chrono::microseconds takes) {
    for (int i = 0; i < count; ++i)
      newcomers.add([this, takes, number = ++arrived] {
        now += takes;
        served.push_back(number);
      });
  }
  std::size_t serve_turn() {
    const std::size_t before = served.size();
    newcomers.serve_share();
    return served.size() - before;
  }

  Newcomers::Time now{};
  Newcomers newcomers{[this] { return now; }};
  std::vector<int> served;
  int arrived = 0;
};

}  // namespace

TEST_CASE("newcomers have a share of each turn, however many of them there are") {
  Crowd crowd;
  CHECK(crowd.serve_turn() == 0);
  crowd.arrive(1000, 200us);
  // The third begins within the half millisecond, and the fourth wouldn't.
  for (int turn = 0; turn < 3; ++turn) CHECK(crowd.serve_turn() == 3);
  CHECK(crowd.served == std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  for (int turn = 3; turn < 334; ++turn) CHECK(crowd.serve_turn() > 0);
  CHECK(crowd.served.size() == 1000);
  CHECK(crowd.newcomers.empty());
}

TEST_CASE("one newcomer a turn is served, however long that takes") {
  Crowd crowd;
  crowd.arrive(3, 20ms);
  for (int turn = 0; turn < 3; ++turn) CHECK(crowd.serve_turn() == 1);
  CHECK(crowd.serve_turn() == 0);
}

TEST_CASE("a newcomer with more to do stands behind those who wait") {
  Crowd crowd;
  crowd.newcomers.add([&] { crowd.arrive(1, 300us); });
  crowd.arrive(2, 300us);
  CHECK(crowd.serve_turn() == 2);
  CHECK(crowd.serve_turn() == 1);
  CHECK(crowd.served == std::vector<int>{1, 2, 3});
}
