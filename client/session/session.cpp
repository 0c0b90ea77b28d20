#include "client/session/session.hpp"

#include <spdlog/spdlog.h>

#include "client/session/credentials_file.hpp"
#include "common/link/witness_file.hpp"
#include "protocol/codec.hpp"

namespace wardroom::client {
namespace {

constexpr const char* kWitness = "witness.json";

template <class E>
inline constexpr bool is_cache_job = boost::mp11::mp_contains<CacheJob, E>::value;

}  // namespace

Session::Session(Options options, Inbox& inbox, Desktop& desktop, Handlers handlers,
                 std::function<std::unique_ptr<LinkPort>(LinkPort::Handlers)> link)
    : options_(std::move(options)), inbox_(inbox), desktop_(desktop), handlers_(std::move(handlers)) {
  LinkPort::Handlers told{handlers_.event, handlers_.resume_point};
  link_ = link ? link(std::move(told)) : open_link_port(inbox, std::move(told));
  cache_ = std::make_unique<CacheThread>(
      options_.directory / "cache.db", inbox,
      CacheThread::Handlers{[this](CacheThread::Loaded state) { loaded(std::move(state)); },
                            handlers_.event});
}

// The link first: what it still tells would ask for more.
Session::~Session() {
  link_.reset();
}

void Session::loaded(CacheThread::Loaded loaded) {
  ProfileLoaded event;
  event.cached = std::move(loaded.state);
  event.settings = loaded.settings;
  event.note = std::move(loaded.note);
  auto credentials = load_credentials(options_.directory / "credentials.json");
  if (credentials)
    event.credentials = std::move(*credentials);
  else
    event.note = credentials.error().message;
  handlers_.event(std::move(event));
}

void Session::save(const Credentials& credentials) {
  if (auto saved = save_credentials(options_.directory / "credentials.json", credentials); !saved)
    inbox_.post([this, why = saved.error().message] {
      handlers_.event(CacheFailed{"You'll have to sign in again at the next start. " + why});
    });
}

// Told later: apply() runs while the model is being folded.
void Session::load(const LoadWitness& effect) {
  inbox_.post([this, pin = effect.ca_pin] {
    handlers_.event(WitnessLoaded{pin, link::load_witness(options_.directory / kWitness, pin)});
  });
}

void Session::save(const SaveWitness& effect) {
  const auto saved = link::save_witness(options_.directory / kWitness, effect.ca_pin, effect.memory);
  if (saved) return;
  inbox_.post([this, why = saved.error().message] {
    handlers_.event(CacheFailed{"What this computer saw of the audit log can't be kept. " + why});
  });
}

template <class E>
void Session::run(const E& effect) {
  if constexpr (is_cache_job<E>) {
    cache_->enqueue(effect);
  } else if constexpr (std::is_same_v<E, FetchPin>) {
    link_->fetch_pin(effect.host, effect.port);
  } else if constexpr (std::is_same_v<E, OpenSession>) {
    link_->sign_in(effect.server, {effect.name, effect.password, effect.code, options_.device});
  } else if constexpr (std::is_same_v<E, AcceptInvite>) {
    std::optional<std::string> display_name;
    if (!effect.display_name.empty()) display_name = effect.display_name;
    link_->accept_invite(effect.server, {effect.token, effect.name, display_name, effect.password,
                                         effect.code, options_.device});
  } else if constexpr (std::is_same_v<E, ResumeSession>) {
    link_->resume(effect.server, effect.token);
  } else if constexpr (std::is_same_v<E, RetryNow>) {
    link_->retry_now();
  } else if constexpr (std::is_same_v<E, CloseLink>) {
    link_->close();
  } else if constexpr (std::is_same_v<E, SaveCredentials>) {
    save(effect.credentials);
  } else if constexpr (std::is_same_v<E, LoadWitness>) {
    load(effect);
  } else if constexpr (std::is_same_v<E, SaveWitness>) {
    save(effect);
  } else if constexpr (std::is_same_v<E, Notify>) {
    desktop_.notify(effect.room, effect.title, effect.text);
  } else {
    static_assert(std::is_same_v<E, OpenUrl>);
    desktop_.open_url(effect.url);
  }
}

template <class M>
void Session::run(const Call<M>& call) {
  link_->call(std::string(M::kName), protocol::encode(call.params),
              [this, params = call.params](Result<boost::json::value> answer) {
                if (!answer) return handlers_.event(Answer<M>{params, std::move(answer).error()});
                handlers_.event(Answer<M>{params, protocol::decode<typename M::Result>(*answer, "result")});
              });
}

void Session::apply(const Effects& effects) {
  for (const auto& effect : effects) std::visit([this](const auto& one) { run(one); }, effect);
}

}  // namespace wardroom::client
