#include "common/base/log.hpp"

#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/stdout_sinks.h>

#include "common/base/journal.hpp"

namespace wardroom {
namespace {

// sd-daemon(3): the priority of a line stands before it.
class PriorityFlag final : public spdlog::custom_flag_formatter {
 public:
  void format(const spdlog::details::log_msg& line, const std::tm&, spdlog::memory_buf_t& to) override {
    const std::string_view priority = priority_of(line.level);
    to.append(priority.data(), priority.data() + priority.size());
  }
  std::unique_ptr<custom_flag_formatter> clone() const override { return std::make_unique<PriorityFlag>(); }

 private:
  static std::string_view priority_of(spdlog::level::level_enum level) {
    if (level >= spdlog::level::err) return "<3>";
    if (level == spdlog::level::warn) return "<4>";
    return level == spdlog::level::info ? "<6>" : "<7>";
  }
};

std::unique_ptr<spdlog::formatter> make_formatter() {
  constexpr auto kTime = spdlog::pattern_time_type::utc;
  auto formatter = std::make_unique<spdlog::pattern_formatter>(kTime);
  if (is_journal())  // which has the time and the level of each line by itself
    formatter->add_flag<PriorityFlag>('P').set_pattern("%P%v");
  else
    formatter->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%-5l%$ %v");
  return formatter;
}

spdlog::level::level_enum to_spdlog(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return spdlog::level::debug;
    case LogLevel::info:
      return spdlog::level::info;
    case LogLevel::warn:
      return spdlog::level::warn;
    case LogLevel::error:
      break;
  }
  return spdlog::level::err;
}

}  // namespace

void init_log(LogLevel least) {
  auto logger = spdlog::stderr_logger_mt("wardroom");
  logger->set_formatter(make_formatter());
  spdlog::set_default_logger(std::move(logger));
  set_log_level(least);
}

void set_log_level(LogLevel least) {
  spdlog::default_logger_raw()->set_level(to_spdlog(least));
}

std::string_view error_prefix() {
  return is_journal() ? "<3>" : "";
}

}  // namespace wardroom
