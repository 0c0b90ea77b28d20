#include "common/evidence/kept_types.hpp"

#include <algorithm>

namespace wardroom::evidence {
namespace {

constexpr std::string_view kAlways[] = {
    "messages.committed", "reactions.committed",    "audit.key_rotated",      "audit.pruned",
    "server.initialised", "server.backup_restored", "room.retention_changed", "room.retention_applied"};
constexpr std::string_view kSinceRule2[] = {"audit.exported",
                                            "audit.witness_added",
                                            "server.loss_accepted",
                                            "audit.head_accepted",
                                            "server.clock_jump",
                                            "server.clock_confirmed",
                                            "room.created",
                                            "room.kind_changed",
                                            "room.archived",
                                            "room.locked",
                                            "room.unlocked",
                                            "room.slow_mode",
                                            "room.direct_changed",
                                            "user.imported",
                                            "user.file_imported",
                                            "user.file_import_undone",
                                            "user.offboarded",
                                            "moderation.report_filed",
                                            "moderation.report_resolved"};

}  // namespace

bool is_never_pruned(std::string_view type, int rule) {
  return type.starts_with("privacy.") || type.starts_with("retention.") ||
         std::ranges::find(kAlways, type) != std::end(kAlways) ||
         (rule >= 2 && std::ranges::find(kSinceRule2, type) != std::end(kSinceRule2));
}

}  // namespace wardroom::evidence
