#include <chrono>

#include <catch2/catch.hpp>

#include "client/model/language_files.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/locale_format.hpp"
#include "common/language/tr.hpp"

using namespace wardroom;
using namespace wardroom::language;

namespace {

// Back to English, whatever a test did.
struct InLanguage {
  InLanguage(const std::string& tag, std::string_view toml) { REQUIRE(use_language(tag, toml)); }
  ~InLanguage() { CHECK(use_language("en", "")); }
};

constexpr const char* kPolish = R"toml(
[texts]
"Send" = "Wyślij"
"Reply to {0}: {1}" = "{1} — odpowiedź dla: {0}"
[counts]
"{0} days" = { one = "{0} dzień", few = "{0} dni", many = "{0} dni (many)", other = "{0} dnia" }
)toml";

// Thursday, 19 November 2026, 16:42 UTC.
constexpr TimePoint kThursday = from_unix_ms(1'795'106'520'000);

}  // namespace

TEST_CASE("Without a file the texts are English, and their places are filled") {
  CHECK(tr("Send") == "Send");
  CHECK(tr("Reply to {0}: {1}", std::string("Amara"), "yes") == "Reply to Amara: yes");
  CHECK(tr_count(1, "{0} day", "{0} days") == "1 day");
  CHECK(tr_count(1'204, "{0} day", "{0} days") == "1,204 days");
  CHECK(&tr("Send") == &tr("Send"));
}

TEST_CASE("What fills a text isn't filled itself, and other braces stay") {
  CHECK(filled("{0} {1}", {"{1}", "{0}"}) == "{1} {0}");
  CHECK(filled("{2} {a} { {0", {"x", "y"}) == "{2} {a} { {0");
  CHECK(filled("", {"x"}) == "");
}

TEST_CASE("A language says texts in its own order and counts by its own rules") {
  const InLanguage polish("pl", kPolish);
  CHECK(used_language() == "pl");
  CHECK(tr("Send") == "Wyślij");
  CHECK(tr("Reply to {0}: {1}", "Amara", "yes") == "yes — odpowiedź dla: Amara");
  CHECK(tr("Not in the file") == "Not in the file");
  CHECK(tr_count(1, "{0} day", "{0} days") == "1 dzień");
  CHECK(tr_count(3, "{0} day", "{0} days") == "3 dni");
  CHECK(tr_count(5, "{0} day", "{0} days") == "5 dni (many)");
}

TEST_CASE("A file that can't be read is refused with its place, and the language stays") {
  for (const char* bad :
       {"[texts", "[texts]\n\"Send\" = 1", "[counts]\n\"{0} days\" = { one = \"{0} Tag\" }"}) {
    const auto used = use_language("xx", bad);
    REQUIRE_FALSE(used);
    CHECK(used.error().message.find("xx.toml") != std::string::npos);
  }
  CHECK(used_language() == "en");
}

TEST_CASE("Every language that is shipped can be read, and keeps the places of its texts") {
  REQUIRE_FALSE(client::language_files().empty());
  for (const auto& file : client::language_files()) {
    const InLanguage one(std::string(file.tag), file.toml);
    CHECK(tr("Send") != "Send");
  }
}

TEST_CASE("The window takes the language of a country, and English for one that it doesn't know") {
  client::use_language_of("de_AT");
  CHECK(used_language() == "de");
  client::use_language_of("eo");
  CHECK(used_language() == "en");
  client::use_language_of("");
  CHECK(used_language() == "en");
}

TEST_CASE("Numbers and days are written as the language does") {
  CHECK(desk::grouped(128'402) == "128,402");
  CHECK(desk::day_text({}, kThursday, kThursday) == "Thursday, 19 November");
  client::use_language_of("de");
  CHECK(desk::grouped(128'402) == "128.402");
  CHECK(desk::grouped(-7) == "-7");
  CHECK(desk::day_text({}, kThursday, kThursday) == "Donnerstag, 19. November");
  CHECK(desk::past_text({}, kThursday, kThursday) == "heute 16:42");
  CHECK(desk::past_text({}, kThursday - std::chrono::hours{24 * 400}, kThursday) == "15. Oktober 2025");
  CHECK(desk::coming_text({}, kThursday + std::chrono::hours{48}, kThursday) ==
        "16:42 am Samstag, 21. November");
  CHECK(desk::moment_text({}, kThursday) == "19. November 2026, 16:42");
  client::use_language_of("en");
}
