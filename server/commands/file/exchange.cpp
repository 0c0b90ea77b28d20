#include "server/commands/file/exchange.hpp"

#include <ctime>

#include "server/commands/denial.hpp"

namespace wardroom::commands {
namespace {

std::string tus_line() {
  return "Tus-Resumable: " + std::string(files::kTusVersion) + "\r\n";
}

// Where HTTP, or tus, has a closer word than the code of the error.
int status_of(const Error& error, int usual) {
  if (error.reason == "checksum_wrong") return 460;
  if (error.reason == "method_not_allowed") return 405;
  if (error.reason == "tus_version") return 412;
  if (error.reason == "media_type" || error.reason == "file_type_refused") return 415;
  if (error.reason == "file_infected") return 422;  // 409 is one that clients of tus try again
  if (error.reason == "disk_full") return 507;
  return usual;
}

std::string encoded_text(std::string_view text) {
  return to_base64(as_bytes(text));
}

}  // namespace

void answer_file(Services& services, const FileExchange& exchange, realtime::HttpAnswer answer) {
  services.hub.run_on(exchange.call->peer,
                      [answer = std::move(answer)](realtime::Peer& peer) { peer.answer(answer); });
}

void refuse_file(Services& services, const FileExchange& exchange, const Error& error) {
  record_denial(services, *exchange.call, exchange.request.verb == "GET" ? "file.download" : "file.upload",
                error);
  auto answer = compose_answer(*exchange.call, error).http;
  answer.status = status_of(error, answer.status);
  if (exchange.request.path.starts_with(realtime::kUploadsPath)) {
    answer.headers = tus_line();
    if (answer.status == 412) answer.headers += "Tus-Version: " + std::string(files::kTusVersion) + "\r\n";
  }
  answer_file(services, exchange, std::move(answer));
}

void answer_offset(Services& services, const FileExchange& exchange, std::int64_t offset) {
  realtime::HttpAnswer answer;
  answer.status = exchange.is_creation() ? 201 : exchange.request.verb == "HEAD" ? 200 : 204;
  answer.headers = tus_line() + "Upload-Offset: " + std::to_string(offset) + "\r\n";
  if (exchange.is_creation())
    answer.headers +=
        "Location: " + std::string(realtime::kUploadsPath) + "/" + to_string(exchange.id) + "\r\n";
  if (exchange.request.verb == "HEAD")
    answer.headers += "Upload-Length: " + std::to_string(exchange.size) + "\r\nUpload-Metadata: room " +
                      encoded_text(std::to_string(exchange.room.value)) + ",filename " +
                      encoded_text(exchange.name) + "\r\n";
  if (offset < exchange.size)
    answer.headers += "Upload-Expires: " + to_http_date(exchange.expires_at) + "\r\n";
  answer_file(services, exchange, std::move(answer));
}

realtime::HttpAnswer describe_tus(const FileLimits& limits) {
  realtime::HttpAnswer answer;
  answer.status = 204;
  answer.headers = tus_line() + "Tus-Version: " + std::string(files::kTusVersion) +
                   "\r\nTus-Extension: " + std::string(files::kTusExtensions) +
                   "\r\nTus-Checksum-Algorithm: " + std::string(files::kTusChecksums) +
                   "\r\nTus-Max-Size: " + std::to_string(limits.file_bytes) +
                   "\r\nAllow: DELETE, GET, HEAD, OPTIONS, PATCH, POST\r\n";
  return answer;
}

std::string to_http_date(TimePoint at) {
  const std::time_t seconds = static_cast<std::time_t>(to_unix_ms(at) / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char text[40];
  return {text, std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts)};
}

std::string in_megabytes(std::int64_t bytes) {
  constexpr std::int64_t kMega = std::int64_t{1} << 20;
  return std::to_string((bytes + kMega - 1) / kMega) + " MB";
}

Error unknown_file() {
  return not_found("There is no such file.");
}

}  // namespace wardroom::commands
