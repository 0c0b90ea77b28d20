#include <algorithm>

#include "server/commands/file/gateway.hpp"
#include "server/commands/room/entry.hpp"
#include "server/commands/step_job.hpp"
#include "server/files/file_name.hpp"

namespace wardroom::commands {
namespace {

constexpr std::string_view kAsk = " Remove files that nobody needs, or ask an administrator to raise ";

Error over_limit(std::string reason, std::string message) {
  return make_error(ErrorCode::too_large, std::move(message), std::move(reason));
}

Result<void> check_body_type(const realtime::FileRequest& request) {
  if (request.content_type == files::kOffsetType) return ok();
  return make_error(ErrorCode::request,
                    "Bytes come as Content-Type: " + std::string(files::kOffsetType) + ".", "media_type");
}

Result<std::optional<files::Checksum>> read_checksum(const realtime::FileRequest& request) {
  if (request.upload_checksum.empty()) return std::optional<files::Checksum>();
  auto checksum = files::parse_checksum(request.upload_checksum);
  if (!checksum) return checksum.error();
  return std::optional(std::move(*checksum));
}

// Within the transaction, where nobody else's upload comes between.
Result<void> check_person(WriteContext& context, const FileExchange& exchange, const FileLimits& limits) {
  const UserId user = context.caller().user;
  if (store::count_open_uploads(context.db(), user) >= limits.open_uploads)
    return over_limit("too_many_uploads",
                      "You have " + std::to_string(limits.open_uploads) +
                          " uploads under way (files.open_uploads). Finish or end some first.");
  if (store::count_bytes(context.db(), user) + exchange.size <= limits.person_bytes) return ok();
  return over_limit("person_limit", "Your files would be more than " + in_megabytes(limits.person_bytes) +
                                        " together." + std::string(kAsk) + "files.person_mib.");
}

}  // namespace

// What can be said without asking anybody.
Result<void> FileGateway::read_creation(FileExchange& exchange) const {
  const auto& request = exchange.request;
  const FileLimits limits = services_.settings.load()->files;
  if (exchange.call->caller->role == protocol::Role::guest && !limits.guests_send)
    return forbidden("guests_send_no_files",
                     "Guests can't send files here (files.guests). Ask a colleague to send it.");
  const auto size = files::parse_upload_number(request.upload_length);
  if (!size)
    return params_error(
        "Upload-Length",
        "Upload-Length must say how many bytes the file has, in digits; it can't be put off.");
  if (*size > limits.file_bytes)
    return over_limit("file_too_large",
                      "This file has " + in_megabytes(*size) + ", and " + in_megabytes(limits.file_bytes) +
                          " is the most (files.size_mib). Send a smaller one, or parts of it.");
  if (request.body_bytes > *size)
    return over_limit("length_exceeded", "More bytes come than Upload-Length says.");
  const auto metadata = files::parse_upload_metadata(request.upload_metadata);
  if (!metadata) return metadata.error();
  if (request.body_bytes > 0)
    if (auto typed = check_body_type(request); !typed) return typed;
  auto checksum = read_checksum(request);
  if (!checksum) return checksum.error();
  exchange.checksum = std::move(*checksum);
  exchange.size = *size;
  exchange.room = RoomId{metadata->room};
  exchange.name = files::clean_file_name(metadata->filename);
  exchange.id = make_uuid7(services_.clock.now());
  exchange.expires_at = services_.clock.trusted() + limits.unposted;
  return ok();
}

void FileGateway::create(const FileExchangePtr& exchange) {
  if (auto read = read_creation(*exchange); !read) return refuse(*exchange, read.error());
  services_.readers.submit(
      [this, exchange](sqlite::Connection& db) {
        ReadContext context{db, *exchange->call, services_};
        if (auto fits = check_room_for(context, *exchange); !fits) return refuse(*exchange, fits.error());
        if (db.failure()) return refuse(*exchange, *db.failure());
        store_upload(exchange);
      },
      [this, exchange](const Error& error) { refuse(*exchange, error); });
}

// The sum over everybody's files and the look at the disk are a reader's work. What is begun at the same
// moment may go over by itself; the next one is refused.
Result<void> FileGateway::check_room_for(ReadContext& context, const FileExchange& exchange) const {
  if (const auto entry = enter_room(context, exchange.room, domain::RoomAct::post); !entry)
    return entry.error();
  const FileLimits limits = services_.settings.load()->files;
  if (store::count_bytes(context.db) + exchange.size > limits.office_bytes)
    return over_limit("office_limit", "The office's files would be more than " +
                                          in_megabytes(limits.office_bytes) + " together." +
                                          std::string(kAsk) + "files.office_mib.");
  const auto free = services_.files->free_bytes();
  if (!free || *free - exchange.size >= limits.free_bytes) return ok();
  return make_error(ErrorCode::unavailable,
                    "The server's disk has no room for this file: " + in_megabytes(limits.free_bytes) +
                        " stay free there (files.free_mib). Tell an administrator.",
                    "disk_full");
}

void FileGateway::store_upload(const FileExchangePtr& exchange) {
  Step step{exchange->call, {}, {}, {}, {}};
  step.work = [this, exchange](WriteContext& context) -> Result<void> {
    if (const auto entry = enter_room(context, exchange->room, domain::RoomAct::post); !entry)
      return entry.error();
    const FileLimits limits = services_.settings.load()->files;
    if (auto fits = check_person(context, *exchange, limits); !fits) return fits;
    store::insert_upload(context.db(), {exchange->id, context.caller().user, exchange->room, exchange->name,
                                        exchange->size, context.now(), exchange->expires_at});
    return ok();
  };
  step.then = [this, exchange](const Result<void>& outcome) {
    if (!outcome) return refuse(*exchange, outcome.error());
    if (exchange->request.body_bytes > 0) return receive(exchange, 0);
    if (exchange->size > 0) return answer_offset(services_, *exchange, 0);
    work(exchange, [this, exchange] {
      complete(exchange, services_.files->find_upload(exchange->id, exchange->size));
    });
  };
  submit_step(services_, batch_, std::move(step));
}

// To everybody but its uploader it is as if it weren't there.
void FileGateway::find_own(const FileExchangePtr& exchange, std::function<void(const store::FileRow&)> then) {
  services_.readers.submit(
      [this, exchange, then = std::move(then)](sqlite::Connection& db) {
        const auto file = store::find_file(db, exchange->id);
        if (db.failure()) return refuse(*exchange, *db.failure());
        if (!file || file->user != exchange->call->caller->user) return refuse(*exchange, unknown_file());
        exchange->size = file->size;
        exchange->room = file->room;
        exchange->name = file->name;
        exchange->expires_at = file->expires_at.value_or(TimePoint{});
        then(*file);
      },
      [this, exchange](const Error& error) { refuse(*exchange, error); });
}

void FileGateway::go_on(const FileExchangePtr& exchange) {
  const auto& request = exchange->request;
  if (auto typed = check_body_type(request); !typed) return refuse(*exchange, typed.error());
  const auto offset = files::parse_upload_number(request.upload_offset);
  if (!offset)
    return refuse(*exchange,
                  params_error("Upload-Offset", "Upload-Offset must say where the bytes belong, in digits."));
  auto checksum = read_checksum(request);
  if (!checksum) return refuse(*exchange, checksum.error());
  exchange->checksum = std::move(*checksum);
  find_own(exchange, [this, exchange, offset = *offset](const store::FileRow& file) {
    const auto body = exchange->request.body_bytes;
    // Whole already: the answer to the last piece was lost on its way.
    if (file.sha256 && offset == file.size && body == 0)
      return answer_offset(services_, *exchange, file.size);
    if (file.sha256)
      return refuse(*exchange, conflict("offset_wrong", "The upload is whole; nothing more can come."));
    if (body > file.size - std::min(offset, file.size))
      return refuse(*exchange,
                    over_limit("length_exceeded", "More bytes come than the upload was announced with."));
    receive(exchange, offset);
  });
}

void FileGateway::tell_offset(const FileExchangePtr& exchange) {
  find_own(exchange, [this, exchange](const store::FileRow& file) {
    if (file.sha256) return answer_offset(services_, *exchange, file.size);
    work(exchange, [this, exchange] {
      const auto upload = services_.files->find_upload(exchange->id, exchange->size);
      const auto length = upload->length();
      if (!length) return refuse(*exchange, length.error());
      // All of it came, and then the server was killed.
      if (*length == exchange->size) return complete(exchange, upload);
      answer_offset(services_, *exchange, *length);
    });
  });
}

void FileGateway::terminate(const FileExchangePtr& exchange) {
  const auto gone = std::make_shared<std::optional<Digest>>();
  Step step{exchange->call, {}, {}, {}, {}};
  step.work = [exchange, gone](WriteContext& context) -> Result<void> {
    const auto file = store::find_file(context.db(), exchange->id);
    if (!file || file->user != context.caller().user) return unknown_file();
    if (file->seq) return conflict("file_posted", "A message carries this file. Delete the message instead.");
    store::remove_file(context.db(), file->id);
    *gone = file->sha256;
    if (!file->sha256) return ok();
    audit::Record record = context.call.record(audit::Type::file_deleted);
    record.room = file->room;
    record.before = {{"file", to_string(file->id)}, {"size", file->size}};
    context.append(record);
    return ok();
  };
  step.then = [this, exchange, gone](const Result<void>& outcome) {
    if (!outcome) return refuse(*exchange, outcome.error());
    services_.files->remove_upload_soon(exchange->id);
    if (*gone) services_.files->remove_unused({**gone});
    realtime::HttpAnswer answer;
    answer.status = 204;
    answer.headers = "Tus-Resumable: " + std::string(files::kTusVersion) + "\r\n";
    answer_file(services_, *exchange, std::move(answer));
  };
  submit_step(services_, batch_, std::move(step));
}

}  // namespace wardroom::commands
