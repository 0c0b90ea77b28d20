#include "bench/sign_in_load.hpp"

#include <cstdio>

#include "bench/entrance.hpp"
#include "bench/process_usage.hpp"

namespace wardroom::bench {

Result<void> SignInLoad::run() {
  began_.resize(options_.connecting);
  for (std::size_t i = 0; i < options_.connecting; ++i) free_.push_back(i);
  const double cpu_before = cpu_seconds_of(options_.server_pid);
  const std::uint64_t start = now_ns();
  const std::uint64_t end = start + static_cast<std::uint64_t>(options_.seconds * 1e9);
  while (now_ns() < end) {
    while (!free_.empty()) {
      began_[free_.back()] = now_ns();
      auto opened = reactor_.open(free_.back(), *this);
      if (!opened) return opened.error();
      free_.pop_back();
    }
    reactor_.turn(std::chrono::milliseconds{100});
  }
  const double seconds = static_cast<double>(now_ns() - start) / 1e9;
  const double cpu = cpu_seconds_of(options_.server_pid) - cpu_before;
  print("sign-ins/s", static_cast<double>(done_) / seconds);
  print("sign-in ms", time_);
  if (options_.server_pid != 0) {
    print("server CPU ms per sign-in", cpu / static_cast<double>(done_) * 1000, 3);
    print("server RSS MiB", rss_mib_of(options_.server_pid), 1);
  }
  print(faults);
  return ok();
}

void SignInLoad::on_open(LoadConnection& connection) {
  connection.send_text(compose_resume(ground_.people[next_person_++ % ground_.people.size()].token));
}

void SignInLoad::on_text(LoadConnection& connection, std::string_view text) {
  if (text.starts_with(R"({"jsonrpc":"2.0","id":1,"error")")) {
    if (faults.refused++ == 0)
      std::fprintf(stderr, "refused: %.*s\n", static_cast<int>(text.size()), text.data());
  } else if (!text.starts_with(R"({"jsonrpc":"2.0","id":1,"result")")) {
    return;
  } else {
    ++done_;
    time_.add(now_ns() - began_[connection.index()]);
  }
  free_.push_back(connection.index());
  connection.abort();
}

void SignInLoad::on_closed(LoadConnection& connection, std::uint16_t) {
  ++faults.closed;
  free_.push_back(connection.index());
}

}  // namespace wardroom::bench
