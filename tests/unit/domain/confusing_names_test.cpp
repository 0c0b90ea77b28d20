#include <catch2/catch.hpp>

#include "server/domain/names.hpp"

using namespace wardroom;
using namespace wardroom::domain;

namespace {

std::string refusal(const Result<std::string>& checked) {
  return checked ? "accepted: " + *checked : checked.error().message;
}

}  // namespace

TEST_CASE("names of any one script, with emoji and joiners where they belong, are in order") {
  for (const char* good :
       {"Zoë Müller", "Łukasz Żółć", "Иван Петров", "Ελένη", "山田太郎 Taro", "مریم", "می‌خواهم",
        "김철수", "Nguyễn Văn", "क्‍ष", "Lena 🌻", "Team 👩‍💻",
        "Flag 🏴󠁧󠁢󠁥󠁮󠁧󠁿", "Heart ❤️", "Ops (Иван)", "O’Neil", "Jean-Luc", "שָׁלוֹם"}) {
    INFO(good);
    CHECK(refusal(check_display_name("f", good)) == std::string("accepted: ") + good);
  }
}

TEST_CASE("the same display name is stored in one form") {
  CHECK(*check_display_name("f", "Zoe\u0308") == "Zo\u00EB");
  CHECK(*check_display_name("f", " Lena \u00A0\u3000 Weber ") == "Lena Weber");
  CHECK_FALSE(check_display_name("f", "\u00A0\u2003"));
}

TEST_CASE("characters that aren't shown are refused, and named") {
  CHECK(refusal(check_display_name("f", "Le\u200Bna")) ==
        "Character 3 of it isn't shown: U+200B ZERO WIDTH SPACE. Leave it out.");
  for (const char* bad : {"Lena\u200D", "Le\u200Dna", "Lena\uFEFF", "Le\u00ADna", "\u2800", "\u3164",
                          "Lena\u200E", "Lena\uFE0F", "Lena\U000E0041", "Lena\uE000",
                          "a\u0301\u0301\u0301\u0301\u0301\u0301", "Lena\u0378", "evil\u202Etxt"}) {
    INFO(bad);
    CHECK_FALSE(check_display_name("f", bad));
    CHECK_FALSE(check_room_name("f", bad));
  }
}

TEST_CASE("a word whose letters look like those of another script is refused, and the letter is named") {
  CHECK(refusal(check_room_name("f", "оps")) ==
        "“о” (U+043E) is a Cyrillic letter among Latin ones, and such letters look alike. Write each word in "
        "one "
        "script.");
  CHECK(refusal(check_display_name("f", "Lena Wеber")) ==
        "“е” (U+0435) is a Cyrillic letter among Latin ones, and such letters look alike. Write each word in "
        "one "
        "script.");
  CHECK(refusal(check_display_name("f", "Иваn"))
            .starts_with("“n” (U+006E) is a Latin letter among Cyrillic ones"));
  CHECK_FALSE(check_display_name("f", "Αdmin"));
  CHECK(check_room_name("f", "dev-отдел"));
  CHECK(check_room_name("f", "営業Team"));
}

TEST_CASE("room names are folded by width before they are checked") {
  CHECK(*check_room_name("f", "Ｏｐｓ") == "Ops");
  CHECK_FALSE(check_room_name("f", "a＃b"));
  CHECK_FALSE(check_room_name("f", "a：b"));
  CHECK_FALSE(check_room_name("f", "two\u3000words"));
  CHECK_FALSE(check_room_name("f", "two\u00A0words"));
  CHECK_FALSE(check_room_name("f", std::string(65, 'x')));
}

TEST_CASE("room names that differ in case or form alone have one key") {
  CHECK(room_name_key("BÜRO") == room_name_key("bu\u0308ro"));
  CHECK(room_name_key("Straße") == room_name_key("STRASSE"));
  CHECK(room_name_key("Ops") == "ops");
  CHECK(room_name_key("ops") != room_name_key("0ps"));
}

TEST_CASE("room names that can be taken for each other look the same, written or folded") {
  const auto alike = [](std::string_view a, std::string_view b) {
    return room_name_look(a).written == room_name_look(b).written ||
           room_name_look(a).folded == room_name_look(b).folded;
  };
  CHECK(alike("сор", "cop"));  // Cyrillic, Latin
  CHECK(alike("ΑΒΕ", "ABE"));  // Greek, Latin
  CHECK(alike("ΑΒΕ", "abe"));
  CHECK(alike("OPSO", "OPS0"));
  CHECK(alike("AI", "al"));
  CHECK(alike("room1", "rooml"));
  CHECK(alike("modern", "modem"));
  CHECK(alike("❤️", "❤"));
  for (const char* other : {"opt", "dev", "0pz", "оперативный"}) CHECK_FALSE(alike("ops", other));
  CHECK_FALSE(alike("mail", "mall"));
}
