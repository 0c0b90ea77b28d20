#include "common/desk/session/effect_runner.hpp"

#include "common/desk/session/credentials_file.hpp"
#include "common/link/witness_file.hpp"

namespace wardroom::desk {
namespace {

constexpr const char* kCredentials = "credentials.json";
constexpr const char* kWitness = "witness.json";

LinkChanged::State state_of(link::LinkState state) {
  switch (state) {
    case link::LinkState::idle:
      return LinkChanged::State::idle;
    case link::LinkState::connecting:
      return LinkChanged::State::connecting;
    case link::LinkState::online:
      return LinkChanged::State::online;
    case link::LinkState::offline:
      break;
  }
  return LinkChanged::State::offline;
}

}  // namespace

EffectRunner::EffectRunner(Options options, Inbox& inbox, Handlers handlers, const OpenPort& open_port)
    : options_(std::move(options)),
      inbox_(inbox),
      handlers_(std::move(handlers)),
      port_(open_port ? open_port(port_handlers()) : link::open_port(inbox, port_handlers())) {}

link::Port::Handlers EffectRunner::port_handlers() const {
  link::Port::Handlers handlers;
  handlers.pin_fetched = [this](const std::string& host, std::uint16_t port, Result<Digest> pin) {
    handlers_.event(PinFetched{host, port, std::move(pin)});
  };
  handlers.status = [this](const link::Status& status) {
    handlers_.event(LinkChanged{state_of(status.state), status.error, status.final, status.retry_in});
  };
  handlers.keys_changed = [this](const protocol::Introduction& now) { handlers_.event(KeysChanged{now}); };
  handlers.signed_in = [this](protocol::SignedIn result) { handlers_.event(std::move(result)); };
  handlers.resumed = [this](protocol::SessionResume::Result result) { handlers_.event(std::move(result)); };
  handlers.event = handlers_.server_event;
  handlers.wants_event = handlers_.wants_event;
  handlers.resume_point = handlers_.resume_point;
  return handlers;
}

Result<std::optional<Credentials>> EffectRunner::load_credentials() const {
  return desk::load_credentials(options_.directory / kCredentials);
}

void EffectRunner::run(const FetchPin& effect) {
  port_->fetch_pin(effect.host, effect.port);
}

void EffectRunner::run(const OpenSession& effect) {
  port_->enter(effect.server,
               protocol::SessionOpen::Params{effect.name, effect.password, effect.code, options_.device});
}

void EffectRunner::run(const ResumeSession& effect) {
  port_->enter(effect.server, effect.token);
}

void EffectRunner::run(const RetryNow&) {
  port_->retry_now();
}

void EffectRunner::run(const CloseLink&) {
  port_->close();
}

void EffectRunner::run(const SaveCredentials& effect) {
  if (auto saved = save_credentials(options_.directory / kCredentials, effect.credentials); !saved)
    fail_saving("You'll have to sign in again at the next start. ", saved.error());
}

void EffectRunner::run(const LoadWitness& effect) {
  inbox_.post([this, pin = effect.ca_pin] {
    handlers_.event(WitnessLoaded{pin, link::load_witness(options_.directory / kWitness, pin)});
  });
}

void EffectRunner::run(const CarryWitness& effect) {
  if (auto carried = link::carry_witness(options_.directory / kWitness, effect.before, effect.now); !carried)
    fail_saving("What this computer saw of the audit log can't be kept. ", carried.error());
}

void EffectRunner::run(const SaveWitness& effect) {
  if (auto saved = link::save_witness(options_.directory / kWitness, effect.ca_pin, effect.memory); !saved)
    fail_saving("What this computer saw of the audit log can't be kept. ", saved.error());
}

// Told later: effects are run while the model is being folded.
void EffectRunner::fail_saving(std::string what, const Error& why) {
  inbox_.post([this, text = std::move(what) + why.message] { handlers_.event(SavingFailed{text}); });
}

}  // namespace wardroom::desk
