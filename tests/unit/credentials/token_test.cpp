#include "server/credentials/token.hpp"

#include <algorithm>
#include <cctype>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::credentials;

TEST_CASE("a token is 256 bits that lead to its digest") {
  const Issued token = make_token();
  CHECK(token.text.size() == 43);
  CHECK(parse_token(token.text.reveal()) == token.digest);
  CHECK(make_token().digest != token.digest);
}

TEST_CASE("what can't be a token has no digest") {
  const std::string text{make_token().text.reveal()};
  CHECK_FALSE(parse_token(""));
  CHECK_FALSE(parse_token(text.substr(1)));
  CHECK_FALSE(parse_token(text + "A"));
  CHECK_FALSE(parse_token("+" + text.substr(1)));
}

TEST_CASE("a code is five groups of four that a person can type in any manner") {
  const Issued code = make_code();
  const std::string text{code.text.reveal()};
  REQUIRE(text.size() == 24);
  for (const std::size_t at : {4, 9, 14, 19}) CHECK(text[at] == '-');
  CHECK(text.find_first_of("ILOU") == std::string::npos);
  CHECK(parse_code(text) == code.digest);

  std::string typed = " ";
  for (const char c : text) typed += c == '-' ? ' ' : static_cast<char>(std::tolower(c));
  CHECK(parse_code(typed + "\n") == code.digest);
  typed.erase(std::remove(typed.begin(), typed.end(), ' '), typed.end());
  std::replace(typed.begin(), typed.end(), '0', 'O');
  std::replace(typed.begin(), typed.end(), '1', 'l');
  CHECK(parse_code(typed) == code.digest);
}

TEST_CASE("what isn't twenty characters of the alphabet is no code") {
  const std::string text{make_code().text.reveal()};
  CHECK_FALSE(parse_code(""));
  CHECK_FALSE(parse_code(text.substr(1)));
  CHECK_FALSE(parse_code(text + "7"));
  CHECK_FALSE(parse_code("U" + text.substr(1)));
}
