#include "server/domain/people_csv.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "common/base/trimmed.hpp"
#include "protocol/codec.hpp"
#include "server/domain/names.hpp"
#include "server/domain/people_columns.hpp"

namespace wardroom::domain {
namespace {

using protocol::ImportError;

using Column = PeopleColumn;

// Those that are named to people; the others come out of directories.
constexpr std::array kNamed = {Column::name, Column::display_name, Column::email, Column::role,
                               Column::rooms};

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// What spreadsheets in English and German write for yes; empty says nothing.
std::optional<bool> parse_yes(std::string_view text) {
  const std::string word = lower(text);
  for (const auto* yes : {"true", "wahr", "yes", "ja", "1"})
    if (word == yes) return true;
  for (const auto* no : {"false", "falsch", "no", "nein", "0"})
    if (word == no) return false;
  return std::nullopt;
}

// Roles as the protocol has them, and in German.
std::optional<protocol::Role> parse_role(std::string_view text) {
  using protocol::Role;
  const std::string word = lower(text);
  constexpr std::pair<std::string_view, Role> kGerman[] = {
      {"gast", Role::guest},           {"mitglied", Role::member},   {"moderatorin", Role::moderator},
      {"revisor", Role::auditor},      {"revisorin", Role::auditor}, {"administrator", Role::admin},
      {"administratorin", Role::admin}};
  for (const auto& [german, role] : kGerman)
    if (word == german) return role;
  return protocol::parse_enum<Role>(word);
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
    for (const auto column : kNamed) all += (all.empty() ? "" : ", ") + std::string(name_of(column));
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
    std::vector<std::string> headers;
    for (const auto& cell : record.cells) headers.emplace_back(trimmed(cell.text));
    columns_ = read_headers(headers);
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const auto& [header, column, principal, problem] = columns_[i];
      if (problem == ReadColumn::Problem::unknown)
        add_error(
            record.cells[i].at, "",
            "There is no column " + header + ". The columns are " + columns() + ". Rename it, or remove it.");
      if (problem == ReadColumn::Problem::twice)
        add_error(record.cells[i].at, name_of(*column), "This column is there twice.");
      if (!header.empty())
        file_.columns.push_back({header, column ? std::string(name_of(*column)) : std::string()});
    }
    const bool has_name = std::any_of(columns_.begin(), columns_.end(),
                                      [](const ReadColumn& c) { return c.column == Column::name; });
    if (file_.errors.empty() && !has_name)
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
    given_name_.clear();
    surname_.clear();
    for (const auto& problem : record.problems) add_error(problem.at, "", problem.message);
    for (std::size_t i = 0; i < record.cells.size(); ++i) {
      const auto& cell = record.cells[i];
      if (i < columns_.size() && columns_[i].column)
        read_cell(row, columns_[i], cell);
      else if ((i >= columns_.size() || columns_[i].header.empty()) && !trimmed(cell.text).empty())
        add_error(cell.at, "", "This field is under no column of the header.");
    }
    if (!has_name_) {
      if (file_.errors.size() == errors) add_error(row.name_at, "name", "This person has no name.");
    } else if (row.display_name.empty()) {
      name_by_parts(row);
    }
    has_name_ = false;
    check_first(row);
    row.is_good = file_.errors.size() == errors;
    file_.rows.push_back(std::move(row));
  }

  // Without a display name: given name and surname where there are any, else the user name.
  void name_by_parts(PersonRow& row) {
    const std::string both = given_name_ + (given_name_.empty() || surname_.empty() ? "" : " ") + surname_;
    if (both.empty()) {
      row.display_name = row.name;
    } else if (auto checked = check_display_name("", both)) {
      row.display_name = std::move(*checked);
    } else {
      add_error(row.name_at, name_of(Column::display_name), checked.error().message);
    }
  }

  void check_enabled(bool enabled, const CsvCell& cell) {
    if (!enabled)
      add_error(cell.at, name_of(Column::enabled),
                "This account is disabled in the directory that the file comes from. Leave the row out.");
  }

  void read_cell(PersonRow& row, const ReadColumn& as, const CsvCell& cell) {
    const Column column = *as.column;
    auto text = trimmed(cell.text);
    if (column == Column::name) row.name_at = cell.at;
    if (as.is_principal_name) text = text.substr(0, text.find('@'));
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
        if (const auto role = parse_role(text))
          row.role = *role;
        else
          add_error(cell.at, name_of(column),
                    "There is no role " + std::string(text) +
                        ". Choose one of: " + protocol::enum_choices<protocol::Role>() + ".");
        return;
      case Column::rooms:
        return read_rooms(row, cell);
      case Column::given_name:
        given_name_ = text;
        return;
      case Column::surname:
        surname_ = text;
        return;
      case Column::enabled:
        return check_enabled(parse_yes(text).value_or(true), cell);
      case Column::blocked:
        return check_enabled(!parse_yes(text).value_or(false), cell);
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
  std::vector<ReadColumn> columns_;
  std::unordered_map<std::string, std::int64_t> seen_;  // name → line
  // Of the row at hand.
  bool has_name_ = false;
  std::string given_name_, surname_;
};

}  // namespace

PeopleFile parse_people_csv(std::string_view bytes) {
  const DecodedText decoded = decode_text(bytes);
  PeopleFile file = Parser(decoded.text).parse();
  file.encoding = decoded.encoding;
  return file;
}

}  // namespace wardroom::domain
