#include "client/views/message_row.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>
#include <utility>

#include "client/views/file_cards.hpp"
#include "client/views/ids.hpp"
#include "client/views/link_cards.hpp"
#include "client/views/markdown.hpp"
#include "client/views/message_menu.hpp"
#include "client/views/reaction_pills.hpp"
#include "client/views/thread_summary.hpp"
#include "common/language/tr.hpp"
#include "common/text/boundaries.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/widget.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kTool = 26;
constexpr float kLine = 20;
constexpr float kTextLeft = 56;  // from the row's left edge, behind the avatar
constexpr float kTextRight = 12;
constexpr float kPadFirst = 10;  // above a message with a header
constexpr float kPadGrouped = 1;
constexpr float kPadBottom = 3;  // the same below each, so that the gaps between grouped messages are even
constexpr float kQuote = 24;
constexpr float kDay = 44;
constexpr float kUnread = 36;
constexpr float kNotice = 28;

// The target of "(edited)"; nothing that a text can link to looks like it.
constexpr std::string_view kVersionsTarget = "versions";

bool has_header(const TimelineRow& row) {
  return !row.grouped && !row.action;
}

float pad_top(FrameContext& f, const TimelineRow& row) {
  return f.px(row.grouped ? kPadGrouped : kPadFirst);
}

void mend(FrameContext& f, std::vector<Block>& blocks) {
  for (Block& block : blocks)
    for (Span& span : block.spans) span.text = f.screen(span.text);
}

std::vector<Block> body_blocks(FrameContext& f, const TimelineRow& row, std::string_view self_name) {
  if (row.deleted) return {{Block::Kind::paragraph, {{SpanStyle::quiet, f.screen(row.text), {}}}}};
  std::vector<Block> blocks = parse_markdown(row.text, self_name);
  if (blocks.empty()) blocks.push_back({});
  if (row.action) {
    Block& first = blocks.front();
    for (Span& span : first.spans) {
      if (span.style == SpanStyle::plain) span.style = SpanStyle::italic;
    }
    Span author{.style = SpanStyle::bold, .text = row.author_name, .isolated = true};
    first.spans.insert(first.spans.begin(), {std::move(author), {SpanStyle::bold, " "}});
  }
  if (row.edited) {
    // Behind a block of code the mark gets a line of its own.
    if (blocks.back().kind == Block::Kind::code) blocks.push_back({});
    Span mark{SpanStyle::quiet, tr(" (edited)"), std::string{kVersionsTarget}};
    mark.aside = true;
    blocks.back().spans.push_back(std::move(mark));
  }
  mend(f, blocks);
  return blocks;
}

void draw_rule(FrameContext& f, const Rect& rect, std::string_view text, Colour line, Colour ink) {
  const float width = text_width(f, FontRole::small, text);
  const float middle = std::round((rect.y0 + rect.y1) / 2);
  const float centre = (rect.x0 + rect.x1) / 2;
  hairline(f, rect.x0, centre - width / 2 - f.px(12), middle, line);
  hairline(f, centre + width / 2 + f.px(12), rect.x1, middle, line);
  text_line(f, FontRole::small, std::round(centre - width / 2), middle - f.px(9), ink, text);
}

void draw_notice_row(FrameContext& f, const TimelineRow& row, const Rect& rect) {
  const float x = rect.x0 + f.px(kTextLeft);
  const std::string text = f.screen(row.text);
  const Rect words{x, rect.y0, rect.x1, rect.y1};
  const float width = text_in(f, FontRole::small, words, f.theme.text2, text);
  if (row.time.empty()) return;
  text_in(f, FontRole::small, {x + width + f.px(8), rect.y0, rect.x1, rect.y1}, f.theme.text2, row.time);
}

void draw_beginning(FrameContext& f, const TimelineRow& row, const Rect& rect) {
  const float x = rect.x0 + f.px(8);
  text_block(f, FontRole::text, x, rect.y0 + f.px(14), rect.width() - f.px(20), f.theme.text2,
             f.screen(row.text));
}

