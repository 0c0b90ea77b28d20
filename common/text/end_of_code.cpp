#include "common/text/end_of_code.hpp"

#include <algorithm>

namespace wardroom::text {

std::size_t end_of_code(std::string_view text, std::size_t at) {
  const auto end_of_run = [&](std::size_t from) {
    return std::min(text.find_first_not_of('`', from), text.size());
  };
  const std::size_t begin = end_of_run(at), length = begin - at;
  if (length < 3) text = text.substr(0, text.find('\n', begin));
  for (std::size_t run = text.find('`', begin); run != std::string_view::npos;) {
    const std::size_t end = end_of_run(run);
    if (end - run == length) return end;
    run = text.find('`', end);
  }
  return begin;
}

}  // namespace wardroom::text
