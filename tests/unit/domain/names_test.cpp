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

TEST_CASE("what is pasted along unseen is cleaned off a text, and every line ends alike") {
  CHECK(*check_message_text("f", "one\r\ntwo\rthree\u0085four\u2028five\u2029six") ==
        "one\ntwo\nthree\nfour\nfive\nsix");
  CHECK(*check_message_text("f", "\u202AC:\\Users\\lena\u202C") == "C:\\Users\\lena");
  CHECK(*check_message_text("f", "\uFEFFhi \u2068lena\u2069") == "hi lena");
  CHECK(*check_message_text("f", "evil\u202Egnp.exe") == "evilgnp.exe");
  CHECK(*check_line("f", "\u202A C:\\Users\r\n", 100) == "C:\\Users");
  CHECK(check_message_text("f", std::string(16 * 1024 - 1, 'x') + "\r\n"));
}

TEST_CASE("a refusal names the character and its place") {
  const auto refusal = [](const auto& checked) { return checked ? std::string() : checked.error().message; };
  CHECK(refusal(check_message_text("f", "äone\ntwo\x1B[31m")) ==
        "Line 2, character 4 is the control character U+001B, which a message can't have. Take it out and "
        "send it again.");
  CHECK(refusal(check_line("f", "one\ntwo", 100)) ==
        "This one-line text can't have a line break in it (character 4). Take it out.");
  CHECK(refusal(check_display_name("f", "evil\u202Etxt")) ==
        "A display name can't have U+202E RIGHT-TO-LEFT OVERRIDE in it (character 5). Take it out.");
  CHECK(refusal(check_room_name("f", "a\tb")) ==
        "A room name can't have a tab in it (character 2). Take it out.");
}

TEST_CASE("no new account is called as everybody is") {
  for (const char* word : {"room", "ALL", "here", "channel", "everyone"}) {
    INFO(word);
    CHECK_FALSE(check_new_user_name("f", word));
    CHECK(check_user_name("f", word));  // who has been called so signs in as before
  }
  CHECK(check_new_user_name("f", "roomy"));
}

TEST_CASE("an imported author can't be taken for a colleague") {
  CHECK(*imported_user_name("irc", "[foo]|away") == "irc:[foo]|away");
  CHECK_FALSE(check_user_name("f", *imported_user_name("irc", "ada")));
  CHECK_FALSE(imported_user_name("IRC", "ada"));
  CHECK_FALSE(imported_user_name("irc", ""));
}
