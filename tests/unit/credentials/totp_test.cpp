#include "server/credentials/totp.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::credentials;

namespace {

const Secret kRfcSecret("12345678901234567890");

TimePoint at_second(std::int64_t second) {
  return from_unix_ms(second * 1000);
}

}  // namespace

TEST_CASE("codes are those of RFC 6238 appendix B, the last six digits of eight") {
  const std::vector<std::pair<std::int64_t, std::string>> vectors{
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [second, code] : vectors) {
    CHECK(totp_code(kRfcSecret, second / 30) == code);
    CHECK(find_totp_step(kRfcSecret, code, at_second(second)) == second / 30);
  }
}

TEST_CASE("a code is good one step early and one step late, and no longer") {
  const std::string code = totp_code(kRfcSecret, 1000);
  CHECK_FALSE(find_totp_step(kRfcSecret, code, at_second(998 * 30 + 29)));
  CHECK(find_totp_step(kRfcSecret, code, at_second(999 * 30)) == 1000);
  CHECK(find_totp_step(kRfcSecret, code, at_second(1001 * 30 + 29)) == 1000);
  CHECK_FALSE(find_totp_step(kRfcSecret, code, at_second(1002 * 30)));
}

TEST_CASE("spaces in a typed code are forgiven; anything else is not a code") {
  const std::string code = totp_code(kRfcSecret, 1000);
  const auto now = at_second(1000 * 30);
  CHECK(find_totp_step(kRfcSecret, code.substr(0, 3) + " " + code.substr(3) + "\n", now) == 1000);
  for (const std::string& wrong :
       {std::string(), std::string("12345"), code + "0", "0" + code, code.substr(0, 5) + "x", "-" + code})
    CHECK_FALSE(find_totp_step(kRfcSecret, wrong, now));
  CHECK(looks_like_totp("123 456"));
  CHECK_FALSE(looks_like_totp("1234-5678-9ABC-DEFG-HJKM"));
}

TEST_CASE("secrets are 160 random bits") {
  const auto a = make_totp_secret();
  CHECK(a.size() == 20);
  CHECK(a.reveal() != make_totp_secret().reveal());
}

TEST_CASE("base 32 is that of RFC 4648 without padding") {
  CHECK(to_base32(Secret("f")).reveal() == "MY");
  CHECK(to_base32(Secret("foo")).reveal() == "MZXW6");
  CHECK(to_base32(Secret("foobar")).reveal() == "MZXW6YTBOI");
  CHECK(to_base32(kRfcSecret).reveal() == "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST_CASE("names in the URI can't break out of their place") {
  const auto uri = compose_otpauth_uri("Müller & Söhne: Büro?", "lena", kRfcSecret);
  CHECK(uri.reveal() ==
        "otpauth://totp/M%C3%BCller%20%26%20S%C3%B6hne%3A%20B%C3%BCro%3F:lena"
        "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=M%C3%BCller%20%26%20S%C3%B6hne%3A%20B%C3%BCro%3F&algorithm=SHA1&digits=6&period=30");
}
