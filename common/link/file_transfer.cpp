#include "common/link/file_transfer.hpp"

#include <algorithm>
#include <charconv>

#include "common/base/bytes.hpp"
#include "common/base/sha256.hpp"

namespace wardroom::link {
namespace {

constexpr std::size_t kUploadPieceBytes = 32 * 1024;
constexpr const char* kUploads = "/api/v1/uploads";
constexpr const char* kFiles = "/api/v1/files/";

using HeaderLines = std::vector<std::pair<std::string, std::string>>;

HeaderLines tus_lines(HeaderLines more = {}) {
  more.emplace_back("Tus-Resumable", "1.0.0");
  return more;
}

std::string in_base64(std::string_view text) {
  return to_base64(as_bytes(text));
}

std::optional<std::int64_t> number_in(const HttpReply& reply, const char* header) {
  const auto found = reply.headers.find(header);
  if (found == reply.headers.end()) return std::nullopt;
  std::int64_t number = 0;
  const auto& text = found->second;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size() || number < 0) return std::nullopt;
  return number;
}

// The answer to a HEAD has no words.
Error bare_refusal(int status) {
  switch (status) {
    case 401:
      return make_error(ErrorCode::unauthenticated,
                        "The server no longer knows this session. Sign in again.");
    case 404:
    case 410:
      return not_found("The server has no such file any more.");
    // What only the last look at a whole upload says: whoever asks where to go on may be the one who hears
    // it.
    case 413:
      return make_error(ErrorCode::too_large,
                        "The server's virus scanner doesn't look at files as large as this one.",
                        "not_scanned");
    case 415:
      return make_error(ErrorCode::conflict, "The server takes no files of this type.", "file_type_refused");
    case 422:
      return make_error(ErrorCode::conflict,
                        "The server's virus scanner found something in this file. It was removed there.",
                        "file_infected");
    case 429:
    case 503:
      return unavailable("The server is too busy at the moment.");
    default:
      return make_error(ErrorCode::internal,
                        "The server answered with status " + std::to_string(status) + ".");
  }
}

Result<HttpReply> request_bytes(HttpClient& http, HttpClient::Request request) {
  auto reply = http.send(std::move(request));
  if (!reply) return reply;
  if (reply->status / 100 == 2) return reply;
  return reply->body.empty() ? bare_refusal(reply->status) : refusal_of(*reply);
}

std::string upload_path(const std::string& file) {
  return std::string(kUploads) + "/" + file;
}

}  // namespace

bool is_passing(const Error& error) {
  return error.code == ErrorCode::unavailable || error.code == ErrorCode::rate_limited ||
         error.reason == "offset_wrong" || error.reason == "taken_over";
}

Result<std::string> begin_upload(HttpClient& http, RoomId room, std::string_view name, std::int64_t size) {
  const auto made =
      request_bytes(http, {"POST", kUploads,
                           tus_lines({{"Upload-Length", std::to_string(size)},
                                      {"Upload-Metadata", "room " + in_base64(std::to_string(room.value)) +
                                                              ",filename " + in_base64(name)}})});
  if (!made) return made.error();
  const auto location = made->headers.find("location");
  if (location == made->headers.end()) return unavailable("The server doesn't say where the upload is.");
  return location->second.substr(location->second.rfind('/') + 1);
}

Result<std::int64_t> ask_offset(HttpClient& http, const std::string& file) {
  const auto reply = request_bytes(http, {"HEAD", upload_path(file), tus_lines()});
  if (!reply) return reply.error();
  const auto offset = number_in(*reply, "upload-offset");
  if (!offset) return unavailable("The server doesn't say how far the upload is.");
  return *offset;
}

Result<std::int64_t> send_rest(HttpClient& http, UploadStep step) {
  HttpClient::Request request{"PATCH", upload_path(step.file),
                              tus_lines({{"Upload-Offset", std::to_string(step.offset)},
                                         {"Content-Type", "application/offset+octet-stream"}}),
                              step.size - step.offset};
  request.body = [read = std::move(step.read),
                  left = step.size - step.offset]() mutable -> Result<std::string> {
    auto piece = read(
        static_cast<std::size_t>(std::min<std::int64_t>(static_cast<std::int64_t>(kUploadPieceBytes), left)));
    if (piece) left -= static_cast<std::int64_t>(piece->size());
    return piece;
  };
  request.is_unwanted = std::move(step.is_unwanted);
  const auto reply = request_bytes(http, std::move(request));
  if (!reply) return reply.error();
  const auto offset = number_in(*reply, "upload-offset");
  if (!offset) return unavailable("The server doesn't say how far the upload is.");
  return *offset;
}

Result<void> withdraw_upload(HttpClient& http, const std::string& file) {
  const auto gone = request_bytes(http, {"DELETE", upload_path(file), tus_lines()});
  return gone ? ok() : Result<void>(gone.error());
}

struct FileFetch::State {
  std::string file;
  Take take;
  Sha256 hash;
  std::int64_t bytes = 0;
  std::string tag;
};

FileFetch::FileFetch(std::string file, Take take) : state_(std::make_unique<State>()) {
  state_->file = std::move(file);
  state_->take = std::move(take);
}

FileFetch::~FileFetch() = default;

std::int64_t FileFetch::bytes() const {
  return state_->bytes;
}

Result<void> FileFetch::go_on(HttpClient& http, std::function<bool()> is_unwanted) {
  State& state = *state_;
  HttpClient::Request request{"GET", kFiles + state.file, {}};
  const bool goes_on = state.bytes > 0;
  if (goes_on)
    request.headers = {{"Range", "bytes=" + std::to_string(state.bytes) + "-"}, {"If-Range", state.tag}};
  request.take = [&state, goes_on](const HttpReply& head, std::string_view got) -> Result<void> {
    if (const auto found = head.headers.find("etag"); found != head.headers.end()) state.tag = found->second;
    if (goes_on && head.status != 206)
      return make_error(ErrorCode::conflict, "The file changed while it was being downloaded. Try again.");
    state.hash.update(got);
    state.bytes += static_cast<std::int64_t>(got.size());
    return state.take(got);
  };
  request.is_unwanted = std::move(is_unwanted);
  const auto reply = request_bytes(http, std::move(request));
  if (!reply) return reply.error();
  // Of an empty file nothing is taken.
  if (const auto found = reply->headers.find("etag"); found != reply->headers.end())
    state.tag = found->second;
  return ok();
}

Result<void> FileFetch::check(std::string_view sha256) {
  const std::string came = to_hex(state_->hash.digest());
  if (sha256.empty() ? state_->tag == "\"" + came + "\"" : sha256 == came) return ok();
  return make_error(ErrorCode::internal, "What came isn't the file that was sent. Nothing was kept.",
                    "file_differs");
}

}  // namespace wardroom::link
