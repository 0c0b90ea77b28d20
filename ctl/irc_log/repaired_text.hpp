#pragma once

#include <string>
#include <string_view>

namespace wardroom::irc_log {

// A line as it may go on the wire, and what had to be done for it. Pure.
struct RepairedText {
  std::string text;
  bool encoding = false;  // bytes that aren't UTF-8 were read as Windows-1252, which old clients wrote
  bool controls = false;  // colour codes, bold marks and other control characters were removed
};

RepairedText repair_text(std::string_view bytes);

}  // namespace wardroom::irc_log
