#pragma once

#include <string>
#include <string_view>
#include <vector>

// CSV as spreadsheets write it (RFC 4180, and what they do besides): any line ends, quoted cells with line
// breaks, comma, semicolon or tab, and the encodings that Excel saves in. Pure functions.
namespace wardroom::domain {

struct DecodedText {
  std::string text;           // well-formed UTF-8 without a byte order mark
  std::string_view encoding;  // utf-8, utf-16 or windows-1252
};
// UTF-16 by its byte order mark, UTF-8 when it is well-formed, else Windows-1252: never fails.
DecodedText decode_text(std::string_view bytes);

// Lines and columns as an editor counts them: from 1, in characters.
struct TextPosition {
  std::int64_t line = 1;
  std::int64_t column = 1;
  friend auto operator<=>(const TextPosition&, const TextPosition&) = default;
};

struct CsvCell {
  std::string text;  // without the quotes around it
  TextPosition at;   // where it begins
  bool quoted = false;

  // Where the byte `offset` of `text` stands in the file.
  TextPosition position_of(std::size_t offset) const;
};

struct CsvProblem {
  TextPosition at;
  std::string message;
};

struct CsvRecord {
  std::vector<CsvCell> cells;  // at least one
  std::vector<CsvProblem> problems;

  bool is_empty() const;  // nothing but white space
};

// Reads record after record; the separator is the one of comma, semicolon and tab that the first line has
// most of.
class CsvReader {
 public:
  // `text` is well-formed UTF-8 and outlives the reader.
  explicit CsvReader(std::string_view text);
  // False at the end.
  bool next(CsvRecord& record);
  char separator() const { return separator_; }

 private:
  CsvCell read_cell(CsvRecord& record);
  void read_quoted(CsvCell& cell, CsvRecord& record);
  void advance();  // one character, line ends counted
  bool at_line_end() const { return at_ == text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }

  std::string_view text_;
  std::size_t at_ = 0;
  TextPosition position_;
  char separator_ = ',';
};

}  // namespace wardroom::domain
