#pragma once

#include <optional>

#include "common/evidence/bundle_files.hpp"
#include "common/tlog/checkpoint.hpp"

namespace wardroom::evidence {

// The record audit.exported of a bundle itself: it says where the chain of records ends that count the
// bundle's subject. A value.
struct ExportRecord {
  std::int64_t idx = 0;
  std::optional<std::int64_t> person;  // what was exported
  std::optional<std::int64_t> room;
  std::int64_t last = -1;    // record of the range that was exported
  bool takes_files = false;  // what messages carry goes along
  // The last one in it, or before it, that counts the subject; -1: none.
  std::optional<std::int64_t> chain_end;
};

// Out of export.txt: the record's line as in records.txt, then the nodes that lead from it to the head.
// Nothing in bundles of before there was the file; an error, a sentence, when it isn't proven.
Result<std::optional<ExportRecord>> read_export_record(const OpenBundle& bundle,
                                                       const tlog::Checkpoint& head);

}  // namespace wardroom::evidence
