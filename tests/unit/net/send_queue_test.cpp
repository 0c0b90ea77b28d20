#include "server/net/send_queue.hpp"

#include <array>
#include <string>

#include <catch2/catch.hpp>

using namespace wardroom;
using net::SendQueue;

namespace {

realtime::FramePtr raw(std::string bytes) {
  auto frame = std::make_shared<realtime::Frame>();
  frame->bytes = std::move(bytes);
  return frame;
}

std::string front(const SendQueue& queue, std::size_t size) {
  std::array<char, 100> buffer;
  return {buffer.data(), queue.copy_front(std::span(buffer).first(size))};
}

}  // namespace

TEST_CASE("frames leave in order, joined, and are forgotten only when written") {
  SendQueue queue;
  queue.push(raw("one"));
  queue.push(raw("two"));
  queue.push(raw("three"));
  CHECK(queue.bytes() == 11);
  CHECK(queue.backlog() == 8);
  CHECK(front(queue, 8) == "onetwoth");
  CHECK(front(queue, 100) == "onetwothree");
  CHECK(queue.consume(4) == 1);
  CHECK(front(queue, 100) == "wothree");
  CHECK(queue.backlog() == 5);
  CHECK(queue.consume(7) == 2);
  CHECK(queue.empty());
  CHECK(queue.backlog() == 0);
}

TEST_CASE("closing keeps the frame that has begun and what OpenSSL holds, and drops the rest") {
  SendQueue queue;
  for (const char* text : {"aaaa", "bbbb", "cccc", "dddd"}) queue.push(raw(text));
  SECTION("nothing has begun") {
    queue.drop_unstarted(0);
    CHECK(queue.empty());
    CHECK(queue.bytes() == 0);
  }
  SECTION("the first is half written") {
    queue.consume(2);
    queue.drop_unstarted(0);
    CHECK(front(queue, 100) == "aa");
  }
  SECTION("a write of six bytes is to be repeated") {
    queue.drop_unstarted(6);
    CHECK(front(queue, 100) == "aaaabbbb");
  }
  SECTION("half written, and a write up to the third frame is to be repeated") {
    queue.consume(2);
    queue.drop_unstarted(7);
    CHECK(front(queue, 100) == "aabbbbcccc");
  }
  queue.push(raw("close"));
  CHECK(front(queue, 100).ends_with("close"));
  CHECK(queue.bytes() == front(queue, 100).size());
}

TEST_CASE("a long queue that is never empty doesn't grow for ever") {
  SendQueue queue;
  for (int i = 0; i < 10'000; ++i) {
    queue.push(raw("xy"));
    if (i > 2) CHECK(queue.consume(2) == 1);
  }
  CHECK(queue.bytes() == 6);
  CHECK(front(queue, 100) == "xyxyxy");
}
