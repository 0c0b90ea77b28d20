#include "server/audit/query.hpp"

#include <algorithm>

#include "common/base/utf8.hpp"
#include "common/text/unicode.hpp"
#include "protocol/json_text.hpp"
#include "server/audit/conditions.hpp"
#include "server/audit/text_index.hpp"

namespace wardroom::audit {
namespace {

using Indexes = std::vector<std::int64_t>;

// Few enough records to look at each of them, or to sort them.
constexpr std::int64_t kFew = 2000;
// Where counting stops: so many are many.
constexpr std::int64_t kMany = 20'000;
// Records that may hold the text and are looked at one by one, before it is cheaper to walk along beside.
constexpr int kLookedAt = 1000;
// Lines of a page: a record of many changes is long, and an answer should fit what clients take at once.
constexpr std::size_t kMaxPageBytes = 1024 * 1024;

// Those of the view audit_texts.
constexpr const char* kHasText =
    " AND type NOT IN ('messages.committed', 'reactions.committed', 'audit.heartbeat') AND line <> ''";

// The part of the log that is asked for, and in which order.
struct Span {
  std::int64_t above = -1;         // indexes greater than this
  std::int64_t below = INT64_MAX;  // and less than this
  bool ascending = false;

  const char* order_by_idx() const { return ascending ? " ORDER BY idx" : " ORDER BY idx DESC"; }
  // Whether `a` comes before `b`.
  bool is_before(std::int64_t a, std::int64_t b) const { return ascending ? a < b : a > b; }
  Span from(std::int64_t idx) const {
    Span rest = *this;
    (ascending ? rest.above : rest.below) = ascending ? idx - 1 : idx + 1;
    return rest;
  }
};

// What is looked for: as it was typed, and as it stands in a value of a record's JSON. Without case in every
// script, as the index of trigrams has it; SQLite's LIKE would fold ASCII alone.
struct Wanted {
  explicit Wanted(std::string_view typed) : text(typed) {
    protocol::append_json_string(in_json, typed);
    in_json = escape_unseen(in_json.substr(1, in_json.size() - 2));
    forms.push_back(text::without_case(text));
    if (in_json != text) forms.push_back(text::without_case(in_json));
  }
  bool is_in(sqlite::Connection& db, std::int64_t idx) const {
    const auto line = db.find<std::string>("SELECT line FROM audit_records WHERE idx = ?", idx);
    if (!line) return false;
    const std::string folded = text::without_case(*line);
    return std::ranges::any_of(forms,
                               [&](const auto& form) { return folded.find(form) != std::string::npos; });
  }
  std::string trigrams() const {
    const std::string query = trigram_query(text);
    return text == in_json ? query : "(" + query + ") OR (" + trigram_query(in_json) + ")";
  }

  std::string text;
  std::string in_json;
  std::vector<std::string> forms;  // without case
};

void add_conditions(ComposedQuery& query, const std::vector<Condition>& conditions) {
  for (const auto& condition : conditions) {
    query.add(condition.sql);
    for (const auto& value : condition.values) query.add({}, value);
  }
}

struct ColumnIndex {
  std::string_view condition;
  std::string_view name;
  bool only_few = false;  // it isn't in the log's order, or doesn't hold the other filters
};
constexpr ColumnIndex kColumnIndexes[] = {
    {" AND actor_id = ?", "audit_records_actor"},
    {" AND target_user = ?", "audit_records_target"},
    {" AND room_id = ?", "audit_records_room"},
    {" AND address = ?", "audit_records_address"},
    {" AND outcome = ? AND outcome <> 'success'", "audit_records_outcome"},
    {" AND address IN (SELECT value FROM json_each(?))", "audit_records_address", true},
    {" AND type = ?", "audit_records_type", true},
};

// Which index to read, and how many records lie under its value (kMany: at least).
struct Choice {
  std::string_view index = "audit_records_search";
  std::int64_t count = kMany;
};

std::int64_t count_under(sqlite::Connection& db, std::string_view index, const Condition& condition) {
  ComposedQuery count(db);
  count.add("SELECT count(*) FROM (SELECT 1 FROM audit_records INDEXED BY ").add(index).add(" WHERE 1");
  add_conditions(count, {condition});
  count.add(" LIMIT ?)", kMany);
  return count.next().value_or(kMany);
}

// That of the rarest value; of several common ones the first: each is shorter than the whole log.
Choice choose_index(sqlite::Connection& db, const std::vector<Condition>& conditions) {
  std::optional<Choice> best;
  for (const auto& condition : conditions)
    for (const auto& index : kColumnIndexes) {
      if (index.condition != condition.sql) continue;
      const std::int64_t count = count_under(db, index.name, condition);
      if (index.only_few && count >= kFew) continue;
      if (!best || count < best->count) best = Choice{index.name, count};
    }
  return best.value_or(Choice{});
}

// Records whose columns fit, in order.
class ColumnSearch {
 public:
  ColumnSearch(sqlite::Connection& db, const Choice& choice, const std::vector<Condition>& conditions,
               const Span& span)
      : query_(db) {
    query_.add("SELECT idx FROM audit_records INDEXED BY ").add(choice.index);
    query_.add(" WHERE idx > ?", span.above).add(" AND idx < ?", span.below);
    add_conditions(query_, conditions);
    query_.add(span.order_by_idx());
  }
  ComposedQuery& query() { return query_; }

