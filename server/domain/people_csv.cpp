#include "server/domain/people_csv.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "common/base/trimmed.hpp"
#include "protocol/codec.hpp"
#include "server/domain/names.hpp"

namespace wardroom::domain {
namespace {

using protocol::ImportError;

enum class Column { name, display_name, email, role, rooms };

constexpr std::array<std::string_view, 5> kColumns = {"name", "display name", "e-mail", "role", "rooms"};

struct Synonym {
  std::string_view header;  // letters only
  Column column;
};
constexpr Synonym kSynonyms[] = {
    {"name", Column::name},
    {"user", Column::name},
    {"username", Column::name},
    {"login", Column::name},
    {"account", Column::name},
    {"displayname", Column::display_name},
    {"fullname", Column::display_name},
    {"email", Column::email},
    {"mail", Column::email},
    {"emailaddress", Column::email},
    {"role", Column::role},
    {"rooms", Column::rooms},
    {"room", Column::rooms},
    {"channels", Column::rooms},
};

std::string_view name_of(Column column) {
  return kColumns[static_cast<std::size_t>(column)];
}

// "E-Mail" and "e_mail" are "email".
std::string letters_of(std::string_view header) {
  std::string out;
  for (const char c : header) {
    if (c >= 'A' && c <= 'Z')
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    else if (c != ' ' && c != '_' && c != '-' && c != '\t')
      out.push_back(c);
  }
  return out;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : reader_(text) {}

  PeopleFile parse() {
    CsvRecord record;
    while (reader_.next(record) && record.is_empty()) {
    }
    if (record.cells.empty() || record.is_empty()) {
      add_error({1, 1}, "", "The file is empty. Its first line names the columns: " + columns() + ".");
      return finish();
    }
    if (!read_header(record)) return finish();
    while (reader_.next(record)) {
      if (record.is_empty()) continue;
      if (file_.rows.size() == kMaxPeople) {
        add_error(record.cells.front().at, "",
                  "A file brings at most " + std::to_string(kMaxPeople) + " people. Split it.");
        file_.rows.clear();
        return finish();
      }
      read_row(record);
    }
    if (file_.rows.empty() && file_.errors.empty())
      add_error({1, 1}, "", "There is nobody in the file: it has a header line and nothing below it.");
    return finish();
  }

 private:
  static std::string columns() {
    std::string all;
    for (const auto column : kColumns) all += (all.empty() ? "" : ", ") + std::string(column);
    return all;
  }

  PeopleFile finish() {
    std::stable_sort(file_.errors.begin(), file_.errors.end(),
                     [](const ImportError& a, const ImportError& b) {
                       return std::pair(a.line, a.column) < std::pair(b.line, b.column);
                     });
    return std::move(file_);
  }

  void add_error(TextPosition at, std::string_view field, std::string message) {
    file_.errors.push_back({at.line, at.column, std::string(field), std::move(message)});
  }

  bool read_header(const CsvRecord& record) {
    for (const auto& problem : record.problems) add_error(problem.at, "", problem.message);
    if (!record.problems.empty()) return false;
    for (const auto& cell : record.cells) {
      const std::string header = letters_of(trimmed(cell.text));
      if (header.empty()) {
        columns_.emplace_back();
        continue;
      }
      const auto known = std::find_if(std::begin(kSynonyms), std::end(kSynonyms),
                                      [&](const Synonym& s) { return s.header == header; });
      if (known == std::end(kSynonyms)) {
        add_error(
            cell.at, "",
            "There is no column " + std::string(trimmed(cell.text)) + ". The columns are " + columns() + ".");
        continue;
      }
      if (std::find(columns_.begin(), columns_.end(), known->column) != columns_.end())
        add_error(cell.at, name_of(known->column), "This column is there twice.");
      columns_.emplace_back(known->column);
    }
    if (file_.errors.empty() && std::find(columns_.begin(), columns_.end(), Column::name) == columns_.end())
      add_error(
          record.cells.front().at, "name",
          "The first line names the columns, and one of them must be name. The others are display name, "
          "e-mail, role, rooms.");
    return file_.errors.empty();
  }

  void read_row(const CsvRecord& record) {
    const std::size_t errors = file_.errors.size();
    PersonRow row;
    row.name_at = record.cells.front().at;
    for (const auto& problem : record.problems) add_error(problem.at, "", problem.message);
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      const auto& cell = record.cells[i];
      if (i < columns_.size() && columns_[i])
        read_cell(row, *columns_[i], cell);
      else if (!trimmed(cell.text).empty())
        add_error(cell.at, "", "This field is under no column of the header.");
    }
    if (!has_name_) {
      if (file_.errors.size() == errors) add_error(row.name_at, "name", "This person has no name.");
    } else if (row.display_name.empty()) {
      row.display_name = row.name;
    }
    has_name_ = false;
    check_first(row);
    row.is_good = file_.errors.size() == errors;
    file_.rows.push_back(std::move(row));
  }

