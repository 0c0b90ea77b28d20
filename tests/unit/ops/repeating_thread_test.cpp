#include "server/ops/repeating_thread.hpp"

#include <future>
#include <new>

#include <catch2/catch.hpp>

using namespace wardroom;

TEST_CASE("work that throws is tried again after its pause, and once more at the end") {
  int calls = 0;
  bool ended = false;
  std::promise<void> again;
  ops::RepeatingThread thread(std::chrono::milliseconds{1}, [&](bool last) {
    ended = last;
    if (++calls == 2) again.set_value();
    throw std::bad_alloc();
  });
  thread.start();
  again.get_future().wait();
  thread.stop();
  CHECK(ended);
}
