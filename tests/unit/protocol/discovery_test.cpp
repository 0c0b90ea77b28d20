#include "protocol/discovery.hpp"

#include <set>
#include <sstream>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::protocol;

namespace {

ServerOffer harbour() {
  return {"Harbour & Söhne", "chat.harbour.example", 7443, {std::byte{0}, std::byte{255}, std::byte{1}}};
}

bool is_taken(const ServerOffer& offer) {
  return can_be_offered(offer);
}

}  // namespace

TEST_CASE("A question comes out as it went in, always of the same size") {
  DiscoveryQuestion question{{std::byte{1}, std::byte{2}}, 0x01020304, {}};
  CHECK(encode_question(question).size() == kQuestionBytes);
  for (std::size_t i = 0; i < kMaxMarks; ++i) question.heard.push_back({static_cast<std::byte>(i)});
  const auto bytes = encode_question(question);
  CHECK(bytes.size() == kQuestionBytes);
  const auto read = decode_question(bytes);
  REQUIRE(read);
  CHECK(read->nonce == question.nonce);
  CHECK(read->sequence == question.sequence);
  CHECK(read->heard == question.heard);
}

TEST_CASE("An answer comes out as it went in, and the largest is smaller than a question") {
  const auto read = decode_answer(encode_answer({{std::byte{5}}, 7, harbour()}));
  REQUIRE(read);
  CHECK(read->nonce == DiscoveryNonce{std::byte{5}});
  CHECK(read->sequence == 7);
  CHECK(read->offer == harbour());
  ServerOffer largest = harbour();
  largest.name = std::string(kMaxOfferedName, 'n');
  largest.host = std::string(kMaxOfferedHost, 'h');
  const auto bytes = encode_answer({{}, 1, largest});
  CHECK(bytes.size() < kQuestionBytes);
  CHECK(decode_answer(bytes)->offer == largest);
}

TEST_CASE("An answer that is cut off, longer, of another version or kind isn't one") {
  const auto whole = encode_answer({{}, 1, harbour()});
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK_FALSE(decode_answer(std::span(whole).first(size)));
  Bytes other = whole;
  other.push_back(std::byte{0});
  CHECK_FALSE(decode_answer(other));
  other = whole;
  other[4] = std::byte{2};
  CHECK_FALSE(decode_answer(other));
  CHECK_FALSE(decode_answer(encode_question({{}, 1, {}})));
  CHECK_FALSE(decode_question(whole));
}

TEST_CASE("A question that counts more marks than it may isn't one") {
  auto bytes = encode_question({{}, 1, {}});
  bytes[25] = static_cast<std::byte>(kMaxMarks + 1);
  CHECK_FALSE(decode_question(bytes));
}

TEST_CASE(
    "No name that turns its surroundings round or breaks a line, no host that isn't one, goes on a screen") {
  CHECK(is_taken(harbour()));
  for (const char* name :
       {"", "two\nlines", "tab\tbed", "\xE2\x80\xAEtxt.exe", "\xE2\x80\x8Fmark", "\xFF", "\x1B[2J",
        "line\xE2\x80\xA8"
        "end"}) {
    ServerOffer offer = harbour();
    offer.name = name;
    INFO(name);
    CHECK_FALSE(is_taken(offer));
  }
  for (const char* host : {"", "a b", "a/b", "user@host", "\xC3\xA4.example", "a\n"}) {
    ServerOffer offer = harbour();
    offer.host = host;
    INFO(host);
    CHECK_FALSE(is_taken(offer));
  }
  ServerOffer no_port = harbour();
  no_port.port = 0;
  CHECK_FALSE(is_taken(no_port));
}

TEST_CASE("Another name, host, port or key is another answer") {
  std::set<OfferMark> marks{mark_of(harbour())};
  ServerOffer offer = harbour();
  offer.name = "Harbor";
  marks.insert(mark_of(offer));
  offer.host = "chat2.harbour.example";
  marks.insert(mark_of(offer));
  offer.port = 443;
  marks.insert(mark_of(offer));
  offer.words[7] = std::byte{1};
  marks.insert(mark_of(offer));
  CHECK(marks.size() == 5);
}

TEST_CASE("Each byte of a key has a word of its own, for ever") {
  std::set<std::string> words;
  for (int i = 0; i < 256; ++i) {
    std::istringstream spelt(spell({static_cast<std::byte>(i)}));
    std::string first;
    spelt >> first;
    words.insert(first);
  }
  CHECK(words.size() == 256);
  CHECK(spell(key_words(sha256(as_bytes("k")))) == "kitchen fossil prairie chalk olive cello feather waffle");
}
