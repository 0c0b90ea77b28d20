#include "server/domain/names.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::domain;

TEST_CASE("user names are folded, and what could be confused is refused") {
  CHECK(*check_user_name("f", " Lena.Moreau ") == "lena.moreau");
  for (const char* bad : {"", "a", ".ada", "-ada", "ada lovelace", "ad\xC3\xA4", "ada\xE2\x80\xAE", "irc:ada",
                          "@ada", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
    INFO(bad);
    const auto refused = check_user_name("params.user", bad);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().field == "params.user");
  }
}

TEST_CASE("display names keep their letters and lose their control characters") {
  CHECK(*check_display_name("f", " Zo\xC3\xAB \xF0\x9F\x8C\xBB ") == "Zo\xC3\xAB \xF0\x9F\x8C\xBB");
  CHECK_FALSE(check_display_name("f", "   "));
  CHECK_FALSE(check_display_name("f", "two\nlines"));
  CHECK_FALSE(check_display_name("f", "evil\xE2\x80\xAEtxt"));
  CHECK_FALSE(check_display_name("f", std::string(65, 'x')));
}

TEST_CASE("room names can stand behind a # in a text") {
  CHECK(*check_room_name("f", "#release-7") == "release-7");
  CHECK(*check_room_name("f", "B\xC3\xBCro") == "B\xC3\xBCro");
  for (const char* bad : {"", "#", "two words", "a#b", "a@b", "a:b", "a,b", "tab\there"})
    CHECK_FALSE(check_room_name("f", bad));
  CHECK(room_name_key("OPS") == room_name_key("ops"));
}

TEST_CASE("a message is text that somebody could have typed") {
  CHECK(check_message_text("f", "line\nline\ttab"));
  CHECK_FALSE(check_message_text("f", " \n\t "));
  CHECK_FALSE(check_message_text("f", "bell\x07"));
  CHECK(check_message_text("f", std::string(16 * 1024, 'x')));
  CHECK(check_message_text("f", std::string(16 * 1024 + 1, 'x')).error().code == ErrorCode::too_large);
}

TEST_CASE("an imported author can't be taken for a colleague") {
  CHECK(*imported_user_name("irc", "[foo]|away") == "irc:[foo]|away");
  CHECK_FALSE(check_user_name("f", *imported_user_name("irc", "ada")));
  CHECK_FALSE(imported_user_name("IRC", "ada"));
  CHECK_FALSE(imported_user_name("irc", ""));
}
