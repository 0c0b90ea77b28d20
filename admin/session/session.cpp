#include "admin/session/session.hpp"

#include "admin/session/chosen_file.hpp"
#include "admin/session/invite_sheet.hpp"
#include "common/link/credentials_file.hpp"
#include "common/link/port.hpp"
#include "common/link/private_file.hpp"
#include "common/link/witness_file.hpp"
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

constexpr const char* kWitness = "witness.json";
// The server takes no more.
constexpr std::uintmax_t kMaxImportBytes = 8 * 1024 * 1024;

// Of all events these concern the console; rooms and presence are the client's.
template <class... Es>
void tell_if_known(const Session::Tell& tell, const protocol::Incoming& incoming) {
  const auto one = [&]<class E>(std::type_identity<E>) {
    if (incoming.method != E::kName) return;
    auto decoded = protocol::decode<E>(incoming.body, "params");
    // What can't be read still says that it happened.
    tell(decoded ? std::move(*decoded) : E{});
  };
  (one(std::type_identity<Es>{}), ...);
}

void tell_event(const Session::Tell& tell, const protocol::Incoming& incoming) {
  tell_if_known<protocol::SessionRevoked, protocol::AccountChanged, protocol::ReportFiled,
                protocol::AuditCheckpointSigned>(tell, incoming);
}

link::Port::Handlers handlers_for(const Session::Tell& tell) {
  link::Port::Handlers handlers;
  handlers.pin_fetched = [&tell](const std::string& host, std::uint16_t port, Result<Digest> pin) {
    tell(PinFetched{host, port, std::move(pin)});
  };
  handlers.status = [&tell](const link::Status& status) { tell(changed(status)); };
  handlers.signed_in = [&tell](protocol::SignedIn result) { tell(std::move(result)); };
  handlers.resumed = [&tell](protocol::SessionResume::Result result) { tell(std::move(result)); };
  handlers.event = [&tell](const protocol::Incoming& incoming) { tell_event(tell, incoming); };
  return handlers;
}

}  // namespace

Session::Session(Options options, Inbox& inbox, Tell tell)
    : options_(std::move(options)),
      inbox_(inbox),
      tell_(std::move(tell)),
      evidence_(inbox, {[this](std::string method, std::string params, EvidenceMaker::Done done) {
                          port_->call(std::move(method), std::move(params), std::move(done));
                        },
                        tell_}) {
  port_ = std::make_unique<link::Port>(inbox, handlers_for(tell_));
  inbox_.post([this] { start(); });
}

// Whoever makes a bundle waits for answers, which don't come any more.
Session::~Session() {
  evidence_.stop();
}

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

void Session::open(const OpenSession& effect) {
  protocol::SessionOpen::Params params{effect.name, effect.password, {}, options_.device};
  if (!effect.code.empty()) params.code = effect.code;
  port_->sign_in(effect.server, std::move(params));
}

void Session::load(const LoadWitness& effect) {
  inbox_.post([this, pin = effect.ca_pin] {
    tell_(WitnessLoaded{pin, link::load_witness(options_.directory / kWitness, pin)});
  });
}

void Session::save(const SaveWitness& effect) {
  const auto saved = link::save_witness(options_.directory / kWitness, effect.ca_pin, effect.memory);
  if (saved) return;
  inbox_.post([this, why = saved.error().message] {
    tell_(SavingFailed{"What this console saw of the audit log can't be kept. " + why});
  });
}

// Told later: apply() runs while the model is being folded.
void Session::read(const ReadFile& effect) {
  inbox_.post([this, path = effect.path] {
    tell_(FileRead{path, load_chosen_file(path_of(path), kMaxImportBytes)});
  });
}

void Session::write(const WriteSheet& effect) {
  const auto path = path_of(effect.path);
  auto saved = link::write_private_file(path, compose_invite_sheet(effect));
  inbox_.post([this, path = path.string(), saved = std::move(saved)] { tell_(SheetSaved{path, saved}); });
}

template <class E>
void Session::run(const E& effect) {
  if constexpr (std::is_same_v<E, FetchPin>) {
    port_->fetch_pin(effect.host, effect.port);
  } else if constexpr (std::is_same_v<E, OpenSession>) {
    open(effect);
  } else if constexpr (std::is_same_v<E, ResumeSession>) {
    port_->resume(effect.server, effect.token);
  } else if constexpr (std::is_same_v<E, RetryNow>) {
    port_->retry_now();
  } else if constexpr (std::is_same_v<E, CloseLink>) {
    port_->close();
  } else if constexpr (std::is_same_v<E, LoadWitness>) {
    load(effect);
  } else if constexpr (std::is_same_v<E, SaveWitness>) {
    save(effect);
  } else if constexpr (std::is_same_v<E, MakeEvidence>) {
    evidence_.begin(effect.scope, path_of(effect.target));
  } else if constexpr (std::is_same_v<E, StopEvidence>) {
    evidence_.stop();
  } else if constexpr (std::is_same_v<E, ReadFile>) {
    read(effect);
  } else if constexpr (std::is_same_v<E, WriteSheet>) {
    write(effect);
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
