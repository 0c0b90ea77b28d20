#include "server/net/socket_bio.hpp"

#include <cerrno>
#include <new>

#include <openssl/bio.h>
#include <sys/socket.h>

namespace wardroom::net {
namespace {

SocketBio& owner(BIO* bio) {
  return *static_cast<SocketBio*>(BIO_get_data(bio));
}

int read_ex(BIO* bio, char* out, std::size_t size, std::size_t* done) {
  return owner(bio).read(out, size, *done);
}

int write_ex(BIO* bio, const char* bytes, std::size_t size, std::size_t* done) {
  return owner(bio).write(bytes, size, *done);
}

long control(BIO*, int command, long, void*) {
  // OpenSSL flushes after each flight; everything else it asks for doesn't apply to us.
  return command == BIO_CTRL_FLUSH ? 1 : 0;
}

// One for the process; lives until it ends.
const BIO_METHOD* method() {
  static const BIO_METHOD* const shared = [] {
    BIO_METHOD* made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket of a network thread");
    if (!made) throw std::bad_alloc();
    BIO_meth_set_read_ex(made, read_ex);
    BIO_meth_set_write_ex(made, write_ex);
    BIO_meth_set_ctrl(made, control);
    return made;
  }();
  return shared;
}

}  // namespace

SocketBio::SocketBio() : bio_(BIO_new(method())) {
  if (!bio_) throw std::bad_alloc();
  BIO_set_data(bio_, this);
  BIO_set_init(bio_, 1);
}

SocketBio::~SocketBio() {
  BIO_free(bio_);
}

int SocketBio::read(char* out, std::size_t size, std::size_t& done) {
  BIO_clear_retry_flags(bio_);
  if (!drained_) {
    ssize_t got = 0;
    do got = recv(socket_, out, size, 0);
    while (got < 0 && errno == EINTR);
    if (got > 0) {
      done = static_cast<std::size_t>(got);
      bytes_in += done;
      drained_ = done < size;
      return 1;
    }
    if (got == 0) return 0;
    if (errno != EAGAIN) return 0;
  }
  drained_ = true;
  BIO_set_retry_read(bio_);
  return 0;
}

int SocketBio::write(const char* bytes, std::size_t size, std::size_t& done) {
  BIO_clear_retry_flags(bio_);
  ssize_t sent = 0;
  do sent = send(socket_, bytes, size, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  if (sent >= 0) {
    done = static_cast<std::size_t>(sent);
    bytes_out += done;
    return 1;
  }
  if (errno == EAGAIN) BIO_set_retry_write(bio_);
  return 0;
}

}  // namespace wardroom::net
