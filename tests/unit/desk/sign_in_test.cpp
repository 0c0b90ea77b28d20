#include "common/desk/model/sign_in.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::desk;

namespace {

const protocol::Introduction kServer{"office.example", 7443, {}};

Error refusal(std::string reason, std::string message) {
  return make_error(ErrorCode::unauthenticated, std::move(message), std::move(reason));
}

}  // namespace

TEST_CASE("who has a second factor is asked for it once the password was right, another person isn't") {
  SignInForm form;
  REQUIRE(open_session(form, kServer, {"lena", Secret("horse"), {}}));
  fail_sign_in(form, refusal("second_factor_required", "Type the code."));
  CHECK(form.needs_code);
  CHECK(form.error.empty());
  CHECK_FALSE(open_session(form, kServer, {"lena", Secret("horse"), {}}));
  CHECK(form.error_field == SignInField::code);
  const auto other = open_session(form, kServer, {"jonas", Secret("horse"), {}});
  REQUIRE(other);
  CHECK_FALSE(other->code);
  CHECK_FALSE(form.needs_code);
}

TEST_CASE("a code that is wrong the first time is said to be wrong") {
  SignInForm form;
  fail_sign_in(form, refusal("wrong_second_factor", "That code isn't right."));
  CHECK(form.error == "That code isn't right.");
  CHECK(form.needs_code);
}

TEST_CASE("a key that wasn't asked for changes nothing, and another server's is never taken") {
  SignInForm form;
  std::optional<WantedServer> wanted =
      wanted_by(form, UseAddress{"office.example:7443", "ABCD ABCD ABCD ABCD ABCD ABCD"}, "");
  REQUIRE(wanted);
  Digest shown{};
  shown.fill(std::byte{7});
  CHECK_FALSE(take_key(form, wanted, {"office.example", 7443, shown}));
  look_at(form, *wanted);
  CHECK_FALSE(take_key(form, wanted, {"elsewhere.example", 7443, shown}));
  CHECK(take_key(form, wanted, {"office.example", 7443, shown}) == false);
  CHECK(wanted->server.ca_pin == Digest{});
  wanted->fingerprint = protocol::fingerprint(shown);
  CHECK(take_key(form, wanted, {"office.example", 7443, shown}) == true);
  CHECK(wanted->server.ca_pin == shown);
  CHECK(form.server == "office.example:7443");
  CHECK_FALSE(form.busy);
}
