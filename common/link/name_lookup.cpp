#include "common/link/name_lookup.hpp"

#include <exception>
#include <thread>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "common/link/link_error.hpp"

namespace wardroom::link {

namespace asio = boost::asio;

Result<std::vector<std::string>> find_addresses(const std::string& host) {
  asio::io_context io;
  asio::ip::tcp::resolver resolver(io);
  boost::system::error_code failure;
  std::vector<std::string> addresses;
  for (const auto& entry : resolver.resolve(host, "", failure))
    addresses.push_back(entry.endpoint().address().to_string());
  if (failure)
    return link_error(reason::kHostNotFound,
                      "The name " + host + " is unknown on this network. Is it spelled right?");
  return addresses;
}

NameLookup::Found NameLookup::look_up(const FindAddresses& find, const std::string& host, Found failed) {
  try {
    return find(host);
  } catch (const std::exception&) {
    return failed;
  }
}

asio::awaitable<std::optional<NameLookup::Found>> NameLookup::wait(std::shared_ptr<NameLookup> self,
                                                                   FindAddresses find, std::string host) {
  asio::steady_timer wake(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
  // Also when the coroutine is destroyed where it stands.
  struct Waiting {
    NameLookup& lookup;
    ~Waiting() { lookup.give_up(); }
  };
  {
    const std::lock_guard lock(self->mutex_);
    self->waiting_ = &wake;
  }
  const Waiting waiting{*self};
  // Made while there is memory: the thread has nobody who would catch what it throws.
  Found failed =
      link_error(reason::kHostNotFound, "The name " + host + " couldn't be looked up. Trying again.");
  std::thread([self, find = std::move(find), host = std::move(host), failed = std::move(failed)]() mutable {
    try {
      self->take(look_up(find, host, std::move(failed)));
    } catch (const std::exception&) {  // nor for waking who waits, whose own time ends the wait
    }
  }).detach();
  boost::system::error_code cancelled;
  co_await wake.async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  const std::lock_guard lock(self->mutex_);
  self->waiting_ = nullptr;
  co_return std::exchange(self->found_, std::nullopt);
}

void NameLookup::give_up() {
  const std::lock_guard lock(mutex_);
  if (auto* wake = std::exchange(waiting_, nullptr)) wake->cancel();
}

// The resolver's thread. While somebody waits, their io_context is there to post to.
void NameLookup::take(Found found) {
  const std::lock_guard lock(mutex_);
  if (!waiting_) return;
  found_ = std::move(found);
  asio::post(waiting_->get_executor(), [self = shared_from_this()] { self->give_up(); });
}

}  // namespace wardroom::link
