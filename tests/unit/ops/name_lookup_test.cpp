#include "server/ops/name_lookup.hpp"

#include <future>
#include <new>
#include <thread>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace std::chrono_literals;

TEST_CASE("a resolver that hangs holds nobody up, and isn't asked again while it does") {
  auto gate = std::make_shared<std::promise<void>>();
  auto came_back = std::make_shared<std::promise<void>>();
  const auto hang = [opened = gate->get_future().share(), came_back](
                        const char* host, const char* port, const addrinfo* wanted, addrinfo** found) {
    opened.wait();
    came_back->set_value();
    return getaddrinfo(host, port, wanted, found);
  };
  const auto late = ops::look_up("127.0.0.1", "6514", 10ms, hang);
  REQUIRE_FALSE(late);
  CHECK(late.error().message.find("resolver doesn't answer") != std::string::npos);
  const auto next = ops::look_up("127.0.0.1", "6514", 20s);
  REQUIRE_FALSE(next);
  CHECK(next.error().message.find("still being looked up") != std::string::npos);
  gate->set_value();
  came_back->get_future().wait();
  // From when it has come back on, it is asked again.
  auto found = ops::look_up("127.0.0.1", "6514", 20s);
  for (int i = 0; i < 1000 && !found; ++i) {
    std::this_thread::sleep_for(1ms);
    found = ops::look_up("127.0.0.1", "6514", 20s);
  }
  REQUIRE(found);
  CHECK((*found)->ai_socktype == SOCK_STREAM);
}

TEST_CASE("a name that isn't there has no address") {
  const auto found =
      ops::look_up("nowhere.invalid", "6514", 20s,
                   [](const char*, const char*, const addrinfo*, addrinfo**) { return EAI_NONAME; });
  REQUIRE_FALSE(found);
  CHECK(found.error().message == "nowhere.invalid:6514 has no address.");
}

TEST_CASE("a name for which there is no memory has no address, and is asked for again") {
  const auto found = ops::look_up(
      "127.0.0.1", "6514", 20s,
      [](const char*, const char*, const addrinfo*, addrinfo**) -> int { throw std::bad_alloc(); });
  REQUIRE_FALSE(found);
  CHECK(found.error().message == "127.0.0.1:6514 has no address.");
  CHECK(ops::look_up("127.0.0.1", "6514", 20s));
}
