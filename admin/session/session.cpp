#include "admin/session/session.hpp"

#include "common/link/credentials_file.hpp"
#include "common/link/port.hpp"
#include "protocol/codec.hpp"

namespace wardroom::admin {
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
  return event;
}

// Of all events only this one concerns the console; rooms and presence are the client's.
std::optional<protocol::SessionRevoked> revocation(const protocol::Incoming& incoming) {
  if (incoming.method != protocol::SessionRevoked::kName) return std::nullopt;
  auto decoded = protocol::decode<protocol::SessionRevoked>(incoming.body, "params");
  return decoded ? std::move(*decoded) : protocol::SessionRevoked{};
}

link::Port::Handlers handlers_for(const Session::Tell& tell) {
  link::Port::Handlers handlers;
  handlers.pin_fetched = [&tell](const std::string& host, std::uint16_t port, Result<Digest> pin) {
    tell(PinFetched{host, port, std::move(pin)});
  };
  handlers.status = [&tell](const link::Status& status) { tell(changed(status)); };
  handlers.signed_in = [&tell](protocol::SignedIn result) { tell(std::move(result)); };
  handlers.resumed = [&tell](protocol::SessionResume::Result result) { tell(std::move(result)); };
  handlers.event = [&tell](const protocol::Incoming& incoming) {
    if (auto event = revocation(incoming)) tell(std::move(*event));
  };
  return handlers;
}

}  // namespace

Session::Session(Options options, Inbox& inbox, Tell tell)
    : options_(std::move(options)), inbox_(inbox), tell_(std::move(tell)) {
  port_ = std::make_unique<link::Port>(inbox, handlers_for(tell_));
  inbox_.post([this] { start(); });
}

Session::~Session() = default;

void Session::start() {
  Started event;
  event.target = options_.target;
  auto stored = link::load_credentials(options_.directory / "credentials.json");
  if (!stored)
    event.note = stored.error().message;
  else if (*stored)
    event.credentials = Credentials{(*stored)->server, (*stored)->token, (*stored)->user};
  tell_(std::move(event));
}

void Session::save(const Credentials& credentials) {
  const auto saved = link::save_credentials(options_.directory / "credentials.json",
                                            {credentials.server, credentials.token, credentials.user});
  if (saved) return;
  inbox_.post([this, why = saved.error().message] {
    tell_(SavingFailed{"You'll have to sign in again at the next start. " + why});
  });
}

template <class E>
void Session::run(const E& effect) {
  if constexpr (std::is_same_v<E, FetchPin>) {
    port_->fetch_pin(effect.host, effect.port);
  } else if constexpr (std::is_same_v<E, OpenSession>) {
    port_->sign_in(effect.server, {effect.name, effect.password, {}, options_.device});
  } else if constexpr (std::is_same_v<E, ResumeSession>) {
    port_->resume(effect.server, effect.token);
  } else if constexpr (std::is_same_v<E, RetryNow>) {
    port_->retry_now();
  } else if constexpr (std::is_same_v<E, CloseLink>) {
    port_->close();
  } else {
    static_assert(std::is_same_v<E, SaveCredentials>);
    save(effect.credentials);
  }
}

template <class M>
void Session::run(const Call<M>& call) {
  port_->call(std::string(M::kName), protocol::encode(call.params),
              [this, params = call.params](Result<boost::json::value> answer) {
                if (!answer) return tell_(Answer<M>{params, std::move(answer).error()});
                tell_(Answer<M>{params, protocol::decode<typename M::Result>(*answer, "result")});
              });
}

void Session::apply(const Effects& effects) {
  for (const auto& effect : effects) std::visit([this](const auto& one) { run(one); }, effect);
}

}  // namespace wardroom::admin
