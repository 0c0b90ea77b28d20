#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "admin/model/props/list_sort.hpp"

namespace wardroom::admin {

enum class RetentionTab { rules, holds, pruning };
enum class RetentionDialog { none, rule, hold };

struct RuleRow {
  std::string where;    // "All public rooms", "# release-7"
  std::string keep;     // "90 days", "for good"
  std::string removes;  // "1,204 of 9,800"; empty: nothing
  std::string held;     // kept by a hold; empty: nothing
  std::string set;      // "Ines Duarte, 3 March"
  std::size_t at = 0;   // its place in the list as it is known
};
enum class RulesColumn { where, keep, removes, held, set };

// A rule as it is being chosen.
struct RuleForm {
  std::string room;      // a name or number, of a room's own rule; empty: of the selected row
  std::size_t keep = 0;  // index into keep_choices
  std::string reason;
};

struct HoldRow {
  std::string name;
  std::string on;  // "Jonas Berg", "# release-7"
  std::string reason;
  std::string since;
  std::string by;
  std::size_t at = 0;  // its place in the list as the server gave it
};
enum class HoldsColumn { name, on, reason, since, by };

struct HoldForm {
  std::string name;
  bool on_room = false;
  std::string subject;  // a sign-in name, or a room's name or number
  std::string reason;
};

// How long things are kept, and what overrides it.
struct RetentionProps {
  RetentionTab tab = RetentionTab::rules;
  bool may_change = false;
  bool loading = false;
  std::string error;
  std::string summary;  // "3 rules, 2 holds"
  std::vector<RuleRow> rules;
  ListSort rule_sort{};
  std::size_t rule = 0;  // selected, of these rows
  bool rule_chosen = false;
  std::string removes;  // of all rules: "1,204 messages are older than the rules allow …"
  std::vector<HoldRow> holds;
  ListSort hold_sort{};
  std::size_t hold = 0;
  bool hold_chosen = false;

  RetentionDialog dialog = RetentionDialog::none;
  std::uint64_t serial = 0;  // of the dialog
  bool busy = false;
  std::string dialog_error;
  std::string rule_where;                 // whose rule the dialog changes; empty: a room has to be named
  std::vector<std::string> keep_choices;  // "for good", "30 days" …
  std::size_t keep = 0;                   // as it is now
  std::string preview;                    // what the chosen rule would remove, in numbers
  bool preview_counting = false;

  bool counting = false;      // what pruning would forget
  std::string prune_counted;  // in numbers; empty: not counted yet
  bool can_prune = false;
};

}  // namespace wardroom::admin
