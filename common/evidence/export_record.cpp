#include "common/evidence/export_record.hpp"

#include <charconv>

#include "common/evidence/bundle_lines.hpp"
#include "common/evidence/record_fields.hpp"
#include "common/evidence/record_line.hpp"
#include "common/tlog/proof.hpp"

namespace wardroom::evidence {
namespace {

constexpr std::size_t kMaxPathNodes = 64;  // one a level

Error unproven_export(const std::string& why) {
  return make_error(ErrorCode::params, "The record of the export in export.txt isn't proven: " + why);
}

std::optional<std::int64_t> number_after(const RecordFields& fields, std::string_view name) {
  const auto text = fields.at("after", name);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

Result<ExportRecord> parse_export_record(const RecordEntry& entry) {
  if (entry.body != RecordEntry::Body::given) return unproven_export("its bytes aren't there.");
  if (tlog::leaf_hash(as_bytes(entry.line)) != entry.leaf)
    return unproven_export("it isn't what was written: its hash differs.");
  const auto line = parse_record_line(entry.line);
  const auto fields = RecordFields::parse(entry.line);
  if (!line || !fields || line->idx != entry.idx || line->type != "audit.exported")
    return unproven_export("it is no record audit.exported with its number.");
  return ExportRecord{entry.idx,
                      number_after(*fields, "user"),
                      line->room,
                      number_after(*fields, "last").value_or(-1),
                      fields->at("after", "files") == "true",
                      number_after(*fields, "chain_end")};
}

}  // namespace

Result<std::optional<ExportRecord>> read_export_record(const OpenBundle& bundle,
                                                       const tlog::Checkpoint& head) {
  if (!bundle.has("export.txt")) return std::optional<ExportRecord>{};
  std::optional<Result<ExportRecord>> record;
  tlog::Node leaf;
  std::vector<tlog::Node> path;
  bool is_path = true;
  auto read = bundle.read_lines("export.txt", [&](std::string_view line) {
    if (!record) {
      const auto entry = parse_record_entry(line);
      record = entry ? parse_export_record(*entry) : unproven_export(entry.error().message);
      if (entry) leaf = {{0, entry->idx}, entry->leaf};
      return record->has_value();
    }
    const auto node = parse_edge(line);
    is_path = node && path.size() < kMaxPathNodes;
    if (is_path) path.push_back(*node);
    return is_path;
  });
  if (!read) return read.error();
  if (!record) return unproven_export("there is none.");
  if (!*record) return record->error();
  const auto root = tlog::root_from(head.size, std::span(&leaf, 1), path);
  if (!is_path || !root || *root != head.root) return unproven_export("it doesn't lead to the head.");
  return std::optional(**record);
}

}  // namespace wardroom::evidence
