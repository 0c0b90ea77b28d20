#include "common/qr/qr_code.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::qr;

TEST_CASE("a code has its three finder patterns, dark around light around dark") {
  const auto code = encode_qr("otpauth://totp/Office:lena?secret=GEZDGNBVGY3TQOJQ&issuer=Office");
  REQUIRE(code);
  REQUIRE(code->size() >= 21);
  const std::size_t far = code->size() - 7;
  for (const auto& [row, column] :
       std::vector<std::pair<std::size_t, std::size_t>>{{0, 0}, {0, far}, {far, 0}})
    for (std::size_t r = 0; r < 7; ++r)
      for (std::size_t c = 0; c < 7; ++c) {
        const bool ring = r == 0 || r == 6 || c == 0 || c == 6;
        const bool heart = r >= 2 && r <= 4 && c >= 2 && c <= 4;
        CHECK(code->is_dark(row + r, column + c) == (ring || heart));
      }
  CHECK_FALSE(code->is_dark(code->size(), 0));
}

TEST_CASE("a longer text makes a larger code, and one that can't fit is refused") {
  CHECK(encode_qr("a")->size() == 21);
  CHECK(encode_qr(std::string(300, 'a'))->size() > encode_qr("a")->size());
  CHECK_FALSE(encode_qr(""));
  const auto huge = encode_qr(std::string(5000, 'a'));
  REQUIRE_FALSE(huge);
  CHECK(huge.error().code == ErrorCode::too_large);
}
