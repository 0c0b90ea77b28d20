#pragma once

#include <string>

#include "client/model/actions.hpp"
#include "client/model/props/search.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

struct SearchViewState {
  std::string query;
  std::uint64_t serial = 0;  // of the opening that it has seen
  std::string asked;         // for what the hits are shown
  bool focused = false;
  bool goes_on = false;  // the query was filled in, and is typed on
};

// Ctrl+F: what was written in the room, Ctrl+Shift+F: everywhere. Enter searches, and then goes to the first
// hit; Down leads to the others; Escape closes.
void draw_search(const SearchProps& props, SearchViewState& state, ui::FrameContext& f, Actions& actions,
                 const ui::Rect& area);

// How the last word of the query may go on: whole words, at most six.
std::vector<std::string> complete_filter(const SearchProps& props, std::string_view query);

}  // namespace wardroom::client::views
