#include "server/audit/log.hpp"

#include "common/tlog/merkle.hpp"
#include "server/audit/tree.hpp"
#include "server/store/users.hpp"

namespace wardroom::audit {
namespace {

// "auth.*" → matches everything that begins with "auth."
struct TypeFilter {
  std::optional<std::string> first;  // inclusive
  std::optional<std::string> last;   // exclusive
};

TypeFilter to_type_filter(const std::optional<std::string>& type) {
  if (!type || type->empty() || *type == "*") return {};
  if (type->ends_with(".*")) {
    std::string first = type->substr(0, type->size() - 1);
    std::string last = first;
    last.back() = static_cast<char>(last.back() + 1);
    return {first, last};
  }
  return {*type, *type + '\x01'};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '%' || c == '_' || c == '\\') out.push_back('\\');
    out.push_back(c);
  }
  return out;
}

}  // namespace

void append_record(store::WriteTx& tx, const Record& record) {
  const AuditIndex idx{count_records(tx.db)};
  const std::string line = compose_line(record, idx, tx.now);
  const auto optional_id = [](std::int64_t id) { return id > 0 ? std::optional(id) : std::nullopt; };
  tx.db.run(
      "INSERT INTO audit_records (idx, at, type, outcome, actor_id, room_id, leaf, line) VALUES "
      "(?,?,?,?,?,?,?,?)",
      idx, tx.now, catalogue_row(record.type).name, to_string(record.outcome),
      optional_id(record.actor.id.value), optional_id(record.room.value), tlog::leaf_hash(as_bytes(line)),
      line);
  append_nodes(tx.db, idx.value + 1);
}

void append_commitments(store::WriteTx& tx) {
  if (tx.commitments.empty()) return;
  std::vector<Digest> leaves;
  leaves.reserve(tx.commitments.size());
  for (const Digest& commitment : tx.commitments) leaves.push_back(tlog::leaf_hash(commitment));
  Record record{.type = Type::messages_committed};
  record.after =
      R"({"count":)" + std::to_string(leaves.size()) + R"(,"root":")" + to_hex(tlog::root_of(leaves)) + "\"}";
  tx.db.run(
      "INSERT INTO audit_groups (idx, last_message, leaves)"
      " SELECT ?, coalesce((SELECT max(id) FROM messages), 0), ?",
      count_records(tx.db), std::as_bytes(std::span(leaves)));
  append_record(tx, record);
}

std::int64_t count_records(sqlite::Connection& db) {
  return db.find<std::int64_t>("SELECT coalesce(max(idx) + 1, 0) FROM audit_records").value_or(0);
}

QueryPage query_records(sqlite::Connection& db, const protocol::AuditQuery::Params& filter,
                        std::int64_t limit) {
  const TypeFilter type = to_type_filter(filter.type);
  std::optional<UserId> actor = filter.actor;
  if (filter.actor_name && !filter.actor_name->empty()) {
    const auto user = store::find_user(db, *filter.actor_name);
    actor = user ? user->account.id : UserId{-1};
  }
  std::optional<std::string> text;
  if (filter.text && !filter.text->empty()) text = "%" + escaped(*filter.text) + "%";
  const bool ascending = filter.after.has_value();
#define WARDROOM_AUDIT_WHERE                                                                       \
  "SELECT idx, leaf, line FROM audit_records WHERE idx < ?1 AND idx > ?2"                          \
  " AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4) AND (?5 IS NULL OR actor_id = ?5)"    \
  " AND (?6 IS NULL OR type >= ?6) AND (?7 IS NULL OR type < ?7) AND (?8 IS NULL OR room_id = ?8)" \
  " AND (?9 IS NULL OR outcome = ?9) AND (?10 IS NULL OR line LIKE ?10 ESCAPE '\\') ORDER BY idx"
  const auto run = [&](sqlite::Sql sql) {
    return db.query(sql, filter.before.value_or(AuditIndex{INT64_MAX}), filter.after.value_or(AuditIndex{-1}),
                    filter.since, filter.until, actor, type.first, type.last, filter.room, filter.outcome,
                    text, limit + 1);
  };
  auto row = ascending ? run(WARDROOM_AUDIT_WHERE " LIMIT ?11") : run(WARDROOM_AUDIT_WHERE " DESC LIMIT ?11");
#undef WARDROOM_AUDIT_WHERE
  QueryPage page;
  while (row.step())
    page.records.push_back({row.get<AuditIndex>(0), to_hex(row.get<Bytes>(1)), row.get<std::string>(2)});
  if (static_cast<std::int64_t>(page.records.size()) > limit) {
    page.more = true;
    page.records.resize(static_cast<std::size_t>(limit));
  }
  return page;
}

Result<void> check_records(sqlite::Connection& db) {
  auto row = db.query("SELECT idx, leaf, line FROM audit_records ORDER BY idx");
  for (std::int64_t expected = 0; row.step(); ++expected) {
    const auto where = "Audit record " + std::to_string(expected);
    if (row.get<std::int64_t>(0) != expected)
      return make_error(ErrorCode::internal, where + " is missing.", "audit_log_damaged");
    const Digest leaf = tlog::leaf_hash(as_bytes(row.get<std::string_view>(2)));
    if (row.get<Bytes>(1) != Bytes(leaf.begin(), leaf.end()))
      return make_error(ErrorCode::internal, where + " isn't what was written: its hash differs.",
                        "audit_log_damaged");
  }
  if (db.failure()) return *db.failure();
  return ok();
}

}  // namespace wardroom::audit
