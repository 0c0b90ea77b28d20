#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "common/base/inbox.hpp"
#include "common/link/connection.hpp"

namespace wardroom::link {

// A window's way to whichever server the person chooses: one connection at a time, each way in begins a new
// one. What an earlier connection still had to say is dropped. Lives on the window's thread and returns at
// once; everything is told through the inbox, also from within it. Tests stand in for server and network
// here.
class Port {
 public:
  struct Handlers {
    std::function<void(const std::string& host, std::uint16_t port, Result<Digest> pin)> pin_fetched;
    std::function<void(const Status&)> status;
    std::function<void(const protocol::Introduction& now)> keys_changed;  // as of a Connection
    std::function<void(protocol::SignedIn)> signed_in;
    std::function<void(protocol::SessionResume::Result)> resumed;
    std::function<void(const protocol::Incoming&)> event;
    // As of a Connection: on its thread, and for a moment also after the port is gone.
    std::function<bool(std::string_view method)> wants_event;
    std::function<ResumePoint()> resume_point;  // left out: an empty one
  };

  virtual ~Port() = default;
  // The key that the server at this address shows, without connecting to it for good.
  virtual void fetch_pin(const std::string& host, std::uint16_t port) = 0;
  virtual void enter(const protocol::Introduction& server, Way way) = 0;
  virtual void retry_now() = 0;
  virtual void close() = 0;
  virtual void call(std::string method, std::string params_json, RawDone done) = 0;
};

// The real one. `inbox` outlives it.
std::unique_ptr<Port> open_port(Inbox& inbox, Port::Handlers handlers, ConnectionOptions options = {});

}  // namespace wardroom::link
