#pragma once

#include "common/base/clock.hpp"
#include "common/base/strong.hpp"
#include "common/evidence/log_check.hpp"

namespace wardroom::evidence {

// What the check of a bundle found. A value.
struct BundleReport {
  LogReport log;           // its size and root are those of the head
  std::int64_t first = 0;  // record of the range
  std::int64_t last = 0;
  std::int64_t shown = 0;   // records whose bytes are in the bundle
  std::int64_t hidden = 0;  // records of which only the hash is: they aren't about the subject
  std::int64_t messages = 0;
  std::int64_t states = 0;    // proven states of them: as posted, each edit, deletion, restoration
  std::int64_t erased = 0;    // of these, whose text was erased
  std::int64_t unproven = 0;  // states that are in no group of the log
  bool takes_files = false;   // what messages carry is here, too
  std::int64_t files = 0;     // of these, each as it was sent
  std::int64_t others = 0;    // states in the bundle's groups that belong to other messages

  // Of a bundle about a person or a room: it shows that between these two records none of their states is
  // missing. To the last of the range where the record of the export says where their chain ends.
  std::optional<std::int64_t> counted_from;
  std::optional<std::int64_t> counted_to;

  // Devices that cosigned heads of this log, of so many that the server names.
  struct Witness {
    std::string name;  // of its key
    UserId person;     // whose device it is
    std::int64_t size = 0;
    TimePoint at;  // by the device's clock
  };
  std::vector<Witness> witnesses;
  std::int64_t devices = 0;

  std::vector<std::string> doubts;  // what isn't proven although nothing contradicts it, a sentence each

  // Nothing that it holds is contradicted.
  bool is_sound() const { return log.is_sound(); }
  // All of it is proven, too.
  bool is_proven() const { return is_sound() && doubts.empty(); }
};

}  // namespace wardroom::evidence
