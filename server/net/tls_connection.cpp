#include "server/net/tls_connection.hpp"

#include <algorithm>
#include <new>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace wardroom::net {

void TlsConnection::Free::operator()(SSL* ssl) const {
  SSL_free(ssl);
}

TlsConnection::TlsConnection(SSL_CTX* context, SocketBio& bio, int socket)
    : ssl_(SSL_new(context)), bio_(&bio), socket_(socket) {
  if (!ssl_) throw std::bad_alloc();
  BIO_up_ref(bio.bio());
  BIO_up_ref(bio.bio());
  SSL_set0_rbio(ssl_.get(), bio.bio());
  SSL_set0_wbio(ssl_.get(), bio.bio());
  SSL_set_accept_state(ssl_.get());
}

TlsConnection::Outcome TlsConnection::handshake() {
  ERR_clear_error();
  bio_->select(socket_);
  const auto before = bio_->bytes_in;
  const int result = SSL_do_handshake(ssl_.get());
  heard_ = heard_ || bio_->bytes_in != before;
  if (result == 1) {
    usable_ = true;
    return Outcome::done;
  }
  return outcome_of(result);
}

std::string TlsConnection::version() const {
  std::string_view name = SSL_get_version(ssl_.get());
  if (constexpr std::string_view kPrefix = "TLSv"; name.starts_with(kPrefix))
    name.remove_prefix(kPrefix.size());
  return std::string(name);
}

TlsConnection::Transfer TlsConnection::read(std::span<char> out) {
  ERR_clear_error();
  bio_->select(socket_);
  std::size_t bytes = 0;
  const int result = SSL_read_ex(ssl_.get(), out.data(), out.size(), &bytes);
  if (result == 1) return {Outcome::done, bytes};
  return {outcome_of(result), 0};
}

TlsConnection::Transfer TlsConnection::write(std::span<const char> bytes) {
  ERR_clear_error();
  bio_->select(socket_);
  std::size_t written = 0;
  const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
  if (result == 1) return {Outcome::done, written};
  return {outcome_of(result), 0};
}

void TlsConnection::finish() {
  if (!usable_) return;
  usable_ = false;
  ERR_clear_error();
  bio_->select(socket_);
  SSL_shutdown(ssl_.get());
}

TlsConnection::Outcome TlsConnection::outcome_of(int result) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      return Outcome::want_read;
    case SSL_ERROR_WANT_WRITE:
      return Outcome::want_write;
    case SSL_ERROR_ZERO_RETURN:
      return Outcome::closed;
    default:
      break;
  }
  ERR_clear_error();
  usable_ = false;
  return Outcome::failed;
}

}  // namespace wardroom::net
