#include "client/session/person_folders.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "common/base/machine.hpp"

namespace wardroom::client {
namespace {

namespace fs = std::filesystem;

fs::path home_or_root() {
  const auto home = home_folder();
  return home.empty() ? fs::path("/") : home;
}

}  // namespace

std::string downloads_of(const std::string& text, const std::string& home) {
  constexpr std::string_view kKey = "XDG_DOWNLOAD_DIR=\"";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line(text.data() + at, end - at);
    at = end + 1;
    if (!line.starts_with(kKey)) continue;
    line.remove_prefix(kKey.size());
    const auto quote = line.find('"');
    if (quote == std::string_view::npos) continue;
    std::string folder(line.substr(0, quote));
    if (folder.starts_with("$HOME/")) return home + folder.substr(5);
    if (folder.starts_with('/')) return folder;
  }
  return {};
}

fs::path expand_home(const std::string& path) {
  if (path.starts_with("~/")) return home_or_root() / path.substr(2);
  return fs::path(path).is_absolute() ? fs::path(path) : home_or_root() / path;
}

std::string safe_name(const std::string& name) {
  std::string safe = name.substr(name.find_last_of("/\\") + 1);
  std::erase_if(safe, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (safe.empty()) safe = "file";
  if (safe.front() == '.') safe.insert(0, "_");
  return system_name(std::move(safe));
}

fs::path free_path(const fs::path& folder, const std::string& name) {
  const fs::path named(name);
  fs::path free = folder / named;
  std::error_code unknown;
  for (int i = 2; fs::exists(fs::symlink_status(free, unknown)); ++i)
    free = folder / (named.stem().string() + " (" + std::to_string(i) + ")" + named.extension().string());
  return free;
}

}  // namespace wardroom::client
