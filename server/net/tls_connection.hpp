#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <openssl/types.h>

#include "server/net/socket_bio.hpp"

namespace wardroom::net {

// The server's end of TLS over one non-blocking socket that it doesn't own. Never blocks and never waits:
// each call does what the socket allows and says what to wait for. Lives on one network thread.
class TlsConnection {
 public:
  enum class Outcome {
    done,
    want_read,   // repeat when the socket is readable
    want_write,  // repeat when it is writable
    closed,      // the other end said that it is finished
    failed,      // broken: only closing is left
  };
  struct Transfer {
    Outcome outcome = Outcome::done;
    std::size_t bytes = 0;
  };

  TlsConnection(SSL_CTX* context, SocketBio& bio, int socket);

  Outcome handshake();
  // Whether a byte came for the handshake: who closes before that, as a health check does, never began one.
  bool has_heard() const { return heard_; }
  // What the handshake agreed on, such as "1.3".
  std::string version() const;
  Transfer read(std::span<char> out);
  // At most one record is written: the first 16 KiB. After want_write it must be called with the same bytes,
  // or the same and more; they may have moved.
  Transfer write(std::span<const char> bytes);
  // Says once that nothing more will be sent (close_notify), if the socket takes it at once.
  void finish();

 private:
  struct Free {
    void operator()(SSL* ssl) const;
  };
  Outcome outcome_of(int result);

  std::unique_ptr<SSL, Free> ssl_;
  SocketBio* bio_;  // the thread's; outlives this
  int socket_;
  bool heard_ = false;
  bool usable_ = false;  // the handshake is done and nothing has failed since
};

}  // namespace wardroom::net
