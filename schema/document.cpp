#include "schema/document.hpp"

#include <map>
#include <set>
#include <sstream>

#include "schema/document_words.hpp"
#include "schema/fresh.hpp"
#include "schema/migrations.hpp"

namespace wardroom::schema {
namespace {

using Words = std::map<std::string, std::string>;  // by "table" or "table.column"

constexpr const char* kPreface = R"(# The database

`wardroom.db` in the data directory is a SQLite 3 database in WAL mode: beside it lie `wardroom.db-wal` and `wardroom.db-shm`, which
belong to it. This page is generated from `schema/migrations/` and `schema/document_words.cpp`; after a change there, `./dev accept`
rewrites it. `PRAGMA user_version` is the version of the schema. `wardroomd check` compares the schema of a database with the one of
its version, statement by statement, and the tables with the audit log.

Open it read-only (`sqlite3 'file:wardroom.db?mode=ro'`), best a copy that `wardroomd backup` made: the schema may change with each
version, and whatever is written past the server is found by the checks. Times are milliseconds since 1970 in UTC, numbers of rooms,
people and messages those of the protocol ([protocol.md](protocol.md)). How the tables `audit_…` prove what they hold is in
[audit-format.md](audit-format.md).
)";

std::string trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") - first + 1));
}

std::string word(const std::string& line, std::size_t n) {
  std::istringstream words(line);
  std::string text;
  for (std::size_t i = 0; i <= n; ++i)
    if (!(words >> text)) return {};
  return text.substr(0, text.find_first_of("(,;"));
}

// Reads a migration's comments: those above a statement are of what it makes, those behind a column of the
// column, with the lines of comment below it.
class CommentReader {
 public:
  explicit CommentReader(Words& words) : words_(words) {}

  void take(const std::string& line) {
    const auto dashes = line.find("--");
    const std::string code = trimmed(line.substr(0, dashes));
    const std::string comment = dashes == std::string::npos ? "" : trimmed(line.substr(dashes + 2));
    if (code.empty()) return take_comment(comment);
    const std::string above = std::exchange(above_, {});
    column_.clear();
    if (code.starts_with("CREATE ")) return take_statement(code, above);
    if (code.starts_with("ALTER TABLE ") && word(code, 3) == "ADD")
      return note(word(code, 2) + "." + word(code, 5), comment);
    if (code.starts_with(")")) table_.clear();
    if (!table_.empty()) note(table_ + "." + word(code, 0), comment);
  }

 private:
  void take_comment(const std::string& comment) {
    if (comment.empty()) {
      above_.clear();
      column_.clear();
    } else if (!column_.empty()) {
      words_[column_] += " " + comment;
    } else {
      above_ += (above_.empty() ? "" : " ") + comment;
    }
  }
  void take_statement(const std::string& code, const std::string& above) {
    const std::size_t unique =
        code.starts_with("CREATE UNIQUE ") || code.starts_with("CREATE VIRTUAL ") ? 1 : 0;
    const std::string name = word(code, 2 + unique);
    if (!above.empty()) words_[name] = above;
    table_ = code.starts_with("CREATE TABLE ") ? name : "";
  }
  void note(const std::string& column, const std::string& comment) {
    if (comment.empty()) return;
    words_[column] = comment;
    column_ = column;
  }

  Words& words_;
  std::string above_, table_, column_;
};

Words read_comments() {
  Words words;
  for (const auto& migration : migrations()) {
    CommentReader reader(words);
    std::istringstream lines{std::string(migration.sql)};
    // The first lines say what the whole migration is about.
    std::string line;
    while (std::getline(lines, line) && !trimmed(line).empty()) {
      if (!line.starts_with("--")) reader.take(line);
    }
    while (std::getline(lines, line)) reader.take(line);
  }
  return words;
}

struct Column {
  std::string name, rule;
};

struct Part {
  std::string type, name, table, sql;
};

std::vector<Part> load_parts(sqlite::Connection& db) {
  std::vector<Part> parts;
  auto row = db.query(
      "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema"
      " WHERE name NOT GLOB 'sqlite_*' AND name NOT GLOB 'audit_text_*' ORDER BY tbl_name, name");
  while (row.step())
    parts.push_back(
        {row.get<std::string>(0), row.get<std::string>(1), row.get<std::string>(2), row.get<std::string>(3)});
  return parts;
}