 private:
  ComposedQuery query_;
};

// Records that may hold the text, in order: those that the index finds, and those that it doesn't have yet.
class TextSearch {
 public:
  TextSearch(sqlite::Connection& db, const Wanted& wanted, const Span& span)
      : span_(span), indexed_(db), recent_(db) {
    const std::int64_t indexed_to = text_indexed_to(db).value;
    indexed_.add("SELECT rowid FROM audit_text WHERE audit_text MATCH ?", wanted.trigrams())
        .add(" AND rowid > ?", span.above)
        .add(" AND rowid < ?", span.below)
        .add(span.ascending ? " ORDER BY rowid" : " ORDER BY rowid DESC");
    recent_.add("SELECT idx FROM audit_texts WHERE idx >= ?", indexed_to)
        .add(" AND idx > ?", span.above)
        .add(" AND idx < ?", span.below)
        .add(span.order_by_idx());
  }
  std::optional<std::int64_t> next() {
    ComposedQuery& first = span_.ascending ? indexed_ : recent_;
    ComposedQuery& second = span_.ascending ? recent_ : indexed_;
    if (const auto idx = first.next()) return idx;
    return second.next();
  }
  std::optional<Error> failure() const { return indexed_.failure() ? indexed_.failure() : recent_.failure(); }

 private:
  Span span_;
  ComposedQuery indexed_, recent_;
};

Result<Indexes> search_columns(sqlite::Connection& db, const Choice& choice,
                               const std::vector<Condition>& conditions, const Span& span, std::int64_t limit,
                               const Wanted* wanted = nullptr) {
  ColumnSearch search(db, choice, conditions, span);
  Indexes found;
  while (static_cast<std::int64_t>(found.size()) < limit) {
    const auto idx = search.query().next();
    if (!idx) break;
    if (!wanted || wanted->is_in(db, *idx)) found.push_back(*idx);
  }
  if (search.query().failure()) return *search.query().failure();
  return found;
}

// When the other filters leave only a few records, these are looked at. Else it goes through the records that
// may hold the text: the first ones are looked at where they lie; when the page isn't full by then the text
// is common and the other filters hide it, and the two are walked side by side.
Result<Indexes> search_text(sqlite::Connection& db, const std::vector<Condition>& conditions,
                            const std::string& text, const Span& span, std::int64_t limit) {
  const Wanted wanted(text);
  const Choice choice = choose_index(db, conditions);
  if (choice.count < kFew) {
    auto with_text = conditions;
    with_text.push_back({kHasText, {}});
    return search_columns(db, choice, with_text, span, limit, &wanted);
  }
  TextSearch texts(db, wanted, span);
  ComposedQuery fits(db);
  fits.add("SELECT idx FROM audit_records WHERE idx = ?", std::int64_t{0});
  add_conditions(fits, conditions);
  std::optional<ColumnSearch> columns;
  std::optional<std::int64_t> column;
  Indexes found;
  for (int looked_at = 0; static_cast<std::int64_t>(found.size()) < limit; ++looked_at) {
    const auto idx = texts.next();
    if (!idx) break;
    if (looked_at >= kLookedAt && !conditions.empty()) {
      if (!columns) column = columns.emplace(db, choice, conditions, span.from(*idx)).query().next();
      while (column && span.is_before(*column, *idx)) column = columns->query().next();
      if (!column) break;
      if (*column != *idx) continue;
    }
    if (fits.matches(*idx) && wanted.is_in(db, *idx)) found.push_back(*idx);
  }
  for (const auto& failure :
       {texts.failure(), fits.failure(), columns ? columns->query().failure() : std::optional<Error>()})
    if (failure) return *failure;
  return found;
}

}  // namespace

Result<QueryPage> query_records(sqlite::Connection& db, const protocol::AuditQuery::Params& filter,
                                std::int64_t limit) {
  const auto conditions = make_conditions(db, filter);
  if (!conditions) return conditions.error();
  const std::string text = filter.text.value_or("");
  if (text.find('\0') != std::string::npos)
    return params_error("params.text", "params.text has a NUL in it, which no record has. Leave it out.");
  if (!text.empty() && count_code_points(text) < kLeastText)
    return params_error("params.text", "Search for at least 3 characters.");
  const Span span{filter.after.value_or(AuditIndex{-1}).value,
                  filter.before.value_or(AuditIndex{INT64_MAX}).value, filter.after.has_value()};
  auto found = text.empty() ? search_columns(db, choose_index(db, *conditions), *conditions, span, limit + 1)
                            : search_text(db, *conditions, text, span, limit + 1);
  if (!found) return found.error();

  QueryPage page;
  page.more = static_cast<std::int64_t>(found->size()) > limit;
  if (page.more) found->resize(static_cast<std::size_t>(limit));
  std::size_t bytes = 0;
  for (const std::int64_t idx : *found) {
    if (bytes >= kMaxPageBytes) {
      page.more = true;
      break;
    }
    auto row = db.query("SELECT leaf, line FROM audit_records WHERE idx = ?", idx);
    if (!row.step()) continue;
    page.records.push_back({AuditIndex{idx}, to_hex(row.get<Bytes>(0)), row.get<std::string>(1)});
    bytes += page.records.back().line.size();
  }
  if (db.failure()) return *db.failure();
  return page;
}

}  // namespace wardroom::audit
