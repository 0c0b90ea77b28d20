#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <openssl/types.h>

#include "bench/floor/rooms.hpp"
#include "protocol/websocket.hpp"

namespace wardroom::bench {

// A client of the floor: TLS, the upgrade to WebSocket, frames. Answers what the load generator asks.
class FloorPeer {
 public:
  // Takes the socket over.
  FloorPeer(int socket, SSL_CTX* context, FloorRooms& rooms);
  FloorPeer(const FloorPeer&) = delete;
  FloorPeer& operator=(const FloorPeer&) = delete;
  ~FloorPeer();

  int socket() const { return socket_; }
  // Takes what came; whoever got something to send by it is appended to `dirty` once. False: it is over.
  bool take(std::vector<FloorPeer*>& dirty);
  // Writes what is queued. False: the socket takes no more now.
  bool flush();
  bool is_dirty = false;
  bool waits_writable = false;
  bool is_gone = false;

 private:
  struct Free {
    void operator()(SSL* ssl) const;
  };
  bool take_bytes(std::span<char> bytes, std::vector<FloorPeer*>& dirty);
  bool upgrade(std::string_view request);
  void answer(std::string_view request, std::vector<FloorPeer*>& dirty);
  void sign_in(std::string_view request);
  void post(std::string_view request, std::vector<FloorPeer*>& dirty);
  void mark(std::vector<FloorPeer*>& dirty);

  int socket_;
  FloorRooms& rooms_;
  std::unique_ptr<SSL, Free> ssl_;
  const std::vector<FloorRoom*>* inside_ = nullptr;
  std::string output_;
  std::string head_;  // of the request for the upgrade
  bool is_web_socket_ = false;
  protocol::FrameDecoder decoder_{protocol::Side::server, 1 << 20};
};

}  // namespace wardroom::bench
