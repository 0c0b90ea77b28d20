#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "common/link/connection.hpp"

namespace wardroom::link {

// A Connection for programs that do one thing after the other. One thread at a time; every member blocks,
// none for longer than the options' timeouts allow. It never reconnects by itself.
class BlockingClient {
 public:
  explicit BlockingClient(protocol::Introduction introduction, ConnectionOptions options = {});
  ~BlockingClient();

  Result<protocol::SignedIn> sign_in(protocol::SessionOpen::Params params);
  Result<protocol::SignedIn> accept_invite(protocol::AccountAcceptInvite::Params params);
  Result<protocol::SessionResume::Result> resume(Secret token, ResumePoint from = {});

  template <class M>
  Result<typename M::Result> call(const typename M::Params& params = {}) {
    auto answer = call_raw(std::string(M::kName), protocol::encode(params));
    if (!answer) return std::move(answer).error();
    return protocol::decode<typename M::Result>(*answer, "result");
  }
  Result<boost::json::value> call_raw(std::string method, std::string params_json);

  // As the last connection left it: it may know the server by other keys than it began with.
  const protocol::Introduction& introduction() const;

  // The next event, or nothing when `wait` is over first; an error when the connection is gone. Of events
  // that nobody asks for, the newest max_undelivered_events are kept.
  Result<std::optional<protocol::Incoming>> next_event(std::chrono::milliseconds wait);

 private:
  struct State;
  Result<protocol::SignedIn> wait_for_session();

  std::shared_ptr<State> state_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace wardroom::link
