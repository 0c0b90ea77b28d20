#include "client/views/files.hpp"

#include <array>
#include <imgui.h>

#include "client/views/file_cards.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Before these in the timeline's numbers, which begin at 0.
constexpr std::int64_t kPanelNumbers = 1'000'000;

void draw_files_head(FrameContext& f, Actions& actions) {
  const Rect head = place(0, f.px(30));
  text_line(f, FontRole::bold, head.x0 + f.px(2), head.y0, f.theme.text0, tr("Files"));
  note(f, ItemKind::header, head, tr("Files"));
  const Rect cross{head.x1 - f.px(26), head.y0 - f.px(4), head.x1, head.y0 + f.px(22)};
  if (icon_button_at(f, ids::kFilesClose, cross, Icon::close, tr("Close"))) actions.push_back(ToggleFiles{});
}

void draw_file_row(const FilesProps::Row& row, std::size_t index, const FilesProps& props,
                   const Transfers& transfers, const PictureStates& pictures, FrameContext& f,
                   Actions& actions) {
  const auto number = kPanelNumbers + static_cast<std::int64_t>(index);
  const float line = f.px(20);
  const Rect all = place(0, file_card_height(f) + line + f.px(6));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  const FileCardsPlace at{props.room, row.seq, number, transfers, pictures};
  // Far out of sight only the room that it takes matters: a room may have thousands.
  if (ImGui::IsRectVisible({all.x0, all.y0}, {all.x1, all.y1})) {
    draw_file_card(f, row.card, at, number, {all.x0, all.y0, all.x1, all.y0 + file_card_height(f)}, actions);
    const Rect words{all.x0, all.y0 + file_card_height(f), all.x1, all.y0 + file_card_height(f) + line};
    const std::string who = row.who + ", " + row.when;
    const Interaction it = interact(f, Id{ids::kFilesMessage, number}, words, ItemKind::link, who);
    text_in(f, FontRole::small, {words.x0 + f.px(2), words.y0, words.x1, words.y1},
            it.hovered ? f.theme.text0 : f.theme.text2, f.screen(who));
    if (it.focused) focus_ring(f, words, f.px(4));
    tooltip(f, it, tr("Show its message"));
    if (it.pressed) actions.push_back(JumpToMessage{props.room, row.seq});
  }
  ImGui::SetCursorScreenPos(after);
}

}  // namespace

void draw_files(const FilesProps& props, const Transfers& transfers, const PictureStates& pictures,
                FilesViewState& state, FrameContext& f, Actions& actions, const Rect& area) {
  if (state.room != props.room) state = {props.room, props.query};
  fill(area, f.theme.surface0);
  begin_pane(f, "files", area, {.scrolls = true, .padding_x = 12, .padding_y = 12});
  draw_files_head(f, actions);
  const FieldResult typed = text_field(f, ids::kFilesQuery, state.query,
                                       {.placeholder = tr("Part of a name, or who sent it"), .search = true});
  if (typed.changed) actions.push_back(FilterFiles{state.query, props.filter});
  vertical_gap(f, 6);
  // In the order of FileFilter.
  const std::array<std::string, 5> kinds = {tr("All files"), tr("Pictures"), tr("Documents"),
                                            tr("Sound and video"), tr("Other files")};
  auto chosen = static_cast<std::size_t>(props.filter);
  if (dropdown(f, ids::kFilesFilter, "", kinds, chosen))
    actions.push_back(FilterFiles{state.query, static_cast<FileFilter>(chosen)});
  vertical_gap(f, 8);
  if (!props.error.empty()) paragraph(f, props.error, FontRole::small, f.theme.bad);
  for (std::size_t i = 0; i < props.rows.size(); ++i)
    draw_file_row(props.rows[i], i, props, transfers, pictures, f, actions);
  if (props.loading) paragraph(f, tr("Loading…"), FontRole::small, f.theme.text2);
  if (!props.note.empty()) paragraph(f, props.note, FontRole::small, f.theme.text2);
  if (props.more && !props.loading && button(f, ids::kFilesMore, tr("More"))) actions.push_back(MoreFiles{});
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
