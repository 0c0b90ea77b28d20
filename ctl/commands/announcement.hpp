#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ctl/commands/context.hpp"

// What is announced to everybody, and who acknowledged it. An error is a sentence for the person.
namespace wardroom::ctl {

struct AnnounceArguments {
  std::vector<std::string> words;  // none: the text comes on standard input
  bool must_acknowledge = false;
  std::optional<std::chrono::seconds> lasts;
  bool missing = false;  // who hasn't acknowledged it
};
Result<void> announce_say(const Context& context, const AnnounceArguments& arguments);
Result<void> announce_end(const Context& context, const AnnounceArguments& arguments);
Result<void> announce_show(const Context& context, const AnnounceArguments& arguments);

}  // namespace wardroom::ctl
