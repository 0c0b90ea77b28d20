#include "common/text/capitals.hpp"

#include <catch2/catch.hpp>

using namespace wardroom::text;

TEST_CASE("Capitals are the language's, whatever the letter") {
  CHECK(in_capitals("Räume", "de") == "RÄUME");
  CHECK(in_capitals("Straße", "de") == "STRASSE");
  CHECK(in_capitals("ilk", "tr") == "İLK");
  CHECK(in_capitals("проекты", "en") == "ПРОЕКТЫ");
  CHECK(in_capitals("مشاريع", "en") == "مشاريع");
  CHECK(in_capitals("", "en").empty());
}

TEST_CASE("Only letters that stand alone are set apart") {
  CHECK(has_separable_letters("ROOMS 2026: Q1–Q2"));
  CHECK(has_separable_letters("RÄUME ΕΡΓΑ ПРОЕКТЫ"));
  for (const char* joined : {"مشاريع", "परियोजना", "โครงการ", "プロジェクト", "TEAM 👩‍💻", "A\u0301B"})
    CHECK_FALSE(has_separable_letters(joined));
}
