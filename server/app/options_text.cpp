#include "server/app/options_text.hpp"

#include <algorithm>

#include <toml++/toml.h>

#include "common/base/trimmed.hpp"
#include "common/base/utf8.hpp"

namespace wardroom::app {
namespace {

// Where a line and column of toml++ (from 1, in characters) stand in the text.
std::size_t offset_of(std::string_view text, const toml::source_position& place) {
  std::size_t at = 0;
  for (toml::source_index line = 1; line < place.line; ++line) {
    const auto end = text.find('\n', at);
    if (end == std::string_view::npos) return text.size();
    at = end + 1;
  }
  for (toml::source_index column = 1; column < place.column && at < text.size(); ++column)
    next_code_point(text, at);
  return at;
}

// "#ping_seconds = 45", as init writes the options that have their defaults.
bool is_remark_of(std::string_view line, std::string_view name) {
  line = trimmed(line);
  if (!line.starts_with('#')) return false;
  line = trimmed(line.substr(1));
  return line.starts_with(name) && trimmed(line.substr(name.size())).starts_with('=');
}

// After the remark that has the option's default, else after the section's own line.
std::size_t place_in_section(std::string_view text, std::size_t section, std::string_view name) {
  std::size_t place = std::string_view::npos;
  for (std::size_t at = section; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto line = text.substr(at, end - at);
    if (at != section && trimmed(line).starts_with('[')) break;
    if (place == std::string_view::npos || is_remark_of(line, name)) place = std::min(end + 1, text.size());
    if (is_remark_of(line, name)) break;
    at = end + 1;
  }
  return std::min(place, text.size());
}

std::string put_value(std::string_view text, const toml::table& root, const OptionRow& row,
                      const std::string& value) {
  std::string out{text};
  if (const auto there = root.at_path(key_of(row))) {
    const auto region = there.node()->source();
    const auto begin = offset_of(text, region.begin);
    return out.replace(begin, offset_of(text, region.end) - begin, value);
  }
  const std::string line = std::string(row.name) + " = " + value + "\n";
  if (const auto section = root.at_path(row.section)) {
    const auto place = place_in_section(text, offset_of(text, section.node()->source().begin), row.name);
    return out.insert(place, (place > 0 && text[place - 1] != '\n' ? "\n" : "") + line);
  }
  if (!out.empty() && !out.ends_with('\n')) out += "\n";
  return out + "\n[" + std::string(row.section) + "]\n" + line;
}

// However oddly it was written: what comes out has these values and is otherwise the same.
bool is_as_wanted(const Options& before, const Options& after, std::span<const OptionRow* const> rows,
                  const Options& wanted) {
  const auto table = option_table();
  return std::all_of(table.begin(), table.end(), [&](const OptionRow& row) {
    const bool is_changed = std::find(rows.begin(), rows.end(), &row) != rows.end();
    return value_as_toml(row, after) == value_as_toml(row, is_changed ? wanted : before);
  });
}

Error not_replaced(std::string_view file, std::span<const OptionRow* const> rows, const Options& wanted) {
  std::string text = std::string{file} + ": this can't be changed by itself there. Write it by hand:";
  for (const OptionRow* row : rows)
    text += " [" + std::string{row->section} + "] " + std::string{row->name} + " = " +
            value_as_toml(*row, wanted);
  return conflict("option_not_replaced", text);
}

}  // namespace

Result<std::string> replace_options(std::string_view toml, std::string_view file,
                                    std::span<const OptionRow* const> rows, const Options& wanted) {
  // What some editors put first isn't a part of the text.
  if (toml.starts_with("\xEF\xBB\xBF")) toml.remove_prefix(3);
  const auto before = parse_options(toml, file);
  if (!before) return before.error();
  std::string text{toml};
  try {
    for (const OptionRow* row : rows)
      text = put_value(text, toml::parse(text, file), *row, value_as_toml(*row, wanted));
  } catch (const toml::parse_error&) {
    return not_replaced(file, rows, wanted);
  }
  const auto after = parse_options(text, file);
  if (!after || !is_as_wanted(*before, *after, rows, wanted)) return not_replaced(file, rows, wanted);
  return text;
}

}  // namespace wardroom::app
