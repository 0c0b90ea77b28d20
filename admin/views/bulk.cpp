#include "admin/views/bulk.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kBulkList = 280;

struct BulkButton {
  std::string_view id;
  std::string_view label;
  BulkAct act;
};
constexpr std::array<BulkButton, 4> kBulkButtons{
    {{ids::kBulkPassword, "Require new password\xE2\x80\xA6", BulkAct::ask_password},
     {ids::kBulkRole, "Change role\xE2\x80\xA6", BulkAct::change_role},
     {ids::kBulkSignOut, "Sign out\xE2\x80\xA6", BulkAct::sign_out},
     {ids::kBulkLock, "Disable\xE2\x80\xA6", BulkAct::lock}}};

void draw_bulk_row(const BulkRow& row, FrameContext& f) {
  const std::string words = row.state == BulkRow::State::waiting ? "not yet" : row.words;
  const Colour ink = row.state == BulkRow::State::failed ? f.theme.bad
                     : row.state == BulkRow::State::done ? f.theme.ok
                                                         : f.theme.text2;
  const float name = f.px(170);
  const float width = room_left() - name - f.px(12);
  const float height = text_block(f, FontRole::text, 0, 0, width, 0, f.screen(words));
  const Rect line = place(0, height + f.px(8));
  text_line(f, FontRole::text, line.x0, line.y0 + f.px(4), f.theme.text0, f.screen(row.name), name);
  text_block(f, FontRole::text, line.x0 + name + f.px(12), line.y0 + f.px(4), width, ink, f.screen(words));
  note(f, ItemKind::row, line, row.name + ": " + words, Id{ids::kBulkRow, row.id.value}.text());
}

DialogChoice draw_done(FrameContext& f) {
  vertical_gap(f, 16);
  const float width = button_width(f, "Done") + f.px(8);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room_left() - width));
  const bool pressed = button(f, Id{ids::kBulkDone}, "Done", {.tone = ButtonTone::primary, .width = width});
  return pressed ? DialogChoice::confirmed : DialogChoice::none;
}

}  // namespace

float bulk_bar_height(FrameContext& f, float width) {
  std::vector<std::string> labels;
  for (const BulkButton& one : kBulkButtons) labels.push_back(f.screen(one.label));
  const std::size_t lines = flow_lines(f, labels, width - f.px(32));
  return f.px(60) + (button_height(f) + f.px(8)) * static_cast<float>(lines);
}

void draw_bulk_bar(const PeopleProps& props, FrameContext& f, Actions& actions, const Rect& box) {
  card(f, box);
  begin_pane(f, "bulk.bar", {box.x0, box.y0 + 1, box.x1, box.y1 - 1}, {.padding_x = 16, .padding_y = 12});
  const Rect line = place(0, f.px(28));
  const float width =
      text_line(f, FontRole::bold, line.x0, line.y0, f.theme.text0, f.screen(props.ticked_text));
  note(f, ItemKind::header, line, props.ticked_text);
  const ImVec2 below = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({line.x0 + width + f.px(14), line.y0});
  if (link(f, ids::kBulkNone, "Select none")) actions.push_back(UntickPeople{});
  ImGui::SetCursorScreenPos({below.x, below.y + f.px(8)});
  for (const BulkButton& one : kBulkButtons) {
    const std::string label = f.screen(one.label);
    if (&one != kBulkButtons.data()) flow_on(f, label);
    const ButtonTone tone = one.act == BulkAct::lock ? ButtonTone::danger : ButtonTone::quiet;
    if (button(f, one.id, label, {.tone = tone})) actions.push_back(AskReason{ActOnSelected{one.act}});
  }
  end_pane();
}

void draw_bulk_dialog(const BulkProps& props, FrameContext& f, Actions& actions) {
  if (props.title.empty()) return;
  bool close = false;
  if (!begin_dialog(f, ids::kBulk, f.screen(props.title), {.width = 560}, close)) return;
  vertical_gap(f, 4);
  paragraph(f, props.progress, FontRole::text, f.theme.text1);
  vertical_gap(f, 8);
  const Rect list = place(0, f.px(kBulkList));
  const ImVec2 below = ImGui::GetCursorScreenPos();
  begin_pane(f, "bulk.results", list, {.scrolls = true});
  for (const BulkRow& row : props.rows) draw_bulk_row(row, f);
  end_pane();
  ImGui::SetCursorScreenPos(below);
  DialogChoice choice = DialogChoice::none;
  if (props.running)
    choice = dialog_buttons(f, ids::kBulk,
                            {.confirm = "Working\xE2\x80\xA6", .cancel = "Stop", .confirm_disabled = true});
  else if (props.can_retry)
    choice = dialog_buttons(f, ids::kBulk, {.confirm = "Try the rest again", .cancel = "Close"});
  else
    choice = draw_done(f);
  end_dialog();
  if (choice == DialogChoice::confirmed && props.can_retry)
    actions.push_back(RetryBulk{});
  else if (close || choice != DialogChoice::none)
    actions.push_back(CloseBulk{});
}

}  // namespace wardroom::admin::views
