#include "server/commands/admin/invite_link.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/commands/reason.hpp"
#include "server/commands/room/announce.hpp"
#include "server/store/imports.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sessions.hpp"

// What comes after an import: its sheet of invites, its undoing, the list.
namespace wardroom::commands {
namespace {

// Paper takes longer than a link: it lies on desks until people are back.
constexpr std::chrono::seconds kSheetLifetime = std::chrono::days{14};

Result<store::ImportRow> find_done(sqlite::Connection& db, ImportId id) {
  const auto row = store::find_import(db, id);
  if (!row) return not_found("There is no such import.");
  if (!row->done) return conflict("not_done", "This file was uploaded, but not carried out.");
  return *row;
}

void remove_account(WriteContext& context, const User& user, const std::string& reason) {
  for (const RoomId id : store::load_room_ids(context.db(), user.id))
    if (const auto room = store::find_room(context.db(), id))
      remove_member(context, *room, user, context.caller().user);
  store::revoke_invites_for(context.db(), user.id, context.trusted());
  store::mark_removed(context.db(), user.id);
  audit::Record record = context.call.record(audit::Type::user_removed);
  record.target = {"user", user.id.value, user.name};
  record.reason = reason;
  context.append(record);
}

}  // namespace

Result<AdminUserImportSheet::Result> print_import_sheet(WriteContext& context,
                                                        const AdminUserImportSheet::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  const auto row = find_done(context.db(), params.import);
  if (!row) return row.error();
  AdminUserImportSheet::Result result;
  UserId after = params.after.value_or(UserId{});
  while (!result.more) {
    const auto accounts = store::load_import_accounts(context.db(), params.import, after, *limit);
    for (const auto& account : accounts) {
      after = account.user.id;
      if (!account.waits) continue;
      if (static_cast<std::int64_t>(result.entries.size()) == *limit) {
        result.more = true;
        break;
      }
      auto invite = issue_invite(context, account.user.id, account.user.role, kSheetLifetime);
      result.entries.push_back({account.user, std::move(invite.link), invite.expires_at, account.email});
    }
    if (static_cast<std::int64_t>(accounts.size()) < *limit) break;
  }
  return result;
}

Result<AdminUserImportUndo::Result> undo_import(WriteContext& context,
                                                const AdminUserImportUndo::Params& params) {
  const auto reason = check_reason(params.reason);
  if (!reason) return reason.error();
  const auto row = find_done(context.db(), params.import);
  if (!row) return row.error();
  if (row->undone) return conflict("undone", "This import was undone already.");
  AdminUserImportUndo::Result result;
  for (const auto& account : store::load_import_accounts(context.db(), params.import, UserId{}, INT64_MAX)) {
    if (account.was_here) {
      result.kept.push_back(account.user);
      continue;
    }
    remove_account(context, account.user, *reason);
    ++result.removed;
  }
  store::mark_undone(context.db(), params.import, context.now());
  audit::Record record = context.call.record(audit::Type::people_import_undone);
  record.target = {"import", params.import.value, {}};
  record.reason = *reason;
  record.after = {{"removed", result.removed}, {"kept", result.kept.size()}};
  context.append(record);
  return result;
}

Result<AdminUserImportList::Result> list_imports(ReadContext& context, const Empty&) {
  return AdminUserImportList::Result{store::load_imports(context.db)};
}

}  // namespace wardroom::commands
