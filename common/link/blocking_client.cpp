#include "common/link/blocking_client.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>

namespace wardroom::link {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

namespace {

// What the link's thread has to tell, until the caller's thread looks.
class ToldQueue {
 public:
  // Link's thread.
  void add(std::function<void()> what) {
    {
      const std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(what));
    }
    added_.notify_one();
  }

  // Caller's thread: runs one, or nothing when the deadline comes first.
  bool run_one(steady_clock::time_point deadline) {
    std::unique_lock lock(mutex_);
    if (!added_.wait_until(lock, deadline, [this] { return !waiting_.empty(); })) return false;
    const auto what = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    what();
    return true;
  }

 private:
  std::mutex mutex_;
  std::condition_variable added_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace

// Touched by the caller's thread alone, but for what is told.
struct BlockingClient::State {
  protocol::Introduction introduction;
  ToldQueue told;
  std::optional<protocol::SignedIn> signed_in;
  std::optional<protocol::SessionResume::Result> resumed;
  std::optional<Error> lost;
  std::deque<protocol::Incoming> events;
  ResumePoint from;

  // False when the deadline came first.
  template <class Condition>
  bool wait_until(Condition is_met, steady_clock::time_point deadline = steady_clock::time_point::max()) {
    while (!is_met())
      if (!told.run_one(deadline)) return is_met();
    return true;
  }
};

BlockingClient::BlockingClient(protocol::Introduction introduction, ConnectionOptions options)
    : state_(std::make_shared<State>()) {
  state_->introduction = introduction;
  options.reconnect = false;
  Handlers handlers;
  State& state = *state_;
  handlers.keys_changed = [&state](const protocol::Introduction& now) { state.introduction = now; };
  handlers.signed_in = [&state](protocol::SignedIn signed_in) { state.signed_in = std::move(signed_in); };
  handlers.resumed = [&state](protocol::SessionResume::Result resumed) {
    state.resumed = std::move(resumed);
  };
  handlers.status = [&state](const Status& status) {
    if (status.state == LinkState::offline) state.lost = status.error;
  };
  handlers.event = [&state, most = options.max_undelivered_events](protocol::Incoming event) {
    if (state.events.size() >= most) state.events.pop_front();
    state.events.push_back(std::move(event));
  };
  handlers.resume_point = [&state] { return state.from; };
  handlers.post = [&state](std::function<void()> what) { state.told.add(std::move(what)); };
  connection_ = std::make_unique<Connection>(std::move(introduction), std::move(handlers), options);
}

const protocol::Introduction& BlockingClient::introduction() const {
  return state_->introduction;
}

// The connection goes first: its thread adds to what is told.
BlockingClient::~BlockingClient() {
  connection_.reset();
}

Result<protocol::SignedIn> BlockingClient::sign_in(protocol::SessionOpen::Params params) {
  state_->lost.reset();
  connection_->enter(std::move(params));
  return wait_for_session();
}

Result<protocol::SignedIn> BlockingClient::accept_invite(protocol::AccountAcceptInvite::Params params) {
  state_->lost.reset();
  connection_->enter(std::move(params));
  return wait_for_session();
}

Result<protocol::SignedIn> BlockingClient::wait_for_session() {
  state_->signed_in.reset();
  state_->resumed.reset();
  // The connection's own timeouts end this wait.
  state_->wait_until([this] { return state_->lost || state_->resumed; });
  // An account whose sign-in worked keeps its token, even if the connection broke right after it.
  if (state_->signed_in) return std::move(*state_->signed_in);
  return *state_->lost;
}

Result<protocol::SessionResume::Result> BlockingClient::resume(Secret token, ResumePoint from) {
  state_->lost.reset();
  state_->resumed.reset();
  state_->from = std::move(from);
  connection_->enter(std::move(token));
  state_->wait_until([this] { return state_->lost || state_->resumed; });
  if (state_->resumed) return std::move(*state_->resumed);
  return *state_->lost;
}

Result<boost::json::value> BlockingClient::call_raw(std::string method, std::string params_json) {
  std::optional<Result<boost::json::value>> answer;
  connection_->call_raw(std::move(method), std::move(params_json),
                        [&answer](Result<boost::json::value> result) { answer = std::move(result); });
  // Told in any case: by the server, the call's timeout, or the connection's end.
  state_->wait_until([&answer] { return answer.has_value(); });
  return std::move(*answer);
}

Result<std::optional<protocol::Incoming>> BlockingClient::next_event(milliseconds wait) {
  const auto deadline = steady_clock::now() + wait;
  state_->wait_until([this] { return !state_->events.empty() || state_->lost; }, deadline);
  if (!state_->events.empty()) {
    std::optional<protocol::Incoming> event = std::move(state_->events.front());
    state_->events.pop_front();
    return event;
  }
  if (state_->lost) return *state_->lost;
  return std::optional<protocol::Incoming>{};
}

}  // namespace wardroom::link
