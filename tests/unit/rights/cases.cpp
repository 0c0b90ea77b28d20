#include "tests/unit/rights/cases.hpp"

#include "tests/unit/rights/builders.hpp"

namespace wardroom::testing {

const std::vector<Case>& all_cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Case> all;
    for (const auto& part :
         {account_cases(), room_cases(), message_cases(), moderation_cases(), admin_cases()})
      all.insert(all.end(), part.begin(), part.end());
    return all;
  }();
  return cases;
}

const std::vector<Exempt> kExempt{
    {"session.open", "a way in, closed to who is signed in: tests/unit/server/sign_in_test.cpp"},
    {"session.resume", "a way in: tests/unit/server/sign_in_test.cpp"},
    {"account.accept_invite", "a way in: tests/unit/server/sign_in_test.cpp"},
};

}  // namespace wardroom::testing
