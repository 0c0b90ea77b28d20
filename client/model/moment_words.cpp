#include "client/model/moment_words.hpp"

namespace wardroom::client {

std::string moment_words(const TimeZone& zone, TimePoint t, TimePoint now) {
  std::string time = clock_text(zone, t);
  if (local_day(zone, t) == local_day(zone, now)) return time;
  return time + " on " + day_text(zone, t, now);
}

}  // namespace wardroom::client
