#include "client/views/keys_help.hpp"

#include <array>
#include <string>
#include <string_view>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

struct KeyLine {
  std::string_view keys;
  std::string_view meaning;
};
constexpr auto kKeys = std::to_array<KeyLine>({{"Ctrl K", "Jump to a room or a person"},
                                               {"Ctrl F", "Search the room"},
                                               {"Ctrl Shift F", "Search all rooms"},
                                               {"Ctrl G", "Go to a day"},
                                               {"Ctrl Shift S", "Saved messages"},
                                               {"Alt Up / Down", "Room above, room below"},
                                               {"Alt Shift Up / Down", "Unread room above, below"},
                                               {"Esc", "Mark as read; close what is open"},
                                               {"Up", "Change your last message"},
                                               {"Ctrl Up / Down", "Choose a message"},
                                               {"Ctrl M", "Menu of the chosen message"},
                                               {"Ctrl T", "Thread of the chosen message"},
                                               {"Ctrl Shift T", "Threads that you follow"},
                                               {"Ctrl C", "Copy what is selected"},
                                               {"Enter", "Send"},
                                               {"Shift Enter", "New line"},
                                               {"Ctrl O", "Attach files"},
                                               {"@  :  /", "Complete names, emoji, commands"},
                                               {"Page Up / Down", "Scroll"},
                                               {"Home / End", "Oldest loaded, newest message"},
                                               {"Ctrl N", "New direct message"},
                                               {"Ctrl Shift B", "Browse rooms"},
                                               {"Ctrl Shift M", "Show or hide the members"},
                                               {"Tab", "Next button or field"},
                                               {"Ctrl + / - / 0", "Zoom in, zoom out, back to 100 %"},
                                               {"F1", "This list"}});

}  // namespace

void draw_keys_help(FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kKeysDialog, tr("Keyboard shortcuts"), {.width = 500}, close)) return;
  vertical_gap(f, 4);
  for (const KeyLine& line : kKeys) {
    const Rect rect = place(0, f.px(26));
    const float width = text_width(f, FontRole::small_bold, tr(line.keys)) + f.px(16);
    const Rect cap{rect.x0, rect.y0 + f.px(2), rect.x0 + width, rect.y1 - f.px(2)};
    fill(cap, f.theme.surface3, f.px(5));
    text_in(f, FontRole::small_bold, cap, f.theme.text0, tr(line.keys), true);
    text_in(f, FontRole::text, {rect.x0 + f.px(190), rect.y0, rect.x1, rect.y1}, f.theme.text1,
            tr(line.meaning));
    note(f, ItemKind::text, rect, tr(line.keys) + ": " + tr(line.meaning));
  }
  end_dialog();
  if (close) actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
