#pragma once

#include <string>

#include "client/model/time_zone.hpp"

namespace wardroom::client {

// "16:40", with the day behind it when it isn't today's: "16:40 on Friday, 27 November".
std::string moment_words(const TimeZone& zone, TimePoint t, TimePoint now);

}  // namespace wardroom::client
