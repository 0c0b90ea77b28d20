#include <ostream>

#include "common/evidence/record_fields.hpp"
#include "ctl/commands/audit_filter.hpp"
#include "ctl/commands/commands.hpp"
#include "ctl/commands/table.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

std::vector<std::string> describe(const protocol::AuditRecord& record) {
  const auto fields = evidence::RecordFields::parse(record.line);
  // Of a pruned record only the hash is left.
  if (!fields) return {std::to_string(record.idx.value), "", "(pruned)", "", "", "", ""};
  return {std::to_string(record.idx.value),
          fields->at("ts"),
          fields->at("type"),
          fields->at("outcome"),
          fields->at("actor", "name"),
          fields->at("target", "name"),
          fields->at("reason")};
}

}  // namespace

Result<void> audit_query(const Context& context, const AuditQueryArguments& arguments) {
  auto client = connect(context);
  if (!client) return client.error();
  auto params = make_audit_query(**client, arguments.filter);
  if (!params) return params.error();
  params->limit = std::min<std::int64_t>(arguments.limit, protocol::kMaxPage);
  Table table({"IDX", "TIME (UTC)", "TYPE", "OUTCOME", "ACTOR", "TARGET", "REASON"});
  auto left = arguments.limit;
  const auto read = read_audit_records(**client, *params, [&](const protocol::AuditRecord& record) {
    // The exact bytes that the log's hashes cover.
    if (context.json)
      context.out << record.line << "\n";
    else
      table.add(describe(record));
    return --left > 0;
  });
  if (!read) return read;
  if (!context.json) table.print(context.out);
  return ok();
}

}  // namespace wardroom::ctl
