#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <openssl/types.h>

#include "common/base/result.hpp"
#include "common/link/find_addresses.hpp"

struct stack_st_X509;

// Internal to link: the only header with Asio in it; wire.cpp and fetch_pin.cpp include it.
namespace wardroom::link {

class NameLookup;

using TlsStream = boost::beast::ssl_stream<boost::asio::ip::tcp::socket>;

// TLS 1.3 and nothing else, with our own judgement of the server's certificates. Outlives its streams.
class TlsClient {
 public:
  using Check = std::function<Result<void>(X509* leaf, stack_st_X509* shown)>;
  // Without `find_addresses`, the system's resolver.
  explicit TlsClient(Check check, FindAddresses find_addresses = {});

  boost::asio::ssl::context& context() { return context_; }

  // Finds the name, connects, and shakes hands; the check runs before a byte of the application could be
  // sent. Closing the socket and give_up() end it early.
  boost::asio::awaitable<Result<void>> dial(TlsStream& stream, std::string host, std::uint16_t port);

  // For while the name is being looked up and there is no socket to close: nobody waits for it any more.
  void give_up();

 private:
  boost::asio::awaitable<Result<std::vector<boost::asio::ip::tcp::endpoint>>> find_endpoints(
      std::string host, std::uint16_t port);
  static int verify(X509_STORE_CTX* store, void* self);

  boost::asio::ssl::context context_;
  Check check_;
  std::optional<Error> refusal_;  // what the check said
  const FindAddresses find_addresses_;
  std::shared_ptr<NameLookup> lookup_;
  bool given_up_ = false;
};

}  // namespace wardroom::link
