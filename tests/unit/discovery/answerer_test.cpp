#include <catch2/catch.hpp>

#include "tests/unit/discovery/lossy_network.hpp"

using namespace wardroom;
using namespace wardroom::test;

namespace {

Bytes question_of(std::uint32_t search, std::uint32_t sequence = 1) {
  protocol::DiscoveryNonce nonce{};
  for (std::size_t i = 0; i < 4; ++i) nonce[i] = static_cast<std::byte>(search >> (8 * i));
  return protocol::encode_question({nonce, sequence, {}});
}

// How many of so many questions are answered at once.
int answered(net::DiscoveryAnswerer& answerer, std::uint32_t questions, std::uint32_t addresses,
             SteadyPoint at) {
  static std::uint32_t search = 0;
  int answers = 0;
  for (std::uint32_t i = 0; i < questions; ++i) {
    const Ipv4Endpoint from{0x0A000001 + i % addresses, 40'000};
    answers += answerer.answer(question_of(++search), from, office("Harbour"), at) ? 1 : 0;
  }
  return answers;
}

}  // namespace

TEST_CASE("One question has one answer, however often and by whichever way it comes") {
  net::DiscoveryAnswerer answerer(1, kStart);
  CHECK(answerer.answer(question_of(1), kPc, office("Harbour"), kStart));
  CHECK_FALSE(answerer.answer(question_of(1), kPc, office("Harbour"), kStart));
  CHECK(answerer.answer(question_of(1, 2), kPc, office("Harbour"), kStart));
}

TEST_CASE("What isn't a whole question isn't answered, so no answer is larger than what it costs to ask") {
  net::DiscoveryAnswerer answerer(1, kStart);
  auto bytes = question_of(1);
  for (const std::size_t size : {std::size_t{0}, std::size_t{26}, protocol::kQuestionBytes - 1}) {
    const Bytes part(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
    CHECK_FALSE(answerer.answer(part, kPc, office("Harbour"), kStart));
  }
  bytes.push_back(std::byte{0});
  CHECK_FALSE(answerer.answer(bytes, kPc, office("Harbour"), kStart));
  CHECK_FALSE(answerer.answer(question_of(1, 0), kPc, office("Harbour"), kStart));
  CHECK_FALSE(
      answerer.answer(protocol::encode_answer({{}, 1, office("Harbour")}), kPc, office("Harbour"), kStart));
  // Nobody is answered at a group's address, or at no port.
  CHECK_FALSE(answerer.answer(question_of(2), {0xEFFF4A2B, 7443}, office("Harbour"), kStart));
  CHECK_FALSE(answerer.answer(question_of(2), {0xFFFFFFFF, 7443}, office("Harbour"), kStart));
  CHECK_FALSE(answerer.answer(question_of(2), {kPc.address, 0}, office("Harbour"), kStart));
}

TEST_CASE("Who asks too much is answered a few times a second, and leaves the others theirs") {
  net::DiscoveryAnswerer answerer(1, kStart);
  CHECK(answered(answerer, 10'000, 1, kStart) == static_cast<int>(net::DiscoveryAnswerer::kBurstOfOne));
  CHECK(answerer.answer(question_of(1), kPc, office("Harbour"), kStart));
  CHECK(answered(answerer, 10'000, 1, kStart + std::chrono::seconds{1}) ==
        static_cast<int>(net::DiscoveryAnswerer::kPerSecondOfOne));
}

TEST_CASE("A flood from everywhere is answered within the limit, and is forgotten when it is over") {
  net::DiscoveryAnswerer answerer(1, kStart);
  CHECK(answered(answerer, 100'000, 10'000, kStart) == static_cast<int>(net::DiscoveryAnswerer::kBurst));
  const auto later = kStart + std::chrono::minutes{1};
  CHECK(answerer.answer(question_of(1), kPc, office("Harbour"), later));
}
