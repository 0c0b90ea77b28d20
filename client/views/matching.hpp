#pragma once

#include <string>
#include <string_view>

namespace wardroom::client::views {

// What somebody typed to find a name, compared as a search compares: without case, accents and width. An
// empty one fits everything.
class Typed {
 public:
  explicit Typed(std::string_view query);

  bool is_in(std::string_view name) const { return find_in(name) != std::string::npos; }
  bool begins(std::string_view name) const { return find_in(name) == 0; }

 private:
  std::size_t find_in(std::string_view name) const;

  std::string folded_;
};

}  // namespace wardroom::client::views
