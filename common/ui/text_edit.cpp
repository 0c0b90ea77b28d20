#include "common/ui/text_edit.hpp"

#include <algorithm>

#include "common/base/utf8.hpp"

namespace wardroom::ui {
namespace {

constexpr std::size_t kUndoSteps = 200;

std::size_t previous(std::string_view text, std::size_t at) {
  if (at == 0) return 0;
  --at;
  while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
  return at;
}

std::size_t following(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  (void)next_code_point(text, at);
  return at;
}

bool is_word(std::string_view text, std::size_t at) {
  const auto c = static_cast<unsigned char>(text[at]);
  return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

std::size_t word_left(std::string_view text, std::size_t at) {
  while (at > 0 && !is_word(text, previous(text, at))) at = previous(text, at);
  while (at > 0 && is_word(text, previous(text, at))) at = previous(text, at);
  return at;
}

std::size_t word_right(std::string_view text, std::size_t at) {
  while (at < text.size() && !is_word(text, at)) at = following(text, at);
  while (at < text.size() && is_word(text, at)) at = following(text, at);
  return at;
}

}  // namespace

std::string_view TextEdit::selected() const {
  return std::string_view{text_}.substr(selection_begin(), selection_end() - selection_begin());
}

void TextEdit::set_text(std::string text) {
  text_ = std::move(text);
  cursor_ = anchor_ = text_.size();
  undo_.clear();
  redo_.clear();
  typing_ = false;
}

void TextEdit::put_back(std::string_view text) {
  if (text_ == text) return;
  if (!undo_.empty() && undo_.back().text == text) return undo();
  replace(0, text_.size(), text);
}

void TextEdit::remember(bool joins_previous) {
  redo_.clear();
  const bool joins = joins_previous && typing_;
  typing_ = joins_previous;
  if (joins) return;
  if (undo_.size() == kUndoSteps) undo_.erase(undo_.begin());
  undo_.push_back({text_, cursor_});
}

void TextEdit::erase(std::size_t begin, std::size_t end) {
  text_.erase(begin, end - begin);
  cursor_ = anchor_ = begin;
}

void TextEdit::insert(std::string_view text) {
  remember(count_code_points(text) == 1 && text != " " && text != "\n" && !has_selection());
  erase(selection_begin(), selection_end());
  text_.insert(cursor_, text);
  cursor_ = anchor_ = cursor_ + text.size();
}

void TextEdit::replace(std::size_t begin, std::size_t end, std::string_view text) {
  remember(false);
  erase(begin, end);
  text_.insert(begin, text);
  cursor_ = anchor_ = begin + text.size();
}

void TextEdit::erase_back(bool word) {
  if (!has_selection() && cursor_ == 0) return;
  remember(false);
  if (has_selection()) {
    erase(selection_begin(), selection_end());
  } else {
    erase(word ? word_left(text_, cursor_) : previous(text_, cursor_), cursor_);
  }
}

void TextEdit::erase_forward(bool word) {
  if (!has_selection() && cursor_ == text_.size()) return;
  remember(false);
  if (has_selection()) {
    erase(selection_begin(), selection_end());
  } else {
    erase(cursor_, word ? word_right(text_, cursor_) : following(text_, cursor_));
  }
}

std::size_t TextEdit::target(Step step) const {
  switch (step) {
    case Step::left:
      return previous(text_, cursor_);
    case Step::right:
      return following(text_, cursor_);
    case Step::word_left:
      return word_left(text_, cursor_);
    case Step::word_right:
      return word_right(text_, cursor_);
    case Step::line_start: {
      const std::size_t newline = cursor_ == 0 ? std::string::npos : text_.rfind('\n', cursor_ - 1);
      return newline == std::string::npos ? 0 : newline + 1;
    }
    case Step::line_end:
      return std::min(text_.find('\n', cursor_), text_.size());
    case Step::start:
      return 0;
    case Step::end:
      return text_.size();
  }
  return cursor_;
}

void TextEdit::move(Step step, bool select) {
  typing_ = false;
  if (!select && has_selection() && (step == Step::left || step == Step::right)) {
    cursor_ = anchor_ = step == Step::left ? selection_begin() : selection_end();
    return;
  }
  move_to(target(step), select);
}

void TextEdit::move_to(std::size_t position, bool select) {
  typing_ = false;
  cursor_ = std::min(position, text_.size());
  if (!select) anchor_ = cursor_;
}

void TextEdit::select_all() {
  anchor_ = 0;
  cursor_ = text_.size();
}

void TextEdit::select_word_at(std::size_t position) {
  position = std::min(position, text_.size());
  anchor_ = cursor_ = position;
  while (anchor_ > 0 && is_word(text_, previous(text_, anchor_))) anchor_ = previous(text_, anchor_);
  while (cursor_ < text_.size() && is_word(text_, cursor_)) cursor_ = following(text_, cursor_);
}

void TextEdit::undo() {
  if (undo_.empty()) return;
  redo_.push_back({std::move(text_), cursor_});
  text_ = std::move(undo_.back().text);
  cursor_ = anchor_ = undo_.back().cursor;
  undo_.pop_back();
  typing_ = false;
}

void TextEdit::redo() {
  if (redo_.empty()) return;
  undo_.push_back({std::move(text_), cursor_});
  text_ = std::move(redo_.back().text);
  cursor_ = anchor_ = redo_.back().cursor;
  redo_.pop_back();
  typing_ = false;
}

}  // namespace wardroom::ui
