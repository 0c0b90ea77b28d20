#include "client/session/link_port.hpp"

#include <spdlog/spdlog.h>

#include "common/link/port.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::client {
namespace {

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
 public:
  RealLinkPort(Inbox& inbox, Handlers handlers)
      : handlers_(std::move(handlers)), port_(inbox, port_handlers()) {}

  void fetch_pin(const std::string& host, std::uint16_t port) override { port_.fetch_pin(host, port); }
  void sign_in(const Introduction& server, protocol::SessionOpen::Params params) override {
    port_.sign_in(introduction_of(server), std::move(params));
  }
  void accept_invite(const Introduction& server, protocol::AccountAcceptInvite::Params params) override {
    port_.accept_invite(introduction_of(server), std::move(params));
  }
  void resume(const Introduction& server, Secret token) override {
    port_.resume(introduction_of(server), std::move(token));
  }
  void retry_now() override { port_.retry_now(); }
  void close() override { port_.close(); }
  void call(std::string method, std::string params_json, Done done) override {
    port_.call(std::move(method), std::move(params_json), std::move(done));
  }

 private:
  static link::Introduction introduction_of(const Introduction& server) {
    return {server.host, server.port, server.ca_pin};
  }

  link::Port::Handlers port_handlers() {
    link::Port::Handlers handlers;
    handlers.pin_fetched = [this](const std::string& host, std::uint16_t port, Result<Digest> pin) {
      handlers_.event(PinFetched{host, port, std::move(pin)});
    };
    handlers.status = [this](const link::Status& status) { handlers_.event(changed(status)); };
    handlers.signed_in = [this](protocol::SignedIn result) { handlers_.event(std::move(result)); };
    handlers.resumed = [this](protocol::SessionResume::Result result) { handlers_.event(std::move(result)); };
    handlers.event = [this](const protocol::Incoming& incoming) {
      if (auto event = event_of(incoming)) handlers_.event(std::move(*event));
    };
    handlers.resume_point = [this] {
      auto point = handlers_.resume_point();
      return link::ResumePoint{point.epoch, std::move(point.rooms)};
    };
    return handlers;
  }

  const Handlers handlers_;
  link::Port port_;
};

}  // namespace

std::unique_ptr<LinkPort> open_link_port(Inbox& inbox, LinkPort::Handlers handlers) {
  return std::make_unique<RealLinkPort>(inbox, std::move(handlers));
}

}  // namespace wardroom::client