bool draw_plain_kind(FrameContext& f, const TimelineRow& row, const Rect& rect) {
  switch (row.kind) {
    case TimelineRow::Kind::message:
      return false;
    case TimelineRow::Kind::day:
      draw_rule(f, rect, f.screen(row.text), f.theme.line, f.theme.text2);
      break;
    case TimelineRow::Kind::unread_line:
      draw_rule(f, rect, tr("new"), f.theme.bad, f.theme.bad);
      break;
    case TimelineRow::Kind::replies:
      draw_rule(f, rect, row.text, f.theme.line, f.theme.text2);
      break;
    case TimelineRow::Kind::notice:
      draw_notice_row(f, row, rect);
      break;
    case TimelineRow::Kind::beginning:
      draw_beginning(f, row, rect);
      break;
  }
  const bool line = row.kind == TimelineRow::Kind::unread_line;
  note(f, line ? ItemKind::header : ItemKind::text, rect, line ? tr("new") : row.text);
  return true;
}

// A time is short; under the mouse it tells its date and zone.
float draw_time(FrameContext& f, const TimelineRow& row, float x, float y, Colour ink, bool hovered) {
  const float width = text_line(f, FontRole::small, x, y, ink, row.time);
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const bool over = hovered && mouse.x >= x && mouse.x < x + width && mouse.y >= y && mouse.y < y + f.px(18);
  tooltip(f, {.hovered = over}, f.screen(row.full_time));
  return width;
}

// The name, the time, and what is still to happen to the message.
void draw_header(FrameContext& f, const TimelineRow& row, float x, float y, float right, Colour ink,
                 bool hovered) {
  const Colour quiet = row.mentions_me ? f.theme.text1 : f.theme.text2;
  const bool pending = row.delivery == Delivery::pending;
  const float width =
      text_line(f, FontRole::bold, x, y, ink, f.screen(row.author_name), right - x - f.px(90));
  float after = x + width + f.px(6);
  after += pending
               ? text_line(f, FontRole::small, after, y + f.px(2), quiet, f.screen(tr("sending\xE2\x80\xA6")))
               : draw_time(f, row, after, y + f.px(2), quiet, hovered);
  if (!row.pinned) return;
  draw_icon(f, Icon::pin, after + f.px(13), y + f.px(10), f.px(12), quiet);
  text_line(f, FontRole::small, after + f.px(22), y + f.px(2), quiet, tr("pinned"));
}

float draw_quote(FrameContext& f, const TimelineRow& row, const RowPlace& place, float x, float y,
                 float right, Actions& actions) {
  const Rect rect{x, y, right, y + f.px(kQuote - 4)};
  std::string words = row.reply.excerpt;
  if (!row.reply.author.empty()) words = text::isolated(row.reply.author) + ": " + words;
  const Interaction it = interact(f, Id{ids::kQuote, place.index}, rect, ItemKind::link, words);
  fill({x, rect.y0 + f.px(1), x + f.px(3), rect.y1 - f.px(1)}, f.theme.line, f.px(1.5F));
  const Colour quiet = row.mentions_me ? f.theme.text1 : f.theme.text2;
  const Colour ink = it.hovered ? f.theme.text0 : quiet;
  text_in(f, FontRole::small, {x + f.px(13), rect.y0, right, rect.y1}, ink, f.screen(words));
  if (it.focused) focus_ring(f, rect, f.px(4));
  if (it.pressed) actions.push_back(JumpToMessage{place.room, row.reply.seq});
  return f.px(kQuote);
}

