#include "server/audit/fields.hpp"

#include <algorithm>
#include <iterator>

namespace wardroom::audit {
namespace {

// clang-format off
constexpr FieldsRow kFields[] = {
    {Type::login_ok, "actor source request", "", ""},
    {Type::login_fail, "source target reason request", "", ""},
    {Type::login_throttled, "source", "", "suppressed"},
    {Type::password_reset_issued, "actor session source target reason request", "", "expires_at token_sha256"},
    {Type::password_reset_used, "actor source target request", "", ""},
    {Type::password_change_asked, "actor session source target request", "must_change_password", "must_change_password"},
    {Type::totp_enrolled, "actor session source target request", "", "codes_sha256"},
    {Type::totp_removed, "actor session source target reason? request", "", ""},
    {Type::totp_fail, "actor session? source reason request", "", ""},
    {Type::recovery_used, "actor session? source request", "", "codes_left"},
    {Type::recovery_renewed, "actor session source target request", "", "codes_sha256"},
    {Type::logout, "actor session source request", "", ""},
    {Type::password_changed, "actor session source request", "", ""},
    {Type::session_created, "actor session source target request", "", "expires_at token_sha256"},
    {Type::session_resumed, "actor session source request", "", ""},
    {Type::session_revoked, "actor session source target reason request", "", ""},
    {Type::session_expired, "target", "", "expired_at"},
    {Type::user_created, "actor? session? source? target request?", "", "role display_name email import?"},
    {Type::user_imported, "actor session source request", "", "count"},
    {Type::user_renamed, "actor session? source target request", "display_name email", "display_name email"},
    {Type::user_disabled, "actor session source target reason request", "", ""},
    {Type::user_enabled, "actor session source target request", "", ""},
    {Type::user_removed, "actor session source target reason? request", "", ""},
    {Type::user_offboarded, "actor session source target reason request", "", "sessions invites rooms_left rooms_handed_over"},
    {Type::people_imported, "actor session source target request", "", "accounts memberships skipped"},
    {Type::people_import_undone, "actor session source target reason request", "", "removed kept"},
    {Type::user_role_changed, "actor session source target request", "role", "role"},
    {Type::invite_created, "actor? session? source? target request?", "", "role expires_at token_sha256 user?"},
    {Type::invite_used, "actor source target request", "", ""},
    {Type::invite_revoked, "actor session source target request", "", ""},
    {Type::room_created, "actor session source target room request", "", "kind users? state? topic?"},
    {Type::room_renamed, "actor session source target room request", "name", "name"},
    {Type::room_topic_changed, "actor session source target room request", "topic", "topic"},
    {Type::room_kind_changed, "actor session source target room request", "kind", "kind open_history? history_from?"},
    {Type::room_archived, "actor session source target room reason request", "archived", "archived"},
    {Type::room_locked, "actor session source target room reason request", "locked", "locked"},
    {Type::room_unlocked, "actor session source target room reason request", "locked", "locked"},
    {Type::room_slow_mode, "actor session source target room reason request", "slow_mode_s", "slow_mode_s"},
    {Type::room_role_changed, "actor session source target room request", "role", "role"},
    {Type::room_direct_changed, "actor session source target room request", "state", "state act?"},
    {Type::retention_changed, "actor session source target room? reason request", "rule days?", "rule days?"},
    {Type::retention_applied, "target room", "", "messages days before last states root reactions?"},
    {Type::hold_placed, "actor session source target room? reason request", "", "hold name"},
    {Type::hold_lifted, "actor session source target room? reason request", "hold name", ""},
    {Type::room_member_added, "actor session source target room request", "", "shown_after?"},
    {Type::room_member_removed, "actor session source target room request", "", ""},
    {Type::messages_committed, "", "", "count root states? since? v2_since?"},
    {Type::reactions_committed, "", "", "count root"},
    {Type::message_deleted, "actor session source target room reason? request", "author version", "version"},
    {Type::message_restored, "actor session source target room reason? request", "author version", "version"},
    {Type::message_pinned, "actor session source target room request", "pinned", "pinned"},
    {Type::versions_read, "actor session source target room request", "author version", ""},
    {Type::file_uploaded, "actor session source room request", "", "file size commitment scan?"},
    {Type::file_infected, "actor session source room request", "", "file size signature"},
    {Type::file_downloaded, "actor session source room request", "", "file first last"},
    {Type::file_deleted, "actor? session? source? room reason? request?", "file size", ""},
    {Type::muted, "actor session source target room? reason request", "until?", "until"},
    {Type::unmuted, "actor? session? source? target room? reason? request?", "until", ""},
    {Type::kicked, "actor session source target room reason request", "", ""},
    {Type::banned, "actor session source target room reason request", "until?", "until"},
    {Type::unbanned, "actor? session? source? target room reason? request?", "until", ""},
    {Type::report_filed, "actor session source target room reason request", "", "report author evidence_commitment"},
    {Type::report_resolved, "actor session source target room reason request", "", "resolution"},
    {Type::reports_read, "actor session source request", "", "reports rooms"},
    {Type::messages_imported, "actor session source target room request", "", "count"},
    {Type::access_denied, "actor session source target reason request", "", "further?"},
    {Type::access_listed, "actor session source target room? request", "", "filter?"},
    {Type::private_room_read, "actor session source target room reason request", "", "limit before? after? around? messages first? last?"},
    {Type::private_rooms_searched, "actor session source target? room? reason request", "", "query limit hits rooms beyond?"},
    {Type::export_created, "actor session source target? room? reason request", "", "export first last size user? since? until?"},
    {Type::subject_exported, "actor session source target room? reason request", "", "export first last size user? since? until?"},
    {Type::subject_erased, "actor session source target room reason request", "", "messages texts reports root"},
    {Type::server_initialised, "", "", ""},
    {Type::server_started, "", "", "taken_up first?"},
    {Type::server_stopped, "", "", ""},
    {Type::server_recovered, "", "", ""},
    {Type::certificate_renewed, "actor? session? source? request?", "serial?", "serial? not_after?"},
    {Type::certificate_failed, "reason", "", ""},
    {Type::settings_changed, "actor? session? source? request?", "the options that differ", "the options that differ"},
    {Type::certificate_replaced, "actor session source request", "serial", "serial not_after"},
    {Type::authority_announced, "", "", "fingerprint next"},
    {Type::authority_cancelled, "", "", "fingerprint"},
    {Type::authority_switched, "", "", "fingerprint next"},
    {Type::authority_retired, "", "", "fingerprint"},
    {Type::announced, "actor session source request", "", "text must_acknowledge ends_in_s"},
    {Type::announcement_ended, "actor session source target request", "", ""},
    {Type::announcement_acknowledged, "actor session source target request", "", ""},
    {Type::backup_begun, "actor? session? source? request?", "", "to"},
    {Type::backup_created, "actor? session? source? reason? request?", "", "to"},
    {Type::backup_verified, "actor? session? source? request?", "", "records bytes sha256"},
    {Type::backup_rechecked, "actor session source reason? request", "", "to how records?"},
    {Type::backup_restored, "reason?", "", "backup_at size lost"},
    {Type::integrity_checked, "reason?", "", "records findings unproven seconds covered not_proven found?"},
    {Type::disk_low, "", "", "low free_bytes least_bytes"},
    {Type::clock_jump, "", "clock", "clock by_ms restart?"},
    {Type::clock_confirmed, "reason", "", "by_ms"},
    {Type::loss_accepted, "reason", "size? root?", "size root"},
    {Type::audit_heartbeat, "", "", ""},
    {Type::audit_queried, "actor session source request", "", "the filters"},
    {Type::audit_exported, "actor session source target? room? reason request", "", "export first last size user? since? until? files? chain_end?"},
    {Type::audit_pruned, "actor session source reason request", "", "before first last count rule"},
    {Type::key_rotated, "actor session source reason request", "key", "key"},
    {Type::witness_added, "actor session source request", "user?", "key"},
    {Type::head_accepted, "actor session source reason request", "size? root? key?", "size root"},
};
// clang-format on

constexpr std::size_t count_rows(Type type) {
  return static_cast<std::size_t>(std::count_if(
      std::begin(kFields), std::end(kFields), [&](const FieldsRow& fields) { return fields.type == type; }));
}
static_assert(std::all_of(std::begin(kCatalogue), std::end(kCatalogue),
                          [](const TypeRow& row) { return count_rows(row.type) >= 1; }),
              "Each type of server/audit/catalogue.hpp needs its row of fields.");
static_assert(std::all_of(std::begin(kCatalogue), std::end(kCatalogue),
                          [](const TypeRow& row) { return count_rows(row.type) <= 1; }),
              "A type of server/audit/catalogue.hpp has two rows of fields.");

// Whether each word, without its ?, names a part of a record, and no part stands twice.
constexpr bool has_known_parts(const FieldsRow& row) {
  constexpr std::string_view kParts[] = {"actor", "session", "source", "target", "room", "reason", "request"};
  std::string_view rest = row.parts;
  for (const std::string_view part : kParts) {
    if (!rest.starts_with(part)) continue;
    rest.remove_prefix(part.size());
    if (rest.starts_with('?')) rest.remove_prefix(1);
    if (rest.starts_with(' ')) rest.remove_prefix(1);
  }
  return rest.empty();
}
static_assert(std::all_of(std::begin(kFields), std::end(kFields), has_known_parts),
              "A row of fields names a part that records don't have, or not in a record's order.");

}  // namespace

const FieldsRow& fields_row(Type type) {
  return *std::find_if(std::begin(kFields), std::end(kFields),
                       [&](const FieldsRow& row) { return row.type == type; });
}

}  // namespace wardroom::audit
