#include <algorithm>
#include <cerrno>
#include <unistd.h>

#include <sys/stat.h>

#include "common/base/log.hpp"
#include "server/audit/export_scope.hpp"
#include "server/commands/audit/own_export.hpp"
#include "server/commands/file/file_store.hpp"
#include "server/commands/handlers.hpp"

namespace wardroom::commands {
namespace {

constexpr std::int64_t kExportPiece = 96 * 1024;

// The size of the file, as a message has it that the export shows as posted: of its people and rooms, and
// bound in by a record of its range. Nothing: there is none.
std::optional<std::int64_t> find_carried(sqlite::Connection& db, const store::ExportRow& row,
                                         const Digest& content) {
  const audit::ExportScope scope(db, row.scope);
  auto found = db.query(
      "SELECT m.author_id, m.room_id, f.size FROM files f"
      " JOIN messages m ON m.room_id = f.room_id AND m.seq = f.seq WHERE f.sha256 = ?"
      " AND m.id > coalesce((SELECT last_message FROM audit_groups WHERE idx < ?"
      " ORDER BY idx DESC LIMIT 1), -1)"
      " AND m.id <= coalesce((SELECT last_message FROM audit_groups WHERE idx <= ?"
      " ORDER BY idx DESC LIMIT 1), -1)",
      content, row.first, row.last);
  while (found.step())
    if (scope.concerns_message(found.get<UserId>(0), found.get<RoomId>(1))) return found.get<std::int64_t>(2);
  return std::nullopt;
}

Error bytes_missing() {
  return make_error(ErrorCode::not_found,
                    "The bytes of this file are missing on the server, or aren't as many as they were.",
                    "bytes_missing");
}

Result<std::string> read_export_piece(int file, std::int64_t at, std::int64_t size) {
  std::string piece(static_cast<std::size_t>(std::min(kExportPiece, size - at)), '\0');
  for (std::size_t come = 0; come < piece.size();) {
    const ssize_t got = ::pread(file, piece.data() + come, piece.size() - come,
                                static_cast<off_t>(at) + static_cast<off_t>(come));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return files::storage_error("can't read files", errno);
    if (got == 0) return bytes_missing();
    come += static_cast<std::size_t>(got);
  }
  return piece;
}

}  // namespace

// The record of the export says that files are taken along; so there is none for each.
Result<AuditExportFile::Result> read_export_file(ReadContext& context,
                                                 const AuditExportFile::Params& params) {
  const auto row = find_own_export(context, params.id);
  if (!row) return row.error();
  const auto content = to_digest(parse_hex(params.sha256));
  if (!content) return params_error("sha256", "sha256 must be 64 hexadecimal digits.");
  if (!row->scope.files.value_or(false))
    return conflict("export_without_files", "This export was begun without files. Begin one with them.");
  const auto size = find_carried(context.db, *row, *content);
  if (context.db.failure()) return *context.db.failure();
  if (!size || !context.services.files)
    return not_found("No message of this export carries a file with this hash.");
  if (params.at < 0 || params.at > *size)
    return params_error("at",
                        "at must be from 0 to the size of the file, which is " + std::to_string(*size) + ".");
  const auto file = context.services.files->contents.open(*content);
  if (!file && file.error().code == ErrorCode::not_found) return bytes_missing();
  if (!file) return file.error();
  struct stat info {};
  if (::fstat(file->get(), &info) != 0 || info.st_size != *size) return bytes_missing();
  const auto piece = read_export_piece(file->get(), params.at, *size);
  if (!piece) return piece.error();
  return AuditExportFile::Result{to_base64(as_bytes(*piece)), *size};
}

}  // namespace wardroom::commands
