#include "common/link/port.hpp"

#include <thread>
#include <vector>

#include "common/link/fetch_pin.hpp"

namespace wardroom::link {
namespace {

// A person waits for it.
constexpr std::chrono::seconds kFetchPinTimeout{6};

class OfficePort final : public Port {
  // What an earlier connection still has to say is dropped.
  template <class F>
  auto current(F told) {
    return [this, told = std::move(told), generation = generation_](auto&& what) {
      if (generation == generation_) told(std::forward<decltype(what)>(what));
    };
  }

 public:
  OfficePort(Inbox& inbox, Handlers handlers, ConnectionOptions options)
      : inbox_(inbox), handlers_(std::move(handlers)), options_(std::move(options)) {}

  void fetch_pin(const std::string& host, std::uint16_t port) override {
    fetching_ = std::jthread([this, host, port](const std::stop_token& stop) {
      auto pin = link::fetch_pin(host, port, kFetchPinTimeout, stop, options_.find_addresses);
      if (!stop.stop_requested())
        post([this, host, port, pin = std::move(pin)] { handlers_.pin_fetched(host, port, pin); });
    });
  }

  void enter(const protocol::Introduction& server, Way way) override {
    retire();
    link::Handlers handlers;
    handlers.status = current(handlers_.status);
    if (handlers_.keys_changed) handlers.keys_changed = current(handlers_.keys_changed);
    handlers.signed_in = current(handlers_.signed_in);
    handlers.resumed = current(handlers_.resumed);
    handlers.event = current(handlers_.event);
    handlers.wants_event = handlers_.wants_event;
    handlers.resume_point = handlers_.resume_point;
    handlers.post = [this](std::function<void()> job) { inbox_.post(std::move(job)); };
    connection_ = std::make_unique<Connection>(server, std::move(handlers), options_);
    connection_->enter(std::move(way));
  }

  void retry_now() override {
    if (connection_) connection_->retry_now();
  }

  void close() override { retire(); }

  void call(std::string method, std::string params_json, RawDone done) override {
    if (!connection_)
      return post([done = std::move(done)] { done(link_error(reason::kOffline, "You're offline.")); });
    connection_->call_raw(std::move(method), std::move(params_json), current(std::move(done)));
  }

 private:
  // Any thread. The inbox may be drained when this is gone.
  template <class F>
  void post(F job) {
    inbox_.post([here = std::weak_ptr(here_), job = std::move(job)] {
      if (!here.expired()) job();
    });
  }

  // The call may come from one of its own handlers, within which a Connection can't be destroyed.
  void retire() {
    ++generation_;
    if (!connection_) return;
    retired_.push_back(std::move(connection_));
    post([this] { retired_.clear(); });
  }

  Inbox& inbox_;
  const Handlers handlers_;
  const ConnectionOptions options_;
  std::unique_ptr<Connection> connection_;
  std::vector<std::unique_ptr<Connection>> retired_;
  std::uint64_t generation_ = 0;
  const std::shared_ptr<const bool> here_ = std::make_shared<const bool>(true);
  std::jthread fetching_;  // before all else it ends
};

}  // namespace

std::unique_ptr<Port> open_port(Inbox& inbox, Port::Handlers handlers, ConnectionOptions options) {
  return std::make_unique<OfficePort>(inbox, std::move(handlers), std::move(options));
}

}  // namespace wardroom::link