void draw_failure(FrameContext& f, const TimelineRow& row, const RowPlace& place, float x, float y,
                  Actions& actions) {
  draw_icon(f, Icon::warning, x + f.px(7), y + f.px(9), f.px(14), f.theme.bad);
  const std::string words = f.screen(tr("Not sent: {0}", row.failure));
  const float width =
      text_line(f, FontRole::small, x + f.px(20), y, f.theme.bad, words, place.rect.x1 - x - f.px(190));
  ImGui::SetCursorScreenPos({x + f.px(20) + width + f.px(10), y});
  if (link(f, Id{ids::kRetry, place.index}, tr("Send again"), FontRole::small)) {
    actions.push_back(RetryMessage{place.room, row.client_id});
  }
  ImGui::SameLine(0, f.px(12));
  if (link(f, Id{ids::kRewrite, place.index}, tr("Edit"), FontRole::small)) {
    actions.push_back(RewriteMessage{place.room, row.client_id});
  }
  ImGui::SameLine(0, f.px(12));
  if (link(f, Id{ids::kDiscard, place.index}, tr("Discard"), FontRole::small)) {
    actions.push_back(DiscardMessage{place.room, row.client_id});
  }
}

struct Tool {
  std::string_view id;
  Icon icon;
  std::string_view label;
};

std::vector<Tool> list_tools(const TimelineRow& row, const RowPlace& place) {
  std::vector<Tool> tools;
  if (may_react(row, place.rights)) tools.push_back({ids::kReact, Icon::emoji, tr("React")});
  if (may_react(row, place.rights) && place.rights.thread)
    tools.push_back({ids::kReplyInThread, Icon::thread, tr("Reply in thread")});
  if (may_react(row, place.rights) && place.rights.quote)
    tools.push_back({ids::kReply, Icon::reply, tr("Reply")});
  if (may_edit(row, place.rights)) tools.push_back({ids::kEdit, Icon::pencil, tr("Edit")});
  tools.push_back({ids::kMore, Icon::dots, tr("More")});
  return tools;
}

// The small buttons over the upper right corner of the message under the mouse.
RowWish draw_tools(FrameContext& f, const TimelineRow& row, const RowPlace& place, Actions& actions) {
  const std::vector<Tool> tools = list_tools(row, place);
  const float size = f.px(kTool);
  const Rect bar = tools_of(f, row, place);
  const float top = bar.y0;
  fill(bar, f.theme.surface1, f.px(7));
  outline(bar, f.theme.line, f.px(7));
  RowWish wish = RowWish::none;
  float x = bar.x0 + f.px(2);
  for (const Tool& tool : tools) {
    const Rect square{x, top + f.px(2), x + size, top + f.px(2) + size};
    x += size;
    if (!icon_button_at(f, Id{tool.id, place.index}, square, tool.icon, tool.label)) continue;
    if (tool.id == ids::kReact) wish = RowWish::picker;
    if (tool.id == ids::kMore) wish = RowWish::menu;
    if (tool.id == ids::kReplyInThread) actions.push_back(OpenThread{{place.room, row.seq}});
    if (tool.id == ids::kReply) actions.push_back(StartReply{place.room, row.seq});
    if (tool.id == ids::kEdit) actions.push_back(StartEdit{place.room, row.seq});
  }
  return wish;
}

void draw_bring_back(FrameContext& f, const TimelineRow& row, const RowPlace& place, float x, float y,
                     Actions& actions) {
  ImGui::SetCursorScreenPos({x, y});
  if (!link(f, Id{ids::kBringBack, place.index}, tr("Restore"), FontRole::small)) return;
  if (row.own)
    actions.push_back(RestoreOwn{place.room, row.seq});
  else
    actions.push_back(AskReason{ReasonedAction::restore_message, place.room, row.seq, {}});
}

std::string state_of(const TimelineRow& row) {
  std::string state = row.author_name + " " + row.time;
  if (row.delivery == Delivery::pending) state += ", pending";
  if (row.delivery == Delivery::failed) state += ", failed";
  if (row.grouped) state += ", grouped";
  if (row.edited) state += ", edited";
  if (row.deleted) state += ", deleted";
  if (row.mentions_me) state += ", mention";
  if (row.pinned) state += ", pinned";
  return state;
}

}  // namespace

std::string seen_row_text(FrameContext& f, const TimelineRow& row, std::string_view self_name) {
  return seen_text(body_blocks(f, row, self_name));
}

