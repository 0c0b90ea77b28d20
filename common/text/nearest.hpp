#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace wardroom::text {

// What somebody may have meant who typed something that isn't there: the names that begin with it, and those
// that a few keystrokes make of it.
class Nearest {
 public:
  explicit Nearest(std::string_view typed);

  void add(std::string_view name);
  // At most three, the nearest first.
  std::vector<std::string> names() const;

 private:
  struct Candidate {
    std::size_t distance = 0;
    std::string name;
    auto operator<=>(const Candidate&) const = default;
  };
  std::string typed_;  // folded
  std::vector<Candidate> best_;
};

// "Did you mean kim or tim?"; empty when there is none. `mark` stands before each: # or @.
std::string did_you_mean(const std::vector<std::string>& names, std::string_view mark = {});

}  // namespace wardroom::text
