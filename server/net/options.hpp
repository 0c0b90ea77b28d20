#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "protocol/limits.hpp"

namespace wardroom::net {

// Where to listen: an address, "::" for all of IPv6 and IPv4, port 0 for any free one.
struct Endpoint {
  std::string address = "::";
  std::uint16_t port = protocol::kDefaultPort;
};

struct Options {
  std::vector<Endpoint> listen{Endpoint{}};
  std::filesystem::path certificate_file;  // PEM, the server's certificate first, then its chain
  std::filesystem::path key_file;          // PEM
  std::size_t threads = 1;
  // What the office is reached by: names and addresses, without port. A request for another name is nobody's
  // who means this server, and an Origin of another is a stranger's page. Empty: any.
  std::vector<std::string> hosts;

  // Limits before sign-in.
  std::size_t max_connections = 20'000;
  std::size_t max_unauthenticated_per_address = 32;
  std::vector<std::string> trusted_ranges;  // CIDR, for example 10.1.0.0/16: exempt from the limit by address
  // CIDR: connections from there begin with a PROXY header, which says who the client is.
  std::vector<std::string> proxy_ranges;
  std::chrono::seconds handshake_timeout{10};  // with the PROXY header before it
  std::chrono::seconds sign_in_timeout{10};    // but for a sign-in whose answer the server owes

  // HTTP.
  std::size_t max_header_bytes = 8 * 1024;
  std::size_t max_body_bytes = protocol::kMaxRequestBytes;
  std::size_t max_body_bytes_before_sign_in = protocol::kMaxRequestBytesBeforeSignIn;  // without a token
  std::chrono::seconds request_timeout{10};     // from its first byte to its last
  std::chrono::seconds keep_alive_timeout{30};  // between requests

  // Liveness of WebSockets.
  std::chrono::seconds ping_after{45};
  std::chrono::seconds idle_timeout{100};
  std::chrono::seconds close_timeout{3};  // from our close frame to the end of the connection

  // Slow readers.
  std::size_t ephemeral_backlog_bytes = 16 * 1024;  // over it, typing and presence are dropped
  std::size_t max_backlog_bytes = 1024 * 1024;      // over it, the connection is closed
  std::chrono::seconds stall_timeout{10};           // without progress, the connection is closed
};

}  // namespace wardroom::net
