#include "common/link/tls_client.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509_vfy.h>

#include "common/link/link_error.hpp"
#include "common/link/name_lookup.hpp"
#include "protocol/introduction.hpp"

namespace wardroom::link {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

Error connect_error(const error_code& failure, const std::string& server) {
  if (failure == asio::error::connection_refused)
    return link_error(reason::kConnectionRefused,
                      "Nothing answers at " + server + ". Is the server running, and is the port right?");
  if (failure == asio::error::timed_out)
    return link_error(reason::kTimeout, "No answer from " + server + ". Look at the network and try again.");
  return link_error(reason::kUnreachable, server + " can't be reached (" + failure.message() +
                                              "). Look at the network and try again.");
}

Error handshake_error(const error_code& failure, const std::string& server) {
  if (failure.category() == asio::error::get_ssl_category()) {
    switch (ERR_GET_REASON(static_cast<unsigned long>(failure.value()))) {
      case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      case SSL_R_UNSUPPORTED_PROTOCOL:
      case SSL_R_WRONG_SSL_VERSION:
      case SSL_R_BAD_PROTOCOL_VERSION_NUMBER:
        return link_error(reason::kNotTls13,
                          "The server at " + server +
                              " doesn't speak TLS 1.3, so it isn't a Wardroom server or stands behind a "
                              "proxy that opens the traffic. Nothing was sent. Tell your administrator.");
      case SSL_R_WRONG_VERSION_NUMBER:
        return link_error(reason::kNotTls13, "What answers at " + server +
                                                 " doesn't speak TLS. Is the port right? Nothing was sent.");
      default:
        break;
    }
  }
  return link_error(reason::kHandshakeFailed, "The server at " + server + " broke off the greeting (" +
                                                  failure.message() + "). Is the port right?");
}

// SSL_set_tlsext_host_name, without its C cast.
void set_server_name(SSL* tls, std::string& host) {
  SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
}

}  // namespace

TlsClient::TlsClient(Check check, FindAddresses find_addresses)
    : context_(asio::ssl::context::tls_client),
      check_(std::move(check)),
      find_addresses_(find_addresses ? std::move(find_addresses) : link::find_addresses) {
  SSL_CTX* tls = context_.native_handle();
  SSL_CTX_set_min_proto_version(tls, TLS1_3_VERSION);
  SSL_CTX_set_ciphersuites(tls, "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256");
  SSL_CTX_set1_groups_list(tls, "X25519:P-256");
  SSL_CTX_set_verify(tls, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(tls, &TlsClient::verify, this);
}

int TlsClient::verify(X509_STORE_CTX* store, void* self) {
  auto& client = *static_cast<TlsClient*>(self);
  auto done = client.check_(X509_STORE_CTX_get0_cert(store), X509_STORE_CTX_get0_untrusted(store));
  if (done) return 1;
  client.refusal_ = std::move(done).error();
  X509_STORE_CTX_set_error(store, X509_V_ERR_APPLICATION_VERIFICATION);
  return 0;
}

void TlsClient::give_up() {
  given_up_ = true;
  if (lookup_) lookup_->give_up();
}

asio::awaitable<Result<std::vector<tcp::endpoint>>> TlsClient::find_endpoints(std::string host,
                                                                              std::uint16_t port) {
  error_code failure;
  // An address needs no resolver.
  if (const auto address = asio::ip::make_address(host, failure); !failure)
    co_return std::vector{tcp::endpoint(address, port)};
  lookup_ = std::make_shared<NameLookup>();
  auto found = co_await NameLookup::wait(lookup_, find_addresses_, host);
  if (!found) co_return link_error(reason::kHostNotFound, "The name " + host + " was no longer looked for.");
  if (!*found) co_return std::move(*found).error();
  std::vector<tcp::endpoint> endpoints;
  for (const auto& text : **found)
    if (const auto address = asio::ip::make_address(text, failure); !failure)
      endpoints.emplace_back(address, port);
  co_return endpoints;
}

asio::awaitable<Result<void>> TlsClient::dial(TlsStream& stream, std::string host, std::uint16_t port) {
  const std::string server = to_string(protocol::Introduction{host, port, {}});
  auto found = co_await find_endpoints(host, port);
  if (!found) co_return std::move(found).error();
  error_code failure;
  if (given_up_) co_return connect_error(asio::error::operation_aborted, server);
  co_await asio::async_connect(stream.next_layer(), *found,
                               asio::redirect_error(asio::use_awaitable, failure));
  if (failure) co_return connect_error(failure, server);
  stream.next_layer().set_option(tcp::no_delay(true), failure);

  asio::ip::make_address(host, failure);
  const bool is_name = static_cast<bool>(failure);
  // RFC 6066 section 3: addresses don't go into the server name.
  if (is_name) set_server_name(stream.native_handle(), host);
  co_await stream.async_handshake(asio::ssl::stream_base::client,
                                  asio::redirect_error(asio::use_awaitable, failure));
  if (refusal_) co_return *std::exchange(refusal_, std::nullopt);
  if (failure) co_return handshake_error(failure, server);
  co_return ok();
}

}  // namespace wardroom::link
