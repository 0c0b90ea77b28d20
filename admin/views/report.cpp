#include "admin/views/report.hpp"

#include <imgui.h>

#include "admin/views/ids.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

// A message as the timeline shows one; the reported one stands out.
void draw_message(const EvidenceMessage& message, FrameContext& f, bool reported) {
  const float indent = f.px(48);
  const std::string text = f.screen(message.text.empty() ? "This message had been deleted." : message.text);
  const float width = room_left() - indent - f.px(12);
  const float words = text_block(f, FontRole::text, 0, 0, width, 0, text);
  const Rect box = place(0, words + f.px(38));
  if (reported) {
    fill(box, f.theme.mention, f.px(6));
    fill({box.x0, box.y0, box.x0 + f.px(3), box.y1}, f.theme.warn);
  }
  avatar(f, box.x0 + f.px(26), box.y0 + f.px(22), f.px(28), message.author, !reported);
  const float x = box.x0 + indent;
  const float name = text_line(f, FontRole::bold, x, box.y0 + f.px(7),
                               reported ? f.theme.text0 : f.theme.text1, f.screen(message.author));
  std::string at = message.at;
  if (!message.mark.empty()) at += " \xC2\xB7 " + message.mark;
  text_line(f, FontRole::small, x + name + f.px(8), box.y0 + f.px(9), f.theme.text1, f.screen(at),
            box.x1 - f.px(12) - x - name - f.px(8));
  text_block(f, FontRole::text, x, box.y0 + f.px(29), width,
             message.text.empty() || !reported ? f.theme.text1 : f.theme.text0, text);
  note(f, ItemKind::card, box, message.author + ": " + message.text, reported ? "report.message" : "");
}

void heading(FrameContext& f, std::string_view words) {
  paragraph(f, words, FontRole::small_bold, f.theme.text1);
  vertical_gap(f, 4);
}

void draw_versions(const ReportDetails& d, FrameContext& f) {
  if (d.versions.empty()) return;
  vertical_gap(f, 14);
  heading(f, "Every version of it");
  for (const EvidenceVersion& version : d.versions) {
    paragraph(f, version.act, FontRole::small, f.theme.text1);
    if (!version.text.empty()) paragraph(f, version.text, FontRole::text, f.theme.text0);
    vertical_gap(f, 6);
  }
}

void draw_report_head(const ReportDetails& d, FrameContext& f) {
  const Rect line = place(0, f.px(26));
  text_line(f, FontRole::title, line.x0, line.y0, f.theme.text0, f.screen(d.author + " in " + d.room),
            line.width());
  note(f, ItemKind::header, line, d.author + " in " + d.room);
  paragraph(f, d.reporter + ", " + d.reported_at + ":", FontRole::small, f.theme.text1);
  paragraph(f, d.reason, FontRole::text, f.theme.text0);
  if (!d.resolution.empty()) {
    vertical_gap(f, 6);
    paragraph(f, "Resolved: " + d.resolution, FontRole::text, f.theme.ok);
  }
  if (!d.taken.empty()) {
    vertical_gap(f, 6);
    paragraph(f, "Done from here: " + d.taken + ".", FontRole::text, f.theme.ok);
  }
}

struct ReportAct {
  std::string_view id;
  std::string_view label;
  ReasonedAction act;
  bool in_rooms_only = false;
  bool is_primary = false;
};

std::vector<ReportAct> acts_on(const ModerationProps& props) {
  const ReportId id = props.selected;
  if (!props.details.open) return {{ids::kReportReopen, "Open again\xE2\x80\xA6", ReopenReport{id}}};
  return {{ids::kReportDelete, "Delete message\xE2\x80\xA6", DeleteMessage{id}, true},
          {ids::kReportMute, "Mute\xE2\x80\xA6", MutePerson{id}, true},
          {ids::kReportKick, "Remove\xE2\x80\xA6", KickPerson{id}, true},
          {ids::kReportBan, "Ban\xE2\x80\xA6", BanPerson{id}, true},
          {ids::kReportResolve, "Resolve\xE2\x80\xA6", ResolveReport{id}, false, true}};
}

float acts_height(const ModerationProps& props, FrameContext& f, float width) {
  std::vector<std::string> labels;
  for (const ReportAct& one : acts_on(props)) labels.push_back(f.screen(one.label));
  const std::size_t lines = flow_lines(f, labels, width - f.px(34));
  return f.px(20) + (button_height(f) + f.px(8)) * static_cast<float>(lines);
}

void draw_acts(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  hairline(f, area.x0, area.x1, area.y0, f.theme.line);
  begin_pane(f, "report.acts", area, {.padding_x = 16, .padding_y = 14});
  bool first = true;
  for (ReportAct& one : acts_on(props)) {
    const std::string label = f.screen(one.label);
    if (!first) flow_on(f, label);
    first = false;
    // What ends the report stands apart, where there is room.
    const float right = area.x1 - f.px(16) - button_width(f, label);
    const ImVec2 at = ImGui::GetCursorScreenPos();
    if (one.is_primary && right > at.x) ImGui::SetCursorScreenPos({right, at.y});
    if (button(f, one.id, label,
               {.tone = one.is_primary ? ButtonTone::primary : ButtonTone::quiet,
                .disabled = one.in_rooms_only && props.details.direct}))
      actions.push_back(AskReason{std::move(one.act)});
  }
  end_pane();
}

}  // namespace

void draw_report(const ModerationProps& props, FrameContext& f, Actions& actions, const Rect& box) {
  const ReportDetails& d = props.details;
  card(f, box);
  const float bottom = props.may_act ? box.y1 - acts_height(props, f, box.width()) : box.y1;
  const std::int64_t id = props.selected.value;
  begin_pane(f, Id{"report.evidence", id}, {box.x0 + 1, box.y0 + 1, box.x1 - 1, bottom},
             {.scrolls = true, .padding_x = 16, .padding_y = 14});
  draw_report_head(d, f);
  vertical_gap(f, 14);
  // First, so that it is in sight however much was written before it.
  heading(f, "As it was when it was reported");
  draw_message(d.message, f, true);
  draw_versions(d, f);
  if (!d.before.empty()) {
    vertical_gap(f, 14);
    heading(f, "What was written before it");
    for (const EvidenceMessage& message : d.before) draw_message(message, f, false);
  }
  if (d.direct) {
    vertical_gap(f, 8);
    paragraph(f,
              "This is a direct conversation. The reporter chose to show you these messages; nobody can be "
              "muted or banned there. Speak to the author, or disable the account.",
              FontRole::small, f.theme.text1);
  }
  vertical_gap(f, 10);
  paragraph(f, "Evidence SHA-256 " + d.hash, FontRole::small, f.theme.text1);
  end_pane();
  if (props.may_act) draw_acts(props, f, actions, {box.x0 + 1, bottom, box.x1 - 1, box.y1 - 1});
}

}  // namespace wardroom::admin::views
