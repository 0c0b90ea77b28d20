#include "server/app/web_files.hpp"

#include <algorithm>
#include <utility>

#include "common/base/bytes.hpp"
#include "common/base/log.hpp"
#include "common/base/trimmed.hpp"
#include "server/net/http_exchange.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

namespace fs = std::filesystem;

struct WebKind {
  std::string_view ending;
  std::string_view content_type;
};
// What isn't here isn't served: a key or a database that was put into the folder stays where it is.
constexpr WebKind kWebKinds[] = {{".css", "text/css; charset=utf-8"},
                                 {".html", "text/html; charset=utf-8"},
                                 {".ico", "image/x-icon"},
                                 {".jpg", "image/jpeg"},
                                 {".js", "text/javascript; charset=utf-8"},
                                 {".json", "application/json"},
                                 {".png", "image/png"},
                                 {".svg", "image/svg+xml"},
                                 {".txt", "text/plain; charset=utf-8"},
                                 {".wasm", "application/wasm"},
                                 {".webmanifest", "application/manifest+json"},
                                 {".webp", "image/webp"},
                                 {".woff2", "font/woff2"}};

std::string_view content_type_of(std::string_view name) {
  for (const auto& kind : kWebKinds)
    if (name.ends_with(kind.ending)) return kind.content_type;
  return {};
}

bool is_plain_name(std::string_view name) {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '/';
  };
  return name.find("/.") == std::string_view::npos && std::all_of(name.begin(), name.end(), is_allowed);
}

Error no_page(const fs::path& folder, const std::string& why) {
  return not_found("The browser's page isn't in " + folder.string() + ": " + why +
                   ". Install the package wardroom-web, or build web/ and name its folder in web.folder of "
                   "wardroom.toml; then wardroomd reload.");
}

Error too_large_folder(const fs::path& folder, const std::string& what) {
  return make_error(ErrorCode::too_large, folder.string() + " " + what +
                                              ": that is no browser's page of ours. Look at web.folder in "
                                              "wardroom.toml; then wardroomd reload.");
}

// The regular files below the folder, by their path from there with a slash in front.
Result<std::map<std::string, fs::path>> list_web_files(const fs::path& folder) {
  std::map<std::string, fs::path> found;
  std::error_code why;
  fs::recursive_directory_iterator entry(folder, why);
  if (why) return no_page(folder, why.message());
  for (const fs::recursive_directory_iterator end{}; entry != end; entry.increment(why)) {
    if (entry->is_symlink(why) || !entry->is_regular_file(why)) continue;
    found.emplace("/" + entry->path().lexically_relative(folder).generic_string(), entry->path());
    if (found.size() > kMaxWebFiles)
      return too_large_folder(folder, "has more than " + std::to_string(kMaxWebFiles) + " files");
  }
  if (why) return no_page(folder, why.message());
  return found;
}

class WebReading {
 public:
  explicit WebReading(const fs::path& folder) : folder_(folder) {}

  Result<WebFile::Form> read(const fs::path& file) {
    auto bytes = ops::read_small_file(file, kMaxWebFileBytes);
    if (!bytes) return bytes.error();
    total_ += bytes->size();
    if (total_ > kMaxWebBytes)
      return too_large_folder(folder_, "has more than " + std::to_string(kMaxWebBytes >> 20) + " MiB");
    WebFile::Form form;
    form.tag = "\"" + to_hex(sha256(as_bytes(*bytes))).substr(0, 32) + "\"";
    form.bytes = std::make_shared<const std::string>(*std::move(bytes));
    return form;
  }

 private:
  const fs::path& folder_;
  std::size_t total_ = 0;
};

// Of a comma-separated list.
template <class Take>
void each_entry(std::string_view list, Take take) {
  while (!list.empty()) {
    const auto comma = std::min(list.find(','), list.size());
    take(trimmed(list.substr(0, comma)));
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
}

// Weakly compared (RFC 9110 section 13.1.2).
bool names_tag(std::string_view if_none_match, std::string_view tag) {
  bool is_named = false;
  each_entry(if_none_match, [&](std::string_view entry) {
    if (entry.starts_with("W/")) entry.remove_prefix(2);
    is_named = is_named || entry == tag || entry == "*";
  });
  return is_named;
}

}  // namespace

