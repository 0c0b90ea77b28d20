#pragma once

#include <string_view>

// The ids of what both programs show. Tests and the end-to-end driver click by them.
namespace wardroom::desk::views::ids {

inline constexpr std::string_view kLogAlarm = "log.alarm";
inline constexpr std::string_view kLogDetails = "log.details";
inline constexpr std::string_view kLogHide = "log.hide";
inline constexpr std::string_view kWatch = "watch";
inline constexpr std::string_view kWatchCopy = "watch.copy";
inline constexpr std::string_view kWatchSettle = "watch.settle";
inline constexpr std::string_view kWatchReason = "watch.reason";
inline constexpr std::string_view kToast = "toast";

}  // namespace wardroom::desk::views::ids
