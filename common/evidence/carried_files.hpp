#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_lines.hpp"
#include "common/evidence/bundle_report.hpp"
#include "common/evidence/export_record.hpp"

// The bytes of what messages carry, in a bundle that takes them along (docs/audit-format.md): each content
// once, in a file of its own, and carried.txt, which names them.
namespace wardroom::evidence {

// What a message says of a file that it carries, without its name: SHA-256 and size.
using Content = std::pair<Digest, std::int64_t>;

// carried.txt: "<hash> <size> here" or "<hash> <size> gone".
struct CarriedEntry {
  Content content;
  bool is_here = false;
};
Result<CarriedEntry> parse_carried_entry(std::string_view line);
std::string compose_carried_entry(const CarriedEntry& entry);
// "file-<hash>"
std::string content_file(const Digest& sha256);

// What the proven messages of a bundle carry, and whether the bundle has it. A value.
class CarriedFiles {
 public:
  // A proven state; of others than a posted one nothing is taken.
  void add_state(const StateEntry& state);
  const std::map<Content, std::string>& bound() const { return bound_; }

  // Adds to the report what contradicts the messages, and what isn't proven.
  Result<void> check(const OpenBundle& bundle, const std::optional<ExportRecord>& exported,
                     BundleReport& report) const;

 private:
  std::map<Content, std::string> bound_;  // with the name of a message that carries it
};

}  // namespace wardroom::evidence
