#include "admin/model/csv.hpp"

#include <string_view>

namespace wardroom::admin {
namespace {

void append_field(std::string& text, std::string_view field) {
  std::string safe;
  if (!field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos)
    safe = "'";
  safe += field;
  if (safe.find_first_of(",\"\r\n") == std::string::npos) {
    text += safe;
    return;
  }
  text += '"';
  for (const char c : safe) {
    if (c == '"') text += '"';
    text += c;
  }
  text += '"';
}

}  // namespace

std::string compose_csv(const std::vector<CsvRow>& rows) {
  std::string text = "\xEF\xBB\xBF";
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) text += ',';
      append_field(text, row[i]);
    }
    text += "\r\n";
  }
  return text;
}

}  // namespace wardroom::admin
