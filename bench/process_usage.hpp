#pragma once

namespace wardroom::bench {

// What Linux says about a process; all zero when there is none.
double cpu_seconds_of(int pid);  // user and system, all threads
double rss_mib_of(int pid);
double pss_kib_of(int pid);  // proportional set size, /proc/PID/smaps_rollup

}  // namespace wardroom::bench
