#include <algorithm>

#include "common/base/random.hpp"
#include "server/commands/file/gateway.hpp"
#include "server/commands/step_job.hpp"

// What happens between an upload's last byte and its answer: its type, the virus scanner where there is one,
// the content's name, its row.
namespace wardroom::commands {
namespace {

// "application/x-dosexec", or all of a kind: "application/*".
bool is_refused(const FileLimits& limits, std::string_view type) {
  return std::any_of(limits.refused_types.begin(), limits.refused_types.end(),
                     [&](const std::string& refused) {
                       if (refused.ends_with("/*"))
                         return type.starts_with(std::string_view(refused).substr(0, refused.size() - 1));
                       return type == refused;
                     });
}

// The scanner may come back; a file that is too large for it stays so until an administrator changes that.
Error not_scanned(const files::Scan& scan) {
  if (scan.too_large)
    return make_error(ErrorCode::too_large,
                      "The virus scanner doesn't look at files as large as this one. Tell an administrator: "
                      "StreamMaxLength in clamd.conf must be at least files.size_mib.",
                      "not_scanned");
  Error error = unavailable(
      "The virus scanner doesn't answer, and what it hasn't seen isn't taken (files.unscanned). All bytes "
      "are here; the upload can be finished when it does. Tell an administrator if that takes long.",
      std::chrono::seconds{10});
  error.reason = "scanner_fails";
  return error;
}

// Twice is no error: two connections may both find that all of it has come.
Result<void> store_whole(WriteContext& context, const FileExchange& exchange, const Digest& content,
                         const std::string& type, std::string_view scan, TimePoint expires_at) {
  const auto file = store::find_file(context.db(), exchange.id);
  if (!file || file->user != context.caller().user) return unknown_file();
  if (file->sha256) return ok();
  const protocol::Salt salt = random_bytes<16>();
  if (!store::complete_upload(context.db(), file->id, salt, content, type, expires_at)) return unknown_file();
  audit::Record record = context.call.record(audit::Type::file_uploaded);
  record.room = file->room;
  record.after = {{"file", to_string(file->id)},
                  {"size", file->size},
                  {"commitment",
                   to_hex(protocol::commit_to(salt, protocol::FileState{file->id, file->user, file->room,
                                                                        file->size, content, file->name}))}};
  if (!scan.empty()) record.after.add("scan", scan);
  context.append(record);
  return ok();
}

}  // namespace

void FileGateway::complete(const FileExchangePtr& exchange, const std::shared_ptr<files::Upload>& upload) {
  FileStore& files = *services_.files;
  const auto content = upload->finish();
  if (!content) return refuse(*exchange, content.error());
  const auto type = files.types.type_of(files.contents.upload_path(exchange->id).string());
  if (!type) return refuse(*exchange, type.error());
  const FileLimits limits = services_.settings.load()->files;
  if (is_refused(limits, *type)) return refuse_type(exchange, *type);
  if (limits.scanner.empty()) return keep_whole(exchange, {*content, *type, {}});
  have_scanned(exchange, {*content, *type, {}}, limits);
}

// Until it has answered, nobody gets the file: the row has no hash.
void FileGateway::have_scanned(const FileExchangePtr& exchange, Whole whole, const FileLimits& limits) {
  const auto heard = [this, exchange, whole = std::move(whole),
                      passes = limits.takes_unscanned](const Result<files::Scan>& scan) {
    using Verdict = files::Scan::Verdict;
    if (!scan) return refuse(*exchange, scan.error());
    if (scan->verdict == Verdict::infected) return refuse_infected(exchange, scan->text);
    const bool is_clean = scan->verdict == Verdict::clean;
    if (!is_clean && !passes) return refuse(*exchange, not_scanned(*scan));
    keep_whole(exchange, {whole.content, whole.type, is_clean ? "clean" : "not_done"});
  };
  if (services_.files->scan(exchange->id, limits.scanner, heard)) return;
  refuse(*exchange, unavailable("The virus scanner still has files to look at. Ask again in a moment.",
                                std::chrono::seconds{2}));
}

void FileGateway::keep_whole(const FileExchangePtr& exchange, const Whole& whole) {
  auto kept = services_.files->contents.adopt(exchange->id, whole.content);
  if (!kept) return refuse(*exchange, kept.error());
  // Until the row has it, nobody takes the content away.
  const auto held = std::make_shared<files::Contents::Kept>(std::move(*kept));
  const TimePoint expires_at = services_.clock.trusted() + services_.settings.load()->files.unposted;
  Step step{exchange->call, {}, {}, {}, {}};
  step.work = [exchange, held, whole, expires_at](WriteContext& context) {
    return store_whole(context, *exchange, whole.content, whole.type, whole.scan, expires_at);
  };
  step.then = [this, exchange, held, content = whole.content](const Result<void>& outcome) {
    if (!outcome) {
      // What the database doesn't know isn't needed, unless another file is the same.
      *held = files::Contents::Kept();
      services_.files->remove_unused({content});
      return refuse(*exchange, outcome.error());
    }
    services_.files->remove_upload_soon(exchange->id);
    answer_offset(services_, *exchange, exchange->size);
  };
  submit_step(services_, batch_, std::move(step));
}

void FileGateway::refuse_for_good(const FileExchangePtr& exchange, const Error& error,
                                  std::function<void(WriteContext&, const store::FileRow&)> also) {
  Step step{exchange->call, {}, {}, {}, {}};
  step.work = [exchange, also = std::move(also)](WriteContext& context) -> Result<void> {
    const auto file = store::find_file(context.db(), exchange->id);
    if (!file || file->sha256) return ok();
    if (also) also(context, *file);
    store::remove_file(context.db(), file->id);
    return ok();
  };
  step.then = [this, exchange, error](const Result<void>& outcome) {
    if (!outcome) return refuse(*exchange, outcome.error());
    services_.files->remove_upload_soon(exchange->id);
    refuse(*exchange, error);
  };
  submit_step(services_, batch_, std::move(step));
}

void FileGateway::refuse_type(const FileExchangePtr& exchange, const std::string& type) {
  refuse_for_good(exchange, make_error(ErrorCode::conflict,
                                       "Files of the type " + type +
                                           " aren't taken here (files.refused_types). What a file is called "
                                           "doesn't matter.",
                                       "file_type_refused"));
}

void FileGateway::refuse_infected(const FileExchangePtr& exchange, const std::string& signature) {
  services_.files->note_infected(services_.clock.trusted());
  refuse_for_good(
      exchange,
      make_error(ErrorCode::conflict,
                 "The virus scanner found " + signature +
                     " in this file. Nobody got it, and it was removed; the administrators can "
                     "see that.",
                 "file_infected"),
      [signature](WriteContext& context, const store::FileRow& file) {
        audit::Record record = context.call.record(audit::Type::file_infected);
        record.outcome = audit::Outcome::failure;
        record.room = file.room;
        record.after = {{"file", to_string(file.id)}, {"size", file.size}, {"signature", signature}};
        context.append(record);
      });
}

}  // namespace wardroom::commands
