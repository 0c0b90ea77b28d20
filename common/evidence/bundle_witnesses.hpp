#pragma once

#include "common/evidence/bundle_report.hpp"
#include "common/tlog/cosignature.hpp"

// Which devices vouch for a bundle's log: witnesses.txt (docs/audit-format.md).
namespace wardroom::evidence {

// "<key> <record> <person> -", or "<key> <record> <person> <size> <root> <time> <signature> <proof>" of a
// device that has cosigned a head of `size` records, where the proof is "-" or hashes with commas between
// them.
struct WitnessEntry {
  tlog::CosignerKey key;
  std::int64_t record = 0;
  UserId person;
  struct Cosigned {
    std::int64_t size = 0;
    Digest root{};
    tlog::Cosignature cosignature;
    std::vector<Digest> proof;  // that the bundle's head extends it
  };
  std::optional<Cosigned> cosigned;
};
Result<WitnessEntry> parse_witness_entry(std::string_view line);

// Whether a device saw what it is said to have seen, as a beginning of this log. Otherwise the finding.
std::optional<std::string> find_wrong_cosignature(const WitnessEntry& entry, const tlog::Checkpoint& head);

// "4 of 5 devices vouch for this log: …"; empty when the bundle says nothing of devices.
std::string tell_witnesses(const BundleReport& report);

}  // namespace wardroom::evidence
