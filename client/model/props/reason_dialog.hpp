#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace wardroom::client {

// What is done with a reason that others read later.
enum class ReasonedAction {
  delete_message,
  restore_message,
  report,
  mute,
  kick,
  ban,
  lock,
  unlock,
  archive,
  unarchive,
  slow_mode
};

struct ReasonDialogProps {
  std::uint64_t serial = 0;  // another one: the dialog was opened again
  std::string title;         // "Mute Tomasz Wilk in #release-7"
  std::string consequence;   // what will happen
  std::string confirm;       // "Mute"
  std::string hint;          // in the empty reason
  std::string reason;        // pre-fills it
  bool danger = false;
  std::string length_label;          // "For how long"
  std::vector<std::string> lengths;  // empty: it isn't asked
  std::size_t length = 0;            // pre-chosen
  bool busy = false;
  std::string error;
};

// Every text that a message had, oldest first.
struct VersionsProps {
  struct Row {
    std::string act;   // "Posted", "Edited", "Deleted", "Restored"
    std::string when;  // "20 November, 16:42"
    std::string who;
    std::string text;
    bool erased = false;  // the text is gone for good
    std::string reason;
  };
  std::vector<Row> rows;
  bool loading = false;
  std::string error;
};

}  // namespace wardroom::client