  void read_cell(PersonRow& row, Column column, const CsvCell& cell) {
    const auto text = trimmed(cell.text);
    if (column == Column::name) row.name_at = cell.at;
    if (text.empty()) return;
    switch (column) {
      case Column::name:
        has_name_ = true;
        return take(row.name, column, cell, check_new_user_name("", text));
      case Column::display_name:
        return take(row.display_name, column, cell, check_display_name("", text));
      case Column::email:
        return take(row.email, column, cell, check_email("", text));
      case Column::role:
        if (const auto role = protocol::parse_enum<protocol::Role>(lower(text)))
          row.role = *role;
        else
          add_error(cell.at, name_of(column),
                    "There is no role " + std::string(text) +
                        ". Choose one of: " + protocol::enum_choices<protocol::Role>() + ".");
        return;
      case Column::rooms:
        return read_rooms(row, cell);
    }
  }

  void take(std::string& to, Column column, const CsvCell& cell, Result<std::string> checked) {
    if (checked)
      to = std::move(*checked);
    else
      add_error(cell.at, name_of(column), checked.error().message);
  }

  void read_rooms(PersonRow& row, const CsvCell& cell) {
    constexpr std::string_view kBetween = " \t\r\n,;|";
    const std::string_view text = cell.text;
    for (std::size_t at = text.find_first_not_of(kBetween); at != std::string_view::npos;
         at = text.find_first_not_of(kBetween, at)) {
      const std::size_t end = std::min(text.find_first_of(kBetween, at), text.size());
      const auto written = text.substr(at, end - at);
      const auto position = cell.position_of(at);
      at = end;
      auto name = check_room_name("", written);
      if (!name) {
        add_error(position, name_of(Column::rooms), name.error().message);
        continue;
      }
      const std::string key = room_name_key(*name);
      const bool is_again = std::any_of(row.rooms.begin(), row.rooms.end(), [&](const RoomMention& room) {
        return room_name_key(room.name) == key;
      });
      if (!is_again) row.rooms.push_back({std::move(*name), position});
    }
  }

  void check_first(const PersonRow& row) {
    if (row.name.empty()) return;
    const auto [first, is_first] = seen_.emplace(row.name, row.name_at.line);
    if (!is_first)
      add_error(row.name_at, "name",
                row.name + " stands in line " + std::to_string(first->second) + " already.");
  }

  CsvReader reader_;
  PeopleFile file_;
  std::vector<std::optional<Column>> columns_;
  std::unordered_map<std::string, std::int64_t> seen_;  // name → line
  bool has_name_ = false;                               // the row at hand
};

}  // namespace

PeopleFile parse_people_csv(std::string_view bytes) {
  const DecodedText decoded = decode_text(bytes);
  PeopleFile file = Parser(decoded.text).parse();
  file.encoding = decoded.encoding;
  return file;
}

}  // namespace wardroom::domain
