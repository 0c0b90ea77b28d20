#pragma once

#include <string_view>
#include <vector>

#include "common/ui/rich_text.hpp"

namespace wardroom::client::views {

// The Markdown subset that messages have: **bold**, *italic*, ~~struck~~, `code`, ``` blocks, > quotations, -
// lists, [words](https://…), bare links, those of messages (wardroom://…) too, and @mentions of which
// `self_name` and `room` stand out. Everything that isn't one of these is text: nothing is ever lost or
// hidden. The spans hold text as on the wire.
std::vector<ui::Block> parse_markdown(std::string_view text, std::string_view self_name);

}  // namespace wardroom::client::views
