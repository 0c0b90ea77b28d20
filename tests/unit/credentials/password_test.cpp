#include <sodium.h>
#include <string>

#include <catch2/catch.hpp>

#include "server/credentials/password_hash.hpp"
#include "server/credentials/password_rules.hpp"
#include "tests/unit/credentials/cheap.hpp"

using namespace wardroom;
using namespace wardroom::credentials;

namespace {

Result<void> choose(const char* password) {
  return check_new_password(Secret{password}, {"lena.fischer", "Lena Fischer", "Harbour & Sons"});
}

std::string refusal(const char* password) {
  const auto checked = choose(password);
  return checked ? "" : checked.error().message;
}

}  // namespace

TEST_CASE("a hash is a PHC string of Argon2id that only its password opens") {
  const auto phc = hash_password(Secret{"three blind mice"}, kMemberCost);
  REQUIRE(phc);
  CHECK(phc->rfind("$argon2id$v=19$m=19456,t=2,p=1$", 0) == 0);
  CHECK(verify_password(*phc, Secret{"three blind mice"}));
  CHECK_FALSE(verify_password(*phc, Secret{"three blind micE"}));
  CHECK_FALSE(verify_password(*phc, Secret{""}));
  CHECK_FALSE(verify_password("not a hash", Secret{"three blind mice"}));
}

TEST_CASE("a password is the same from every keyboard") {
  const Secret composed{"schöne Grüße"};
  const Secret decomposed{"scho\u0308ne Gru\u0308ße"};
  for (const auto* chosen : {&composed, &decomposed}) {
    const auto phc = hash_password(*chosen, kCheap);
    REQUIRE(phc);
    CHECK(verify_password(*phc, composed));
    CHECK(verify_password(*phc, decomposed));
    CHECK_FALSE(verify_password(*phc, Secret{"schone Gruße"}));
  }
}

TEST_CASE("a hash from before passwords had one form is opened by what was typed then") {
  // Made by crypto_pwhash_str of the bytes as they are.
  char phc[crypto_pwhash_STRBYTES];
  const std::string typed = "scho\u0308ne Gru\u0308ße";
  REQUIRE(crypto_pwhash_str(phc, typed.data(), typed.size(), 1, 64 * 1024) == 0);
  CHECK(verify_password(phc, Secret{typed}));
}

TEST_CASE("the same password never gives the same hash") {
  CHECK(*hash_password(Secret{"three blind mice"}, kCheap) !=
        *hash_password(Secret{"three blind mice"}, kCheap));
}

TEST_CASE("a hash of another cost is due for a new one") {
  const auto phc = hash_password(Secret{"three blind mice"}, kCheap);
  REQUIRE(phc);
  CHECK_FALSE(needs_rehash(*phc, kCheap));
  CHECK(needs_rehash(*phc, {64, 2}));
  CHECK(needs_rehash(*phc, {128, 1}));
  CHECK(needs_rehash("not a hash", kCheap));
}

TEST_CASE("a hash that can't be computed is an error, never a bad string") {
  const auto phc = hash_password(Secret{"three blind mice"}, {64, 0});
  REQUIRE_FALSE(phc);
  CHECK(phc.error().code == ErrorCode::unavailable);
}

TEST_CASE("passwords have 8 to 1,024 bytes of UTF-8 and no composition rules") {
  CHECK(refusal("short 7") == "The password is too short. Use at least 8 characters.");
  CHECK(choose("tin roof"));
  CHECK(choose("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f\xe2\x82\xac"));
  CHECK(choose(std::string(512, 'x').append(512, 'y').c_str()));
  CHECK(refusal(std::string(512, 'x').append(513, 'y').c_str()) ==
        "The password is too long. Use at most 1,024 bytes.");
  CHECK(refusal("eight\xff\xff\xff") == "The password isn't valid UTF-8. Type it again.");
  CHECK(choose("short 7").error().field == "password");
}

TEST_CASE("what everybody tries first is refused") {
  const auto password = GENERATE(as<const char*>{}, "password", "Password1", "PASSWORD123!", "2026Summer!",
                                 "qwertyuiop", "1q2w3e4r", "p@ssw0rd", "12345678", "87654321", "abcdefgh",
                                 "aaaaaaaaaa", "welcome1", "correct horse battery staple", "Wardroom2026");
  INFO(password);
  CHECK(refusal(password) ==
        "This password is one of the first that an attacker tries. Use a few unrelated words instead.");
}

TEST_CASE("one's own name and the office's are refused") {
  CHECK(refusal("lena.fischer") == "The password must not be your name. Use a few unrelated words instead.");
  CHECK(refusal("Lena.Fischer7") == "The password must not be your name. Use a few unrelated words instead.");
  CHECK(refusal("fischer1") == "The password must not be your name. Use a few unrelated words instead.");
  CHECK(refusal("harbour & sons") ==
        "The password must not be the office's name. Use a few unrelated words instead.");
  CHECK(refusal("Harbour2026") ==
        "The password must not be the office's name. Use a few unrelated words instead.");
  CHECK(refusal("HarbourSons") ==
        "The password must not be the office's name. Use a few unrelated words instead.");
  CHECK(choose("fischers fritz"));
  CHECK(check_new_password(Secret{"tin roof"}, {}));
}
