#include "admin/views/leaver_dialog.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

void draw_line(FrameContext& f, std::string_view words) {
  const float indent = f.px(16);
  const std::string screen = f.screen(words);
  const float width = room_left() - indent;
  const Rect line = place(0, text_block(f, FontRole::text, 0, 0, width, 0, screen) + f.px(4));
  fill({line.x0 + f.px(3), line.y0 + f.px(8), line.x0 + f.px(8), line.y0 + f.px(13)}, f.theme.text2, f.px(3));
  text_block(f, FontRole::text, line.x0 + indent, line.y0, width, f.theme.text0, screen);
  note(f, ItemKind::text, line, words);
}

// "# release-7, # docs and 4 more" of many.
std::string names_of(const std::vector<std::string>& rooms) {
  constexpr std::size_t kShown = 4;
  std::string text;
  for (std::size_t i = 0; i < rooms.size() && i < kShown; ++i) text += (i > 0 ? ", # " : "# ") + rooms[i];
  if (rooms.size() > kShown) text += " and " + std::to_string(rooms.size() - kShown) + " more";
  return text;
}

void draw_candidates(const LeaverProps& leaver, PeopleViewState& state, FrameContext& f, Actions& actions) {
  for (const Candidate& candidate : leaver.candidates) {
    const Row row =
        list_row(f, Id{ids::kLeaverCandidate, candidate.id.value}, candidate.display_name, {.height = 32});
    avatar(f, row.rect.x0 + f.px(18), (row.rect.y0 + row.rect.y1) / 2, f.px(22), candidate.display_name);
    const Rect words{row.rect.x0 + f.px(38), row.rect.y0, row.rect.x1, row.rect.y1};
    const float width = text_in(f, FontRole::text, words, f.theme.text0, f.screen(candidate.display_name));
    text_in(f, FontRole::small, {words.x0 + width + f.px(8), words.y0, words.x1, words.y1}, f.theme.text1,
            f.screen("@" + candidate.name));
    if (!row.it.pressed) continue;
    state.successor.clear();
    actions.push_back(ChooseSuccessor{candidate.id});
  }
}

void draw_successor(const LeaverProps& leaver, PeopleViewState& state, FrameContext& f, Actions& actions) {
  if (leaver.successor.is_set()) {
    const Rect line = place(0, f.px(30));
    avatar(f, line.x0 + f.px(11), (line.y0 + line.y1) / 2, f.px(22), leaver.successor_name);
    const std::string words = leaver.successor_name + " takes over.";
    const float width = text_in(f, FontRole::text, {line.x0 + f.px(32), line.y0, line.x1, line.y1},
                                f.theme.text0, f.screen(words));
    note(f, ItemKind::text, line, words);
    const ImVec2 after = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({line.x0 + f.px(44) + width, line.y0 + f.px(5)});
    if (link(f, ids::kLeaverOther, "Somebody else")) actions.push_back(ChooseSuccessor{});
    ImGui::SetCursorScreenPos(after);
    return;
  }
  const bool changed =
      text_field(f, ids::kLeaverQuery, state.successor,
                 {.label = leaver.needs_successor ? "Successor in these rooms" : "Successor (optional)",
                  .placeholder = "Type a name",
                  .disabled = leaver.busy && leaver.lines.empty()})
          .changed;
  if (changed) actions.push_back(FindSuccessor{state.successor});
  draw_candidates(leaver, state, f, actions);
}

}  // namespace

void draw_leaver(const PeopleProps& props, PeopleViewState& state, FrameContext& f, Actions& actions) {
  const PersonRow* person = selected_person(props);
  const LeaverProps& leaver = props.leaver;
  bool close = false;
  if (!person ||
      !begin_dialog(f, ids::kLeaver, f.screen("Offboard " + person->display_name), {.width = 520}, close))
    return;
  vertical_gap(f, 4);
  if (!leaver.error.empty()) {
    notice(f, NoticeTone::bad, leaver.error);
    vertical_gap(f, 12);
  }
  if (leaver.lines.empty())
    paragraph(f, leaver.error.empty() ? "Counting what will happen\xE2\x80\xA6" : "", FontRole::text,
              f.theme.text1);
  for (const std::string& line : leaver.lines) draw_line(f, line);
  if (!leaver.rooms.empty())
    draw_line(f, (leaver.successor.is_set() ? leaver.successor_name + " becomes moderator of "
                                            : std::string("Nobody would moderate ")) +
                     names_of(leaver.rooms) + ".");
  vertical_gap(f, 12);
  draw_successor(leaver, state, f, actions);
  vertical_gap(f, 12);
  text_field(f, ids::kLeaverReason, state.reason,
             {.label = "Reason, kept in the audit log",
              .placeholder = "For example: last day on 30 November",
              .disabled = props.dialog_busy});
  const bool blank = state.reason.find_first_not_of(" \t") == std::string::npos;
  const bool ready = !blank && !leaver.lines.empty() && !leaver.needs_successor && !leaver.busy;
  const DialogChoice choice = dialog_buttons(
      f, ids::kLeaver, {.confirm = "Shut account, hand over", .danger = true, .confirm_disabled = !ready});
  end_dialog();
  if (choice == DialogChoice::confirmed)
    actions.push_back(SayGoodbye{state.reason});
  else if (close || choice == DialogChoice::cancelled)
    actions.push_back(ShowPeopleDialog{PeopleDialog::none});
}

}  // namespace wardroom::admin::views
