#include "client/views/attachments.hpp"

#include <algorithm>

#include "client/views/file_cards.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kAttachment = 38;
constexpr float kMostShown = 3.5F;  // half a line tells that there is more
// Apart from the numbers of files in the timeline, which begin at 0.
constexpr std::int64_t kDraftNumbers = 2'000'000;

void draw_attachment(FrameContext& f, const AttachmentProps& one, const TransferProps* transfer,
                     std::int64_t number, Actions& actions) {
  const Rect line = place(0, f.px(kAttachment));
  const float middle = (line.y0 + line.y1) / 2;
  const float right = draw_upload_buttons(f, one.key, transfer, number, line.x1 - f.px(8), middle, actions);
  draw_icon(f, Icon::file, line.x0 + f.px(20), middle, f.px(16), f.theme.text1);
  const float x = line.x0 + f.px(36);
  const float room = std::max(f.px(20), right - x - f.px(8));
  const bool failed = transfer && transfer->state == TransferProps::State::failed;
  const std::string words = !transfer || transfer->words.empty() ? one.detail : transfer->words;
  text_line(f, FontRole::text, x, line.y0 + f.px(1), f.theme.text0, f.screen(one.name), room);
  text_line(f, FontRole::small, x, line.y0 + f.px(19), failed ? f.theme.bad : f.theme.text1, f.screen(words),
            room);
  note(f, ItemKind::row, line, one.name + ": " + words, Id{ids::kAttachment, number - kDraftNumbers}.text());
  if (transfer && transfer->state == TransferProps::State::moving)
    progress_bar(f, {x, line.y1 - f.px(3), right - f.px(8), line.y1 - f.px(1)}, transfer->part);
}

}  // namespace

float attachments_height(FrameContext& f, const ComposerProps& props) {
  if (props.attachments.empty()) return 0;
  return f.px(kAttachment) * std::min(kMostShown, static_cast<float>(props.attachments.size())) + f.px(4);
}

void draw_attachments(FrameContext& f, const ComposerProps& props, const Rect& area, Actions& actions) {
  begin_pane(f, "attachments", area, {.scrolls = true});
  for (std::size_t i = 0; i < props.attachments.size(); ++i) {
    const auto& one = props.attachments[i];
    const auto transfer = props.transfers.find(one.key);
    draw_attachment(f, one, transfer == props.transfers.end() ? nullptr : &transfer->second,
                    kDraftNumbers + static_cast<std::int64_t>(i), actions);
  }
  end_pane();
  hairline(f, area.x0, area.x1, area.y1, f.theme.line);
}

bool draw_long_paste(FrameContext& f, RoomId room, std::string& long_text, Actions& actions) {
  if (long_text.empty()) return false;
  bool close = false;
  if (!begin_dialog(f, ids::kLongPaste, tr("Attach this text as a file?"), {.width = 460}, close))
    return false;
  vertical_gap(f, 4);
  paragraph(
      f,
      tr("It's longer than a message can be (16 KiB). As a file it goes out whole; as text you would have to "
         "shorten it."),
      FontRole::text, f.theme.text1);
  const DialogChoice choice =
      dialog_buttons(f, ids::kLongPaste, {.confirm = tr("Attach as a file"), .cancel = tr("Paste as text")});
  end_dialog();
  if (choice == DialogChoice::confirmed) actions.push_back(AttachText{room, long_text});
  const bool as_text = choice == DialogChoice::cancelled;
  // Closed without a choice: it is still in the clipboard.
  if (close || choice == DialogChoice::confirmed) long_text.clear();
  return as_text;
}

}  // namespace wardroom::client::views
