#include <catch2/catch.hpp>

#include "tests/unit/discovery/lossy_network.hpp"

using namespace wardroom;
using namespace wardroom::test;

namespace {

constexpr protocol::DiscoveryNonce kNonce{std::byte{1}, std::byte{2}, std::byte{3}};

Bytes answer_of(const std::string& name, std::uint32_t sequence = 1,
                protocol::DiscoveryNonce nonce = kNonce) {
  return protocol::encode_answer({nonce, sequence, office(name)});
}

Ipv4Endpoint host(std::uint32_t number) {
  return {0x0A000000 + number, protocol::kDiscoveryPort};
}

link::DiscoverySearch begun_search() {
  link::DiscoverySearch search(kNonce, kStart);
  CHECK(search.take_question(kStart));
  return search;
}

}  // namespace

TEST_CASE("An answer to another search, to none, or to a question that wasn't asked isn't taken") {
  auto search = begun_search();
  CHECK_FALSE(search.take(answer_of("Harbour", 1, {std::byte{9}}), host(1)));
  CHECK_FALSE(search.take(answer_of("Harbour", 0), host(1)));
  CHECK_FALSE(search.take(answer_of("Harbour", 2), host(1)));
  CHECK(search.found().servers.empty());
  CHECK(search.take(answer_of("Harbour"), host(1)));
  CHECK_FALSE(search.take(answer_of("Harbour"), host(1)));
  CHECK(search.found().servers.size() == 1);
}

TEST_CASE("A thousand made-up answers fill a list of fixed length, and it says that there were more") {
  SECTION("from a thousand addresses") {
    auto search = begun_search();
    for (std::uint32_t i = 0; i < 1000; ++i) search.take(answer_of("Office " + std::to_string(i)), host(i));
    CHECK(search.found().servers.size() == link::DiscoverySearch::kMaxServers);
    CHECK(search.found().more);
  }
  SECTION("from one, which leaves room for the others") {
    auto search = begun_search();
    for (int i = 0; i < 1000; ++i) search.take(answer_of("Office " + std::to_string(i)), host(1));
    CHECK(search.found().servers.size() == link::DiscoverySearch::kMaxOfOneAddress);
    CHECK(search.take(answer_of("Harbour"), host(2)));
  }
}

TEST_CASE("A flood ends the search instead of keeping it busy") {
  auto search = begun_search();
  const Bytes noise(100, std::byte{'x'});
  for (std::size_t i = 0; i < link::DiscoverySearch::kMaxDatagrams; ++i) {
    CHECK_FALSE(search.is_over(kStart));
    search.take(noise, host(1));
  }
  CHECK(search.is_over(kStart));
  CHECK(search.found().more);
  CHECK_FALSE(search.take(answer_of("Harbour"), host(2)));
}

TEST_CASE("A forged answer in a server's name doesn't silence the server") {
  auto search = begun_search();
  auto forged = office("Harbour");
  forged.host = "elsewhere.example";
  REQUIRE(search.take(protocol::encode_answer({kNonce, 1, forged}), host(1)));
  const auto next = search.take_question(search.next());
  REQUIRE(next);
  net::DiscoveryAnswerer answerer(1, kStart);
  const auto answer = answerer.answer(*next, kPc, office("Harbour"), kStart);
  REQUIRE(answer);
  CHECK(search.take(*answer, host(2)));
  CHECK(search.found().servers.size() == 2);
}

TEST_CASE("A search asks eight times, with rising numbers, and is over within four seconds") {
  link::DiscoverySearch search(kNonce, kStart);
  std::uint32_t asked = 0;
  while (!search.is_over(search.next())) {
    const auto at = search.next();
    const auto bytes = search.take_question(at);
    REQUIRE(bytes);
    CHECK_FALSE(search.take_question(at));
    const auto question = protocol::decode_question(*bytes);
    REQUIRE(question);
    CHECK(question->sequence == ++asked);
    CHECK(question->nonce == kNonce);
  }
  CHECK(asked == 8);
  CHECK(search.next() - kStart < std::chrono::seconds{4});
}
