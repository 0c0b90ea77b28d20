#include "server/domain/reaction.hpp"

#include <catch2/catch.hpp>

using wardroom::domain::check_reaction;

namespace {

std::string spelt(std::string_view emoji) {
  const auto checked = check_reaction("params.emoji", emoji);
  return checked ? *checked : "refused";
}

}  // namespace

TEST_CASE("an emoji is one reaction, with and without its variation selector") {
  CHECK(spelt("\u2764") == "\u2764\uFE0F");
  CHECK(spelt("\u2764\uFE0F") == "\u2764\uFE0F");
  CHECK(spelt("\u2764\uFE0E") == "\u2764\uFE0F");
  CHECK(spelt("\U0001F44D\uFE0F") == "\U0001F44D");
  CHECK(spelt("\u261D\uFE0F\U0001F3FD") == "\u261D\U0001F3FD");
  CHECK(spelt("1\u20E3") == "1\uFE0F\u20E3");
  CHECK(spelt("\U0001F3F3\u200D\U0001F308") == "\U0001F3F3\uFE0F\u200D\U0001F308");
  CHECK(spelt("1st") == "1st");
  CHECK(spelt("e\u0301") == "\u00E9");
}

TEST_CASE("the longest emoji is a reaction, as flags and short words are") {
  const std::string kiss = "\U0001F469\U0001F3FD\u200D\u2764\uFE0F\u200D\U0001F48B\u200D\U0001F468\U0001F3FF";
  CHECK(kiss.size() == 35);
  CHECK(spelt(kiss) == kiss);
  const std::string england = "\U0001F3F4\U000E0067\U000E0062\U000E0065\U000E006E\U000E0067\U000E007F";
  CHECK(spelt(england) == england);
  CHECK(spelt("\U0001F1E9\U0001F1EA") == "\U0001F1E9\U0001F1EA");
  CHECK(spelt("+1") == "+1");
}

TEST_CASE("what isn't shown is no reaction") {
  for (const std::string_view emoji :
       {"", " ", "two words", "\u200B", "\uFEFF", "\u3164", "\uFFF9", "\uFFF9\U0001F44D", "\u200D", "\uFE0F",
        "\u2800", "\u202E", "\n", "\U000E0067", "\uE000"})
    CHECK(spelt(emoji) == "refused");
  CHECK(spelt(std::string(65, 'x')) == "refused");
}
