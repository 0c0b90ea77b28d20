#include "common/ui/recorder.hpp"

#include <algorithm>

namespace wardroom::ui {

std::string_view to_string(ItemKind kind) {
  switch (kind) {
    case ItemKind::text:
      return "text";
    case ItemKind::button:
      return "button";
    case ItemKind::icon_button:
      return "icon";
    case ItemKind::field:
      return "field";
    case ItemKind::row:
      return "row";
    case ItemKind::badge:
      return "badge";
    case ItemKind::header:
      return "header";
    case ItemKind::card:
      return "card";
    case ItemKind::toast:
      return "toast";
    case ItemKind::dialog:
      return "dialog";
    case ItemKind::choice:
      return "choice";
    case ItemKind::checkbox:
      return "checkbox";
    case ItemKind::tab:
      return "tab";
    case ItemKind::link:
      return "link";
    case ItemKind::table_row:
      return "table-row";
    case ItemKind::progress:
      return "progress";
    case ItemKind::avatar:
      return "avatar";
  }
  return "";
}

const Item* Recorder::find(std::string_view id) const {
  const auto it = std::find_if(items_.begin(), items_.end(), [&](const Item& item) { return item.id == id; });
  return it == items_.end() ? nullptr : &*it;
}

bool Recorder::shows(std::string_view words) const {
  return std::any_of(items_.begin(), items_.end(), [&](const Item& item) {
    return item.visible && item.label.find(words) != std::string::npos;
  });
}

std::string Recorder::snapshot() const {
  std::string out;
  for (const Item& item : items_) {
    if (!item.visible) continue;
    out += to_string(item.kind);
    if (!item.id.empty()) out += " " + item.id;
    out += " \"" + item.label + "\"";
    if (item.selected) out += " selected";
    if (item.disabled) out += " disabled";
    if (item.focused) out += " focused";
    if (!item.state.empty()) out += " [" + item.state + "]";
    out += '\n';
  }
  return out;
}

}  // namespace wardroom::ui
