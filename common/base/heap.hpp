#pragma once

namespace wardroom {

// For programs that hold pictures for a while and then others: blocks of 128 KiB and more go back to the
// system when they are freed, whatever was freed before. Without it glibc keeps ever larger ones for itself.
// Before there are threads.
void give_back_large_blocks();

}  // namespace wardroom
