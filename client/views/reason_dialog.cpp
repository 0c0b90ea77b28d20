#include "client/views/reason_dialog.hpp"

#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kMostVersions = 420;
constexpr std::string_view kErased = "The text was erased. That it was there can still be proven.";

void draw_version(const VersionsProps::Row& row, FrameContext& f) {
  const Rect head = place(0, f.px(22));
  const float width = text_line(f, FontRole::bold, head.x0, head.y0, f.theme.text0,
                                f.screen(tr("{0} by {1}", row.act, row.who)));
  text_line(f, FontRole::small, head.x0 + width + f.px(8), head.y0 + f.px(2), f.theme.text1,
            f.screen(row.when), head.x1 - head.x0 - width - f.px(8));
  note(f, ItemKind::header, head, tr("{0} by {1}, {2}", row.act, row.who, row.when));
  if (!row.reason.empty()) paragraph(f, tr("Reason: {0}", row.reason), FontRole::small, f.theme.text1);
  if (!row.text.empty()) paragraph(f, row.text, FontRole::text, f.theme.text1);
  if (row.erased) paragraph(f, tr(kErased), FontRole::text, f.theme.text1);
  vertical_gap(f, 14);
}

}  // namespace

void draw_reason_dialog(const ReasonDialogProps& props, ReasonDialogViewState& state, FrameContext& f,
                        Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kReasonDialog, f.screen(props.title), {.width = 460}, close)) return;
  const bool fresh = state.serial != props.serial;
  if (fresh) state = {props.serial, props.reason, props.length};
  vertical_gap(f, 4);
  paragraph(f, props.consequence, FontRole::text, f.theme.text1);
  vertical_gap(f, 14);
  // Whoever has chosen a length goes on with the reason, and with Enter.
  bool goes_on = false;
  if (!props.lengths.empty()) {
    goes_on = dropdown(f, ids::kReasonLength, props.length_label, props.lengths, state.length);
    vertical_gap(f, 12);
  }
  const FieldResult reason = text_field(f, ids::kReasonText, state.reason,
                                        {.label = tr("Reason"),
                                         .placeholder = props.hint,
                                         .help = tr("It is kept in the audit log."),
                                         .error = props.error,
                                         .disabled = props.busy,
                                         .take_focus = fresh || goes_on || ImGui::IsWindowAppearing()});
  const bool ready = state.reason.find_first_not_of(" \t") != std::string::npos && !props.busy;
  const DialogChoice choice = dialog_buttons(
      f, ids::kReasonDialog, {.confirm = props.confirm, .danger = props.danger, .confirm_disabled = !ready});
  end_dialog();
  if (ready && (choice == DialogChoice::confirmed || reason.submitted))
    actions.push_back(GiveReason{state.reason, state.length});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowDialog{Dialog::none});
}

void draw_versions(const VersionsProps& props, FrameContext& f, Actions& actions) {
  bool close = false;
  if (!begin_dialog(f, ids::kVersionsDialog, tr("Edit history"), {.width = 520}, close)) return;
  vertical_gap(f, 4);
  paragraph(f, tr("Only the author and moderators can see earlier versions."), FontRole::small,
            f.theme.text1);
  vertical_gap(f, 12);
  if (!props.error.empty()) notice(f, NoticeTone::bad, props.error);
  if (props.loading) paragraph(f, tr("Loading…"), FontRole::text, f.theme.text1);
  if (!props.rows.empty()) {
    // As high as its contents need, then it scrolls.
    float height = 0;
    const float width = room_left() - f.px(12);
    for (const auto& row : props.rows) {
      height += f.px(38);
      if (!row.reason.empty())
        height += text_block(f, FontRole::small, 0, 0, width, 0, f.screen(tr("Reason: {0}", row.reason)));
      if (!row.text.empty()) height += text_block(f, FontRole::text, 0, 0, width, 0, f.screen(row.text));
      if (row.erased) height += text_block(f, FontRole::text, 0, 0, width, 0, tr(kErased));
    }
    const Rect area = place(0, std::min(height, f.px(kMostVersions)));
    const ImVec2 after = ImGui::GetCursorScreenPos();
    begin_pane(f, "versions.list", area, {.scrolls = true});
    for (const auto& row : props.rows) draw_version(row, f);
    end_pane();
    ImGui::SetCursorScreenPos(after);
  }
  end_dialog();
  if (close) actions.push_back(ShowDialog{Dialog::none});
}

}  // namespace wardroom::client::views
