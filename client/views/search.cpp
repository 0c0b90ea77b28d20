#include "client/views/search.hpp"

#include <algorithm>
#include <array>
#include <imgui.h>
#include <utility>

#include "client/views/ids.hpp"
#include "client/views/matching.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/field.hpp"
#include "common/ui/rich_text.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kHitPad = 10;
constexpr float kMostHitText = 96;
constexpr std::size_t kMostCompletions = 6;

struct FilterWord {
  std::string_view word;
  std::string_view meaning;
};
constexpr std::array<FilterWord, 12> kFilters{{{"from:", "written by somebody; from:me"},
                                               {"in:", "in a room; in:@name in direct messages"},
                                               {"before:", "a day, a month or a year: before:2026-03"},
                                               {"after:", "after:2026-03-09"},
                                               {"on:", "on:2026-03-09"},
                                               {"has:file", "with a file"},
                                               {"has:image", "with a picture"},
                                               {"has:link", "with a link"},
                                               {"has:reaction", "somebody reacted"},
                                               {"has:pin", "pinned"},
                                               {"is:direct", "in direct messages"},
                                               {"is:edited", "changed later"}}};

std::string_view last_word(std::string_view query) {
  const auto space = query.find_last_of(' ');
  return space == std::string_view::npos ? query : query.substr(space + 1);
}

void draw_hit(const SearchHitRow& hit, std::size_t place_in_list, FrameContext& f, Actions& actions) {
  const float inner = room_left() - f.px(2 * kHitPad);
  Block block;
  std::string whole;
  for (const auto& piece : hit.pieces) {
    std::string line = piece.text;
    std::ranges::replace(line, '\n', ' ');
    whole += line;
    block.spans.push_back({piece.marked ? SpanStyle::mention : SpanStyle::plain, f.screen(line), {}});
  }
  const RichLayout body = lay_out(f, {block}, inner);
  const Rect card = place(0, std::min(body.height, f.px(kMostHitText)) + f.px(2 * kHitPad + 42));
  const Interaction it = interact(f, Id{ids::kSearchHit, static_cast<std::int64_t>(place_in_list)}, card,
                                  ItemKind::card, whole, {.state = hit.author + ", " + hit.where});
  if (it.visible) {
    fill(card, it.hovered ? f.theme.surface3 : f.theme.surface2, f.px(8));
    outline(card, f.theme.line, f.px(8));
    if (it.focused) focus_ring(f, card, f.px(8));
    const float x = card.x0 + f.px(kHitPad);
    const float y = card.y0 + f.px(kHitPad - 2);
    text_line(f, FontRole::bold, x, y, f.theme.text0, f.screen(hit.author), inner);
    text_line(f, FontRole::small, x, y + f.px(20), f.theme.text1, f.screen(hit.where), inner);
    ImGui::PushClipRect({card.x0, card.y0}, {card.x1, card.y1 - f.px(6)}, true);
    draw_rich(f, body, {.x = x, .y = y + f.px(42), .ink = f.theme.text0, .dimmed = false});
    ImGui::PopClipRect();
  }
  if (it.pressed) actions.push_back(ShowHit{hit.room, hit.seq});
  vertical_gap(f, 8);
}

void draw_head(const SearchProps& props, FrameContext& f, Actions& actions) {
  const Rect head = place(0, f.px(30));
  const std::string title = tr("Search {0}", props.place);
  text_line(f, FontRole::bold, head.x0 + f.px(2), head.y0, f.theme.text0, f.screen(title),
            head.width() - f.px(70));
  note(f, ItemKind::header, head, title);
  const Rect cross{head.x1 - f.px(28), head.y0 - f.px(4), head.x1, head.y0 + f.px(24)};
  if (icon_button_at(f, ids::kSearchClose, cross, Icon::close, tr("Close"))) actions.push_back(CloseSearch{});
  const Rect back{cross.x0 - f.px(32), cross.y0, cross.x0 - f.px(4), cross.y1};
  if (props.can_return &&
      icon_button_at(f, ids::kSearchReturn, back, Icon::back, tr("Back to where you were")))
    actions.push_back(ReturnFromHit{});
}

