#include "admin/views/certificates.hpp"

#include <algorithm>
#include <imgui.h>
#include <imgui_internal.h>

#include "admin/views/ids.hpp"
#include "admin/views/page_head.hpp"
#include "common/base/trimmed.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kCertificatesHead = 68;
constexpr float kLabels = 104;
// Lines longer than this are hard to read.
constexpr float kWidest = 760;

void draw_head(const CertificatesProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "certificates.head", {area.x0, area.y0, area.x1, area.y0 + f.px(kCertificatesHead)},
             {.padding_x = 20, .padding_y = 14});
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float right = area.x1 - f.px(20) - button_width(f, "Refresh");
  draw_page_title(f, "Certificates", props.summary, right);
  ImGui::SetCursorScreenPos({right, at.y});
  if (button(f, ids::kCertificateRefresh, "Refresh", {.disabled = props.loading}))
    actions.push_back(RefreshCertificates{});
  end_pane();
}

struct CertificateLine {
  std::string_view label;
  const std::string* text;
};

float line_block_height(FrameContext& f, const CertificateLine& line, float width) {
  return text_block(f, FontRole::text, 0, 0, width - f.px(kLabels), 0, f.screen(*line.text)) + f.px(4);
}

void draw_card(const CertificateCard& props, FrameContext& f) {
  std::vector<CertificateLine> lines;
  if (!props.hosts.empty()) lines.push_back({"Names", &props.hosts});
  lines.push_back({"Valid", &props.holds});
  if (!props.issuer.empty()) lines.push_back({"Issued by", &props.issuer});
  lines.push_back({"Serial", &props.serial});
  const float inside = room_left() - f.px(32);
  float height = f.px(56);
  for (const CertificateLine& line : lines) height += line_block_height(f, line, inside);
  const Rect box = place(0, height);
  card(f, box);
  const float x = box.x0 + f.px(16);
  float y = box.y0 + f.px(14);
  const float title = text_line(f, FontRole::bold, x, y, f.theme.text0, props.title);
  text_line(f, FontRole::text, x + title + f.px(10), y, f.theme.text2, f.screen(props.name),
            inside - title - f.px(10));
  note(f, ItemKind::card, box, props.title + ": " + props.name, "certificate", props.hosts);
  y += f.px(28);
  for (const CertificateLine& line : lines) {
    text_line(f, FontRole::text, x, y, f.theme.text2, line.label);
    text_block(f, FontRole::text, x + f.px(kLabels), y, inside - f.px(kLabels), f.theme.text1,
               f.screen(*line.text));
    note(f, ItemKind::text, {x, y, box.x1, y + f.px(20)}, *line.text);
    y += line_block_height(f, line, inside);
  }
}

void part_heading(FrameContext& f, std::string_view words) {
  vertical_gap(f, 20);
  paragraph(f, words, FontRole::title, f.theme.text0);
  vertical_gap(f, 6);
}

void draw_renewal(const CertificatesProps& props, FrameContext& f, Actions& actions) {
  part_heading(f, "Renewal");
  paragraph(f, props.renewal, FontRole::text, f.theme.text1);
  if (!props.can_renew) return;
  vertical_gap(f, 4);
  paragraph(f,
            "Renewing it now disconnects nobody and asks nobody anything; new connections see the new one.",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 10);
  if (button(f, ids::kCertificateRenew, props.busy ? "Renewing" : "Renew now", {.disabled = props.busy}))
    actions.push_back(RenewCertificate{});
}

