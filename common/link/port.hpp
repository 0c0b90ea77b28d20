#pragma once

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "common/base/inbox.hpp"
#include "common/link/connection.hpp"

namespace wardroom::link {

// A window's way to whichever server the person chooses: one connection at a time, each way in begins a new
// one. What an earlier connection still had to say is dropped. Lives on the window's thread; everything is
// told through the inbox, also from within it.
class Port {
 public:
  struct Handlers {
    std::function<void(const std::string& host, std::uint16_t port, Result<Digest> pin)> pin_fetched;
    std::function<void(const Status&)> status;
    std::function<void(protocol::SignedIn)> signed_in;
    std::function<void(protocol::SessionResume::Result)> resumed;
    std::function<void(const protocol::Incoming&)> event;
    std::function<ResumePoint()> resume_point;  // left out: an empty one
  };

  // `inbox` outlives it.
  Port(Inbox& inbox, Handlers handlers);
  ~Port();
  Port(const Port&) = delete;
  Port& operator=(const Port&) = delete;

  // The key that the server at this address shows, without connecting to it for good.
  void fetch_pin(const std::string& host, std::uint16_t port);
  void sign_in(const Introduction& server, protocol::SessionOpen::Params params);
  void accept_invite(const Introduction& server, protocol::AccountAcceptInvite::Params params);
  void resume(const Introduction& server, Secret token);
  void retry_now();
  void close();
  void call(std::string method, std::string params_json, RawAnswer done);

 private:
  template <class F>
  auto current(F told);
  void retire();
  Connection& connection_to(const Introduction& server);

  Inbox& inbox_;
  const Handlers handlers_;
  std::unique_ptr<Connection> connection_;
  std::vector<std::unique_ptr<Connection>> retired_;
  std::uint64_t generation_ = 0;
  std::vector<std::thread> fetching_;
};

}  // namespace wardroom::link