float text_left(FrameContext& f) {
  return f.px(kTextLeft);
}

float text_top(FrameContext& f, const TimelineRow& row) {
  return pad_top(f, row) + (has_header(row) ? f.px(kLine) : 0) + (row.reply.seq.is_set() ? f.px(kQuote) : 0);
}

Rect tools_of(FrameContext& f, const TimelineRow& row, const RowPlace& place) {
  const float right = place.rect.x1 - f.px(10);
  const float top = place.rect.y0 - f.px(row.grouped ? 14 : 6);
  const float width = f.px(kTool) * static_cast<float>(list_tools(row, place).size()) + f.px(4);
  return {right - width, top, right, top + f.px(kTool + 4)};
}

RowLayout lay_out_row(FrameContext& f, const TimelineRow& row, std::string_view self_name, float width) {
  RowLayout layout{row.version, width, 0, {}};
  switch (row.kind) {
    case TimelineRow::Kind::day:
      layout.height = f.px(kDay);
      return layout;
    case TimelineRow::Kind::unread_line:
    case TimelineRow::Kind::replies:
      layout.height = f.px(kUnread);
      return layout;
    case TimelineRow::Kind::notice:
      layout.height = f.px(kNotice);
      return layout;
    case TimelineRow::Kind::beginning:
      layout.height = f.px(28) + text_block(f, FontRole::text, 0, 0, width - f.px(20), 0, f.screen(row.text));
      return layout;
    case TimelineRow::Kind::message:
      break;
  }
  // Files may come without a word.
  if (!row.text.empty() || row.files.empty())
    layout.body = lay_out(f, body_blocks(f, row, self_name), width - f.px(kTextLeft + kTextRight));
  layout.height = layout.body.height + pad_top(f, row) + f.px(kPadBottom);
  if (has_header(row)) layout.height += f.px(kLine);
  if (row.reply.seq.is_set()) layout.height += f.px(kQuote);
  layout.height += file_cards_height(f, row.files, width - f.px(kTextLeft + kTextRight));
  layout.height += link_cards_height(f, row.links);
  layout.height += reactions_height(f, row, width - f.px(kTextLeft + kTextRight));
  layout.height += thread_summary_height(f, row);
  if (row.delivery == Delivery::failed) layout.height += f.px(kLine);
  return layout;
}

float guess_row_height(FrameContext& f, const TimelineRow& row, float width) {
  if (row.kind == TimelineRow::Kind::day) return f.px(kDay);
  if (row.kind != TimelineRow::Kind::message) return f.px(kNotice);
  const float characters = std::max(10.0F, (width - f.px(kTextLeft)) / f.px(7));
  const auto lines = 1 + static_cast<float>(row.text.size()) / characters;
  return f.px(kLine) * (lines + (row.grouped ? 0.2F : 1.65F)) +
         file_cards_height(f, row.files, width - f.px(kTextLeft + kTextRight)) +
         link_cards_height(f, row.links);
}

