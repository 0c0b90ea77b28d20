#include <algorithm>

#include <catch2/catch.hpp>

#include "tests/unit/discovery/lossy_network.hpp"

using namespace wardroom;
using namespace wardroom::test;

namespace {

// How many of so many searches found all of three servers.
int complete_searches(unsigned searches, LossyNetwork::Faults faults) {
  int complete = 0;
  for (unsigned seed = 1; seed <= searches; ++seed) {
    LossyNetwork network(seed, faults);
    for (std::uint32_t i = 0; i < 3; ++i)
      network.servers.emplace_back(office("Office " + std::to_string(i)), 0xC0A80001 + i);
    link::DiscoverySearch search({std::byte(seed & 0xFF), std::byte(seed >> 8)}, kStart);
    network.search(search);
    CHECK(search.found().servers.size() <= 3);
    CHECK_FALSE(search.found().more);
    CHECK(network.answer_bytes < network.question_bytes);
    complete += search.found().servers.size() == 3 ? 1 : 0;
  }
  return complete;
}

}  // namespace

TEST_CASE("With three datagrams in ten lost, some doubled and all out of order, servers are found") {
  // Each of three is missed once in about two hundred searches.
  CHECK(complete_searches(300, {}) >= 290);
}

TEST_CASE("On a network that loses nothing, each server answers once for all that a search asks") {
  LossyNetwork network(1, {0, 0, 50});
  network.servers.emplace_back(office("Harbour"), 0xC0A80001);
  link::DiscoverySearch search({std::byte{1}}, kStart);
  network.search(search);
  REQUIRE(search.found().servers.size() == 1);
  CHECK(search.found().servers[0].offer == office("Harbour"));
  CHECK(search.found().servers[0].from == "192.168.0.1");
  // The second question names the answer that came.
  CHECK(network.servers[0].answers == 1);
}

TEST_CASE("A server that was already heard is asked no more, but answers anew when it says something else") {
  net::DiscoveryAnswerer answerer(1, kStart);
  const auto offer = office("Harbour");
  const auto again = protocol::encode_question({{std::byte{7}}, 2, {protocol::mark_of(offer)}});
  CHECK_FALSE(answerer.answer(again, kPc, offer, kStart));
  CHECK(answerer.answer(again, kPc, office("Harbour & Sons"), kStart));
}
