#include "common/base/utf8.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;

TEST_CASE("only well-formed UTF-8 is accepted") {
  CHECK(is_valid_utf8("Grüße, 日本 \xF0\x9F\x91\x8D"));
  CHECK_FALSE(is_valid_utf8("\xC3"));              // cut short
  CHECK_FALSE(is_valid_utf8("\xC0\xAF"));          // overlong
  CHECK_FALSE(is_valid_utf8("\xED\xA0\x80"));      // a surrogate
  CHECK_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));  // over U+10FFFF
  CHECK_FALSE(is_valid_utf8("caf\xE9"));           // Latin-1
  CHECK(valid_utf8_prefix("ab\xFFz") == 2);
}

TEST_CASE("code points survive a round trip") {
  const std::string text = "aß漢\xF0\x9F\x91\x8D";
  std::string copy;
  for (std::size_t at = 0; at < text.size();) append_code_point(copy, next_code_point(text, at));
  CHECK(copy == text);
  CHECK(count_code_points(text) == 4);
}

TEST_CASE("truncation never cuts a code point") {
  const std::string text = "aß漢";
  CHECK(truncate_utf8(text, 2) == "a");
  CHECK(truncate_utf8(text, 3) == "aß");
  CHECK(truncate_utf8(text, 5) == "aß");
  CHECK(truncate_utf8(text, 6) == text);
}

TEST_CASE("what isn't UTF-8 is mended byte by byte, and nothing else is touched") {
  CHECK(mend_utf8("aß漢\U0001F600") == "aß漢\U0001F600");
  CHECK(mend_utf8("a\xFFz\xE6\xBC") == "a\uFFFDz\uFFFD\uFFFD");
  CHECK(mend_utf8("\xED\xA0\x80") == "\uFFFD\uFFFD\uFFFD");
  CHECK(mend_utf8("").empty());
}
