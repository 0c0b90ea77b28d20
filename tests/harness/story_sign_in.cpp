#include <catch2/catch.hpp>

#include "server/credentials/totp.hpp"
#include "server/store/second_factors.hpp"
#include "tests/harness/story.hpp"

namespace wardroom::testing {

// "device laptop alice"
void Story::add_device(const Words& words) {
  people_[words.at(1)].account = person(words.at(2)).account;
}

// What happens on the way in; false when the words are others.
bool Story::arrive(Person& who, const Words& words) {
  if (words.at(1) == "arrives") {
    who.peer = office_.connect();
    return true;
  }
  if (words.at(1) != "chose") return false;
  office_.set_password(who.account.id, unquoted(words.at(2)));
  return true;
}

std::string Story::with_codes(Person& who, std::string text) {
  const auto put = [&](std::string_view name, const std::string& value) {
    const auto at = text.find(name);
    if (at != std::string::npos) text.replace(at, name.size(), value);
  };
  if (!who.recovery_codes.empty()) put("{recovery}", who.recovery_codes.front());
  const auto factor = store::find_second_factor(*office_.open_database(), who.account.id);
  if (!factor) return text;
  const auto secret =
      office_.seal().open(who.account.id, factor->secret, credentials::SealedFor::second_factor);
  REQUIRE(secret);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(office_.clock.now()).time_since_epoch();
  put("{code}", credentials::totp_code(Secret(*secret), seconds / credentials::kTotpStep));
  return text;
}

void Story::remember_sign_in(Person& who, const std::string& method, const boost::json::object& result) {
  if (method == "session.open") who.account.token = result.at("token").as_string();
  if (method != "account.totp_confirm") return;
  who.recovery_codes.clear();
  for (const auto& code : result.at("recovery_codes").as_array())
    who.recovery_codes.emplace_back(code.as_string());
}

}  // namespace wardroom::testing
