#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "common/base/result.hpp"
#include "server/realtime/peer.hpp"

// The files of the browser's page. They are read into memory as a whole, and asked for by name: nothing that
// a request says becomes a path on the disk.
namespace wardroom::app {

// What a folder may have: a page of ours is a hundredth of it, and a wrong folder isn't read for long.
inline constexpr std::size_t kMaxWebFileBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxWebBytes = 16 * 1024 * 1024;
inline constexpr std::size_t kMaxWebFiles = 500;

struct WebFile {
  struct Form {
    std::shared_ptr<const std::string> bytes;
    std::string tag;  // ETag, with its quotes
  };
  std::string content_type;
  bool is_hashed = false;  // its name changes with its contents
  Form plain;
  std::optional<Form> gzip, brotli;  // made when the page was built
};
// By path as in a request, such as "/assets/app-3MBVXXJD.js".
using WebFiles = std::map<std::string, WebFile, std::less<>>;

// All of the folder whose kind is known. Hidden files and links aren't taken. `not_found` when there is no
// page in it: no index.html; `too_large` over one of the limits above.
Result<WebFiles> load_web_files(const std::filesystem::path& folder);

// Whether the name has a hash in front of its ending, as esbuild writes it: `-` and eight or more of A–Z and
// 2–7; or hexadecimal digits in lower case, of which one at least is no letter.
bool is_hashed_name(std::string_view name);

// Whether an Accept-Encoding takes this coding (RFC 9110 section 12.5.3).
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

// The file that is asked for, in the form that the browser takes; nothing: there is none of that name.
// `headers` go with each.
std::optional<realtime::HttpAnswer> answer_web_file(const WebFiles& files,
                                                    const realtime::PageRequest& request,
                                                    std::string_view headers);

}  // namespace wardroom::app
