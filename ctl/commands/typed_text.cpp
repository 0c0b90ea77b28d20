#include "ctl/commands/typed_text.hpp"

#include <istream>
#include <iterator>

namespace wardroom::ctl {

std::string typed_text(const Context& context, const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  if (!words.empty()) return text;
  text.assign(std::istreambuf_iterator<char>(context.in), {});
  while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back();
  return text;
}

}  // namespace wardroom::ctl