void draw_what_people_see(const CertificatesProps& props, FrameContext& f) {
  part_heading(f, "How people know the office");
  paragraph(
      f,
      "By the key of its authority, which stands in every invite link. Whoever types an address instead "
      "types this fingerprint:",
      FontRole::text, f.theme.text1);
  vertical_gap(f, 6);
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const std::string fingerprint = f.screen(props.fingerprint);
  const float width = text_line(f, FontRole::mono, at.x, at.y, f.theme.text0, fingerprint);
  note(f, ItemKind::text, {at.x, at.y, at.x + width, at.y + f.px(20)}, props.fingerprint);
  ImGui::SetCursorScreenPos({at.x + width + f.px(14), at.y});
  if (link(f, ids::kCertificateCopy, "Copy")) f.set_clipboard(fingerprint);
  vertical_gap(f, 8);
  paragraph(f, "A PC that has no invite is introduced to the office by this link; it invites nobody:",
            FontRole::text, f.theme.text1);
  vertical_gap(f, 6);
  paragraph(f, props.link, FontRole::mono, f.theme.text0);
  vertical_gap(f, 2);
  if (link(f, ids::kCertificateCopyLink, "Copy the link")) f.set_clipboard(props.link);
  if (!props.rotation.empty()) {
    part_heading(f, "Another authority");
    paragraph(f, f.screen(props.rotation), FontRole::text, f.theme.text1);
  }
}

void draw_one_more_name(const CertificatesProps& props, CertificatesViewState& state, FrameContext& f,
                        Actions& actions) {
  // What was refused stays in the field; what was added leaves it.
  if (state.added != props.added) {
    ImGui::ClearActiveID();  // a field that has the keyboard would go on with its own text
    state = {{}, props.added};
  }
  part_heading(f, "Add a name");
  paragraph(f, "PCs reach the server as " + props.names + ".", FontRole::text, f.theme.text1);
  vertical_gap(f, 4);
  if (!props.can_renew)
    return paragraph(
        f,
        "The authority's key isn't on the server, so names are added where it is, with make-ca.sh "
        "names. certs/README.md says how.",
        FontRole::text, f.theme.text1);
  paragraph(
      f,
      "Another name or address is in the certificate before the server goes by it. Nobody is disconnected, "
      "and invites that are out stay good.",
      FontRole::text, f.theme.text1);
  vertical_gap(f, 10);
  const std::string name{trimmed(state.typed)};
  const std::string then = "PCs then reach the server as " + props.names + ", " + name +
                           ". The fingerprint and the link stay as they are.";
  const FieldResult field = text_field(
      f, ids::kCertificateName, state.typed,
      {.label = "Name or address",
       .placeholder = "For example: chat2.office.example",
       .help = name.empty() ? std::string_view{"A host name or an IP address, without port."} : then,
       .error = props.form_error,
       .disabled = props.adding});
  vertical_gap(f, 10);
  const bool is_idle = name.empty() || props.adding;
  const bool pressed =
      button(f, ids::kCertificateAddName, props.adding ? "Adding" : "Add it", {.disabled = is_idle});
  if ((pressed || field.submitted) && !is_idle) actions.push_back(AddCertificateName{name});
}

}  // namespace

void draw_certificates(const CertificatesProps& props, CertificatesViewState& state, FrameContext& f,
                       Actions& actions, const Rect& area) {
  draw_head(props, f, actions, area);
  const Rect rest{area.x0, area.y0 + f.px(kCertificatesHead), std::min(area.x1, area.x0 + f.px(kWidest)),
                  area.y1};
  if (props.chain.empty())
    return draw_emptiness(f, {rest.x0, rest.y0, area.x1, rest.y1},
                          {props.loading, props.error, "No certificate", "The server shows none."});
  begin_pane(f, "certificates", rest, {.scrolls = true, .padding_x = 20, .padding_y = 4});
  for (const std::string& problem : props.problems) {
    notice(f, NoticeTone::bad, problem);
    vertical_gap(f, 12);
  }
  for (const CertificateCard& one : props.chain) {
    draw_card(one, f);
    vertical_gap(f, 12);
  }
  draw_renewal(props, f, actions);
  draw_what_people_see(props, f);
  draw_one_more_name(props, state, f, actions);
  vertical_gap(f, 20);
  end_pane();
}

}  // namespace wardroom::admin::views
