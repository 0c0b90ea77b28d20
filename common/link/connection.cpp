#include "common/link/connection.hpp"

#include <atomic>
#include <cassert>
#include <thread>
#include <variant>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include "common/base/random.hpp"
#include "common/link/reconnect_wait.hpp"
#include "common/link/request_table.hpp"
#include "common/link/resume_batches.hpp"
#include "common/link/wire.hpp"

namespace wardroom::link {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;
using std::chrono::milliseconds;

// More than a wire's goodbye takes.
constexpr milliseconds kFarewell{2'000};

}  // namespace

// Lives on the link's thread, but for what is atomic and for `post`ing to that thread.
class Connection::Impl : public std::enable_shared_from_this<Impl> {
 public:
  Impl(protocol::Introduction introduction, Handlers handlers, ConnectionOptions options)
      : introduction_(std::move(introduction)),
        handlers_(std::move(handlers)),
        options_(std::move(options)),
        reconnect_min_(options_.reconnect_min),
        reconnect_max_(options_.reconnect_max) {}

  void start() {
    thread_ = std::thread([this] {
      io_.run();
      // What a wire still waits for when its time is over never comes; it is let go with io_.
      io_.restart();
      io_.run_for(kFarewell);
    });
  }

  // On the owner's thread. The wire says its goodbye while the thread runs out of work.
  void stop() {
    on_link([](Impl& self) {
      self.leave();
      self.io_.stop();
    });
    if (handlers_.post) wanted_ = false;
    work_.reset();
    assert(thread_.get_id() != std::this_thread::get_id());
    thread_.join();
    wanted_ = false;
  }

  template <class F>
  void on_link(F f) {
    asio::post(io_, [self = shared_from_this(), f = std::move(f)]() mutable { f(*self); });
  }

  void enter(Way way) {
    abandon(link_error(reason::kClosed, "Signed in again."));
    way_ = std::move(way);
    attempt_ = 0;
    connect();
  }

  void leave() {
    const bool was_idle = status_ == LinkState::idle;
    way_.reset();
    abandon(link_error(reason::kClosed, "The connection was closed."));
    if (!was_idle) show({LinkState::idle, {}, false, {}});
  }

  void retry_now() {
    if (status_ == LinkState::offline && way_) connect();
  }

  void request(std::string method, std::string params_json, RawDone done, milliseconds timeout);

  // Counts calls from `call_raw` on, on any thread, to their answer.
  std::atomic<std::size_t> pending_calls_ = 0;
  const ConnectionOptions& options() const { return options_; }
  void answer(RawDone done, Result<boost::json::value> result);

 private:
  void connect();
  void learn(const protocol::Introduction& checked);
  void identify();
  void send_request(std::string_view method, std::string_view params_json, RawDone done,
                    milliseconds timeout);
  template <class M>
  void ask_for_session(const typename M::Params& params);
  void ask_resume_point();
  void resume_from(const ResumePoint& point);
  void resume_batch(std::uint64_t round);
  void come_online();
  void receive(std::string_view text);
  void lose(Loss loss);
  void go_offline(Error error, bool resumable);
  void abandon(const Error& error);
  void watch_dial(SteadyPoint since);
  void watch_deadlines();
  SteadyPoint heard() const { return wire_ ? wire_->heard() : SteadyPoint{}; }
  void show(Status status);
  void tell(std::function<void()> what);
  void tell_event(protocol::Incoming event);
  void delivered();

  protocol::Introduction introduction_;
  const Handlers handlers_;
  const ConnectionOptions options_;
  milliseconds reconnect_min_;
  milliseconds reconnect_max_;

  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> work_{io_.get_executor()};
  asio::steady_timer attempt_timer_{io_};   // the dial's deadline, or the wait for the next one
  asio::steady_timer deadline_timer_{io_};  // of the requests
  std::thread thread_;

