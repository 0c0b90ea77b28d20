#include "bench/door_load.hpp"

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <set>
#include <thread>

#include "bench/process_usage.hpp"
#include "bench/reactor.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::chrono::seconds kStormPatience{60};
constexpr std::size_t kGuessers = 50;
constexpr std::size_t kGuesses = 10'000;
constexpr int kRefusalsOfEach = 60;

double ms_since(std::uint64_t began) {
  return static_cast<double>(now_ns() - began) / 1e6;
}

// The loopback address with this number, in a network of the test's own.
std::string loopback(int network, std::size_t number) {
  return "127." + std::to_string(network) + "." + std::to_string(number / 250) + "." +
         std::to_string(number % 250 + 1);
}

protocol::SessionOpen::Params open_params(const std::string& user, const std::string& password,
                                          const std::string& device_key = {}) {
  protocol::SessionOpen::Params params;
  params.user = user;
  params.password = Secret(password);
  params.device = {"load generator", "wardroom-load", std::nullopt};
  if (!device_key.empty()) params.device.key = Secret(device_key);
  return params;
}

double median(std::vector<double> values) {
  if (values.empty()) return 0;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2),
                   values.end());
  return values[values.size() / 2];
}

// The only part of an answer that is to differ.
std::string without_request_id(std::string body) {
  const auto at = body.find("\"request\"");
  if (at == std::string::npos) return body;
  const auto value = body.find('"', body.find(':', at));
  return body.erase(at, body.find('"', value + 1) + 1 - at);
}

// Follows the server's memory until it ends.
class MemoryWatch {
 public:
  explicit MemoryWatch(int pid) : pid_(pid), before_(rss_mib_of(pid)), most_(before_) {
    thread_ = std::thread([this] {
      while (!stopping_) {
        most_ = std::max<double>(most_, rss_mib_of(pid_));
        std::this_thread::sleep_for(milliseconds{20});
      }
    });
  }
  ~MemoryWatch() {
    stopping_ = true;
    thread_.join();
  }
  double growth() const { return most_ - before_; }

 private:
  int pid_;
  double before_;
  std::atomic<double> most_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace

Result<HttpClient> DoorLoad::connect_from(const std::string& address) const {
  Target target = target_;
  target.source = address;
  ClientTls tls = tls_;  // a copy: connecting notes the certificate in it
  return HttpClient::connect(tls, target);
}

Result<void> DoorLoad::storm() {
  std::mutex mutex;
  std::vector<double> in_after, answered_after;
  std::atomic<std::uint64_t> told_to_wait{0};
  std::atomic<std::uint64_t> left_out{0};
  const auto sign_in = [&](std::size_t person) {
    const std::uint64_t began = now_ns();
    bool answered = false;
    while (ms_since(began) < static_cast<double>(milliseconds(kStormPatience).count())) {
      auto http = connect_from(loopback(1, person));
      if (!http) {
        std::this_thread::sleep_for(milliseconds{200});
        continue;
      }
      const auto opened =
          http->call<protocol::SessionOpen>(open_params(ground_.people[person].name, kGroundPassword));
      {
        const std::lock_guard lock(mutex);
        if (!answered) answered_after.push_back(ms_since(began));
        answered = true;
        if (opened) in_after.push_back(ms_since(began));
      }
      if (opened) return;
      ++told_to_wait;
      // Retry-After counts whole seconds over HTTP; a client adds a little of its own, so that not all come
      // at once.
      std::this_thread::sleep_for(opened.error().retry_after + milliseconds{person % 500});
    }
    ++left_out;
  };
  const MemoryWatch memory(options_.server_pid);
  const std::uint64_t start = now_ns();
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < ground_.people.size(); ++i) threads.emplace_back(sign_in, i);
  for (auto& thread : threads) thread.join();
  print("people", static_cast<double>(ground_.people.size()));
  print("in", static_cast<double>(in_after.size()));
  print("all done after s", ms_since(start) / 1000, 1);
  print("last one in after s",
        in_after.empty() ? 0 : *std::max_element(in_after.begin(), in_after.end()) / 1000, 1);
  print("last first answer after s",
        answered_after.empty() ? 0 : *std::max_element(answered_after.begin(), answered_after.end()) / 1000,
        1);
  print("answers that said to wait", static_cast<double>(told_to_wait));
  print("server RSS growth MiB", memory.growth(), 1);
  faults.missing = ground_.people.size() - answered_after.size();
  return ok();
}

