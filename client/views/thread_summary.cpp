#include "client/views/thread_summary.hpp"

#include <algorithm>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kHeadLine = 28;
constexpr float kReplyLine = 20;
constexpr float kGapAbove = 4;
constexpr float kGapBelow = 4;
constexpr float kFace = 20;
constexpr float kFaceStep = 22;

std::string label_of(const ThreadSummary& thread) {
  std::string label = thread.count > 0 ? thread.replies : tr("Thread");
  if (thread.unread > 0) label += tr(", {0} new", std::to_string(thread.unread));
  if (thread.unsent) label += tr(", not sent");
  if (thread.has_draft) label += tr(", draft");
  return label;
}

float draw_faces(FrameContext& f, const ThreadSummary& thread, float x, float middle) {
  for (std::size_t i = 0; i < thread.repliers.size(); ++i)
    avatar(f, x + f.px(kFace / 2 + kFaceStep * static_cast<float>(i)), middle, f.px(kFace),
           thread.repliers[i]);
  if (thread.repliers.empty()) return x;
  return x + f.px(kFaceStep * static_cast<float>(thread.repliers.size() - 1) + kFace + 8);
}

void draw_head(FrameContext& f, const ThreadSummary& thread, const Rect& line, bool hovered) {
  const float middle = (line.y0 + line.y1) / 2;
  float x = draw_faces(f, thread, line.x0 + f.px(8), middle);
  const auto words = [&](FontRole role, Colour ink, std::string_view text) {
    x += text_in(f, role, {x, line.y0, line.x1, line.y1}, ink, text) + f.px(8);
  };
  if (thread.count > 0) words(FontRole::small_bold, f.theme.accent, thread.replies);
  if (thread.unread > 0) {
    const std::string count = tr("{0} new", std::to_string(thread.unread));
    const float right = x + badge_width(f, count);
    badge(f, right, middle, count, BadgeTone::accent);
    x = right + f.px(8);
  }
  if (thread.unsent) {
    draw_icon(f, Icon::warning, x + f.px(6), middle, f.px(13), f.theme.bad);
    x += f.px(16);
    words(FontRole::small, f.theme.bad, tr("Not sent"));
  }
  if (thread.has_draft) {
    draw_icon(f, Icon::pencil, x + f.px(6), middle, f.px(12), f.theme.text1);
    x += f.px(16);
    words(FontRole::small, f.theme.text1, tr("Draft"));
  }
  words(FontRole::small, f.theme.text2, hovered ? tr("Show the thread") : f.screen(thread.last_at));
}

}  // namespace

float thread_summary_height(FrameContext& f, const TimelineRow& row) {
  if (!row.thread.shown()) return 0;
  const auto lines = static_cast<float>(row.thread.last.size());
  return f.px(kGapAbove + kHeadLine + kGapBelow) + lines * f.px(kReplyLine) + (lines > 0 ? f.px(4) : 0);
}

float draw_thread_summary(FrameContext& f, const TimelineRow& row, const RowPlace& place, const Rect& area,
                          Actions& actions) {
  const ThreadSummary& thread = row.thread;
  if (!thread.shown()) return 0;
  const float height = thread_summary_height(f, row);
  const float width = std::min(area.width(), f.px(560));
  const Rect box{area.x0, area.y0 + f.px(kGapAbove), area.x0 + width, area.y0 + height - f.px(kGapBelow)};
  const Interaction it = interact(f, Id{ids::kThreadSummary, place.index}, box, ItemKind::button,
                                  label_of(thread), {.state = thread.last_at});
  const Colour behind = row.mentions_me ? f.theme.surface1 : f.theme.surface2;
  fill(box, it.hovered ? f.theme.surface3 : mix(f.theme.surface1, behind, 0.7F), f.px(8));
  if (it.hovered) outline(box, f.theme.line, f.px(8));
  if (it.focused) focus_ring(f, box, f.px(8));
  draw_head(f, thread, {box.x0, box.y0, box.x1 - f.px(8), box.y0 + f.px(kHeadLine)}, it.hovered);
  float y = box.y0 + f.px(kHeadLine);
  for (const ThreadSummary::Line& line : thread.last) {
    const Rect rect{box.x0 + f.px(10), y, box.x1 - f.px(10), y + f.px(kReplyLine)};
    const std::string words = text::isolated(line.author) + ": " + line.excerpt;
    text_in(f, FontRole::small, rect, f.theme.text1, f.screen(words));
    note(f, ItemKind::text, rect, words);
    y += f.px(kReplyLine);
  }
  tooltip(f, it, f.screen(thread.names));
  if (it.pressed) actions.push_back(OpenThread{{place.room, row.seq}});
  return height;
}

}  // namespace wardroom::client::views
