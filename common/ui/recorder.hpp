#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace wardroom::ui {

struct Rect {
  float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  float width() const { return x1 - x0; }
  float height() const { return y1 - y0; }
};

enum class ItemKind {
  text,
  button,
  icon_button,
  field,
  row,
  badge,
  header,
  card,
  toast,
  dialog,
  choice,
  checkbox,
  tab,
  link,
  table_row,
  progress,
  avatar
};

std::string_view to_string(ItemKind kind);

// One widget of one frame, as a test sees it.
struct Item {
  ItemKind kind = ItemKind::text;
  std::string id;     // from the program's list of ids; texts that can't be pressed have none
  std::string label;  // what a person reads; never a password
  Rect rect;          // in pixels of the window; what is clipped away is cut off
  bool visible = true;
  bool disabled = false;
  bool selected = false;
  bool focused = false;
  std::string state;  // anything else worth comparing, for example the text in a field
  bool cut = false;   // part of it can't be seen, and isn't reached by scrolling
};

// Gathers what one frame drew, so that a driver clicks by id and a snapshot can be compared. Window thread.
class Recorder {
 public:
  void clear() { items_.clear(); }
  void add(Item item) { items_.push_back(std::move(item)); }
  const std::vector<Item>& items() const { return items_; }
  // The item of this id in the last frame; null if it wasn't drawn.
  const Item* find(std::string_view id) const;
  // Whether a visible item's label contains the words.
  bool shows(std::string_view words) const;
  // One line an item, without rectangles: `button composer.send "Send" disabled`.
  std::string snapshot() const;

 private:
  std::vector<Item> items_;
};

}  // namespace wardroom::ui
