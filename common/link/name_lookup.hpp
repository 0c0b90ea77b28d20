#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "common/link/find_addresses.hpp"

namespace wardroom::link {

// One name being looked up. The system's resolver can't be interrupted, so its thread only shares this object
// with whoever waits: who gives up goes on at once, and the thread finds nobody when it comes back.
class NameLookup : public std::enable_shared_from_this<NameLookup> {
 public:
  using Found = Result<std::vector<std::string>>;

  // Nothing: given up. Keeps itself alive; awaited once.
  static boost::asio::awaitable<std::optional<Found>> wait(std::shared_ptr<NameLookup> self,
                                                           FindAddresses find, std::string host);
  // The waiter's thread.
  void give_up();

 private:
  // `failed` where looking up throws.
  static Found look_up(const FindAddresses& find, const std::string& host, Found failed);
  void take(Found found);

  std::mutex mutex_;
  boost::asio::steady_timer* waiting_ = nullptr;  // null: nobody waits, or not any more
  std::optional<Found> found_;
};

}  // namespace wardroom::link
