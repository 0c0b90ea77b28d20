#pragma once

#include <optional>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"

namespace wardroom::admin {

struct BackupRow {
  std::string name;
  std::string at;
  std::string size;
  std::string checked, verified, rehearsed;  // "today 02:10"; empty: not known of
  bool encrypted = false;
  bool damaged = false;
};

enum class BackupsColumn { at, size, checked, verified, rehearsed, state };

// The one that was chosen.
struct BackupCard {
  std::string name;
  std::string line;     // "41.2 MiB · encrypted · kept until …"
  std::string problem;  // a sentence; empty: none
  bool can_rehearse = false;
  std::string why_not;
};

struct BackupsProps {
  bool loading = false;
  bool busy = false;  // something is being begun, or goes on
  std::string error;
  std::string summary;  // "14, in /var/backups/wardroom"
  std::string work;     // a sentence about what goes on; empty: nothing
  std::string last;     // what came of the last one
  bool last_failed = false;
  std::string rule;  // how many stay, how long
  std::vector<BackupRow> rows;
  ListSort sort{};
  std::optional<std::size_t> selected;
  std::optional<BackupCard> card;
};

}  // namespace wardroom::admin
