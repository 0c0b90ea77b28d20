#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace wardroom::ui {

// Text with a cursor, a selection and an undo list: what an input edits. Knows no font and no screen.
// Positions are bytes and never stand inside what a reader takes for one character.
class TextEdit {
 public:
  const std::string& text() const { return text_; }
  std::size_t cursor() const { return cursor_; }
  // Where the cursor could stand in two places of the screen, it stands beside the character before it
  // (typeset::Caret).
  bool upstream() const { return upstream_; }
  bool has_selection() const { return cursor_ != anchor_; }
  std::size_t selection_begin() const { return cursor_ < anchor_ ? cursor_ : anchor_; }
  std::size_t selection_end() const { return cursor_ < anchor_ ? anchor_ : cursor_; }
  std::string_view selected() const;

  // Replaces everything, puts the cursor at the end and forgets the undo list.
  void set_text(std::string text);
  // The text becomes this one. Where that is what undo would bring, it is undone, and the cursor stands where
  // it stood; else it is a change that can be undone.
  void put_back(std::string_view text);

  // Replace the selection, if there is one.
  void insert(std::string_view text);
  void erase_back(bool word);
  void erase_forward(bool word);
  // Replaces a range and puts the cursor behind the new text.
  void replace(std::size_t begin, std::size_t end, std::string_view text);

  // In the order of the text; what is left on the screen, the layout knows.
  enum class Step { back, forth, word_back, word_forth, line_start, line_end, start, end };
  void move(Step step, bool select);
  void move_to(std::size_t position, bool select, bool upstream = false);
  void select_all();
  void select_word_at(std::size_t position);

  void undo();
  void redo();

 private:
  struct Snapshot {
    std::string text;
    std::size_t cursor;
  };
  void remember(bool joins_previous);
  std::size_t target(Step step) const;
  void erase(std::size_t begin, std::size_t end);

  std::string text_;
  std::size_t cursor_ = 0;
  std::size_t anchor_ = 0;
  bool upstream_ = false;
  std::vector<Snapshot> undo_;
  std::vector<Snapshot> redo_;
  bool typing_ = false;  // the last change was a typed character: the next joins it in one undo step
};

}  // namespace wardroom::ui
