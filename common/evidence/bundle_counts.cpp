#include "common/evidence/bundle_counts.hpp"

#include <algorithm>
#include <charconv>

#include "common/evidence/record_line.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;

std::int64_t integer_in(const boost::json::object& object, std::string_view name, std::int64_t otherwise) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : otherwise;
}

// "person: 12 anna" -> 12
std::optional<std::int64_t> number_behind(std::string_view line, std::string_view name) {
  if (!line.starts_with(name)) return std::nullopt;
  line.remove_prefix(name.size());
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  return error == std::errc{} ? std::optional(number) : std::nullopt;
}

std::string states(std::int64_t count) {
  return to_string(count) + (count == 1 ? " state" : " states");
}

}  // namespace

Result<BundleSubject> read_subject(const OpenBundle& bundle) {
  BundleSubject subject;
  auto read = bundle.read_lines("case.txt", [&](std::string_view line) {
    if (const auto person = number_behind(line, "person: ")) subject.person = person;
    if (const auto room = number_behind(line, "room: ")) subject.room = room;
    return true;
  });
  if (!read) return read.error();
  return subject;
}

void BundleCounts::add_record(std::int64_t idx, std::string_view line) {
  if (line.find(R"("type":"messages.committed")") == std::string_view::npos) return;
  const auto json = protocol::parse_json(line);
  const auto* record = json ? json->if_object() : nullptr;
  const auto* type = record ? record->if_contains("type") : nullptr;
  if (!type || *type != "messages.committed") return;
  Committed& committed = records_[idx];
  const auto* after = record->if_contains("after");
  if (!after || !after->is_object()) return;
  const auto& said = after->get_object();
  committed.bound = integer_in(said, "count", 0);
  committed.since = integer_in(said, "since", 0);
  const auto* counts = said.if_contains("states");
  if (!counts || !counts->is_array()) return;
  committed.of_subject = 0;
  for (const auto& entry : counts->get_array()) {
    std::vector<std::int64_t> numbers;
    if (const auto* array = entry.if_array())
      for (const auto& number : *array) numbers.push_back(number.is_int64() ? number.get_int64() : -1);
    numbers.resize(5, -1);
    const bool in_room = !subject_.room || numbers[0] == *subject_.room;
    const bool by_person = !subject_.person || numbers[1] == *subject_.person;
    if (in_room && by_person) *committed.of_subject += numbers[2];
    // The chain is the room's, or the person's where the bundle is about no room.
    if (subject_.room ? in_room : by_person) committed.before = subject_.room ? numbers[3] : numbers[4];
  }
}

void BundleCounts::add_group(std::int64_t idx, std::int64_t leaves,
                             const std::map<std::int64_t, std::int64_t>& shown) {
  Group& group = groups_[idx];
  group.leaves = leaves;
  for (const auto& [room, count] : shown) {
    group.shown += count;
    if (!subject_.room || room == *subject_.room) group.of_subject += count;
  }
}

void BundleCounts::report(BundleReport& report) const {
  if (subject_.is_everything()) return report_everything(report);
  for (const auto& [idx, record] : records_)
    if (record.of_subject) report_group(idx, record, report);
  report_chain(report);
  report_uncounted(report);
}

// Every record is given, and every state that one of them binds in.
void BundleCounts::report_everything(BundleReport& report) const {
  if (!hidden_.empty())
    report.log.add(record_name(hidden_.front()) +
                   " is given as a hash only, in a bundle of everything in the log.");
  for (const auto& [idx, record] : records_) {
    const auto group = groups_.find(idx);
    const std::int64_t missing =
        group == groups_.end() ? record.bound : group->second.leaves - group->second.shown;
    if (missing > 0)
      report.doubts.push_back(record_name(idx) + " binds in " + states(record.bound) + ", of which " +
                              to_string(missing) + " can't be seen here.");
  }
}

void BundleCounts::report_group(std::int64_t idx, const Committed& record, BundleReport& report) const {
  const auto group = groups_.find(idx);
  const std::int64_t shown = group == groups_.end() ? 0 : group->second.of_subject;
  if (shown > *record.of_subject)
    report.log.add(record_name(idx) + " counts " + states(*record.of_subject) +
                   " of the subject, but the bundle shows " + to_string(shown) + ".");
  if (shown < *record.of_subject)
    report.doubts.push_back(record_name(idx) + " counts " + states(*record.of_subject) +
                            " of the subject, of which " + to_string(*record.of_subject - shown) +
                            " can't be seen here.");
}

void BundleCounts::report_chain(BundleReport& report) const {
  std::optional<std::int64_t> link;
  for (const auto& [idx, record] : records_) {
    if (!record.before) continue;
    const std::int64_t before = *record.before;
    if (link ? before != *link : before >= report.first)
      report.doubts.push_back(record_name(idx) + " says that record " + to_string(before) +
                              " binds in states of the subject, too; the bundle doesn't show it as that.");
    if (!link) report.counted_from = std::max(report.first, record.since);
    link = report.counted_to = idx;
  }
  report_chain_end(link, report);
}

// No record here speaks of one behind it: only that of the export does.
void BundleCounts::report_chain_end(std::optional<std::int64_t> link, BundleReport& report) const {
  if (!export_)
    return report.doubts.push_back(
        "The bundle has no record of its export: that no states of the subject follow the last ones here is "
        "the server's word.");
  const bool is_its_export = export_->person == subject_.person && export_->room == subject_.room;
  if (!is_its_export || !export_->chain_end)
    return report.doubts.push_back(record_name(export_->idx) +
                                   " doesn't say of this subject which record is the last that counts its "
                                   "states: that none follow is the server's word.");
  if (report.last > export_->last)
    return report.doubts.push_back(record_name(export_->idx) + " tells of an export up to record " +
                                   to_string(export_->last) + ", but the bundle goes up to record " +
                                   to_string(report.last) +
                                   ": that nothing is missing behind it isn't proven.");
  const std::string says = record_name(export_->idx) + " says that record " + to_string(*export_->chain_end) +
                           " is the last that counts states of the subject; ";
  if (link ? *link < *export_->chain_end : *export_->chain_end >= report.first)
    return report.doubts.push_back(says + "the bundle doesn't show it as that.");
  if (link && *link > *export_->chain_end)
    return report.log.add(says + "but record " + to_string(*link) + " counts some, too.");
  if (link) report.counted_to = report.last;
}

// Records of the time before the log counted, and those with too many people in them.
void BundleCounts::report_uncounted(BundleReport& report) const {
  std::int64_t records = 0, leaves = 0, since = 0;
  for (const auto& [idx, record] : records_) {
    since = std::max(since, record.since);
    if (record.of_subject) continue;
    const auto group = groups_.find(idx);
    const std::int64_t others =
        group == groups_.end() ? record.bound : group->second.leaves - group->second.shown;
    if (others > 0) ++records;
    leaves += others;
  }
  if (records > 0)
    report.doubts.push_back(to_string(records) + (records == 1 ? " record doesn't" : " records don't") +
                            " say whose states they bind in: that none of the subject's is among " +
                            to_string(leaves) + " that can't be seen here is the server's word.");
  if (std::ranges::any_of(hidden_, [&](std::int64_t idx) { return idx < since; }))
    report.doubts.push_back("The log counts states from record " + to_string(since) +
                            " on: that none is missing before it is the server's word.");
}

}  // namespace wardroom::evidence
