#include "client/session/copies.hpp"

#include <algorithm>

#include "common/base/bytes.hpp"
#include "common/base/random.hpp"
#include "common/base/target_file.hpp"
#include "common/link/private_file.hpp"

namespace wardroom::client {

Result<std::string> Copies::keep(std::string_view name, std::string_view bytes) {
  const auto own = folder_ / to_hex(random_bytes<8>());
  if (auto made = link::make_private_directory(own); !made) return made.error();
  const auto file = own / std::filesystem::path(name);
  if (auto written = write_target(file, bytes); !written) return written.error();
  return file.string();
}

void Copies::drop(const std::string& path) {
  const std::filesystem::path file(path);
  if (file.parent_path().parent_path() != folder_) return;
  std::error_code ignored;
  std::filesystem::remove(file, ignored);
  // Only if nothing else is in it.
  std::filesystem::remove(file.parent_path(), ignored);
}

void Copies::sweep(const std::vector<std::string>& wanted) {
  std::error_code none;
  std::vector<std::filesystem::path> left;
  for (const auto& own : std::filesystem::directory_iterator(folder_, none)) left.push_back(own.path());
  for (const auto& own : left) {
    const bool needed = std::any_of(wanted.begin(), wanted.end(), [&](const std::string& path) {
      return std::filesystem::path(path).parent_path() == own;
    });
    if (!needed) std::filesystem::remove_all(own, none);
  }
}

}  // namespace wardroom::client
