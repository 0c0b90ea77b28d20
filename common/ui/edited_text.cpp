#include "common/ui/edited_text.hpp"

#include <algorithm>
#include <cmath>

#include "common/base/utf8.hpp"

namespace wardroom::ui {
namespace {

constexpr std::string_view kHidden = "\xE2\x80\xA2";
constexpr float kAreaStep = 20;

std::string bullets(std::size_t count) {
  std::string out;
  for (std::size_t i = 0; i < count; ++i) out += kHidden;
  return out;
}

}  // namespace

void EditedText::lay_out(float width) {
  step_ = options.single_line ? f.fonts.line_height(options.role) : f.px(kAreaStep);
  if (options.password)
    layout_ = &f.fonts.line(options.role, bullets(count_code_points(text())));
  else if (options.single_line)
    layout_ = &f.fonts.line(options.role, text());
  else
    layout_ = &f.fonts.block(options.role, text(), width, step_);
}

std::size_t EditedText::shown(std::size_t position) const {
  if (!options.password) return position;
  return kHidden.size() * count_code_points(std::string_view{text()}.substr(0, position));
}

std::size_t EditedText::edited(std::size_t shown_position) const {
  if (!options.password) return shown_position;
  std::size_t at = 0;
  for (std::size_t i = shown_position / kHidden.size(); i > 0 && at < text().size(); --i)
    (void)next_code_point(text(), at);
  return at;
}

typeset::Caret EditedText::caret() const {
  return {shown(state.edit.cursor()), state.edit.upstream()};
}

void EditedText::move_to(typeset::Caret caret, bool select) {
  state.edit.move_to(edited(caret.position), select, caret.upstream);
}

float EditedText::left() const {
  if (!options.single_line) return rect.x0;
  // A field that is written from the right begins there.
  const bool from_right = layout_->lines.front().right_to_left && layout_->width < rect.width();
  return from_right ? rect.x1 - std::ceil(layout_->width) : rect.x0 - state.scroll;
}

typeset::Caret EditedText::caret_under(float x, float y) const {
  return typeset::caret_at(*layout_, x - left(), y - top());
}

void EditedText::keep_cursor_visible() {
  const typeset::CaretPlace cursor = typeset::place_of(*layout_, caret());
  if (options.single_line) {
    const float room = std::max(1.0F, rect.width() - f.px(2));
    state.scroll = std::clamp(state.scroll, std::max(0.0F, cursor.x - room), std::max(0.0F, cursor.x));
    state.scroll = std::clamp(state.scroll, 0.0F, std::max(0.0F, std::ceil(layout_->width) - room));
    return;
  }
  const typeset::LaidLine& line = layout_->lines[cursor.line];
  const float lowest = line.top + line.height - rect.height();
  state.scroll = std::clamp(state.scroll, std::min(lowest, line.top), line.top);
  state.scroll = std::clamp(state.scroll, 0.0F, std::max(0.0F, layout_->height - rect.height()));
}

}  // namespace wardroom::ui