// Words that the query may go on with; one that is pressed stands in the field.
void draw_completions_of(const std::vector<std::string>& words, SearchViewState& state, FrameContext& f) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Row row =
        list_row(f, Id{ids::kSearchCompletion, static_cast<std::int64_t>(i)}, words[i], {.height = 30});
    if (row.it.visible) {
      const Rect& at = row.rect;
      text_in(f, FontRole::text, {at.x0 + f.px(10), at.y0, at.x1, at.y1}, f.theme.text0, f.screen(words[i]));
      for (const auto& [word, meaning] : kFilters)
        if (word == words[i])
          text_in(f, FontRole::small, {at.x0 + f.px(110), at.y0, at.x1, at.y1}, f.theme.text1, tr(meaning));
    }
    if (!row.it.pressed) continue;
    state.query.resize(state.query.size() - last_word(state.query).size());
    state.query += words[i];
    if (!words[i].ends_with(':')) state.query += ' ';
    state.serial = 0;  // the field takes the keyboard again
    state.goes_on = true;
  }
}

void draw_recent(const SearchProps& props, SearchViewState& state, FrameContext& f, Actions& actions) {
  if (props.recent.empty()) return;
  section_header(f, tr("Recent"));
  for (std::size_t i = 0; i < props.recent.size(); ++i) {
    const Row row = list_row(f, Id{ids::kSearchRecent, static_cast<std::int64_t>(i)}, props.recent[i], {});
    if (row.it.visible)
      text_in(f, FontRole::text, {row.rect.x0 + f.px(10), row.rect.y0, row.rect.x1, row.rect.y1},
              f.theme.text1, f.screen(props.recent[i]));
    if (!row.it.pressed) continue;
    state.query = state.asked = props.recent[i];
    actions.push_back(SearchFor{state.query});
  }
}

void draw_hits(const SearchProps& props, FrameContext& f, Actions& actions) {
  if (!props.error.empty()) paragraph(f, props.error, FontRole::small, f.theme.bad);
  if (!props.note.empty()) paragraph(f, props.note, FontRole::small, f.theme.text1);
  vertical_gap(f, 4);
  for (std::size_t i = 0; i < props.hits.size(); ++i) draw_hit(props.hits[i], i, f, actions);
  if (props.busy) paragraph(f, tr("Searching…"), FontRole::small, f.theme.text2);
  if (props.more && !props.busy && button(f, ids::kSearchMore, tr("More"))) actions.push_back(SearchOn{});
}

}  // namespace

std::vector<std::string> complete_filter(const SearchProps& props, std::string_view query) {
  const std::string_view word = last_word(query);
  std::vector<std::string> found;
  const auto add = [&](std::string whole) {
    if (found.size() < kMostCompletions && whole != word) found.push_back(std::move(whole));
  };
  const auto add_names = [&](std::string_view key, const std::vector<std::string>& names) {
    const Typed typed(word.substr(key.size()));
    for (const auto& name : names)
      if (typed.begins(name)) add(std::string(key) + name);
  };
  if (word.starts_with("from:"))
    add_names("from:", props.people);
  else if (word.starts_with("in:"))
    add_names("in:", props.rooms);
  else if (!word.empty())
    for (const auto& [filter, meaning] : kFilters)
      if (filter.starts_with(word)) add(std::string(filter));
  return found;
}

void draw_search(const SearchProps& props, SearchViewState& state, FrameContext& f, Actions& actions,
                 const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "search", area, {.scrolls = true, .padding_x = 12, .padding_y = 12});
  draw_head(props, f, actions);
  const bool appears = state.serial != props.serial;
  state.serial = props.serial;
  const FieldResult typed = text_field(f, ids::kSearchQuery, state.query,
                                       {.placeholder = tr("Words, \"phrases\", from:name"),
                                        .search = true,
                                        .take_focus = appears,
                                        .cursor_at_end = state.goes_on});
  if (typed.focused) state.goes_on = false;
  const bool is_asked = state.query == state.asked;
  if (typed.submitted && is_asked && !props.hits.empty()) {
    actions.push_back(ShowHit{props.hits.front().room, props.hits.front().seq});
  } else if (typed.submitted) {
    state.asked = state.query;
    actions.push_back(SearchFor{state.query});
  }
  // The field lets go of the keyboard with the key.
  if (f.pressed(Key::escape) && state.focused) actions.push_back(CloseSearch{});
  state.focused = typed.focused;
  vertical_gap(f, 6);
  const auto completions = is_asked ? std::vector<std::string>() : complete_filter(props, state.query);
  if (!completions.empty()) draw_completions_of(completions, state, f);
  if (state.query.empty()) {
    paragraph(f,
              tr("All words must match. begin* and *part* find more, a minus excludes. Filters: from: in: "
                 "before: after: on: has:file has:image has:link has:reaction has:pin is:direct is:edited"),
              FontRole::small, f.theme.text2);
    draw_recent(props, state, f, actions);
  } else {
    draw_hits(props, f, actions);
  }
  end_pane();
  vertical_hairline(f, area.x0, area.y0, area.y1, f.theme.line);
}

}  // namespace wardroom::client::views
