#include "server/ops/backup_files.hpp"

#include <algorithm>
#include <vector>

#include <sys/stat.h>

#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

namespace fs = std::filesystem;

constexpr const char* kConfig = "wardroom.toml";

// By name, so that two backups of the same state have the same files in the same order.
Result<std::vector<fs::path>> list_files(const DataDir& dir) {
  std::vector<fs::path> files{dir.config()};
  for (const auto& folder : {dir.tls(), dir.keys()}) {
    std::error_code why;
    for (const auto& entry : fs::directory_iterator(folder, why))
      if (entry.path().extension() != kUnfinished && entry.is_regular_file(why))
        files.push_back(entry.path());
    if (why) return file_error(folder, why.value());
  }
  std::sort(files.begin(), files.end());
  return files;
}

struct ArchivedFile {
  std::string name;
  unsigned mode = 0600;
  std::string data;
};

// "tls/server.crt": one folder that a data directory has, and a name without another step in it.
bool is_expected(const std::string& name) {
  if (name == kConfig) return true;
  const fs::path path(name);
  const auto folder = path.parent_path().string();
  const auto file = path.filename().string();
  return (folder == "tls" || folder == "keys") && !file.empty() && file != "." && file != ".." &&
         name == folder + "/" + file;
}

}  // namespace

Result<void> store_files(sqlite::Connection& db, const DataDir& dir) {
  const auto files = list_files(dir);
  if (!files) return files.error();
  db.run("CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB)");
  for (const auto& file : *files) {
    const auto data = read_small_file(file);
    if (!data) return data.error();
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0) return file_error(file, errno);
    db.run("INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?,?,?,?,?)",
           file.lexically_relative(dir.root).string(), static_cast<std::int64_t>(info.st_mode),
           static_cast<std::int64_t>(info.st_mtime), data->size(), as_bytes(*data));
  }
  return db.failure() ? Result<void>(*db.failure()) : ok();
}

Result<void> extract_files(sqlite::Connection& db, const DataDir& dir) {
  std::vector<ArchivedFile> files;
  {
    // In an order that has wardroom.toml last: a directory with a configuration is a whole one.
    auto row = db.query("SELECT name, mode, data FROM sqlar ORDER BY name = 'wardroom.toml', name");
    while (row.step())
      files.push_back({row.get<std::string>(0), static_cast<unsigned>(row.get<std::int64_t>(1)) & 0700u,
                       row.get<std::string>(2)});
  }
  if (db.failure()) return *db.failure();
  if (files.empty() || files.back().name != kConfig)
    return make_error(ErrorCode::params, "There is no configuration in this backup.", "not_a_backup");
  for (const auto& file : files) {
    if (!is_expected(file.name))
      return make_error(ErrorCode::params,
                        "This backup holds a file " + file.name + ", which doesn't belong.", "not_a_backup");
    if (auto written = write_durably(dir.root / file.name, file.data, file.mode); !written) return written;
  }
  return ok();
}

}  // namespace wardroom::ops
