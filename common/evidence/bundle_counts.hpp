#pragma once

#include <map>
#include <optional>
#include <string_view>
#include <vector>

#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_report.hpp"
#include "common/evidence/export_record.hpp"

// Whether anything is missing from a bundle (docs/audit-format.md): records messages.committed say how many
// states of which room and author they bind in, and which record before them did; the record of the export
// says which one is the last.
namespace wardroom::evidence {

// What a bundle is about, out of case.txt.
struct BundleSubject {
  std::optional<std::int64_t> person;
  std::optional<std::int64_t> room;

  bool is_everything() const { return !person && !room; }
};
Result<BundleSubject> read_subject(const OpenBundle& bundle);

class BundleCounts {
 public:
  explicit BundleCounts(BundleSubject subject) : subject_(subject) {}

  // A record whose bytes are given; what isn't messages.committed is passed over.
  void add_record(std::int64_t idx, std::string_view line);
  void add_hidden(std::int64_t idx) { hidden_.push_back(idx); }
  // That of the bundle's export, where it has one that is proven.
  void set_export(const ExportRecord& record) { export_ = record; }
  // The group of a record: its leaves, and of these the states that the bundle shows, by room.
  void add_group(std::int64_t idx, std::int64_t leaves, const std::map<std::int64_t, std::int64_t>& shown);
  // Adds to the report what contradicts the counts, and what isn't proven.
  void report(BundleReport& report) const;

 private:
  struct Group {
    std::int64_t leaves = 0;
    std::int64_t shown = 0;       // in all
    std::int64_t of_subject = 0;  // in its room
  };
  struct Committed {
    std::int64_t bound = 0;
    std::optional<std::int64_t> of_subject;  // nothing: the record doesn't count
    std::optional<std::int64_t> before;  // the link before it; nothing: it is no link of the subject's chain
    std::int64_t since = 0;
  };

  void report_everything(BundleReport& report) const;
  void report_group(std::int64_t idx, const Committed& record, BundleReport& report) const;
  void report_chain(BundleReport& report) const;
  void report_chain_end(std::optional<std::int64_t> link, BundleReport& report) const;
  void report_uncounted(BundleReport& report) const;

  BundleSubject subject_;
  std::optional<ExportRecord> export_;
  std::vector<std::int64_t> hidden_;
  std::map<std::int64_t, Committed> records_;
  std::map<std::int64_t, Group> groups_;
};

}  // namespace wardroom::evidence
