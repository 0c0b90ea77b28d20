#include "admin/views/imports.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "admin/views/path_field.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"
#include "common/ui/table.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kImportHead = 64;
constexpr float kEarlier = 236;
constexpr std::array<Column, 4> kErrors{
    {{"Line", 80, FontRole::mono}, {"Column", 80, FontRole::mono}, {"Field", 140}, {"What is wrong", -8}}};
constexpr std::array<Column, 5> kImports{
    {{"When", 136}, {"By", -4}, {"Accounts", 84}, {"Signed in", 84}, {"State", 76}}};

void take_over(const ImportsProps& props, ImportsViewState& state) {
  if (props.path != state.shown_path) state.path = state.shown_path = props.path;
  if (props.sheet_path != state.shown_sheet_path)
    state.sheet_path = state.shown_sheet_path = props.sheet_path;
}

void draw_progress(const ImportsProps& props, FrameContext& f) {
  if (!props.busy) return;
  vertical_gap(f, 12);
  paragraph(f, props.progress, FontRole::text, f.theme.text1);
  if (props.stage != ImportStage::uploading || props.part <= 0) return;
  vertical_gap(f, 6);
  progress_bar(f, place(f.px(620), f.px(6)), props.part);
}

void draw_choose(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state,
                 FrameContext& f, Actions& actions) {
  paragraph(f,
            "A CSV file with a header line: name, display name, e-mail, role, rooms, in any order; only the "
            "name is needed. As Excel saves it is fine, semicolons too. Nothing is changed before you have "
            "seen what it would do.",
            FontRole::text, f.theme.text1, std::min(f.px(780), room_left()));
  vertical_gap(f, 14);
  if (path_field(f,
                 {.field = PathField::import_file,
                  .id = ids::kImportPath,
                  .browse_id = ids::kImportBrowse,
                  .placeholder = "Type or paste where it is, or drop it on this window",
                  .disabled = props.busy,
                  .widest = 620,
                  .act_id = ids::kImportRead,
                  .act = "Try it",
                  .act_is_primary = true},
                 state.path, browse, actions))
    actions.push_back(ChooseImportFile{state.path});
  draw_progress(props, f);
}

std::string rows_word(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " account" : " accounts");
}

void draw_tried(const ImportsProps& props, FrameContext& f, Actions& actions) {
  paragraph(f, props.path, FontRole::bold, f.theme.text0);
  vertical_gap(f, 4);
  paragraph(f, props.summary, FontRole::text, f.theme.text1);
  if (!props.errors_title.empty()) {
    vertical_gap(f, 4);
    paragraph(f, props.errors_title + ". Fix the file and try it again, or leave those rows out.",
              FontRole::text, f.theme.warn);
  }
  vertical_gap(f, 12);
  const bool clean = props.errors_title.empty();
  const std::string all = f.screen("Make " + rows_word(props.good));
  const std::string good = f.screen("Make the " + rows_word(props.good) + " without errors");
  if (clean) {
    if (button(f, ids::kImportAll, all,
               {.tone = ButtonTone::primary, .disabled = props.busy || props.good == 0}))
      actions.push_back(StartImport{});
  } else if (button(f, ids::kImportGood, good, {.disabled = props.busy || props.good == 0})) {
    actions.push_back(StartImport{true});
  }
  flow_on(f, "Try the file again");
  if (button(f, ids::kImportRead, "Try the file again", {.disabled = props.busy}))
    actions.push_back(ChooseImportFile{props.path});
  flow_on(f, "Another file");
  if (button(f, ids::kImportOther, "Another file", {.disabled = props.busy}))
    actions.push_back(ForgetImport{});
  draw_progress(props, f);
}

void draw_sheet(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state,
                FrameContext& f, Actions& actions) {
  paragraph(f,
            "A page to print, with a one-use invite for everybody who wasn't here yet. Making it again voids "
            "the invites of the one before. Delete the file when it is printed.",
            FontRole::text, f.theme.text1, std::min(f.px(780), room_left()));
  vertical_gap(f, 10);
  if (path_field(f,
                 {.field = PathField::invite_sheet,
                  .id = ids::kImportSheetPath,
                  .browse_id = ids::kImportSheetBrowse,
                  .placeholder = "Where to save it",
                  .disabled = props.busy,
                  .widest = 620,
                  .act_id = ids::kImportSheet,
                  .act = "Save the sheet",
                  .act_is_primary = props.sheet_saved.empty()},
                 state.sheet_path, browse, actions))
    actions.push_back(SaveSheet{state.sheet_path});
  if (!props.sheet_saved.empty()) {
    vertical_gap(f, 8);
    paragraph(f, "Saved: " + props.sheet_saved + ". Open it in a browser and print it.", FontRole::text,
              f.theme.ok);
  }
}

void draw_done(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state, FrameContext& f,
               Actions& actions) {
  paragraph(f, props.summary, FontRole::title, f.theme.text0);
  vertical_gap(f, 8);
  draw_sheet(props, browse, state, f, actions);
  vertical_gap(f, 12);
  if (link(f, ids::kImportOther, "Import another file") && !props.busy) actions.push_back(ForgetImport{});
  draw_progress(props, f);
}

