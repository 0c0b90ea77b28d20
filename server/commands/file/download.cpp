#include <algorithm>
#include <cerrno>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "server/commands/file/access.hpp"
#include "server/commands/file/gateway.hpp"
#include "server/commands/step_job.hpp"
#include "server/files/byte_range.hpp"
#include "server/files/file_name.hpp"
#include "server/files/file_type.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kPieceBytes = 64 * 1024;

// What is handed out of one file. `at` is one worker's at a time: the next piece is asked for when the one
// before has left.
struct Outgoing {
  files::Descriptor file;
  std::int64_t at = 0;
  std::int64_t end = 0;
};

// The next piece; empty where it can't be read.
std::string read_piece(Outgoing& out) {
  std::string piece(static_cast<std::size_t>(std::min<std::int64_t>(kPieceBytes, out.end - out.at)), '\0');
  std::size_t size = 0;
  while (size < piece.size()) {
    const ssize_t got = ::pread(out.file.get(), piece.data() + size, piece.size() - size,
                                static_cast<off_t>(out.at) + static_cast<off_t>(size));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) {
      spdlog::error("files.not_read errno={}", got < 0 ? errno : 0);
      return {};
    }
    size += static_cast<std::size_t>(got);
  }
  out.at += static_cast<std::int64_t>(size);
  return piece;
}

std::string tag_of(const store::FileRow& file) {
  return "\"" + to_hex(file.sha256.value_or(Digest{})) + "\"";
}

// RFC 9110 section 14: a range of another version than the client has is no range.
files::RangeAsked range_of(const realtime::FileRequest& request, const store::FileRow& file) {
  if (request.range.empty() || (!request.if_range.empty() && request.if_range != tag_of(file))) return {};
  return files::parse_range(request.range, file.size);
}

// A browser shows nothing of it, and runs nothing.
std::string headers_of(const store::FileRow& file) {
  return "ETag: " + tag_of(file) + "\r\nAccept-Ranges: bytes\r\n" + files::content_disposition(file.name) +
         "\r\nContent-Security-Policy: sandbox; default-src 'none'\r\nCross-Origin-Resource-Policy: "
         "same-origin\r\n";
}

std::string total_of(const store::FileRow& file) {
  return "/" + std::to_string(file.size) + "\r\n";
}

}  // namespace

void FileGateway::download(const FileExchangePtr& exchange) {
  services_.readers.submit(
      [this, exchange](sqlite::Connection& db) {
        ReadContext context{db, *exchange->call, services_};
        const auto file = find_readable_file(context, exchange->id);
        if (!file) return refuse(*exchange, file.error());
        const auto asked = range_of(exchange->request, *file);
        if (asked.kind == files::RangeAsked::Kind::none_there) {
          realtime::HttpAnswer answer;
          answer.status = 416;
          answer.headers = "Content-Range: bytes *" + total_of(*file);
          return answer_file(services_, *exchange, std::move(answer));
        }
        const bool is_recorded =
            services_.settings.load()->files.records_downloads && exchange->request.verb == "GET";
        if (!is_recorded) return hand_out(exchange, *file);
        Step step{exchange->call, {}, {}, {}, {}};
        step.work = [file = *file, asked](WriteContext& write) -> Result<void> {
          const bool is_part = asked.kind == files::RangeAsked::Kind::part;
          audit::Record record = write.call.record(audit::Type::file_downloaded);
          record.room = file.room;
          record.after = {{"file", to_string(file.id)},
                          {"first", is_part ? asked.range.begin : 0},
                          {"last", (is_part ? asked.range.begin + asked.range.length : file.size) - 1}};
          write.append(record);
          return ok();
        };
        // No byte leaves before its record is durable; so a full disk doesn't keep it from being written.
        step.is_vital = true;
        step.then = [this, exchange, file = *file](const Result<void>& outcome) {
          if (!outcome) return refuse(*exchange, outcome.error());
          hand_out(exchange, file);
        };
        submit_step(services_, batch_, std::move(step));
      },
      [this, exchange](const Error& error) { refuse(*exchange, error); });
}

void FileGateway::hand_out(const FileExchangePtr& exchange, const store::FileRow& file) {
  work(exchange, [this, exchange, file] {
    auto opened = services_.files->contents.open(file.sha256.value_or(Digest{}));
    if (!opened) return refuse(*exchange, opened.error());
    struct stat info {};
    if (::fstat(opened->get(), &info) != 0 || info.st_size != file.size) {
      spdlog::error("files.damaged file={} content={}", to_string(file.id), to_hex(*file.sha256));
      return refuse(*exchange,
                    make_error(ErrorCode::internal,
                               "The bytes of this file are damaged on the server. Tell an administrator."));
    }
    const auto asked = range_of(exchange->request, file);
    const bool is_part = asked.kind == files::RangeAsked::Kind::part;
    const auto out = std::make_shared<Outgoing>();
    out->file = std::move(*opened);
    out->at = is_part ? asked.range.begin : 0;
    out->end = is_part ? asked.range.begin + asked.range.length : file.size;
    realtime::HttpAnswer answer;
    answer.content_type = files::served_type(file.type);
    answer.headers = headers_of(file);
    answer.length = out->end - out->at;
    if (is_part) {
      answer.status = 206;
      answer.headers += "Content-Range: bytes " + std::to_string(out->at) + "-" +
                        std::to_string(out->end - 1) + total_of(file);
    }
    answer.more = [this, out](realtime::Peer& peer) {
      const auto to = peer.id;
      const auto send = [this, to](std::string piece) {
        services_.hub.run_on(to, [piece = std::move(piece)](realtime::Peer& self) mutable {
          self.send_more(std::move(piece));
        });
      };
      if (!services_.files->workers.submit([out, send] { send(read_piece(*out)); })) send({});
    };
    answer_file(services_, *exchange, std::move(answer));
  });
}

}  // namespace wardroom::commands
