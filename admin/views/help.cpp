#include "admin/views/help.hpp"

#include <array>
#include <utility>

#include "admin/views/console.hpp"
#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

std::string_view help_of(Page page) {
  switch (page) {
    case Page::people:
      return "Everybody who has an account. Select a person to see where they are signed in, what keeps them "
             "from "
             "writing, and what you can do. Tick several to disable them, sign them out, change their role "
             "or "
             "require a new password in one go.";
    case Page::imports:
      return "Accounts for many people from a CSV file. The file is tried first: nothing is changed until "
             "you "
             "have seen what it would do. An import can be undone for those who never signed in.";
    case Page::audit:
      return "Everything that was done, in the order it happened. Each record is checked against the log "
             "that the "
             "server has signed. Times are this PC's; rest the mouse on one for UTC.";
    case Page::moderation:
      return "Messages that were reported, with what was written at that moment, and the mutes and bans that "
             "hold. Everything you do here asks for a reason, which is kept in the audit log.";
    case Page::sessions:
      return "Where everybody is signed in. A session that you end is gone within a second.";
    case Page::rooms:
      return "Public rooms, and private ones that you are in. Make rooms, rename them, lock or archive them.";
    case Page::retention:
      return "How long messages are kept, and what a legal hold keeps for longer.";
    case Page::announce:
      return "A text that everybody sees at the top of their window, and who has acknowledged it.";
    case Page::certificates:
      return "By what PCs know this server, and until when it is good.";
    case Page::overview:
      return "What needs your attention, and how the server is doing.";
    case Page::settings:
      return "The server's options. Some hold at once, some after a restart; the page says which.";
    case Page::backups:
      return "The copies of the server's data, and whether they were checked.";
  }
  return "";
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kKeys{
    {{"Tab, Shift+Tab", "The next thing, the one before"},
     {"Space or Enter", "Press it; on a column's title: sort by it"},
     {"Up, Down", "The row above or below, while a table has the keyboard"},
     {"Page Up, Page Down, Home, End", "Far through a table"},
     {"Escape", "Close a dialog"},
     {"F1", "This help"}}};

}  // namespace

void draw_help(Page page, bool& open, FrameContext& f) {
  if (f.pressed(Key::f1)) open = !open;
  if (!open) return;
  bool close = false;
  if (!begin_dialog(f, ids::kHelp, f.screen("Help: " + std::string(page_title(page))), {.width = 520}, close))
    return;
  vertical_gap(f, 4);
  paragraph(f, help_of(page), FontRole::text, f.theme.text0);
  vertical_gap(f, 14);
  paragraph(f, "Keyboard", FontRole::small_bold, f.theme.text1);
  vertical_gap(f, 4);
  for (const auto& [keys, meaning] : kKeys) {
    const Rect line = place(0, f.px(26));
    text_in(f, FontRole::bold, line, f.theme.text0, keys);
    text_in(f, FontRole::text, {line.x0 + f.px(230), line.y0, line.x1, line.y1}, f.theme.text1, meaning);
    note(f, ItemKind::text, line, std::string(keys) + ": " + std::string(meaning));
  }
  vertical_gap(f, 12);
  if (button(f, ids::kHelpClose, "Close", {.tone = ButtonTone::primary})) close = true;
  end_dialog();
  if (close) open = false;
}

}  // namespace wardroom::admin::views
