#include "server/app/options.hpp"

#include <algorithm>
#include <sstream>

#include <toml++/toml.h>

#include "common/base/trimmed.hpp"
#include "server/app/option_table.hpp"
#include "server/app/option_values.hpp"
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

// The options as far as they are understood, and what isn't.
struct Reading {
  struct Mistake {
    std::int64_t line = 0;
    Error error;
  };
  Options options;
  std::vector<Mistake> mistakes;

  void refuse(const Place& place, std::string field, const std::string& message) {
    mistakes.push_back({place.line, place.error(std::move(field), message)});
  }
};

void apply_section(std::string_view file, std::string_view section, const toml::table& table,
                   Reading& reading) {
  for (const auto& [name, node] : table) {
    const std::string key = std::string{section} + "." + std::string{name.str()};
    const Place place = place_of(file, node);
    const OptionRow* row = find_option(key);
    if (!row)
      reading.refuse(place, key, describe_unknown_option(key, " Remove the line."));
    else if (!apply_value(*row, node, reading.options))
      reading.refuse(place, key, key + " must be " + allowed_values(*row) + ".");
  }
}

// Nothing but white space and remarks.
bool sets_nothing(std::string_view toml) {
  std::istringstream lines{std::string(toml)};
  for (std::string line; std::getline(lines, line);) {
    const auto text = trimmed(line);
    if (!text.empty() && !text.starts_with('#') && text != "\xEF\xBB\xBF") return false;
  }
  return true;
}

// The line of a key, for checks that come after the reading; 0 when it isn't in the file.
std::int64_t line_of(const toml::table& root, std::string_view key) {
  const auto node = root.at_path(key);
  return node ? static_cast<std::int64_t>(node.node()->source().begin.line) : 0;
}

// The mistakes in the order of their lines.
Reading read_options(std::string_view toml_text, std::string_view file) {
  Reading reading;
  toml::table root;
  try {
    root = toml::parse(toml_text, file);
  } catch (const toml::parse_error& error) {
    const Place place{file, static_cast<std::int64_t>(error.source().begin.line)};
    reading.refuse(place, {},
                   std::string{error.description()} + ". Fix this line; lines look like: name = \"Office\"");
    return reading;
  }
  const auto rows = option_table();
  for (const auto& [name, node] : root) {
    const std::string section{name.str()};
    const bool is_known =
        std::any_of(rows.begin(), rows.end(), [&](const OptionRow& row) { return row.section == section; });
    if (node.is_table() && is_known)
      apply_section(file, section, *node.as_table(), reading);
    else
      reading.refuse(place_of(file, node), section,
                     is_known ? "[" + section + "] is a section, not an option."
                              : "there is no section [" + section + "].");
  }
  if (auto checked = check_together(reading.options); !checked && reading.mistakes.empty()) {
    const std::string& key = checked.error().field;
    reading.refuse({file, line_of(root, key)}, key, key + " " + checked.error().message + ".");
  }
  std::ranges::stable_sort(reading.mistakes, {}, &Reading::Mistake::line);
  return reading;
}

Result<std::string> load_text(const std::filesystem::path& file) {
  auto text = ops::read_small_file(file);
  // What init wrote is never empty, and defaults are another office than the one that was set up.
  if (text && sets_nothing(*text))
    return params_error({},
                        file.string() +
                            " is empty, or has nothing but remarks. Bring it back from a backup (wardroomd "
                            "restore).");
  return text;
}

}  // namespace

Result<Options> parse_options(std::string_view toml_text, std::string_view file) {
  auto reading = read_options(toml_text, file);
  if (!reading.mistakes.empty()) return std::move(reading.mistakes.front().error);
  return std::move(reading.options);
}

Result<Options> load_options(const std::filesystem::path& file) {
  const auto text = load_text(file);
  if (!text) return text.error();
  return parse_options(*text, file.string());
}

std::vector<Error> find_mistakes(const std::filesystem::path& file) {
  const auto text = load_text(file);
  if (!text) return {text.error()};
  std::vector<Error> errors;
  for (auto& mistake : read_options(*text, file.string()).mistakes)
    errors.push_back(std::move(mistake.error));
  return errors;
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
      "# After a change: wardroomd config check --data DIR\n";
  std::string_view section;
  for (const OptionRow& row : option_table()) {
    if (row.section != section) {
      section = row.section;
      text += "\n# " + std::string{section_meaning(section)} + "\n[" + std::string{section} + "]\n";
    }
    const std::string value = value_as_toml(row, initial);
    const std::string standard = value_as_toml(row, defaults);
    text += "\n# " + std::string{row.meaning} + "\n# Allowed: " + allowed_values(row) + ". Takes effect " +
            std::string{describe(row.when)} + ".\n";
    text += (value == standard ? "#" : "") + std::string{row.name} + " = " + value + "\n";
  }
  return text;
}

std::string compose_options_document() {
  const Options defaults;
  std::string text =
      "# Options\n\nThe file `wardroom.toml` in the data directory. This page is generated from the option "
      "table\n"
      "(`server/app/option_table.cpp`); after a change there, `./dev accept` rewrites it.\n\n"
      "`wardroomd config check` names every mistake in the file, and what in it differs from the running "
      "server. A byte order\n"
      "mark at its beginning and Windows line ends (CRLF) are taken: what an editor on Windows saves is the "
      "same file.\n"
      "An administrator changes options from afar as well (console, *Settings*; `wardroomctl "
      "settings set`), all but those of\n`[audit]` and `[backup]`, and `web.folder`: what takes effect at a "
      "reload counts at once then.\n";
  std::string_view section;
  for (const OptionRow& row : option_table()) {
    if (row.section != section) {
      section = row.section;
      text += "\n## [" + std::string{section} + "]\n\n" + std::string{section_meaning(section)} +
              "\n\n| option | default | allowed | takes effect | meaning |\n|---|---|---|---|---|\n";
    }
    text += "| `" + std::string{row.name} + "` | `" + value_as_toml(row, defaults) + "` | " +
            allowed_values(row) + " | " + std::string{describe(row.when)} + " | " + std::string{row.meaning} +
            " |\n";
  }
  return text;
}

}  // namespace wardroom::app
