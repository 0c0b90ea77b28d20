#include "bench/idle_load.hpp"

#include "bench/process_usage.hpp"

namespace wardroom::bench {

Result<void> IdleLoad::run() {
  const int pid = options_.server_pid;
  const double pss_before = pss_kib_of(pid);
  const double cpu_before = cpu_seconds_of(pid);
  const std::uint64_t began = now_ns();
  if (auto done = bring_in(options_.connections); !done) return done;
  const double seconds = static_cast<double>(now_ns() - began) / 1e9;
  const double cpu = cpu_seconds_of(pid) - cpu_before;
  const auto count = static_cast<double>(options_.connections);
  print("connections", count);
  print("all signed in after s", seconds, 2);
  print("sign-in ms", sign_in_time);
  if (pid != 0) print("server CPU ms per sign-in", cpu / count * 1000, 3);
  if (options_.mode == Mode::idle) {
    const double cpu_idle = cpu_seconds_of(pid);
    const std::uint64_t end = now_ns() + static_cast<std::uint64_t>(options_.seconds * 1e9);
    while (now_ns() < end) reactor_.turn(std::chrono::milliseconds{100});
    if (pid != 0) {
      print("server PSS KiB per connection", (pss_kib_of(pid) - pss_before) / count, 2);
      print("server RSS MiB", rss_mib_of(pid), 1);
      print("server CPU % while idle", (cpu_seconds_of(pid) - cpu_idle) / options_.seconds * 100, 2);
    }
  }
  print(faults);
  return ok();
}

void IdleLoad::on_received(LoadConnection&, std::string_view) {}

}  // namespace wardroom::bench
