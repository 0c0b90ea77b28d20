#include "server/ops/backup_folder.hpp"

#include <algorithm>
#include <ctime>

#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

constexpr const char* kForm = "wardroom-%Y-%m-%dT%H-%M-%SZ.db";
constexpr std::string_view kEncrypted = ".encrypted";

std::optional<TimePoint> time_of(const std::string& name) {
  std::tm parts{};
  const char* end = ::strptime(name.c_str(), kForm, &parts);
  if (end == nullptr) return std::nullopt;
  const TimePoint at = from_unix_ms(static_cast<std::int64_t>(::timegm(&parts)) * 1000);
  return backup_name(at, name.ends_with(kEncrypted)) == name ? std::optional(at) : std::nullopt;
}

}  // namespace

std::string backup_name(TimePoint at, bool is_encrypted) {
  const auto seconds = static_cast<std::time_t>(to_unix_ms(at) / 1000);
  std::tm parts{};
  ::gmtime_r(&seconds, &parts);
  char text[64];
  std::string name(text, std::strftime(text, sizeof text, kForm, &parts));
  return is_encrypted ? name.append(kEncrypted) : name;
}

bool is_backup_name(const std::string& name) {
  return time_of(name).has_value();
}

Result<std::vector<KeptBackup>> list_backups(const std::filesystem::path& folder) {
  std::vector<KeptBackup> backups;
  std::error_code why;
  // Its operator++ would throw, where a disk or a share fails halfway.
  for (std::filesystem::directory_iterator next(folder, why), end; !why && next != end; next.increment(why)) {
    const auto& entry = *next;
    const auto at = time_of(entry.path().filename().string());
    std::error_code unknown;
    if (!at || !entry.is_regular_file(unknown) || entry.is_symlink(unknown)) continue;
    const auto bytes = entry.file_size(unknown);
    if (!unknown) backups.push_back({entry.path(), *at, bytes});  // else it is gone by now
  }
  if (why) return file_error(folder, why.value());
  std::sort(backups.begin(), backups.end(),
            [](const KeptBackup& a, const KeptBackup& b) { return a.at > b.at; });
  return backups;
}

std::vector<KeptBackup> choose_surplus(const std::vector<KeptBackup>& newest_first, std::size_t keep,
                                       std::chrono::days age, TimePoint now) {
  std::vector<KeptBackup> surplus;
  for (std::size_t i = keep; i < newest_first.size(); ++i)
    if (now - newest_first[i].at > age) surplus.push_back(newest_first[i]);
  return surplus;
}

Result<std::vector<std::filesystem::path>> remove_surplus(const std::filesystem::path& folder,
                                                          std::size_t keep, std::chrono::days age,
                                                          TimePoint now, GiveUp give_up) {
  const auto backups = list_backups(folder);
  if (!backups) return backups.error();
  std::vector<std::filesystem::path> removed;
  for (const auto& old : choose_surplus(*backups, keep, age, now)) {
    if (auto goes_on = check_goes_on(give_up); !goes_on) return goes_on.error();
    std::error_code why;
    std::filesystem::remove(old.file, why);
    if (why)
      return unavailable(old.file.string() + " is older than " + std::to_string(age.count()) +
                         " days and can't be removed: " + why.message() + ".");
    removed.push_back(old.file);
  }
  return removed;
}

}  // namespace wardroom::ops
