#include <unordered_map>

#include "server/commands/handlers.hpp"
#include "server/domain/names.hpp"
#include "server/store/messages.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxMessages = 500;

class Import {
 public:
  Import(WriteContext& context, const AdminImportMessages::Params& params)
      : context_(context), params_(params) {}

  Result<void> add(const AdminImportMessages::Entry& entry, const std::string& field) {
    const auto client_id = parse_uuid(entry.client_id);
    if (!client_id) return params_error(field + ".client_id", "client_id must be a UUID.");
    const auto text = domain::check_message_text(field + ".text", entry.text);
    if (!text) return text.error();
    if (entry.at > context_.now())
      return params_error(field + ".at", "An imported message can't be of the future.");
    const auto author = find_or_add_author(entry.author, field + ".author");
    if (!author) return author.error();
    if (const auto known = store::find_by_client_id(context_.db(), *author, *client_id)) {
      if (known->room != params_.room)
        return conflict("client_id_reused", "This message was imported into another room.");
      ++result.known;
      return ok();
    }
    ++result.added;
    if (is_dry_run()) return ok();
    const auto stored = store::insert_message(
        context_.db(), {params_.room, *author, *client_id, entry.at, *text, std::nullopt});
    context_.tx.commitments.push_back({stored.commitment, params_.room, *author});
    context_.tell_room(
        params_.room,
        MessagePosted{params_.room, stored.seq, stored.at, *author, entry.client_id, *text, {}});
    return ok();
  }

  AdminImportMessages::Result result;

 private:
  Result<UserId> find_or_add_author(const std::string& author, const std::string& field) {
    if (const auto at = authors_.find(author); at != authors_.end()) return at->second;
    auto name = domain::imported_user_name(params_.source, author);
    if (!name) {
      Error error = name.error();
      if (error.field != "params.source") error.field = field;
      return error;
    }
    UserId id;
    if (const auto row = store::find_user(context_.db(), *name)) {
      id = row->account.id;
    } else if (is_dry_run()) {
      ++result.authors_added;  // `id` is nobody's, who wrote nothing yet
    } else {
      const auto made =
          store::insert_user(context_.db(), {*name, author, Role::guest, {}, true}, context_.now());
      if (!made) return conflict("name_taken", "The author's account could not be made.");
      id = *made;
      ++result.authors_added;
    }
    authors_.emplace(author, id);
    return id;
  }

  bool is_dry_run() const { return params_.dry_run.value_or(false); }

  WriteContext& context_;
  const AdminImportMessages::Params& params_;
  std::unordered_map<std::string, UserId> authors_;
};

}  // namespace

Result<AdminImportMessages::Result> import_messages(WriteContext& context,
                                                    const AdminImportMessages::Params& params) {
  if (params.messages.empty() || params.messages.size() > kMaxMessages)
    return params_error("params.messages", "Send 1 to 500 messages at once.");
  const auto room = store::find_room(context.db(), params.room);
  if (!room || room->kind == RoomKind::direct) return not_found("There is no such public or private room.");
  Import import(context, params);
  for (std::size_t i = 0; i < params.messages.size(); ++i)
    if (auto done = import.add(params.messages[i], "params.messages[" + std::to_string(i) + "]"); !done)
      return done.error();
  // Whoever brings messages into a private room of others isn't told how far it has come.
  if (room->kind == RoomKind::public_ || store::find_member(context.db(), params.room, context.caller().user))
    import.result.seq = store::find_room(context.db(), params.room).value_or(*room).seq;
  if (params.dry_run.value_or(false)) return import.result;
  if (import.result.authors_added > 0) {
    audit::Record record = context.call.record(audit::Type::user_imported);
    record.after = {{"count", import.result.authors_added}};
    context.append(record);
  }
  if (import.result.added > 0) {
    audit::Record record = context.call.record(audit::Type::messages_imported);
    record.target = {"room", room->id.value, room->name};
    record.room = room->id;
    record.after = {{"count", import.result.added}};
    context.append(record);
  }
  return import.result;
}

}  // namespace wardroom::commands
