#pragma once

#include "server/store/writer.hpp"

namespace wardroom::app {

// Forgets devices that weren't used for half a year, by what is believed of the time, and witnesses that
// weren't heard of for three months. Any thread.
void submit_forgetting(store::Writer& writer);

}  // namespace wardroom::app
