#pragma once

#include "common/desk/model/props/witness.hpp"
#include "common/desk/model/witness.hpp"

namespace wardroom::desk {

LogAlarmProps select_log_alarm(const WitnessState& state, TimePoint now);
// "Watched since 3 November. Last compared today 16:42: nothing was changed."
std::string watch_status(const WitnessState& state, std::string_view watcher, const TimeZone& zone,
                         TimePoint now);
// `place` is the server's address.
WatchProps select_watch(const WitnessState& state, std::string_view watcher, const std::string& place,
                        const TimeZone& zone, TimePoint now, std::optional<protocol::Role> role);

}  // namespace wardroom::desk
