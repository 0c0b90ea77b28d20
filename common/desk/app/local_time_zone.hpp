#pragma once

#include "common/desk/model/time_zone.hpp"

namespace wardroom::desk {

// This PC's time zone with its changes between 2000 and 2050, so that what is old shows the time that the
// clock on the wall had then.
TimeZone local_time_zone();

}  // namespace wardroom::desk
