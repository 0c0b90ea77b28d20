#pragma once

#include <cstdint>
#include <string>

namespace wardroom::admin {

// What is typed for an evidence bundle.
struct EvidenceForm {
  std::string person;    // a sign-in name; empty: everybody
  std::string room;      // a name or number; empty: every room
  std::string from_day;  // "2026-11-20"; empty: from the beginning
  std::string to_day;    // the last day; empty: until now
  std::string reason;
  std::string target;  // a .zip, or a directory
  bool files = false;  // it takes along what the messages carry
};

struct EvidenceProps {
  std::uint64_t serial = 0;  // 0: nothing is asked; another number than before: the fields start over
  EvidenceForm form;         // pre-filled
  bool busy = false;
  std::string progress;  // "12,000 of 128,402 records"
  float part = 0;        // 0 to 1
  std::string error;
  std::string saved;    // where the bundle is now
  std::string summary;  // what was found when it was checked
  bool holds = false;
};

}  // namespace wardroom::admin