bool is_hashed_name(std::string_view name) {
  const auto slash = name.rfind('/');
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  const auto dot = name.rfind('.');
  if (dot == std::string_view::npos) return false;
  const auto stem = name.substr(0, dot);
  const auto dash = stem.find_last_of("-.");
  if (dash == std::string_view::npos) return false;
  const auto hash = stem.substr(dash + 1);
  if (hash.size() < 8) return false;
  const auto is_base32 = [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'); };
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto is_hex = [&](char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); };
  return std::all_of(hash.begin(), hash.end(), is_base32) ||
         (std::all_of(hash.begin(), hash.end(), is_hex) && std::any_of(hash.begin(), hash.end(), is_digit));
}

bool accepts_coding(std::string_view accept_encoding, std::string_view coding) {
  bool is_accepted = false;
  each_entry(accept_encoding, [&](std::string_view entry) {
    const auto semicolon = std::min(entry.find(';'), entry.size());
    if (!net::equal_ignoring_case(trimmed(entry.substr(0, semicolon)), coding)) return;
    auto weight = trimmed(entry.substr(std::min(semicolon + 1, entry.size())));
    if (weight.starts_with("q=") || weight.starts_with("Q=")) weight.remove_prefix(2);
    // "0", "0.0" and so on refuse it.
    is_accepted = weight.empty() || weight.find_first_not_of("0.") != std::string_view::npos;
  });
  return is_accepted;
}

Result<WebFiles> load_web_files(const fs::path& folder) {
  const auto listed = list_web_files(folder);
  if (!listed) return listed.error();
  WebReading reading(folder);
  WebFiles files;
  for (const auto& [name, path] : *listed) {
    if (name.ends_with(".gz") || name.ends_with(".br")) continue;  // another one's form
    const auto type = content_type_of(name);
    if (type.empty() || !is_plain_name(name)) {
      spdlog::warn("web.file_passed_over file=\"{}\"", path.string());
      continue;
    }
    WebFile file;
    file.content_type = type;
    file.is_hashed = is_hashed_name(name);
    auto plain = reading.read(path);
    if (!plain) return plain.error();
    file.plain = *std::move(plain);
    for (const auto& [ending, form] :
         {std::pair{".gz", &WebFile::gzip}, std::pair{".br", &WebFile::brotli}}) {
      const auto packed = listed->find(name + ending);
      if (packed == listed->end()) continue;
      auto read = reading.read(packed->second);
      if (!read) return read.error();
      file.*form = *std::move(read);
    }
    files.emplace(name, std::move(file));
  }
  if (!files.contains("/index.html")) return no_page(folder, "there is no index.html");
  return files;
}

std::optional<realtime::HttpAnswer> answer_web_file(const WebFiles& files,
                                                    const realtime::PageRequest& request,
                                                    std::string_view headers) {
  auto path = request.target.substr(0, request.target.find('?'));
  // An invite link's token is behind #, which no browser sends: the page reads it.
  if (path == "/" || path == "/join") path = "/index.html";
  const auto found = files.find(path);
  if (found == files.end()) return std::nullopt;
  const WebFile& file = found->second;
  const WebFile::Form* form = &file.plain;
  realtime::HttpAnswer answer;
  answer.headers = headers;
  if (file.brotli && accepts_coding(request.accept_encoding, "br")) {
    form = &*file.brotli;
    answer.headers += "Content-Encoding: br\r\n";
  } else if (file.gzip && accepts_coding(request.accept_encoding, "gzip")) {
    form = &*file.gzip;
    answer.headers += "Content-Encoding: gzip\r\n";
  }
  if (file.gzip || file.brotli) answer.headers += "Vary: Accept-Encoding\r\n";
  answer.headers += "ETag: " + form->tag + "\r\n";
  answer.content_type = file.content_type;
  // What has no hash is asked for again each time: a new page counts at once.
  answer.cache_control = file.is_hashed ? "public, max-age=31536000, immutable" : "no-cache";
  if (names_tag(request.if_none_match, form->tag))
    answer.status = 304;
  else
    answer.shared_body = form->bytes;
  return answer;
}

}  // namespace wardroom::app
