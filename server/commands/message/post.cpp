#include <algorithm>

#include "protocol/commitment.hpp"
#include "protocol/limits.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/message/mentions.hpp"
#include "server/commands/message/thread_replies.hpp"
#include "server/commands/room/entry.hpp"
#include "server/domain/names.hpp"
#include "server/store/files.hpp"
#include "server/store/messages.hpp"

namespace wardroom::commands {
namespace {

// In a room with slow mode, whoever doesn't moderate it waits after each of their messages. What counts is on
// disk, so a restart forgets nothing.
Result<void> check_slow_mode(WriteContext& context, const Entry& entry) {
  if (entry.room.slow_mode_s == 0 || entry.is_moderator()) return ok();
  const auto last = store::find_last_post(context.db(), entry.room.id, context.caller().user);
  if (!last) return ok();
  const auto wait = *last + std::chrono::seconds{entry.room.slow_mode_s} - context.now();
  // Longer than the room's own: the message was stamped by a clock that was ahead.
  if (wait <= wait.zero() || *last > context.now()) return ok();
  return Error{ErrorCode::rate_limited,
               "This room is in slow mode: one message every " + std::to_string(entry.room.slow_mode_s) +
                   " s. You can write again in " +
                   std::to_string(std::chrono::ceil<std::chrono::seconds>(wait).count()) + " s.",
               "slow_mode",
               {},
               wait};
}

// Each once, in the order in which they are shown.
Result<std::vector<Uuid>> read_file_ids(const MessagePost::Params& params) {
  std::vector<Uuid> ids;
  if (!params.files) return ids;
  if (params.files->size() > kMaxFiles)
    return params_error("params.files", "A message carries " + std::to_string(kMaxFiles) + " files at most.");
  for (std::size_t i = 0; i < params.files->size(); ++i) {
    const auto id = parse_uuid((*params.files)[i]);
    const std::string field = "params.files[" + std::to_string(i) + "]";
    if (!id) return params_error(field, field + " must be the id of an upload.");
    if (std::find(ids.begin(), ids.end(), *id) != ids.end())
      return params_error(field, field + " is there twice. Name each file once.");
    ids.push_back(*id);
  }
  return ids;
}

// Whether a message that was posted before carries just these.
bool carries(WriteContext& context, const store::KnownMessage& message, const std::vector<Uuid>& ids) {
  if (message.files.empty() && ids.empty()) return true;
  const auto files = store::load_files(context.db(), message.room, message.seq);
  return std::equal(files.begin(), files.end(), ids.begin(), ids.end(),
                    [](const File& file, const Uuid& id) { return file.id == to_string(id); });
}

// The caller's own uploads for this room, whole and posted nowhere; somebody else's aren't there.
Result<std::vector<store::FileRow>> find_own_files(WriteContext& context, RoomId room,
                                                   const std::vector<Uuid>& ids) {
  std::vector<store::FileRow> files;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    auto file = store::find_file(context.db(), ids[i]);
    const std::string field = "params.files[" + std::to_string(i) + "]";
    if (!file || file->user != context.caller().user || file->room != room)
      return Error{ErrorCode::not_found,
                   "You have no such upload for this room. It may have been there too long: "
                   "what is posted nowhere goes after a while.",
                   {},
                   field,
                   {}};
    if (!file->sha256)
      return Error{ErrorCode::conflict,
                   "Not all bytes of this file have come yet. Finish the upload first.",
                   "upload_incomplete",
                   field,
                   {}};
    if (file->seq)
      return Error{ErrorCode::conflict,
                   "Another message carries this file. Send the file again for this one.",
                   "file_posted",
                   field,
                   {}};
    files.push_back(std::move(*file));
  }
  return files;
}

std::string line_of(const std::vector<store::FileRow>& files) {
  std::string line;
  for (const auto& file : files) append_file(line, {file.size, *file.sha256, file.name});
  return line;
}

}  // namespace

Result<MessagePost::Result> post_message(WriteContext& context, const MessagePost::Params& params) {
  const auto client_id = parse_uuid(params.client_id);
  if (!client_id)
    return params_error("params.client_id", "params.client_id must be a UUID, best of version 7.");
  const auto ids = read_file_ids(params);
  if (!ids) return ids.error();
  // Files may come without a word.
  auto text = params.text.empty() && !ids->empty() ? Result<std::string>(std::string())
                                                   : domain::check_message_text("params.text", params.text);
  if (!text) return text.error();

  const UserId author = context.caller().user;
  // Before anything that may refuse: who lost the answer must get the same answer.
  if (const auto known = store::find_by_client_id(context.db(), author, *client_id)) {
    const bool is_same = known->text == *text && carries(context, *known, *ids);
    if (known->room == params.room && (known->erased || is_same))
      return MessagePost::Result{known->seq, known->at};
    return conflict("client_id_reused", "This client_id was used for another message. Make a new one.");
  }
  if (auto slow = context.services.message_rates.charge(context.services.settings->message_rate, author,
                                                        context.services.clock.steady());
      !slow)
    return slow.error();
  const auto entry = enter_to_post(context, params.room);
  if (!entry) return entry.error();
  if (auto waited = check_slow_mode(context, *entry); !waited) return waited.error();
  if (params.reply_to && !store::has_message(context.db(), entry->shown(), *params.reply_to))
    return params_error("params.reply_to", "There is no message with this seq in the room.");
  if (params.thread)
    if (auto root = check_root(context.db(), entry->shown(), *params.thread, "params.thread"); !root)
      return root.error();

  const auto files = find_own_files(context, params.room, *ids);
  if (!files) return files.error();

  const std::string line = line_of(*files);
  const auto stored = store::insert_message(context.db(), {params.room, author, *client_id, context.now(),
                                                           *text, params.reply_to, line, params.thread});
  for (std::size_t i = 0; i < files->size(); ++i)
    store::attach_file(context.db(), (*files)[i].id, stored.seq, static_cast<std::int64_t>(i));
  context.tx.commitments.push_back({stored.commitment, params.room, author});
  context.posted = true;
  MessagePosted posted{params.room,           stored.seq,       stored.at,      author,
                       to_string(*client_id), std::move(*text), params.reply_to};
  if (!files->empty()) posted.files = store::load_files(context.db(), params.room, stored.seq);
  posted.thread = params.thread;
  context.tell_room(params.room, posted);
  follow_mentions(context, {params.room, stored.seq, author, {}, posted.text});
  if (params.thread) add_reply(context, {params.room, *params.thread, stored.seq, author}, posted.text);
  return MessagePost::Result{stored.seq, stored.at};
}

}  // namespace wardroom::commands
