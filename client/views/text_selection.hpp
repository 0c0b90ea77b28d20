#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "client/model/props/timeline.hpp"
#include "common/ui/frame_context.hpp"

namespace wardroom::client::views {

// A piece of one message's seen text: a word, a paragraph, or no more than a place in it. It names the
// message and not its row, so that it holds when rows are scrolled away, come in above, or are sent.
struct TextSpot {
  Seq seq;                         // not set while the message is pending
  std::uint64_t key = 0;           // of its row; 0: nowhere
  std::size_t begin = 0, end = 0;  // bytes, as in ui::seen_text

  bool is_set() const { return key != 0; }
};

bool is_in(const TextSpot& spot, const TimelineRow& row);

// What is selected of the messages: from the earlier of two spots to the end of the later one.
struct TextSelection {
  enum class Unit { character, word, paragraph };

  TextSpot anchor;  // where it began
  TextSpot cursor;  // where the mouse was last
  Unit unit = Unit::character;
  bool pressed = false;        // the button that went down in the text is still down
  bool here = false;           // the last press was in the messages: Ctrl+A means them
  std::uint64_t revision = 0;  // of the rows in which both spots were found last

  bool empty() const;
  void clear() { *this = {}; }
};

// Bytes of the row's seen text that are selected; `end` is SIZE_MAX where it goes on behind the row. The same
// number twice: nothing.
std::pair<std::size_t, std::size_t> selected_part(const TextSelection& selection, const TimelineRow& row);

// A message that was sent meanwhile is named by its place; a selection that begins or ends in a message that
// is no longer loaded is given up, because less than it says could be copied.
void follow_rows(TextSelection& selection, const TimelineProps& props);

void select_everything(TextSelection& selection, const TimelineProps& props, ui::FrameContext& f);

// The spot at the offset, widened to the word or paragraph around it.
TextSpot spot_at(const TimelineRow& row, std::string_view seen, std::size_t offset, TextSelection::Unit unit);

enum class CopyStyle { text, with_names_and_times };

// What is selected, as it is seen.
std::string copied_text(const TextSelection& selection, const TimelineProps& props, ui::FrameContext& f,
                        CopyStyle style);
// One message, in the same way.
std::string copied_message(const TimelineRow& row, const TimelineProps& props, ui::FrameContext& f,
                           CopyStyle style);

}  // namespace wardroom::client::views