Result<void> DoorLoad::guess() {
  const std::string user = ground_.people[0].name;
  const std::string key = "the device key of a load test, long enough";
  const std::string home = loopback(3, 0);
  const auto sign_in = [&]() -> Result<double> {
    const std::uint64_t began = now_ns();
    auto http = connect_from(home);
    if (!http) return http.error();
    const auto opened = http->call<protocol::SessionOpen>(open_params(user, kGroundPassword, key));
    if (!opened) return opened.error();
    return ms_since(began);
  };
  if (auto first = sign_in(); !first) return first.error();
  std::atomic<std::size_t> guessed{0};
  std::atomic<std::size_t> refused_early{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < kGuessers; ++i)
    threads.emplace_back([&, i] {
      auto http = connect_from(loopback(4, i));
      while (http && guessed++ < kGuesses) {
        const auto opened =
            http->call<protocol::SessionOpen>(open_params(user, "wrong-" + std::to_string(guessed)));
        if (!opened && opened.error().code != ErrorCode::unauthenticated) ++refused_early;
      }
    });
  std::vector<double> times;
  while (guessed < kGuesses) {
    auto time = sign_in();
    if (time)
      times.push_back(*time);
    else
      ++faults.refused;
    std::this_thread::sleep_for(milliseconds{100});
  }
  for (auto& thread : threads) thread.join();
  print("wrong passwords", static_cast<double>(std::min(guessed.load(), kGuesses)));
  print("refused before any hashing", static_cast<double>(refused_early));
  print("sign-ins of the known device", static_cast<double>(times.size()));
  print("median ms", median(times), 1);
  print("longest ms", times.empty() ? 0 : *std::max_element(times.begin(), times.end()), 1);
  return ok();
}

Result<void> DoorLoad::compare_refusals() {
  const auto& disabled = ground_.people.back();
  auto admin = connect_from(loopback(5, 0));
  if (!admin) return admin.error();
  protocol::AdminUserList::Params query;
  query.query = disabled.name;
  const auto found = admin->call<protocol::AdminUserList>(query, ground_.admin_token);
  if (!found) return found.error();
  for (const auto& account : found->users) {
    if (account.name != disabled.name || account.disabled) continue;
    const auto done = admin->call<protocol::AdminUserDisable>({account.id, "load test"}, ground_.admin_token);
    if (!done) return done.error();
  }
  const std::vector<std::pair<std::string, std::string>> kinds{{"unknown", "nobody-of-this-name"},
                                                               {"known", ground_.people[0].name},
                                                               {"administrator", options_.admin_user},
                                                               {"disabled", disabled.name}};
  std::vector<std::vector<double>> times(kinds.size());
  std::set<std::string> answers;
  std::size_t address = 1;
  for (int round = 0; round < kRefusalsOfEach; ++round)
    for (std::size_t kind = 0; kind < kinds.size(); ++kind) {
      auto http = connect_from(loopback(6, address++));
      if (!http) return http.error();
      const std::uint64_t began = now_ns();
      const auto opened =
          http->call<protocol::SessionOpen>(open_params(kinds[kind].second, "a wrong password"));
      times[kind].push_back(ms_since(began));
      if (opened) return make_error(ErrorCode::internal, "A wrong password opened a session.");
      answers.insert(without_request_id(http->last_body()));
    }
  for (std::size_t kind = 0; kind < kinds.size(); ++kind)
    print("median ms, " + kinds[kind].first, median(times[kind]), 1);
  print("different answers", static_cast<double>(answers.size()));
  faults.mismatches = answers.size() - 1;
  return ok();
}

}  // namespace wardroom::bench
