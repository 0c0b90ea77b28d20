#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"

namespace wardroom::admin {

struct SettingRow {
  std::string name;
  std::string value;
  bool differs = false;  // from its default
  bool waits = false;    // the file has another value, which a reload or restart takes up
  std::string changed;   // "today 09:14"; empty: never, as far as is known
};

enum class SettingsColumn { name, value, changed };

// The one that was chosen.
struct SettingCard {
  std::string name;
  std::string meaning;
  std::string allowed;
  std::string standard;
  std::string value;    // to be edited: the file's
  std::string waits;    // a sentence; empty: what is in the file counts
  std::string changed;  // "by Ines Duarte, today 09:14"
  std::string counts;   // a sentence: when a change counts
  bool settable = false;
};

struct SettingsProps {
  bool loading = false;
  bool busy = false;
  std::string error;
  std::string problem;  // the file can't be read
  std::string summary;  // "52 settings, 3 aren't at their defaults"
  std::vector<SettingRow> rows;
  ListSort sort{};
  std::optional<std::size_t> selected;
  std::optional<SettingCard> card;
  std::string form_error;
  std::uint64_t saved = 0;  // grows with each change that was made from here
};

}  // namespace wardroom::admin
