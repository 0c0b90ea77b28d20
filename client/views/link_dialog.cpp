#include "client/views/link_dialog.hpp"

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {

using namespace ui;

void draw_link_dialog(const std::string& target, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kLinkDialog, tr("Open this link?"), {.width = 480}, close)) return;
  vertical_gap(f, 4);
  paragraph(f, tr("It leads to:"), FontRole::text, f.theme.text1);
  vertical_gap(f, 10);
  paragraph(f, target, FontRole::mono, f.theme.text0);
  const DialogChoice choice = dialog_buttons(f, ids::kLinkDialog, {.confirm = tr("Open")});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(OpenLink{target});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
