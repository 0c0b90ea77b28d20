#include <algorithm>
#include <cerrno>

#include <sys/socket.h>

#include "server/net/connection.hpp"
#include "server/net/loop.hpp"
#include "server/net/proxy_header.hpp"

// A proxy's connection until it has said whose it is.
namespace wardroom::net {

// Takes exactly the header's bytes from the socket: those behind it are TLS.
void Connection::read_proxy_header() {
  for (;;) {
    ProxyHeader header = net::read_proxy_header(*header_);
    switch (header.kind) {
      case ProxyHeader::Kind::refused:
        loop_.note_bad_proxy_header(source.ip, header.reason);
        return drop();
      case ProxyHeader::Kind::client:
        // Whatever it is to the proxy's machine, it isn't this one.
        source = realtime::Source{std::move(header.ip)};
        source.trusted = loop_.shared().admission.is_trusted(source.ip);
        [[fallthrough]];
      case ProxyHeader::Kind::local:
        if (!loop_.shared().admission.identify(source.ip)) return drop();
        header_.reset();
        state_ = State::handshake;
        return step_handshake();
      case ProxyHeader::Kind::need_more:
        break;
    }
    const std::size_t come = header_->size();
    header_->resize(come + header.wanted);
    ssize_t got = 0;
    do got = ::recv(socket_.native_handle(), header_->data() + come, header.wanted, 0);
    while (got < 0 && errno == EINTR);
    header_->resize(come + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got > 0) continue;
    return got < 0 && errno == EAGAIN ? wait_readable() : drop();
  }
}

}  // namespace wardroom::net
