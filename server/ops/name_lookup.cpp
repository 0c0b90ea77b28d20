#include "server/ops/name_lookup.hpp"

#include <atomic>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace wardroom::ops {
namespace {

struct Lookup {
  std::mutex mutex;
  std::condition_variable wake;
  bool is_done = false;
  Addresses found;
};

// Whether a resolver is at work.
std::atomic<bool> resolving{false};

struct Resolving {
  Resolving() = default;
  ~Resolving() { resolving = false; }
  Resolving(const Resolving&) = delete;
  Resolving& operator=(const Resolving&) = delete;
};

}  // namespace

Result<Addresses> look_up(const std::string& host, const std::string& port,
                          std::chrono::milliseconds patience, Resolve resolve) {
  const auto failed = [&](const char* why) {
    return make_error(ErrorCode::unavailable, host + ":" + port + " " + why);
  };
  if (resolving.exchange(true)) return failed("is still being looked up.");
  auto at_work = std::make_shared<Resolving>();
  const auto lookup = std::make_shared<Lookup>();
  std::thread([lookup, host, port, resolve = std::move(resolve), at_work = std::move(at_work)]() mutable {
    addrinfo wanted{};
    wanted.ai_socktype = SOCK_STREAM;
    addrinfo* first = nullptr;
    Addresses found;
    try {
      if (resolve(host.c_str(), port.c_str(), &wanted, &first) == 0) found = Addresses(first, &freeaddrinfo);
    } catch (const std::exception&) {  // no memory: as a name without an address, until it is asked for again
    }
    at_work.reset();  // whoever hears of it may ask for the next
    const std::lock_guard lock(lookup->mutex);
    lookup->found = std::move(found);
    lookup->is_done = true;
    lookup->wake.notify_one();
  }).detach();
  std::unique_lock lock(lookup->mutex);
  if (!lookup->wake.wait_for(lock, patience, [&] { return lookup->is_done; }))
    return failed("has no address yet: the resolver doesn't answer.");
  if (!lookup->found) return failed("has no address.");
  return lookup->found;
}

}  // namespace wardroom::ops
