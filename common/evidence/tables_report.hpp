#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wardroom::evidence {

// What the check of a server's tables found. A value.
struct TablesReport {
  std::int64_t wrong = 0;               // how many rows, or parts of the schema, don't hold
  std::vector<std::string> findings;    // the first hundred of them, a sentence each
  std::int64_t unproven = 0;            // states of messages without a group, and rows without a record
  std::vector<std::string> not_proven;  // those, and what nothing can prove, by name
  std::vector<std::string> confirmed;   // what was compared, with how many rows

  bool is_sound() const { return wrong == 0 && unproven == 0; }
  void add(std::string finding) {
    ++wrong;
    if (findings.size() < 100) findings.push_back(std::move(finding));
  }
};

}  // namespace wardroom::evidence