namespace {

void draw_background(FrameContext& f, const TimelineRow& row, const RowPlace& place) {
  const Rect& rect = place.rect;
  if (row.mentions_me) {
    fill(rect, f.theme.mention, f.px(6));
  } else if (place.hovered || place.chosen) {
    fill(rect, mix(f.theme.surface1, f.theme.surface2, 0.55F), f.px(6));
  }
  if (place.chosen) focus_ring(f, rect, f.px(6));
}

// What stands beside the text: who, when, and that it is on its way.
float draw_left_and_header(FrameContext& f, const TimelineRow& row, const RowPlace& place, float y,
                           Colour ink) {
  const Rect& rect = place.rect;
  const float x = rect.x0 + f.px(kTextLeft);
  if (has_header(row)) {
    avatar(f, rect.x0 + f.px(26), y + f.px(20), f.px(36), row.author_name, row.delivery != Delivery::stored);
    draw_header(f, row, x, y, rect.x1 - f.px(kTextRight), ink, place.hovered && !place.over_tools);
    return f.px(kLine);
  }
  const bool pending = row.delivery == Delivery::pending;
  if (row.pinned && !place.hovered) {
    draw_icon(f, Icon::pin, rect.x0 + f.px(44), y + f.px(10), f.px(12), f.theme.text2);
  } else if (row.action || place.hovered || place.chosen) {
    if (!pending)
      draw_time(f, row, rect.x0 + f.px(10), y + f.px(2), f.theme.text2, place.hovered && !place.over_tools);
  }
  if (pending) draw_icon(f, Icon::clock, rect.x0 + f.px(44), y + f.px(10), f.px(12), f.theme.text2);
  return 0;
}

void draw_body(FrameContext& f, const TimelineRow& row, const RowLayout& layout, const RowPlace& place,
               float y, Colour ink, Actions& actions) {
  const float x = place.rect.x0 + f.px(kTextLeft);
  const RichDraw at{.x = x,
                    .y = y,
                    .ink = ink,
                    .dimmed = false,
                    .selected_begin = place.selected_begin,
                    .selected_end = place.selected_end};
  const RichLayout::Link* link = draw_rich(f, layout.body, at);
  if (row.deleted && row.restorable)
    draw_bring_back(f, row, place, x + layout.body.width + f.px(10), y + f.px(2), actions);
  if (!link || !place.hovered || place.over_tools) return;
  const bool versions = link->target == kVersionsTarget;
  if (versions && !may_see_versions(row, place.rights)) return;
  ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
  if (link->named) tooltip(f, {.hovered = true}, f.screen(link->target));
  // On the way up: a press may begin a selection.
  if (!place.clicked) return;
  if (versions)
    actions.push_back(ShowVersions{place.room, row.seq});
  else
    actions.push_back(OpenLink{link->target, link->named});
}

}  // namespace

RowWish draw_row(FrameContext& f, const TimelineRow& row, const RowLayout& layout, const RowPlace& place,
                 Actions& actions) {
  const Rect& rect = place.rect;
  if (draw_plain_kind(f, row, rect)) return RowWish::none;
  draw_background(f, row, place);
  note(f, ItemKind::text, rect, row.text, Id{ids::kMessage, place.index}.text(), state_of(row));
  const Colour ink = row.delivery != Delivery::stored ? f.theme.text1 : f.theme.text0;
  const float x = rect.x0 + f.px(kTextLeft);
  float y = rect.y0 + pad_top(f, row);
  y += draw_left_and_header(f, row, place, y, ink);
  if (row.reply.seq.is_set()) y += draw_quote(f, row, place, x, y, rect.x1 - f.px(kTextRight), actions);
  draw_body(f, row, layout, place, y, ink, actions);
  y += layout.body.height;
  if (!row.files.empty() && place.transfers && place.pictures) {
    const float width = rect.width() - f.px(kTextLeft + kTextRight);
    draw_file_cards(f, row.files, {place.room, row.seq, place.index, *place.transfers, *place.pictures}, x, y,
                    width, actions);
    y += file_cards_height(f, row.files, width);
  }
  if (!row.links.empty() && place.link_cards) {
    draw_link_cards(f, row.links, *place.link_cards, place.index, x, y,
                    rect.width() - f.px(kTextLeft + kTextRight), actions);
    y += link_cards_height(f, row.links);
  }
  if (!row.reactions.empty())
    y += draw_reactions(f, row, place, place.rect.x1 - f.px(kTextRight), x, y, actions);
  y += draw_thread_summary(f, row, place, {x, y, rect.x1 - f.px(kTextRight), y}, actions);
  if (row.delivery == Delivery::failed) draw_failure(f, row, place, x, y, actions);
  if (!has_menu(row)) return RowWish::none;
  const bool right_clicked = place.hovered && ImGui::IsMouseClicked(ImGuiMouseButton_Right);
  const RowWish wish = place.hovered || place.chosen ? draw_tools(f, row, place, actions) : RowWish::none;
  return right_clicked ? RowWish::menu : wish;
}

}  // namespace wardroom::client::views
