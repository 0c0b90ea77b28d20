#include "server/app/options.hpp"

#include <algorithm>
#include <numeric>
#include <optional>

#include <toml++/toml.h>

#include "server/app/option_table.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

// Builds errors that name where in the file they stand.
struct Place {
  std::string_view file;
  std::int64_t line = 0;

  Error error(std::string field, const std::string& message) const {
    std::string text{file};
    if (line > 0) text += ":" + std::to_string(line);
    return params_error(std::move(field), text + ": " + message);
  }
};

Place place_of(std::string_view file, const toml::node& node) {
  return {file, static_cast<std::int64_t>(node.source().begin.line)};
}

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

Error unknown_option(const Place& place, const std::string& key) {
  const std::string nearest = nearest_key(key);
  return place.error(key, "there is no option " + key + "." +
                              (nearest.empty() ? " Remove the line." : " Did you mean " + nearest + "?"));
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

// Whether the value has the row's type and is allowed; then it is in `options`.
bool apply(const OptionRow& row, const toml::node& node, Options& options) {
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

Result<void> apply_section(std::string_view file, std::string_view section, const toml::table& table,
                           Options& options) {
  const auto rows = option_table();
  for (const auto& [name, node] : table) {
    const std::string key = std::string{section} + "." + std::string{name.str()};
    const Place place = place_of(file, node);
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const OptionRow& r) { return key_of(r) == key; });
    if (row == rows.end()) return unknown_option(place, key);
    if (!apply(*row, node, options)) return place.error(key, key + " must be " + allowed_values(*row) + ".");
  }
  return ok();
}

// The line of a key, for checks that come after the reading; 0 when it isn't in the file.
std::int64_t line_of(const toml::table& root, std::string_view key) {
  const auto node = root.at_path(key);
  return node ? static_cast<std::int64_t>(node.node()->source().begin.line) : 0;
}

}  // namespace

Result<Options> parse_options(std::string_view toml_text, std::string_view file) {
  toml::table root;
  try {
    root = toml::parse(toml_text, file);
  } catch (const toml::parse_error& error) {
    const Place place{file, static_cast<std::int64_t>(error.source().begin.line)};
    return place.error(
        {}, std::string{error.description()} + ". Mend this line; lines look like: name = \"Office\"");
  }
  Options options;
  const auto rows = option_table();
  for (const auto& [name, node] : root) {
    const std::string section{name.str()};
    const Place place = place_of(file, node);
    const bool is_known =
        std::any_of(rows.begin(), rows.end(), [&](const OptionRow& row) { return row.section == section; });
    if (!node.is_table() || !is_known)
      return place.error(section, is_known ? "[" + section + "] is a section, not an option."
                                           : "there is no section [" + section + "].");
    if (auto applied = apply_section(file, section, *node.as_table(), options); !applied)
      return applied.error();
  }
  if (auto checked = check_together(options); !checked) {
    const std::string& key = checked.error().field;
    return Place{file, line_of(root, key)}.error(key, key + " " + checked.error().message + ".");
  }
  return options;
}

Result<Options> load_options(const std::filesystem::path& file) {
  const auto text = ops::read_small_file(file);
  if (!text) return text.error();
  // What init wrote is never empty, and defaults are another office than the one that was set up.
  if (text->find_first_not_of(" \t\r\n") == std::string::npos)
    return params_error({}, file.string() + " is empty. Bring it back from a backup (wardroomd restore).");
  return parse_options(*text, file.string());
}

Result<void> check_options(const Options& options) {
  for (const OptionRow& row : option_table()) {
    Options read;
    bool is_allowed = true;
    if (const auto* number = std::get_if<IntegerOption>(&row.kind))
      is_allowed = number->get(options) >= number->least && number->get(options) <= number->most;
    else if (const auto* text = std::get_if<TextOption>(&row.kind))
      is_allowed = text->set(read, text->get(options)).has_value();
    else if (const auto* list = std::get_if<ListOption>(&row.kind))
      is_allowed = list->set(read, list->get(options)).has_value();
    if (!is_allowed) return params_error(key_of(row), key_of(row) + " must be " + allowed_values(row) + ".");
  }
  const auto checked = check_together(options);
  if (checked) return ok();
  const std::string& key = checked.error().field;
  return params_error(key, key + " " + checked.error().message + ".");
}

std::string compose_options_file(const Options& initial) {
  const Options defaults;
  std::string text =
      "# Wardroom's options. A line that begins with # is a remark: remove the # to set the option.\n"
      "# A change takes effect at the next start of the server.\n";
  std::string_view section;
  for (const OptionRow& row : option_table()) {
    if (row.section != section) {
      section = row.section;
      text += "\n# " + std::string{section_meaning(section)} + "\n[" + std::string{section} + "]\n";
    }
    const std::string value = value_as_toml(row, initial);
    const std::string standard = value_as_toml(row, defaults);
    text += "\n# " + std::string{row.meaning} + "\n# Allowed: " + allowed_values(row) + ".\n";
    text += (value == standard ? "#" : "") + std::string{row.name} + " = " + value + "\n";
  }
  return text;
}

std::string compose_options_document() {
  const Options defaults;
  std::string text =
      "# Options\n\nThe file `wardroom.toml` in the data directory. This page is generated from the option "
      "table\n"
      "(`server/app/option_table.cpp`); after a change there, `./dev accept` writes it anew.\n";
  std::string_view section;
  for (const OptionRow& row : option_table()) {
    if (row.section != section) {
      section = row.section;
      text += "\n## [" + std::string{section} + "]\n\n" + std::string{section_meaning(section)} +
              "\n\n| option | default | allowed | meaning |\n|---|---|---|---|\n";
    }
    text += "| `" + std::string{row.name} + "` | `" + value_as_toml(row, defaults) + "` | " +
            allowed_values(row) + " | " + std::string{row.meaning} + " |\n";
  }
  return text;
}

}  // namespace wardroom::app