std::string to_rule(const sqlite::Cursor& row, const std::string& points_to) {
  std::string rule = row.get<std::string>(1);
  if (row.get<bool>(2)) rule += " NOT NULL";
  if (const auto value = row.get<std::optional<std::string>>(3)) rule += " DEFAULT " + *value;
  if (row.get<std::int64_t>(4) > 0) rule += ", key";
  if (!points_to.empty()) rule += " → `" + points_to + "`";
  return trimmed(rule);
}

std::vector<Column> load_columns(sqlite::Connection& db, const std::string& table) {
  Words points_to;
  auto key = db.query("SELECT \"from\", \"table\" FROM pragma_foreign_key_list(?)", table);
  while (key.step()) points_to[key.get<std::string>(0)] = key.get<std::string>(1);
  std::vector<Column> columns;
  auto row = db.query("SELECT name, type, \"notnull\", dflt_value, pk FROM pragma_table_info(?) ORDER BY cid",
                      table);
  while (row.step())
    columns.push_back({row.get<std::string>(0), to_rule(row, points_to[row.get<std::string>(0)])});
  return columns;
}

// What the words of a part are found by.
std::string key_of(const Part& part) {
  return part.name;
}

std::string cell(std::string text) {
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return text;
}

// Of an index: what follows the table's name. Of a trigger: when it acts.
std::string describe(const Part& part) {
  std::string sql = part.sql;
  for (char& c : sql)
    if (c == '\n') c = ' ';
  const auto on = sql.find(" ON ");
  if (part.type == "index")
    return (sql.starts_with("CREATE UNIQUE") ? "unique " : "") + sql.substr(sql.find('(', on));
  const auto name = sql.find(part.name);
  const auto end = sql.find(" BEGIN");
  return trimmed(std::string_view(sql).substr(name + part.name.size(), end - name - part.name.size()));
}

class Composer {
 public:
  Composer(sqlite::Connection& db, Words words) : db_(db), words_(std::move(words)) {}

  std::string compose() {
    parts_ = load_parts(db_);
    std::string text = kPreface;
    text += "\nThis is version " + std::to_string(migrations().size()) + ".\n";
    for (const Part& part : parts_)
      if (part.type == "table" || part.type == "view") add_table(part, text);
    return text;
  }
  std::vector<std::string> gaps;
  std::set<std::string> used;

 private:
  std::string words_of(const std::string& key) {
    used.insert(key);
    const auto found = words_.find(key);
    if (found != words_.end()) return cell(found->second);
    gaps.push_back(key);
    return {};
  }
  void add_table(const Part& table, std::string& text) {
    text += "\n## " + table.name + "\n\n" + words_of(key_of(table)) +
            "\n\n| column | type | what it holds |\n|---|---|---|\n";
    for (const auto& column : load_columns(db_, table.name))
      text += "| `" + column.name + "` | " + column.rule + " | " + words_of(table.name + "." + column.name) +
              " |\n";
    for (const char* type : {"index", "trigger"}) add_others(table, type, text);
  }
  void add_others(const Part& table, std::string_view type, std::string& text) {
    bool first = true;
    for (const Part& part : parts_) {
      if (part.type != type || part.table != table.name) continue;
      if (std::exchange(first, false))
        text += "\n| " + std::string(type) + " | on | what for |\n|---|---|---|\n";
      text += "| `" + part.name + "` | `" + cell(describe(part)) + "` | " + words_of(key_of(part)) + " |\n";
    }
  }

  sqlite::Connection& db_;
  Words words_;
  std::vector<Part> parts_;
};

Words read_words() {
  Words words = read_comments();
  for (const auto& [key, text] : document_words())
    words.insert_or_assign(std::string(key), std::string(text));
  return words;
}

}  // namespace

Result<std::string> compose_document() {
  const auto db = make_fresh(static_cast<int>(migrations().size()));
  if (!db) return db.error();
  const auto text = Composer(**db, read_words()).compose();
  if ((*db)->failure()) return *(*db)->failure();
  return text;
}

Result<std::vector<std::string>> find_gaps_in_document() {
  const auto db = make_fresh(static_cast<int>(migrations().size()));
  if (!db) return db.error();
  Composer composer(**db, read_words());
  composer.compose();
  if ((*db)->failure()) return *(*db)->failure();
  std::vector<std::string> gaps;
  for (const auto& key : composer.gaps) gaps.push_back(key + " isn't described");
  for (const auto& [key, text] : document_words())
    if (!composer.used.contains(std::string(key)))
      gaps.push_back(std::string(key) + " is described, and isn't there");
  return gaps;
}

}  // namespace wardroom::schema