void draw_errors(const ImportsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  if (props.errors.empty() || area.height() < f.px(60)) return;
  TableOptions options{.row_height = 28};
  if (props.error_sort) options = list_options(*props.error_sort, 28);
  const TableResult result = table(
      f, ids::kImportErrors, area, kErrors, props.errors.size(), options,
      [&](std::size_t i) { return props.errors[i].line + ": " + props.errors[i].message; },
      [&](std::size_t i, RowPainter& row) {
        const ImportErrorRow& e = props.errors[i];
        row.cell(e.line);
        row.cell(e.column);
        row.cell(f.screen(e.field));
        row.cell(f.screen(e.message), f.theme.text0);
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::import_errors, *result.sorted_by});
}

const ImportRow* selected_import(const ImportsProps& props) {
  const auto at = std::find_if(props.earlier.begin(), props.earlier.end(),
                               [&](const ImportRow& r) { return r.id == props.selected; });
  return at == props.earlier.end() ? nullptr : &*at;
}

// Of the import that is chosen below: its sheet, and its undoing.
void draw_chosen(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state,
                 FrameContext& f, Actions& actions, const Rect& area) {
  const ImportRow* chosen = selected_import(props);
  begin_pane(f, "import.chosen", area, {.scrolls = true, .padding_x = 20, .padding_y = 12});
  if (!props.undo_result.empty()) paragraph(f, props.undo_result, FontRole::text, f.theme.ok);
  if (chosen && !chosen->undone) {
    if (props.stage == ImportStage::choose) {
      draw_sheet(props, browse, state, f, actions);
      draw_progress(props, f);
      vertical_gap(f, 10);
    }
    if (button(f, ids::kImportUndo, f.screen("Undo this import\xE2\x80\xA6"),
               {.tone = ButtonTone::danger, .disabled = props.busy}))
      actions.push_back(AskReason{UndoImport{chosen->id}});
  }
  end_pane();
}

void draw_earlier(const ImportsProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "import.earlier.head", {area.x0, area.y0, area.x1, area.y0 + f.px(34)}, {.padding_x = 10});
  section_header(f, "Earlier imports");
  end_pane();
  const Rect below{area.x0 + f.px(20), area.y0 + f.px(34), area.x1 - f.px(10), area.y1 - f.px(8)};
  if (props.earlier.empty())
    return empty_state(f, below, "None yet", "Imports appear here, and can be undone.");
  TableOptions options = list_options(props.earlier_sort, 30);
  for (std::size_t i = 0; i < props.earlier.size(); ++i)
    if (props.earlier[i].id == props.selected) options.selected = i;
  const TableResult result = table(
      f, ids::kImportEarlier, below, kImports, props.earlier.size(), options,
      [&](std::size_t i) { return props.earlier[i].at; },
      [&](std::size_t i, RowPainter& row) {
        const ImportRow& r = props.earlier[i];
        for (const std::string* text : {&r.at, &r.by, &r.people, &r.here}) row.cell(f.screen(*text));
        row.cell(r.undone ? "undone" : "in use", r.undone ? 0U : options.selected == i ? 0U : f.theme.ok);
      });
  if (result.sorted_by) actions.push_back(SortList{ListName::imports, *result.sorted_by});
  if (result.pressed) actions.push_back(SelectImport{props.earlier[*result.pressed].id});
}

}  // namespace

void draw_imports(const ImportsProps& props, const BrowseProps& browse, ImportsViewState& state,
                  FrameContext& f, Actions& actions, const Rect& area) {
  take_over(props, state);
  begin_pane(f, "import.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kImportHead)},
             {.padding_x = 20, .padding_y = 14});
  const std::string back = f.screen("\xE2\x86\x90 People");
  const ImVec2 at = ImGui::GetCursorScreenPos();
  draw_page_title(f, "Import people", "", area.x1 - f.px(140));
  ImGui::SetCursorScreenPos({area.x1 - f.px(20) - button_width(f, back), at.y});
  if (button(f, ids::kImportBack, back)) actions.push_back(OpenPage{Page::people});
  end_pane();

  const float bottom = area.y1 - f.px(kEarlier);
  const bool tried = props.stage == ImportStage::tried;
  const float split = tried && !props.errors.empty() ? area.y0 + f.px(kImportHead + 176) : bottom;
  begin_pane(f, "import.file", {area.x0, area.y0 + f.px(kImportHead), area.x1, split},
             {.scrolls = true, .padding_x = 20, .padding_y = 4});
  if (!props.error.empty()) {
    notice(f, NoticeTone::bad, props.error);
    vertical_gap(f, 12);
  }
  if (tried)
    draw_tried(props, f, actions);
  else if (props.stage == ImportStage::done)
    draw_done(props, browse, state, f, actions);
  else
    draw_choose(props, browse, state, f, actions);
  end_pane();
  if (tried) {
    draw_errors(props, f, actions, {area.x0 + f.px(20), split, area.x1 - f.px(10), area.y1 - f.px(8)});
    if (!props.errors.empty()) return;
  }
  const bool acts = selected_import(props) != nullptr || !props.undo_result.empty();
  const float beside = acts ? std::round(area.width() * 0.5F) : area.width();
  draw_earlier(props, f, actions, {area.x0, bottom, area.x0 + beside, area.y1});
  if (acts) draw_chosen(props, browse, state, f, actions, {area.x0 + beside, bottom, area.x1, area.y1});
}

}  // namespace wardroom::admin::views
