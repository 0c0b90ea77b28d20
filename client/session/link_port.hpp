#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/json/value.hpp>

#include "client/model/model_events.hpp"
#include "common/base/inbox.hpp"
#include "protocol/methods/account.hpp"

namespace wardroom::client {

// The session's view of the link, so that tests can stand in for server and network. The window's thread;
// whatever is told comes through the inbox.
class LinkPort {
 public:
  using Done = std::function<void(Result<boost::json::value>)>;
  struct ResumePoint {
    std::optional<std::int64_t> epoch;
    std::map<RoomId, Seq> rooms;
  };
  struct Handlers {
    std::function<void(Event)> event;
    std::function<ResumePoint()> resume_point;
  };

  virtual ~LinkPort() = default;
  virtual void fetch_pin(const std::string& host, std::uint16_t port) = 0;
  virtual void sign_in(const Introduction& server, protocol::SessionOpen::Params params) = 0;
  virtual void accept_invite(const Introduction& server, protocol::AccountAcceptInvite::Params params) = 0;
  virtual void resume(const Introduction& server, Secret token) = 0;
  virtual void retry_now() = 0;
  virtual void close() = 0;
  virtual void call(std::string method, std::string params_json, Done done) = 0;
};

// The real one. `inbox` outlives it.
std::unique_ptr<LinkPort> open_link_port(Inbox& inbox, LinkPort::Handlers handlers);

}  // namespace wardroom::client
