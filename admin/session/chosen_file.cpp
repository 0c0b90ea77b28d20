#include "admin/session/chosen_file.hpp"

#include <fstream>
#include <sstream>

#include "common/base/machine.hpp"

namespace wardroom::admin {

std::filesystem::path path_of(std::string_view typed) {
  const auto home = home_folder();
  if (home.empty() || (typed != "~" && !typed.starts_with("~/"))) return std::filesystem::path(typed);
  return home / std::filesystem::path(typed.substr(typed.size() > 1 ? 2 : 1));
}

Result<std::string> load_chosen_file(const std::filesystem::path& path, std::uintmax_t most) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return not_found("There is no file " + path.string() + ".");
  // A device or a pipe could be read without an end.
  if (!std::filesystem::is_regular_file(status))
    return not_found(path.string() + " isn't a file. Choose the CSV file itself.");
  const auto size = std::filesystem::file_size(path, error);
  if (!error && size > most)
    return make_error(ErrorCode::too_large,
                      path.string() + " is larger than 8 MiB. Split it into several files.");
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  // An empty file leaves the output stream failed, and is no failure of reading.
  if (!in.is_open() || in.bad() || (size > 0 && text.view().empty()))
    return unavailable(path.string() + " can't be read. Look at its permissions.");
  return std::move(text).str();
}

}  // namespace wardroom::admin
