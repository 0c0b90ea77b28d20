#include "server/commands/file/gateway.hpp"

#include "common/base/log.hpp"

namespace wardroom::commands {
namespace {

Error wrong_verb(std::string_view allowed) {
  return make_error(ErrorCode::request, "This path answers " + std::string(allowed) + ".",
                    "method_not_allowed");
}

// The id in "/api/v1/uploads/ID"; nothing for the path alone, or where no id stands there.
std::optional<Uuid> id_in(std::string_view path, std::string_view root) {
  if (path.size() <= root.size() + 1) return std::nullopt;
  return parse_uuid(path.substr(root.size() + 1));
}

}  // namespace

void FileGateway::begin(const std::shared_ptr<const Call>& call, realtime::FileRequest request) {
  const auto exchange = std::make_shared<FileExchange>();
  exchange->call = call;
  exchange->request = std::move(request);
  try {
    route(exchange);
  } catch (const std::exception& e) {  // no memory for this one
    spdlog::error("files.request_threw what=\"{}\"", e.what());
    refuse(*exchange, make_error(ErrorCode::internal, "The server made a mistake; its log has the details."));
  }
}

void FileGateway::route(const FileExchangePtr& exchange) {
  auto& request = exchange->request;
  if (!services_.files) return refuse(*exchange, unknown_file());
  const std::string_view path = request.path;
  if (path.starts_with(realtime::kFilesPath)) {
    const auto id = id_in(path, realtime::kFilesPath);
    if (!id) return refuse(*exchange, unknown_file());
    exchange->id = *id;
    if (request.verb != "GET" && request.verb != "HEAD") return refuse(*exchange, wrong_verb("GET and HEAD"));
    return download(exchange);
  }
  // For clients behind proxies that know few verbs; tus asks for it.
  if (!request.method_override.empty()) request.verb = request.method_override;
  if (request.tus_resumable != files::kTusVersion)
    return refuse(*exchange, make_error(ErrorCode::request,
                                        "Uploads are tus " + std::string(files::kTusVersion) +
                                            ": each request says so in its line Tus-Resumable.",
                                        "tus_version"));
  if (path == realtime::kUploadsPath) {
    if (request.verb != "POST") return refuse(*exchange, wrong_verb("OPTIONS and POST"));
    return create(exchange);
  }
  const auto id = id_in(path, realtime::kUploadsPath);
  if (!id) return refuse(*exchange, unknown_file());
  exchange->id = *id;
  if (request.verb == "HEAD") return tell_offset(exchange);
  if (request.verb == "PATCH") return go_on(exchange);
  if (request.verb == "DELETE") return terminate(exchange);
  refuse(*exchange, wrong_verb("DELETE, HEAD, OPTIONS and PATCH"));
}

void FileGateway::work(const FileExchangePtr& exchange, std::function<void()> job) {
  if (services_.files->workers.submit(std::move(job))) return;
  refuse(*exchange,
         unavailable("Too many files are on their way. Try again in a moment.", std::chrono::seconds{2}));
}

}  // namespace wardroom::commands
