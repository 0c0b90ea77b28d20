#include "common/link/port.hpp"

#include "common/link/fetch_pin.hpp"

namespace wardroom::link {
namespace {

// Somebody waits for the window to close meanwhile, at worst.
constexpr std::chrono::seconds kFetchPinTimeout{6};

}  // namespace

// What an earlier connection still has to say is dropped.
template <class F>
auto Port::current(F told) {
  return [this, told = std::move(told), generation = generation_](auto&& what) {
    if (generation == generation_) told(std::forward<decltype(what)>(what));
  };
}

Port::Port(Inbox& inbox, Handlers handlers) : inbox_(inbox), handlers_(std::move(handlers)) {}

Port::~Port() {
  for (auto& thread : fetching_) thread.join();
}

void Port::fetch_pin(const std::string& host, std::uint16_t port) {
  fetching_.emplace_back([this, host, port] {
    auto pin = link::fetch_pin(host, port, kFetchPinTimeout);
    inbox_.post([this, host, port, pin = std::move(pin)] { handlers_.pin_fetched(host, port, pin); });
  });
}

void Port::sign_in(const Introduction& server, protocol::SessionOpen::Params params) {
  connection_to(server).sign_in(std::move(params));
}

void Port::accept_invite(const Introduction& server, protocol::AccountAcceptInvite::Params params) {
  connection_to(server).accept_invite(std::move(params));
}

void Port::resume(const Introduction& server, Secret token) {
  connection_to(server).resume(std::move(token));
}

void Port::retry_now() {
  if (connection_) connection_->retry_now();
}

void Port::close() {
  retire();
}

void Port::call(std::string method, std::string params_json, RawAnswer done) {
  if (!connection_)
    return inbox_.post([done = std::move(done)] { done(link_error(reason::kOffline, "You're offline.")); });
  connection_->call_raw(std::move(method), std::move(params_json), current(std::move(done)));
}

// The call may come from one of its own handlers, within which a Connection can't be destroyed.
void Port::retire() {
  ++generation_;
  if (!connection_) return;
  retired_.push_back(std::move(connection_));
  inbox_.post([this] { retired_.clear(); });
}

Connection& Port::connection_to(const Introduction& server) {
  retire();
  link::Handlers handlers;
  handlers.status = current(handlers_.status);
  handlers.signed_in = current(handlers_.signed_in);
  handlers.resumed = current(handlers_.resumed);
  handlers.event = current(handlers_.event);
  handlers.resume_point = handlers_.resume_point;
  handlers.post = [this](std::function<void()> job) { inbox_.post(std::move(job)); };
  connection_ = std::make_unique<Connection>(server, std::move(handlers));
  return *connection_;
}

}  // namespace wardroom::link
