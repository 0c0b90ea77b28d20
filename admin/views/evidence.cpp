#include "admin/views/evidence.hpp"

#include <cmath>
#include <imgui.h>

#include "admin/views/ids.hpp"
#include "admin/views/path_field.hpp"
#include "common/ui/button.hpp"
#include "common/ui/choice.hpp"
#include "common/ui/dialog.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

// Two fields beside each other.
void draw_pair(FrameContext& f, bool busy, std::string_view left_id, std::string& left,
               const FieldOptions& left_options, std::string_view right_id, std::string& right,
               const FieldOptions& right_options) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = std::floor((room_left() - f.px(12)) / 2);
  FieldOptions first = left_options;
  first.width = width;
  first.disabled = busy;
  // A group keeps label and field below each other at its own left edge.
  ImGui::BeginGroup();
  text_field(f, left_id, left, first);
  ImGui::EndGroup();
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({at.x + width + f.px(12), at.y});
  FieldOptions second = right_options;
  second.width = width;
  second.disabled = busy;
  ImGui::BeginGroup();
  text_field(f, right_id, right, second);
  ImGui::EndGroup();
  ImGui::SetCursorScreenPos(after);
  vertical_gap(f, 12);
}

void draw_result(const EvidenceProps& props, FrameContext& f, Actions& actions) {
  notice(f, props.holds ? NoticeTone::good : NoticeTone::bad, props.summary);
  vertical_gap(f, 12);
  paragraph(f, "The bundle is here:", FontRole::small, f.theme.text1);
  paragraph(f, props.saved, FontRole::mono, f.theme.text0);
  vertical_gap(f, 8);
  paragraph(f,
            "It holds the texts of messages: hand it only to those whom they concern. Its README says how "
            "anybody checks it without Wardroom.",
            FontRole::small, f.theme.text1);
  vertical_gap(f, 8);
  if (link(f, ids::kEvidenceCopy, "Copy the path")) f.set_clipboard(f.screen(props.saved));
  if (dialog_buttons(f, ids::kEvidence, {.confirm = "Done", .cancel = "Close"}) != DialogChoice::none)
    actions.push_back(CloseEvidence{});
}

void draw_form(const EvidenceProps& props, const BrowseProps& browse, EvidenceViewState& state,
               FrameContext& f, Actions& actions) {
  EvidenceForm& form = state.form;
  paragraph(f,
            "The records, the messages with every version, who was a member when, and all that is needed to "
            "prove them. Making it is itself recorded.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 12);
  if (!props.error.empty()) {
    notice(f, NoticeTone::bad, props.error);
    vertical_gap(f, 12);
  }
  draw_pair(f, props.busy, ids::kEvidencePerson, form.person,
            {.label = "Person", .placeholder = "sign-in name; empty: everybody"}, ids::kEvidenceRoom,
            form.room, {.label = "Room", .placeholder = "name; empty: every room"});
  draw_pair(f, props.busy, ids::kEvidenceFrom, form.from_day,
            {.label = "From", .placeholder = "Year-month-day"}, ids::kEvidenceTo, form.to_day,
            {.label = "To (inclusive)", .placeholder = "Year-month-day"});
  text_field(f, ids::kEvidenceReason, form.reason,
             {.label = "Reason, kept in the audit log",
              .placeholder = "For example: request of the works council, case 17",
              .disabled = props.busy});
  vertical_gap(f, 12);
  path_field(f,
             {.field = PathField::evidence,
              .id = ids::kEvidenceTarget,
              .browse_id = ids::kEvidenceBrowse,
              .label = "File or new folder",
              .placeholder = "For example: /home/ines/case-17.zip",
              .disabled = props.busy},
             form.target, browse, actions);
  vertical_gap(f, 12);
  checkbox(f, ids::kEvidenceFiles, "Include the files that messages carry", form.files,
           "Otherwise only their names and hashes are included.");
  if (props.busy) {
    vertical_gap(f, 12);
    progress_bar(f, place(0, f.px(6)), props.part);
    vertical_gap(f, 4);
    paragraph(f, props.progress, FontRole::small, f.theme.text1);
  }
  const bool ready = form.reason.find_first_not_of(" \t") != std::string::npos && !form.target.empty();
  const DialogChoice choice = dialog_buttons(
      f, ids::kEvidence, {.confirm = "Export evidence", .confirm_disabled = !ready || props.busy});
  if (choice == DialogChoice::confirmed) actions.push_back(TakeEvidence{form});
  if (choice == DialogChoice::cancelled) actions.push_back(CloseEvidence{});
}

}  // namespace

void draw_evidence(const EvidenceProps& props, const BrowseProps& browse, EvidenceViewState& state,
                   FrameContext& f, Actions& actions) {
  if (props.serial == 0) return;
  if (state.serial != props.serial) state = {props.serial, props.form};
  bool close = false;
  if (!begin_dialog(f, ids::kEvidence, props.saved.empty() ? "Export evidence" : "Evidence exported",
                    {.width = 560}, close))
    return;
  vertical_gap(f, 4);
  if (props.saved.empty())
    draw_form(props, browse, state, f, actions);
  else
    draw_result(props, f, actions);
  end_dialog();
  if (close) actions.push_back(CloseEvidence{});
}

}  // namespace wardroom::admin::views
