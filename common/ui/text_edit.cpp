#include "common/ui/text_edit.hpp"

#include <algorithm>
#include <tuple>

#include "common/base/utf8.hpp"
#include "common/text/boundaries.hpp"

namespace wardroom::ui {
namespace {

constexpr std::size_t kUndoSteps = 200;

}  // namespace

std::string_view TextEdit::selected() const {
  return std::string_view{text_}.substr(selection_begin(), selection_end() - selection_begin());
}

void TextEdit::set_text(std::string text) {
  text_ = std::move(text);
  cursor_ = anchor_ = text_.size();
  upstream_ = false;
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
  upstream_ = false;
}

void TextEdit::insert(std::string_view text) {
  remember(count_code_points(text) == 1 && text != " " && text != "\n" && !has_selection());
  erase(selection_begin(), selection_end());
  text_.insert(cursor_, text);
  cursor_ = anchor_ = cursor_ + text.size();
  upstream_ = true;
}

void TextEdit::replace(std::size_t begin, std::size_t end, std::string_view text) {
  remember(false);
  erase(begin, end);
  text_.insert(begin, text);
  cursor_ = anchor_ = begin + text.size();
  upstream_ = true;
}

void TextEdit::erase_back(bool word) {
  if (!has_selection() && cursor_ == 0) return;
  remember(false);
  if (has_selection()) {
    erase(selection_begin(), selection_end());
  } else {
    erase(word ? text::word_left(text_, cursor_) : text::before_backspace(text_, cursor_), cursor_);
  }
}

void TextEdit::erase_forward(bool word) {
  if (!has_selection() && cursor_ == text_.size()) return;
  remember(false);
  if (has_selection()) {
    erase(selection_begin(), selection_end());
  } else {
    erase(cursor_, word ? text::word_right(text_, cursor_) : text::next_character(text_, cursor_));
  }
}

std::size_t TextEdit::target(Step step) const {
  switch (step) {
    case Step::back:
      return text::previous_character(text_, cursor_);
    case Step::forth:
      return text::next_character(text_, cursor_);
    case Step::word_back:
      return text::word_left(text_, cursor_);
    case Step::word_forth:
      return text::word_right(text_, cursor_);
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
  if (!select && has_selection() && (step == Step::back || step == Step::forth)) {
    upstream_ = false;
    cursor_ = anchor_ = step == Step::back ? selection_begin() : selection_end();
    return;
  }
  move_to(target(step), select);
}

void TextEdit::move_to(std::size_t position, bool select, bool upstream) {
  typing_ = false;
  upstream_ = upstream;
  cursor_ = std::min(position, text_.size());
  if (!select) anchor_ = cursor_;
}

void TextEdit::select_all() {
  anchor_ = 0;
  cursor_ = text_.size();
  upstream_ = true;
}

void TextEdit::select_word_at(std::size_t position) {
  std::tie(anchor_, cursor_) = text::word_around(text_, position);
  upstream_ = has_selection();
}

void TextEdit::undo() {
  if (undo_.empty()) return;
  redo_.push_back({std::move(text_), cursor_});
  text_ = std::move(undo_.back().text);
  cursor_ = anchor_ = undo_.back().cursor;
  upstream_ = false;
  undo_.pop_back();
  typing_ = false;
}

void TextEdit::redo() {
  if (redo_.empty()) return;
  undo_.push_back({std::move(text_), cursor_});
  text_ = std::move(redo_.back().text);
  cursor_ = anchor_ = redo_.back().cursor;
  upstream_ = false;
  redo_.pop_back();
  typing_ = false;
}

}  // namespace wardroom::ui
