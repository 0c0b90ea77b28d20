#include <memory>
#include <unordered_map>

#include "server/commands/admin/people_import_plan.hpp"
#include "server/commands/change_job.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/room/announce.hpp"
#include "server/domain/names.hpp"
#include "server/store/imports.hpp"
#include "server/store/rooms.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kMaxFileBytes = 8 * 1024 * 1024;
constexpr std::chrono::days kUploadLifetime{1};

Error no_such_import() {
  return not_found("There is no such import. An upload that isn't carried out is forgotten after a day.");
}

Error import_done() {
  return conflict("import_done", "This file was carried out already. Upload it again to bring in the rest.");
}

Result<Bytes> decode_piece(const AdminUserImportUpload::Params& params) {
  if (params.form.value_or(CsvForm::text) == CsvForm::text) {
    const auto bytes = as_bytes(params.csv);
    return Bytes(bytes.begin(), bytes.end());
  }
  auto bytes = parse_base64url(params.csv);
  if (!bytes) return params_error("params.csv", "params.csv isn't base64url without padding.");
  return std::move(*bytes);
}

// Brings the people in, all in one transaction.
class Entry {
 public:
  Entry(WriteContext& context, ImportId import, const PeoplePlan& plan)
      : context_(context), import_(import), plan_(plan) {}

  Result<void> add(const domain::PersonRow& row) {
    const auto id = store::insert_user(
        context_.db(), {row.name, row.display_name, row.role, row.email, false}, context_.now());
    if (!id)
      return conflict("name_taken", "An account called " + row.name +
                                        " was made in the meantime. Try the file again: it says where.");
    store::insert_import_account(context_.db(), import_, *id);
    audit::Record record = context_.call.record(audit::Type::user_created);
    record.target = {"user", id->value, row.name};
    record.after = {{"role", enum_name(row.role)},
                    {"display_name", row.display_name},
                    {"email", row.email},
                    {"import", import_}};
    context_.append(record);
    const User user{*id, row.name, row.display_name, row.role};
    for (const auto& mention : row.rooms)
      if (auto entered = enter(mention, user); !entered) return entered;
    return ok();
  }

 private:
  // An import reaches private rooms too: each membership has its record.
  Result<void> enter(const domain::RoomMention& mention, const User& user) {
    const RoomId id = plan_.rooms.at(domain::room_name_key(mention.name));
    auto known = rooms_.find(id);
    if (known == rooms_.end()) {
      auto room = store::find_room(context_.db(), id);
      if (!room || room->archived)
        return conflict("room_archived",
                        "#" + mention.name + " was archived in the meantime. Try the file again.");
      known = rooms_.emplace(id, std::move(*room)).first;
    }
    admit_member(context_, known->second, user, RoomRole::member, context_.caller().user);
    return ok();
  }

  WriteContext& context_;
  const ImportId import_;
  const PeoplePlan& plan_;
  std::unordered_map<RoomId, Room> rooms_;
};

Result<AdminUserImport::Result> carry_out(WriteContext& context, ImportId import, const PeoplePlan& plan) {
  const auto row = store::find_import(context.db(), import);
  if (!row) return no_such_import();
  if (row->done) return import_done();
  AdminUserImport::Result result = plan.describe();
  Entry entry(context, import, plan);
  for (const auto& person : plan.file.rows)
    if (person.is_good)
      if (auto added = entry.add(person); !added) return added.error();
  store::finish_import(context.db(), import, context.now());
  audit::Record record = context.call.record(audit::Type::people_imported);
  record.target = {"import", import.value, {}};
  record.after = {
      {"accounts", result.created}, {"memberships", result.memberships}, {"skipped", result.skipped}};
  context.append(record);
  result.done = true;
  return result;
}

}  // namespace

Result<AdminUserImportUpload::Result> upload_people(WriteContext& context,
                                                    const AdminUserImportUpload::Params& params) {
  const auto piece = decode_piece(params);
  if (!piece) return piece.error();
  store::delete_stale_imports(context.db(), context.trusted() - kUploadLifetime);
  const ImportId import = params.import
                              ? *params.import
                              : store::insert_import(context.db(), context.caller().user, context.trusted());
  const auto row = store::find_import(context.db(), import);
  if (!row) return no_such_import();
  if (row->done) return import_done();
  const auto bytes = row->bytes + static_cast<std::int64_t>(piece->size());
  if (bytes > kMaxFileBytes)
    return make_error(ErrorCode::too_large, "A file of people has at most 8 MiB. Split it.");
  if (!piece->empty()) store::append_piece(context.db(), import, *piece);
  return AdminUserImportUpload::Result{import, bytes};
}

void import_people(LiveContext& context, AdminUserImport::Params params, Reply<AdminUserImport> reply) {
  Services& services = context.services;
  services.readers.submit(
      [&services, &batch = context.batch, reply, params](sqlite::Connection& db) {
        const auto row = store::find_import(db, params.import);
        if (db.failure()) return reply(*db.failure());
        if (!row || (!row->done && row->created_at < services.clock.trusted() - kUploadLifetime))
          return reply(no_such_import());
        if (row->done) return reply(import_done());
        auto plan = std::make_shared<const PeoplePlan>(
            make_people_plan(db, reply.call().caller->user, store::load_file(db, params.import)));
        if (db.failure()) return reply(*db.failure());
        auto result = plan->describe();
        const bool is_wanted = result.errors.empty() || params.skip_errors.value_or(false);
        if (params.dry_run.value_or(false) || !is_wanted || result.created == 0)
          return reply(std::move(result));
        submit_change<AdminUserImport>(
            services, batch, reply, domain::Right::manage_people,
            [plan, import = params.import](WriteContext& write) { return carry_out(write, import, *plan); });
      },
      reply);
}

}  // namespace wardroom::commands