  std::optional<Way> way_;  // nothing: nothing is tried
  LinkState status_ = LinkState::idle;
  unsigned attempt_ = 0;
  std::uint64_t round_ = 0;  // counts connections, so that late answers to an earlier one are known
  std::shared_ptr<Wire> wire_;
  bool dialling_ = false;
  RequestTable requests_;
  std::vector<protocol::SessionResume::Params> resume_batches_;
  std::optional<protocol::SessionResume::Result> resumed_;
  std::vector<protocol::Incoming> held_events_;  // came before the answer to session.resume

  std::atomic<std::size_t> undelivered_ = 0;
  std::atomic<bool> wanted_ = true;  // false: the Connection is gone
};

void Connection::Impl::connect() {
  ++round_;
  show({LinkState::connecting, {}, false, {}});
  resumed_.reset();
  Wire::Events events;
  events.opened = [this](const protocol::Introduction& checked) {
    // From here on each answer has its own deadline.
    dialling_ = false;
    attempt_timer_.cancel();
    learn(checked);
    identify();
  };
  events.text = [this](std::string_view text) { receive(text); };
  events.lost = [this](Loss loss) { lose(std::move(loss)); };
  wire_ = dial_wire(io_, introduction_, {options_.max_incoming_bytes, options_.silence_limit},
                    std::move(events), options_.find_addresses);
  dialling_ = true;
  watch_dial(std::chrono::steady_clock::now());
}

void Connection::Impl::watch_dial(SteadyPoint since) {
  const Patience patience{options_.connect_timeout, options_.total_limit};
  attempt_timer_.expires_at(end_of_wait(patience, since, heard()));
  attempt_timer_.async_wait([this, patience, since, round = round_](error_code cancelled) {
    // A handler that was already queued doesn't hear of a cancellation.
    if (cancelled || round != round_ || !dialling_) return;
    const auto now = std::chrono::steady_clock::now();
    if (now < end_of_wait(patience, since, heard())) return watch_dial(since);
    const bool is_silent = now >= heard() + patience.silence;
    const auto waited = is_silent ? patience.silence : patience.limit;
    lose({link_error(reason::kTimeout, "No answer from " + to_string(introduction_) + " for " +
                                           std::to_string(waited.count() / 1000) +
                                           " s. Look at the network and try again.")});
  });
}

// The next connection goes by what this one learned, whatever the owner does with it.
void Connection::Impl::learn(const protocol::Introduction& checked) {
  if (introduction_.ca_pin == checked.ca_pin && introduction_.next_pin == checked.next_pin) return;
  introduction_ = checked;
  if (handlers_.keys_changed) tell([this, checked] { handlers_.keys_changed(checked); });
}

void Connection::Impl::identify() {
  if (const auto* open = std::get_if<protocol::SessionOpen::Params>(&*way_))
    ask_for_session<protocol::SessionOpen>(*open);
  else if (const auto* accept = std::get_if<protocol::AccountAcceptInvite::Params>(&*way_))
    ask_for_session<protocol::AccountAcceptInvite>(*accept);
  else
    ask_resume_point();
}

template <class M>
void Connection::Impl::ask_for_session(const typename M::Params& params) {
  send_request(
      M::kName, protocol::encode(params),
      [this](Result<boost::json::value> answer) {
        auto signed_in = answer ? protocol::decode<protocol::SignedIn>(*answer, "result")
                                : Result<protocol::SignedIn>(std::move(answer).error());
        if (!signed_in) return lose({std::move(signed_in).error(), false});
        way_ = signed_in->token;
        if (handlers_.signed_in)
          tell([this, told = std::move(*signed_in)]() mutable { handlers_.signed_in(std::move(told)); });
        ask_resume_point();
      },
      options_.connect_timeout);
}

void Connection::Impl::ask_resume_point() {
  if (!handlers_.resume_point) return resume_from({});
  tell([this, round = round_] {
    on_link([point = handlers_.resume_point(), round](Impl& self) {
      if (round == self.round_ && self.wire_) self.resume_from(point);
    });
  });
}

void Connection::Impl::resume_from(const ResumePoint& point) {
  resume_batches_ = make_resume_batches(std::get<Secret>(*way_), point);
  resume_batch(round_);
}

void Connection::Impl::resume_batch(std::uint64_t round) {
  const auto params = std::move(resume_batches_.front());
  resume_batches_.erase(resume_batches_.begin());
  send_request(
      protocol::SessionResume::kName, protocol::encode(params),
      [this, round](Result<boost::json::value> answer) {
        auto resumed = answer ? protocol::decode<protocol::SessionResume::Result>(*answer, "result")
                              : Result<protocol::SessionResume::Result>(std::move(answer).error());
        if (!resumed) {
          const auto& error = resumed.error();
          const bool is_refused =
              error.code == ErrorCode::unauthenticated || error.code == ErrorCode::forbidden;
          return lose({error, !is_refused});
        }
        merge_resumed(resumed_, std::move(*resumed));
        if (resume_batches_.empty()) return come_online();
        resume_batch(round);
      },
      options_.connect_timeout);
}

void Connection::Impl::come_online() {
  attempt_ = 0;
  if (resumed_->reconnect_max_ms > 0) {
    reconnect_min_ = milliseconds{resumed_->reconnect_min_ms};
    reconnect_max_ = milliseconds{resumed_->reconnect_max_ms};
  }
  if (handlers_.resumed)
    tell([this, told = std::move(*resumed_)]() mutable { handlers_.resumed(std::move(told)); });
  resumed_.reset();
  show({LinkState::online, {}, false, {}});
  for (auto& event : std::exchange(held_events_, {})) tell_event(std::move(event));
}

void Connection::Impl::receive(std::string_view text) {
  auto incoming = protocol::parse_incoming(text);
  if (!incoming) return lose({std::move(incoming).error()});
  if (incoming->method.empty()) {
    auto waiting = requests_.take(incoming->key);
    if (!waiting) return;  // its time was over
    watch_deadlines();
    if (incoming->error) return (*waiting)(std::move(*incoming->error));
    return (*waiting)(std::move(incoming->body));
  }
  if (status_ == LinkState::online) return tell_event(std::move(*incoming));
  if (held_events_.size() >= options_.max_undelivered_events)
    return lose({link_error(reason::kBusy, "More happened during the sign-in than can be held.")});
  held_events_.push_back(std::move(*incoming));
}

void Connection::Impl::request(std::string method, std::string params_json, RawDone done,
                               milliseconds timeout) {
  if (status_ != LinkState::online)
    return answer(std::move(done),
                  link_error(reason::kOffline, "Not connected to " + to_string(introduction_) + "."));
  if (wire_->queued_bytes() + params_json.size() > options_.max_queued_bytes)
    return answer(std::move(done),
                  link_error(reason::kBusy, "Too much waits to be sent. Try again in a moment."));
  send_request(
      method, params_json,
      [this, done = std::move(done)](Result<boost::json::value> result) mutable {
        answer(std::move(done), std::move(result));
      },
      timeout.count() > 0 ? timeout : options_.call_timeout);
}

void Connection::Impl::send_request(std::string_view method, std::string_view params_json, RawDone done,
                                    milliseconds timeout) {
  const auto id =
      requests_.add(std::move(done), {timeout, options_.total_limit}, std::chrono::steady_clock::now());
  wire_->send(protocol::compose_request(id, method, params_json));
  watch_deadlines();
}

void Connection::Impl::watch_deadlines() {
  const auto earliest = requests_.earliest_deadline(heard());
  if (!earliest) {
    deadline_timer_.cancel();
    return;
  }
  deadline_timer_.expires_at(*earliest);
  deadline_timer_.async_wait([this](error_code cancelled) {
    if (cancelled) return;
    for (auto& late : requests_.take_expired(std::chrono::steady_clock::now(), heard()))
      late(link_error(reason::kTimeout,
                      "The server didn't answer in time. It may or may not have done what was asked."));
    watch_deadlines();
  });
}

void Connection::Impl::lose(Loss loss) {
  // Without a token a person waits for the outcome: one attempt, and no password kept for a second.
  const bool resumable =
      loss.resumable && options_.reconnect && way_ && std::holds_alternative<Secret>(*way_);
  abandon(loss.error);
  go_offline(std::move(loss.error), resumable);
}

void Connection::Impl::go_offline(Error error, bool resumable) {
  if (!resumable) {
    way_.reset();
    return show({LinkState::offline, std::move(error), true, {}});
  }
  auto wait = reconnect_wait(reconnect_min_, reconnect_max_, options_.reconnect_cap, attempt_++,
                             [](std::uint32_t bound) { return random_below(bound); });
  // Someone must look at the server's identity first; a laptop elsewhere meets strangers.
  if (is_trust_error(error)) wait = options_.reconnect_cap;
  wait = std::max(wait, error.retry_after);
  attempt_timer_.expires_after(wait);
  attempt_timer_.async_wait([this, round = round_](error_code cancelled) {
    // A handler that was already queued doesn't hear of a cancellation.
    if (!cancelled && round == round_) connect();
  });
  show({LinkState::offline, std::move(error), false, wait});
}

// Ends the present wire, if any, and everything that hangs on it.
void Connection::Impl::abandon(const Error& error) {
  ++round_;
  dialling_ = false;
  attempt_timer_.cancel();
  held_events_.clear();
  resume_batches_.clear();
  if (wire_) std::exchange(wire_, nullptr)->hang_up();
  const bool was_online = status_ == LinkState::online;
  // While signing in, the table holds only our own requests, whose answers would come back here.
  auto waiting = requests_.take_all();
  watch_deadlines();
  if (was_online)
    for (auto& done : waiting)
      done(error.reason == reason::kClosed
               ? error
               : link_error(reason::kConnectionLost,
                            error.message + " Whether the server did what was asked is unknown."));
}

void Connection::Impl::show(Status status) {
  status_ = status.state;
  if (handlers_.status) tell([this, status = std::move(status)] { handlers_.status(status); });
}

void Connection::Impl::tell(std::function<void()> what) {
  if (!handlers_.post) return what();
  handlers_.post([self = shared_from_this(), what = std::move(what)] {
    if (self->wanted_) what();
  });
}

void Connection::Impl::tell_event(protocol::Incoming event) {
  if (!handlers_.event) return;
  if (handlers_.wants_event && !handlers_.wants_event(event.method)) return;
  if (!handlers_.post) return handlers_.event(std::move(event));
  if (++undelivered_ >= options_.max_undelivered_events && wire_) wire_->set_reading(false);
  // std::function wants copies; a shared one is not copied.
  tell([this, told = std::make_shared<protocol::Incoming>(std::move(event))] {
    handlers_.event(std::move(*told));
    delivered();
  });
}

void Connection::Impl::delivered() {
  if (--undelivered_ != options_.max_undelivered_events / 2) return;
  on_link([](Impl& self) {
    if (self.wire_) self.wire_->set_reading(true);
  });
}

void Connection::Impl::answer(RawDone done, Result<boost::json::value> result) {
  --pending_calls_;
  tell([done = std::move(done), result = std::make_shared<Result<boost::json::value>>(std::move(result))] {
    done(std::move(*result));
  });
}

Connection::Connection(protocol::Introduction introduction, Handlers handlers, ConnectionOptions options)
    : impl_(std::make_shared<Impl>(std::move(introduction), std::move(handlers), std::move(options))) {
  impl_->start();
}

Connection::~Connection() {
  impl_->stop();
}

void Connection::enter(Way way) {
  impl_->on_link([way = std::move(way)](Impl& impl) mutable { impl.enter(std::move(way)); });
}

void Connection::retry_now() {
  impl_->on_link([](Impl& impl) { impl.retry_now(); });
}

void Connection::close() {
  impl_->on_link([](Impl& impl) { impl.leave(); });
}

void Connection::call_raw(std::string method, std::string params_json, RawDone done, milliseconds timeout) {
  const bool is_over = impl_->pending_calls_++ >= impl_->options().max_pending_calls;
  impl_->on_link([is_over, method = std::move(method), params_json = std::move(params_json),
                  done = std::move(done), timeout](Impl& impl) mutable {
    if (is_over)
      return impl.answer(std::move(done),
                         link_error(reason::kBusy, "Too many requests wait for their answers."));
    impl.request(std::move(method), std::move(params_json), std::move(done), timeout);
  });
}

}  // namespace wardroom::link
