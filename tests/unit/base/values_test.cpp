#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/base/uuid.hpp"

using namespace wardroom;

TEST_CASE("a UUIDv7 carries its time and survives text") {
  const Uuid uuid = make_uuid7(from_unix_ms(0x0199'a3c2'77e1));
  const std::string text = to_string(uuid);
  CHECK(text.substr(0, 15) == "0199a3c2-77e1-7");
  CHECK(parse_uuid(text) == uuid);
  CHECK_FALSE(parse_uuid("0199a3c277e17c1e9b5b3f2a7d9c1e00"));
  CHECK_FALSE(parse_uuid("0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1eXX"));
}

TEST_CASE("times are written as RFC 3339 with milliseconds") {
  CHECK(to_rfc3339(from_unix_ms(1795160000123)) == "2026-11-20T07:33:20.123Z");
}

TEST_CASE("base64url round trip refuses foreign characters") {
  CHECK(to_base64url(as_bytes("\xfb\xff wardroom")) == "-_8gd2FyZHJvb20");
  CHECK(as_text(*parse_base64url("-_8gd2FyZHJvb20")) == "\xfb\xff wardroom");
  CHECK_FALSE(parse_base64url("+/8g"));
}

TEST_CASE("sha256 over parts equals sha256 over the whole") {
  CHECK(to_hex(sha256(as_bytes("abc"))) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256({as_bytes("a"), as_bytes("bc")}) == sha256(as_bytes("abc")));
}

TEST_CASE("a result holds a value or an error") {
  const auto halve = [](int n) -> Result<int> {
    if (n % 2) return params_error("n", "n must be even.");
    return n / 2;
  };
  CHECK(*halve(4) == 2);
  CHECK(halve(3).error().field == "n");
}
