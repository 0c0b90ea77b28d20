#include "client/views/text_selection.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

#include "client/views/message_row.hpp"
#include "common/ui/text_edit.hpp"

namespace wardroom::client::views {
namespace {

// What was sent stands in the room's order, what waits to be sent behind it in the order of writing.
auto place_in_room(Seq seq, std::uint64_t key) {
  return seq.is_set() ? std::tuple{false, seq.value, std::uint64_t{0}}
                      : std::tuple{true, std::int64_t{0}, key};
}

auto place_of(const TextSpot& spot) {
  return place_in_room(spot.seq, spot.key);
}

struct SelectedRange {
  TextSpot from, to;  // `from.begin` to `to.end`
};

SelectedRange ordered(const TextSelection& s) {
  if (place_of(s.anchor) == place_of(s.cursor)) {
    SelectedRange span{s.anchor, s.anchor};
    span.from.begin = std::min(s.anchor.begin, s.cursor.begin);
    span.to.end = std::max(s.anchor.end, s.cursor.end);
    return span;
  }
  return place_of(s.anchor) < place_of(s.cursor) ? SelectedRange{s.anchor, s.cursor}
                                                 : SelectedRange{s.cursor, s.anchor};
}

bool is_text_row(const TimelineRow& row) {
  return row.kind == TimelineRow::Kind::message;
}

// A message that was edited since may have another character there.
std::size_t at_character(std::string_view text, std::size_t offset) {
  offset = std::min(offset, text.size());
  while (offset > 0 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80)
    --offset;
  return offset;
}

void append_part(std::string& out, const TimelineRow& row, std::string_view part, ui::FrameContext& f,
                 CopyStyle style) {
  if (style == CopyStyle::text) {
    if (!out.empty()) out += '\n';
  } else {
    if (!out.empty()) out += "\n\n";
    out += f.screen(row.author_name + ", " + (row.full_time.empty() ? row.time : row.full_time)) + "\n";
  }
  out += part;
}

// The spot's row, of which it takes the place in the room.
bool follow_row(TextSpot& spot, const TimelineProps& props) {
  for (const TimelineRow& row : props.rows) {
    if (!is_text_row(row) || !is_in(spot, row)) continue;
    spot.seq = row.seq;
    return true;
  }
  return false;
}

}  // namespace

bool is_in(const TextSpot& spot, const TimelineRow& row) {
  return spot.seq.is_set() && row.seq.is_set() ? spot.seq == row.seq : spot.key == row.key;
}

bool TextSelection::empty() const {
  if (!anchor.is_set() || !cursor.is_set()) return true;
  const SelectedRange span = ordered(*this);
  return place_of(span.from) == place_of(span.to) && span.from.begin >= span.to.end;
}

std::pair<std::size_t, std::size_t> selected_part(const TextSelection& selection, const TimelineRow& row) {
  if (!is_text_row(row) || selection.empty()) return {0, 0};
  const auto [from, to] = ordered(selection);
  const auto place = place_in_room(row.seq, row.key);
  const bool first = is_in(from, row), last = is_in(to, row);
  if ((!first && place < place_of(from)) || (!last && place > place_of(to))) return {0, 0};
  return {first ? from.begin : 0, last ? to.end : std::numeric_limits<std::size_t>::max()};
}

void follow_rows(TextSelection& selection, const TimelineProps& props) {
  if (!selection.anchor.is_set() || selection.revision == props.revision) return;
  selection.revision = props.revision;
  if (!follow_row(selection.anchor, props) || !follow_row(selection.cursor, props)) selection.clear();
}

void select_everything(TextSelection& selection, const TimelineProps& props, ui::FrameContext& f) {
  const auto& rows = props.rows;
  const auto first = std::find_if(rows.begin(), rows.end(), is_text_row);
  if (first == rows.end()) return;
  const auto last = std::find_if(rows.rbegin(), rows.rend(), is_text_row);
  const std::size_t size = seen_row_text(f, *last, props.self_name).size();
  selection.anchor = {first->seq, first->key, 0, 0};
  selection.cursor = {last->seq, last->key, size, size};
  selection.unit = TextSelection::Unit::character;
  selection.revision = props.revision;
}

TextSpot spot_at(const TimelineRow& row, std::string_view seen, std::size_t offset,
                 TextSelection::Unit unit) {
  offset = std::min(offset, seen.size());
  TextSpot spot{row.seq, row.key, offset, offset};
  if (unit == TextSelection::Unit::paragraph) {
    const std::size_t before = offset == 0 ? std::string_view::npos : seen.rfind('\n', offset - 1);
    spot.begin = before == std::string_view::npos ? 0 : before + 1;
    spot.end = std::min(seen.find('\n', offset), seen.size());
  } else if (unit == TextSelection::Unit::word) {
    // What a word is, the composer decides.
    ui::TextEdit words;
    words.set_text(std::string{seen});
    words.select_word_at(offset);
    spot.begin = words.selection_begin();
    spot.end = words.selection_end();
  }
  return spot;
}

std::string copied_text(const TextSelection& selection, const TimelineProps& props, ui::FrameContext& f,
                        CopyStyle style) {
  std::string out;
  for (const TimelineRow& row : props.rows) {
    const auto [begin, end] = selected_part(selection, row);
    if (begin >= end) continue;
    const std::string seen = seen_row_text(f, row, props.self_name);
    const std::size_t from = at_character(seen, begin), to = at_character(seen, end);
    if (from >= to) continue;
    append_part(out, row, std::string_view{seen}.substr(from, to - from), f, style);
  }
  return out;
}

std::string copied_message(const TimelineRow& row, const TimelineProps& props, ui::FrameContext& f,
                           CopyStyle style) {
  std::string out;
  append_part(out, row, seen_row_text(f, row, props.self_name), f, style);
  return out;
}

}  // namespace wardroom::client::views
