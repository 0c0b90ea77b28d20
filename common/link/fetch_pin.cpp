#include "common/link/fetch_pin.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <openssl/x509.h>

#include "common/link/link_error.hpp"
#include "common/link/tls_client.hpp"
#include "common/link/trust.hpp"
#include "protocol/introduction.hpp"

namespace wardroom::link {

Result<Digest> fetch_pin(const std::string& host, std::uint16_t port, std::chrono::milliseconds timeout,
                         std::stop_token stop, FindAddresses find_addresses) {
  std::optional<Digest> pin;
  TlsClient client(
      [&pin](X509*, stack_st_X509* shown) -> Result<void> {
        // The server sends leaf and CA; of several, the last signs the others.
        X509* last = sk_X509_value(shown, sk_X509_num(shown) - 1);
        if (last && X509_check_ca(last) > 0) pin = pin_of(last);
        // Refusing the certificate ends the handshake before we could send anything.
        return link_error(reason::kPinMismatch, "The server isn't known yet.");
      },
      std::move(find_addresses));
  boost::asio::io_context io;
  TlsStream stream(io, client.context());
  Result<void> dialled =
      link_error(reason::kTimeout, "No answer from " + to_string(protocol::Introduction{host, port, {}}) +
                                       ". Is the address right?");
  boost::asio::co_spawn(io, client.dial(stream, host, port),
                        [&dialled](std::exception_ptr, Result<void> result) { dialled = std::move(result); });
  const std::stop_callback on_stop(std::move(stop), [&io] { io.stop(); });
  io.run_for(timeout);
  client.give_up();
  boost::system::error_code ignored;
  stream.next_layer().close(ignored);
  if (pin) return *pin;
  if (!dialled && dialled.error().reason != reason::kPinMismatch) return dialled.error();
  return link_error(
      reason::kCertificateInvalid,
      "The server doesn't show the certificate of its CA, so its fingerprint can't be compared.");
}

}  // namespace wardroom::link
