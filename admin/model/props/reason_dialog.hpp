#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wardroom::admin {

// The dialog that says what will happen, in numbers, and asks for the reason.
struct ReasonDialogProps {
  std::uint64_t serial = 0;  // 0: nothing is asked; another number than before: its fields start over
  std::string title{};
  std::string consequence{};
  std::string example{};  // of a reason
  std::string confirm{};
  bool danger = true;
  bool asks_reason = true;     // false: the act has none, and is only confirmed
  std::string choice_label{};  // empty: nothing to choose
  std::vector<std::string> choices{};
  std::size_t choice = 0;  // chosen at first
  bool busy = false;
  std::string error{};
};

}  // namespace wardroom::admin
