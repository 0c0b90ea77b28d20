#include <cstdlib>

#include "common/base/utf8.hpp"
#include "common/base/uuid.hpp"
#include "ctl/irc_log/log.hpp"

// Any bytes as an IRC log: every line is counted once, and every message is one that the server takes.

using namespace wardroom;

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

bool is_clean(const std::string& text) {
  if (text.find_first_not_of(" \t") == std::string::npos || !is_valid_utf8(text)) return false;
  for (std::size_t at = 0; at < text.size();)
    if (is_control(next_code_point(text, at))) return false;
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto log = irc_log::parse_log({reinterpret_cast<const char*>(data), size},
                                      {.day = std::chrono::sys_days{std::chrono::year{2007} / 1 / 12}});
  const auto& counts = log.counts;
  require(counts.said + counts.events + counts.empty + counts.unknown == counts.lines);
  require(log.messages.size() >= counts.said);
  TimePoint last = TimePoint::min();
  for (const auto& message : log.messages) {
    require(is_clean(message.text) && message.text.size() <= irc_log::kMaxTextBytes);
    require(is_clean(message.author) && message.author.find('\t') == std::string::npos &&
            message.author.size() <= irc_log::kMaxAuthorBytes);
    require(message.at > last && parse_uuid(message.client_id).has_value());
    last = message.at;
  }
  return 0;
}
