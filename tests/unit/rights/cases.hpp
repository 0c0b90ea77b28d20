#pragma once

#include <functional>
#include <set>

#include "tests/unit/rights/ground.hpp"

namespace wardroom::testing {

// One way to call a method so that nothing but a right can stand in its way.
struct Case {
  std::string_view method;
  std::string_view what;  // tells several cases of one method apart
  std::function<boost::json::object(Ground&)> params;
  // What the table says; when left out: the right and the act of the method's row.
  std::function<Result<void>(const Ground&)> rule;
  // Refusals that come after the rights have been passed, by their reason.
  std::set<std::string> passed_with;
};

const std::vector<Case>& all_cases();

// Methods that the walk doesn't call, and why.
struct Exempt {
  std::string_view method;
  std::string_view why;
};
extern const std::vector<Exempt> kExempt;

}  // namespace wardroom::testing
