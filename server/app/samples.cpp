#include "server/app/samples.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sstream>
#include <unistd.h>

#include "server/ops/durable_file.hpp"

namespace wardroom::app {
namespace {

constexpr std::uintmax_t kMaxSamples = 1024 * 1024;

std::filesystem::path older(std::filesystem::path file) {
  return file += ".old";
}

// The samples without labels, as a header and a line.
struct Sampled {
  std::string header = "time", line;
};
Sampled sample(std::string_view metrics, TimePoint now) {
  Sampled sampled{.line = to_rfc3339(now)};
  std::istringstream lines{std::string(metrics)};
  for (std::string line; std::getline(lines, line);) {
    const auto space = line.find(' ');
    if (line.starts_with('#') || line.find('{') != std::string::npos || space == std::string::npos) continue;
    sampled.header += "," + line.substr(0, space);
    sampled.line += "," + line.substr(space + 1);
  }
  return sampled;
}

std::string first_line(const std::filesystem::path& file) {
  const auto text = ops::read_small_file(file, 2 * kMaxSamples);
  return text ? text->substr(0, text->find('\n')) : "";
}

Result<void> append_line(const std::filesystem::path& file, const std::string& line) {
  const int fd = ::open(file.c_str(), O_WRONLY | O_APPEND | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) return ops::file_error(file, errno);
  const ssize_t n = ::write(fd, line.data(), line.size());
  const int why = n < 0 ? errno : ENOSPC;
  ::close(fd);
  return n == static_cast<ssize_t>(line.size()) ? ok() : Result<void>(ops::file_error(file, why));
}

}  // namespace

std::filesystem::path samples_file(const ops::DataDir& dir) {
  return dir.run() / "samples.csv";
}

Result<void> Samples::add(std::string_view metrics, TimePoint now) {
  const auto [header, line] = sample(metrics, now);
  std::error_code unknown;
  if (header_.empty()) header_ = first_line(file_);
  const auto size = std::filesystem::file_size(file_, unknown);
  if (unknown || header_ != header || size + line.size() >= kMaxSamples)
    if (auto begun = begin(header); !begun) return begun;
  return append_line(file_, line + "\n");
}

Result<void> Samples::begin(const std::string& header) {
  std::error_code missing;
  std::filesystem::rename(file_, older(file_), missing);
  header_.clear();
  if (auto written = ops::write_durably(file_, header + "\n", 0600); !written) return written;
  header_ = header;
  return ok();
}

Result<std::string> read_samples(const std::filesystem::path& file) {
  const auto before = ops::read_small_file(older(file), 2 * kMaxSamples);
  const auto now = ops::read_small_file(file, 2 * kMaxSamples);
  if (!now) return before ? before : now;
  return before ? *before + *now : *now;
}

}  // namespace wardroom::app
