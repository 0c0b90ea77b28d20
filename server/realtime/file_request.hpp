#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace wardroom::realtime {

// Below these paths bytes of files go up (tus) and down; a body isn't gathered there but passed on as it
// comes.
inline constexpr std::string_view kUploadsPath = "/api/v1/uploads";
inline constexpr std::string_view kFilesPath = "/api/v1/files";

// Whether a request's path, without its query, is one of these or lies below.
constexpr bool is_file_path(std::string_view path) {
  for (const std::string_view root : {kUploadsPath, kFilesPath})
    if (path == root || (path.starts_with(root) && path[root.size()] == '/')) return true;
  return false;
}

// The head of such a request. A value: it travels between threads. Header lines are empty where the request
// has none.
struct FileRequest {
  std::string verb;
  std::string path;  // without the query
  std::string token;
  bool is_by_cookie = false;    // the token is a browser's cookie's
  std::int64_t body_bytes = 0;  // that come behind the head

  std::string tus_resumable;
  std::string upload_length;
  std::string upload_defer_length;
  std::string upload_offset;
  std::string upload_metadata;
  std::string upload_checksum;
  std::string method_override;
  std::string content_type;
  std::string range;
  std::string if_range;
};

}  // namespace wardroom::realtime
