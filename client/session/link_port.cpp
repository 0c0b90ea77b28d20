#include "client/session/link_port.hpp"

#include <algorithm>
#include <thread>

#include <spdlog/spdlog.h>

#include "common/link/connection.hpp"
#include "common/link/fetch_pin.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::client {
namespace {

// Somebody waits for the window to close meanwhile, at worst.
constexpr std::chrono::seconds kFetchPinTimeout{6};

LinkChanged changed(const link::Status& status) {
  LinkChanged event;
  switch (status.state) {
    case link::LinkState::idle:
      event.state = LinkChanged::State::idle;
      break;
    case link::LinkState::connecting:
      event.state = LinkChanged::State::connecting;
      break;
    case link::LinkState::online:
      event.state = LinkChanged::State::online;
      break;
    case link::LinkState::offline:
      event.state = LinkChanged::State::offline;
      break;
  }
  event.error = status.error;
  event.final = status.final;
  event.retry_in = status.retry_in;
  return event;
}

// A newer server may tell what this client doesn't know; that is no error.
std::optional<Event> event_of(const protocol::Incoming& incoming) {
  std::optional<Event> event;
  boost::mp11::mp_for_each<boost::mp11::mp_transform<std::type_identity, protocol::Events>>([&](auto type) {
    using E = typename decltype(type)::type;
    if (incoming.method != E::kName) return;
    auto decoded = protocol::decode<E>(incoming.body, "params");
    if (decoded)
      event = std::move(*decoded);
    else
      spdlog::warn("link.event bad method={} field={}", incoming.method, decoded.error().field);
  });
  return event;
}

class RealLinkPort final : public LinkPort {
 private:
  // What an earlier connection still has to say is dropped.
  template <class F>
  auto current(F told) {
    return [this, told = std::move(told), generation = generation_](auto&& what) {
      if (generation == generation_) told(std::forward<decltype(what)>(what));
    };
  }

 public:
  RealLinkPort(Inbox& inbox, Handlers handlers) : inbox_(inbox), handlers_(std::move(handlers)) {}
  ~RealLinkPort() override {
    for (auto& thread : fetching_) thread.join();
  }

  void fetch_pin(const std::string& host, std::uint16_t port) override {
    fetching_.emplace_back([this, host, port] {
      PinFetched event{host, port, link::fetch_pin(host, port, kFetchPinTimeout)};
      inbox_.post([this, event = std::move(event)] { handlers_.event(event); });
    });
  }
  void sign_in(const Introduction& server, protocol::SessionOpen::Params params) override {
    connection_to(server).sign_in(std::move(params));
  }
  void accept_invite(const Introduction& server, protocol::AccountAcceptInvite::Params params) override {
    connection_to(server).accept_invite(std::move(params));
  }
  void resume(const Introduction& server, Secret token) override {
    connection_to(server).resume(std::move(token));
  }
  void retry_now() override {
    if (connection_) connection_->retry_now();
  }
  void close() override { retire(); }
  void call(std::string method, std::string params_json, Done done) override {
    if (!connection_)
      return inbox_.post(
          [done = std::move(done)] { done(link::link_error(link::reason::kOffline, "You're offline.")); });
    connection_->call_raw(std::move(method), std::move(params_json), current(std::move(done)));
  }

 private:
  // The call may come from one of its own handlers, within which a Connection can't be destroyed.
  void retire() {
    ++generation_;
    if (!connection_) return;
    retired_.push_back(std::move(connection_));
    inbox_.post([this] { retired_.clear(); });
  }

  link::Connection& connection_to(const Introduction& server) {
    retire();
    link::Handlers handlers;
    handlers.status = current([this](const link::Status& status) { handlers_.event(changed(status)); });
    handlers.signed_in = current([this](protocol::SignedIn result) { handlers_.event(std::move(result)); });
    handlers.resumed =
        current([this](protocol::SessionResume::Result result) { handlers_.event(std::move(result)); });
    handlers.event = current([this](const protocol::Incoming& incoming) {
      if (auto event = event_of(incoming)) handlers_.event(std::move(*event));
    });
    handlers.resume_point = [this] {
      auto point = handlers_.resume_point();
      return link::ResumePoint{point.epoch, std::move(point.rooms)};
    };
    handlers.post = [this](std::function<void()> job) { inbox_.post(std::move(job)); };
    connection_ = std::make_unique<link::Connection>(
        link::Introduction{server.host, server.port, server.ca_pin}, std::move(handlers));
    return *connection_;
  }

  Inbox& inbox_;
  const Handlers handlers_;
  std::unique_ptr<link::Connection> connection_;
  std::vector<std::unique_ptr<link::Connection>> retired_;
  std::uint64_t generation_ = 0;
  std::vector<std::thread> fetching_;
};

}  // namespace

std::unique_ptr<LinkPort> open_link_port(Inbox& inbox, LinkPort::Handlers handlers) {
  return std::make_unique<RealLinkPort>(inbox, std::move(handlers));
}

}  // namespace wardroom::client
