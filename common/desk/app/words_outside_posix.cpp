#include "common/desk/app/words_outside.hpp"

#include <cstdio>

namespace wardroom::desk {

void say_outside(const std::string&, const std::string& text, bool is_error) {
  std::fputs(text.c_str(), is_error ? stderr : stdout);
}

}  // namespace wardroom::desk
