#pragma once

#include <optional>

#include "common/base/uuid.hpp"
#include "server/commands/call.hpp"
#include "server/commands/services.hpp"
#include "server/files/tus.hpp"

namespace wardroom::commands {

// One request about the bytes of a file, on its way through the threads that its answer takes.
struct FileExchange {
  std::shared_ptr<const Call> call;  // of somebody who is signed in
  realtime::FileRequest request;
  Uuid id;                // of the upload, and so of the file
  RoomId room;            // what it is for
  std::string name;       // cleaned
  std::int64_t size = 0;  // of the whole file
  TimePoint expires_at;   // of an upload
  std::optional<files::Checksum> checksum;

  bool is_creation() const { return request.verb == "POST"; }
};
using FileExchangePtr = std::shared_ptr<FileExchange>;

// Answers the request, from any thread.
void answer_file(Services& services, const FileExchange& exchange, realtime::HttpAnswer answer);
// With a problem document; a refusal for what the person is becomes a record.
void refuse_file(Services& services, const FileExchange& exchange, const Error& error);
// Of an upload that is at `offset` now, in the way that its verb asks for.
void answer_offset(Services& services, const FileExchange& exchange, std::int64_t offset);

// The answer to OPTIONS, which needs no session: what of tus there is.
realtime::HttpAnswer describe_tus(const FileLimits& limits);

// "Mon, 30 Nov 2026 07:00:00 GMT" (RFC 9110 section 5.6.7).
std::string to_http_date(TimePoint at);
// For refusals: "100 MB", in the units that people count files in.
std::string in_megabytes(std::int64_t bytes);

// What somebody hears of a file that there isn't, or that they may not read.
Error unknown_file();

}  // namespace wardroom::commands
