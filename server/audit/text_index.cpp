#include "server/audit/text_index.hpp"

#include <algorithm>
#include <set>

#include "common/base/utf8.hpp"

namespace wardroom::audit {
namespace {

constexpr std::size_t kMaxTrigrams = 64;  // enough to tell texts apart

}  // namespace

AuditIndex text_indexed_to(sqlite::Connection& db) {
  return AuditIndex{
      db.find<std::int64_t>("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'audit_text'").value_or(0)};
}

bool index_texts(sqlite::Connection& db, std::int64_t limit) {
  const std::int64_t from = text_indexed_to(db).value;
  const auto size = db.find<std::int64_t>("SELECT coalesce(max(idx) + 1, 0) FROM audit_records").value_or(0);
  const std::int64_t to = std::min(size, from + limit);
  if (to <= from) return false;
  db.run("INSERT INTO audit_text (rowid, line) SELECT idx, line FROM audit_texts WHERE idx >= ? AND idx < ?",
         from, to);
  db.run(
      "INSERT INTO meta (key, value) VALUES ('audit_text', ?)"
      " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
      std::to_string(to));
  return to < size;
}

void forget_text(sqlite::Connection& db, AuditIndex idx) {
  if (idx >= text_indexed_to(db)) return;
  db.run(
      "INSERT INTO audit_text (audit_text, rowid, line) SELECT 'delete', idx, line FROM audit_texts WHERE "
      "idx "
      "= ?",
      idx);
}

std::string trigram_query(std::string_view text) {
  std::vector<std::size_t> starts;  // of code points
  for (std::size_t at = 0; at < text.size();) {
    starts.push_back(at);
    next_code_point(text, at);
  }
  starts.push_back(text.size());
  std::set<std::string_view> trigrams;
  for (std::size_t i = 0; i + 3 < starts.size() && trigrams.size() < kMaxTrigrams; ++i)
    trigrams.insert(text.substr(starts[i], starts[i + 3] - starts[i]));
  std::string query;
  for (const auto trigram : trigrams) {
    query += query.empty() ? "\"" : " \"";
    for (const char c : trigram) query += c == '"' ? std::string("\"\"") : std::string(1, c);
    query += '"';
  }
  return query;
}

}  // namespace wardroom::audit
