#include "server/domain/csv_text.hpp"

#include <algorithm>
#include <array>

#include "common/base/utf8.hpp"

namespace wardroom::domain {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// The WHATWG's index of Windows-1252: 0x80 to 0x9F; the five that it leaves out stand for themselves there.
constexpr std::array<char16_t, 32> kWindows1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

std::string from_windows_1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    append_code_point(out, byte >= 0x80 && byte < 0xA0 ? kWindows1252[byte - 0x80u] : char32_t{byte});
  }
  return out;
}

bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit < 0xDC00;
}
bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit < 0xE000;
}

// Halves of pairs that stand alone become U+FFFD.
std::string from_utf16(std::string_view bytes, bool big_endian) {
  const auto unit_at = [&](std::size_t i) -> char32_t {
    const auto first = static_cast<unsigned char>(bytes[i]);
    const auto second = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? char32_t{first} << 8 | second : char32_t{second} << 8 | first;
  };
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
    const char32_t unit = unit_at(i);
    if (is_high_surrogate(unit) && i + 3 < bytes.size() && is_low_surrogate(unit_at(i + 2))) {
      append_code_point(out, 0x10000 + ((unit & 0x3FF) << 10) + (unit_at(i + 2) & 0x3FF));
      i += 2;
    } else {
      append_code_point(out, is_high_surrogate(unit) || is_low_surrogate(unit) ? kReplacement : unit);
    }
  }
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
  if (bytes.starts_with("\xFF\xFE")) return {from_utf16(bytes.substr(2), false), "utf-16"};
  if (bytes.starts_with("\xFE\xFF")) return {from_utf16(bytes.substr(2), true), "utf-16"};
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (is_valid_utf8(bytes)) return {std::string(bytes), "utf-8"};
  return {from_windows_1252(bytes), "windows-1252"};
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
  const auto line = text.substr(0, text.find_first_of("\r\n"));
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
