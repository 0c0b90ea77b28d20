#include "server/app/option_values.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

#include "common/base/trimmed.hpp"

namespace wardroom::app {
namespace {

// Levenshtein's, for "did you mean".
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::string nearest_key(const std::string& key) {
  const auto rows = option_table();
  const auto nearest =
      std::min_element(rows.begin(), rows.end(), [&](const OptionRow& a, const OptionRow& b) {
        return edit_distance(key, key_of(a)) < edit_distance(key, key_of(b));
      });
  return edit_distance(key, key_of(*nearest)) <= key.size() / 3 ? key_of(*nearest) : std::string{};
}

std::optional<std::vector<std::string>> as_texts(const toml::node& node) {
  const toml::array* array = node.as_array();
  if (array == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  for (const toml::node& item : *array) {
    const auto* text = item.as_string();
    if (text == nullptr) return std::nullopt;
    texts.push_back(text->get());
  }
  return texts;
}

std::vector<std::string> split_list(std::string_view text) {
  std::vector<std::string> items;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    if (const auto item = trimmed(text.substr(0, comma)); !item.empty()) items.emplace_back(item);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return items;
}

// As TOML writes it. "Best" Office isn't.
bool is_quoted(std::string_view text) {
  return text.size() > 1 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front();
}

bool set_typed(const OptionRow& row, std::string_view typed, Options& options) {
  const auto* text = std::get_if<TextOption>(&row.kind);
  if (text && !is_quoted(typed)) return text->set(options, std::string(typed)).has_value();
  const auto* list = std::get_if<ListOption>(&row.kind);
  if (list && !typed.starts_with('[')) return list->set(options, split_list(typed)).has_value();
  try {
    const auto root = toml::parse("value = " + std::string(typed));
    const auto* value = root.get("value");
    return value && root.size() == 1 && apply_value(row, *value, options);
  } catch (const toml::parse_error&) {
    return false;
  }
}

}  // namespace

const OptionRow* find_option(std::string_view key) {
  const auto rows = option_table();
  const auto row =
      std::find_if(rows.begin(), rows.end(), [&](const OptionRow& r) { return key_of(r) == key; });
  return row == rows.end() ? nullptr : &*row;
}

std::string describe_unknown_option(const std::string& key, std::string_view else_do) {
  const std::string nearest = nearest_key(key);
  return "there is no option " + key + "." +
         (nearest.empty() ? std::string(else_do) : " Did you mean " + nearest + "?");
}

bool apply_value(const OptionRow& row, const toml::node& node, Options& options) {
  if (const auto* number = std::get_if<IntegerOption>(&row.kind)) {
    const auto* value = node.as_integer();
    if (value == nullptr || value->get() < number->least || value->get() > number->most) return false;
    number->set(options, value->get());
    return true;
  }
  if (const auto* text = std::get_if<TextOption>(&row.kind)) {
    const auto* value = node.as_string();
    return value != nullptr && text->set(options, value->get()).has_value();
  }
  const auto texts = as_texts(node);
  return texts && std::get<ListOption>(row.kind).set(options, *texts).has_value();
}

Result<void> set_option(const OptionRow& row, std::string_view typed, Options& options) {
  // As a whole or not at all: some setters fill a list as they go.
  Options changed = options;
  if (!set_typed(row, trimmed(typed), changed))
    return params_error(key_of(row), key_of(row) + " must be " + allowed_values(row) + ".");
  options = std::move(changed);
  return ok();
}

void copy_option(const OptionRow& row, const Options& from, Options& to) {
  if (const auto* number = std::get_if<IntegerOption>(&row.kind)) return number->set(to, number->get(from));
  // What was read once is allowed.
  if (const auto* text = std::get_if<TextOption>(&row.kind))
    static_cast<void>(text->set(to, text->get(from)));
  else if (const auto* list = std::get_if<ListOption>(&row.kind))
    static_cast<void>(list->set(to, list->get(from)));
}

}  // namespace wardroom::app
