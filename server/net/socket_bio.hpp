#pragma once

#include <cstddef>
#include <cstdint>

#include <openssl/types.h>

namespace wardroom::net {

// The one BIO of a network thread: every TLS connection of the thread reads and writes through it, after it
// was pointed at that connection's socket. It saves each connection a BIO of its own, sends without SIGPIPE,
// and doesn't ask a socket again that has just been read empty. Lives on one network thread and outlives its
// connections.
class SocketBio {
 public:
  SocketBio();
  SocketBio(const SocketBio&) = delete;
  SocketBio& operator=(const SocketBio&) = delete;
  ~SocketBio();

  BIO* bio() const { return bio_; }
  // Until the next call, OpenSSL talks to this socket.
  void select(int socket) {
    socket_ = socket;
    drained_ = false;
  }

  // Called by OpenSSL; the arguments and results of BIO_read_ex and BIO_write_ex.
  int read(char* out, std::size_t size, std::size_t& done);
  int write(const char* bytes, std::size_t size, std::size_t& done);

  std::uint64_t bytes_in = 0;
  std::uint64_t bytes_out = 0;

 private:
  BIO* bio_ = nullptr;
  int socket_ = -1;
  bool drained_ = false;
};

}  // namespace wardroom::net
