#include "common/base/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>

namespace wardroom {

void init_log(LogLevel least) {
  auto logger = spdlog::stderr_logger_mt("wardroom");
  logger->set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %^%-5l%$ %v", spdlog::pattern_time_type::utc);
  switch (least) {
    case LogLevel::debug:
      logger->set_level(spdlog::level::debug);
      break;
    case LogLevel::info:
      logger->set_level(spdlog::level::info);
      break;
    case LogLevel::warn:
      logger->set_level(spdlog::level::warn);
      break;
    case LogLevel::error:
      logger->set_level(spdlog::level::err);
      break;
  }
  spdlog::set_default_logger(std::move(logger));
}

}  // namespace wardroom
