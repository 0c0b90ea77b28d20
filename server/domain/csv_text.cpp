#include "server/domain/csv_text.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include <unicode/ucnv.h>

#include "common/base/utf8.hpp"

namespace wardroom::domain {
namespace {

// What can't be decoded becomes U+FFFD.
std::string decode_as(const char* encoding, std::string_view bytes) {
  std::string out(bytes.size() * 3 + 3, '\0');  // the most that either encoding becomes
  UErrorCode status = U_ZERO_ERROR;
  const auto size = ucnv_convert("UTF-8", encoding, out.data(), static_cast<int32_t>(out.size()),
                                 bytes.data(), static_cast<int32_t>(bytes.size()), &status);
  assert(U_SUCCESS(status));
  out.resize(static_cast<std::size_t>(size));
  return out;
}

// The one of comma, semicolon and tab that the first line has most of.
char find_separator(std::string_view text) {
  std::array<std::size_t, 3> counts{};
  constexpr std::string_view kSeparators = ",;\t";
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (const auto which = kSeparators.find(c); which != std::string_view::npos) ++counts[which];
  }
  const auto most = std::max_element(counts.begin(), counts.end());
  return kSeparators[static_cast<std::size_t>(most - counts.begin())];
}

}  // namespace

DecodedText decode_text(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE")) return {decode_as("UTF-16LE", bytes.substr(2)), "utf-16"};
  if (bytes.starts_with("\xFE\xFF")) return {decode_as("UTF-16BE", bytes.substr(2)), "utf-16"};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_valid_utf8(bytes)) return {std::string(bytes), "utf-8"};
  return {decode_as("windows-1252", bytes), "windows-1252"};
}

TextPosition CsvCell::position_of(std::size_t offset) const {
  TextPosition position = at;
  if (quoted) ++position.column;
  for (std::size_t i = 0; i < std::min(offset, text.size());) {
    const char32_t c = next_code_point(text, i);
    const bool breaks = c == U'\n' || (c == U'\r' && (i == text.size() || text[i] != '\n'));
    if (breaks)
      position = {position.line + 1, 1};
    else if (c != U'\r')
      position.column += c == U'"' && quoted ? 2 : 1;  // a quote stands doubled within quotes
  }
  return position;
}

bool CsvRecord::is_empty() const {
  for (const auto& cell : cells)
    if (cell.text.find_first_not_of(" \t\r\n") != std::string::npos) return false;
  return problems.empty();
}

CsvReader::CsvReader(std::string_view text) : text_(text), separator_(find_separator(text)) {
  // What Excel takes as an instruction: "sep=;" alone in the first line.
  constexpr std::string_view kInstruction = "sep=";
  const auto end = text.find_first_of("\r\n");
  const auto line = text.substr(0, end);
  // What PowerShell writes first: "#TYPE Microsoft.ActiveDirectory.Management.ADUser".
  if (line.starts_with("#TYPE ") && end != std::string_view::npos) {
    separator_ = find_separator(text.substr(std::min(text.find_first_not_of("\r\n", end), text.size())));
    while (!at_line_end()) advance();
    return;
  }
  if (line.size() != kInstruction.size() + 1 || !line.starts_with(kInstruction)) return;
  separator_ = line.back();
  while (!at_line_end()) advance();
}

void CsvReader::advance() {
  const char32_t c = next_code_point(text_, at_);
  // Of CRLF the LF counts.
  if (c == U'\n' || (c == U'\r' && (at_ == text_.size() || text_[at_] != '\n')))
    position_ = {position_.line + 1, 1};
  else if (c != U'\r')
    ++position_.column;
}

void CsvReader::read_quoted(CsvCell& cell, CsvRecord& record) {
  advance();
  for (;;) {
    if (at_ == text_.size()) {
      record.problems.push_back({cell.at, "This quotation mark is never closed."});
      return;
    }
    const std::size_t from = at_;
    advance();
    if (text_[from] != '"') {
      cell.text.append(text_.substr(from, at_ - from));
    } else if (at_ < text_.size() && text_[at_] == '"') {
      cell.text.push_back('"');
      advance();
    } else {
      return;
    }
  }
}

CsvCell CsvReader::read_cell(CsvRecord& record) {
  CsvCell cell{{}, position_, at_ < text_.size() && text_[at_] == '"'};
  if (cell.quoted) read_quoted(cell, record);
  const std::size_t from = at_;
  const TextPosition behind = position_;
  while (!at_line_end() && text_[at_] != separator_) advance();
  const auto rest = text_.substr(from, at_ - from);
  if (!cell.quoted)
    cell.text = rest;
  else if (rest.find_first_not_of(" \t") != std::string_view::npos)
    record.problems.push_back({behind, "There is text behind the closing quotation mark."});
  return cell;
}

bool CsvReader::next(CsvRecord& record) {
  record = {};
  if (at_ == text_.size()) return false;
  for (;;) {
    record.cells.push_back(read_cell(record));
    if (at_line_end()) break;
    advance();  // the separator
  }
  if (at_ == text_.size()) return true;
  const bool may_be_crlf = text_[at_] == '\r';
  advance();
  if (may_be_crlf && at_ < text_.size() && text_[at_] == '\n') advance();
  return true;
}

}  // namespace wardroom::domain
