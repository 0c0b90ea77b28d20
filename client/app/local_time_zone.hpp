#pragma once

#include "client/model/time_zone.hpp"

namespace wardroom::client {

// This PC's time zone with its changes between 2000 and 2050, so that an old message shows the time that the
// clock on the wall had then.
TimeZone local_time_zone();

}  // namespace wardroom::client
