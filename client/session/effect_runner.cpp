#include "client/session/effect_runner.hpp"

#include <spdlog/spdlog.h>

#include "protocol/catalogue.hpp"

namespace wardroom::client {
namespace {

template <class E>
inline constexpr bool is_cache_job = boost::mp11::mp_contains<CacheJob, E>::value;

using FileEffects =
    boost::mp11::mp_list<LookAtFiles, KeepText, KeepClipboardPicture, ChooseFiles, DropCopy, SendFile,
                         WithdrawFile, ChooseTarget, FetchFile, StopTransfer, LoadPicture, OpenPath>;
using AttentionEffects =
    boost::mp11::mp_list<Notify, WithdrawNotification, ShowTray, WatchIdle, ChangeAutostart>;
template <class E>
inline constexpr bool is_attention_effect = boost::mp11::mp_contains<AttentionEffects, E>::value;
using SpellingEffects = boost::mp11::mp_list<LookUpWords, SuggestWords>;
template <class E>
inline constexpr bool is_spelling_effect = boost::mp11::mp_contains<SpellingEffects, E>::value;
template <class E>
inline constexpr bool is_file_effect = boost::mp11::mp_contains<FileEffects, E>::value;

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

desk::EffectRunner::Handlers handlers_for(const EffectRunner::Handlers& told) {
  desk::EffectRunner::Handlers handlers;
  handlers.event = [&told](desk::Event event) {
    std::visit([&](auto& one) { told.event(std::move(one)); }, event);
  };
  handlers.server_event = [&told](const protocol::Incoming& incoming) {
    if (auto event = event_of(incoming)) told.event(std::move(*event));
  };
  handlers.resume_point = told.resume_point;
  return handlers;
}

}  // namespace

EffectRunner::EffectRunner(const desk::EffectRunner::Options& options, Inbox& inbox, Desktop& desktop,
                           Handlers handlers, const desk::EffectRunner::OpenPort& open_port,
                           const Surroundings& surroundings)
    : device_(options.device), desktop_(desktop), handlers_(std::move(handlers)) {
  common_ = std::make_unique<desk::EffectRunner>(options, inbox, handlers_for(handlers_), open_port);
  files_ = std::make_unique<FileRunner>(options.directory, inbox, desktop_,
                                        FileTransfers::Handlers{handlers_.event, handlers_.picture});
  attention_ = std::make_unique<AttentionRunner>(inbox, handlers_.event, surroundings);
  spelling_ = std::make_unique<SpellingRunner>(inbox, handlers_.event, surroundings.dictionaries,
                                               preferred_language());
  search_ = std::make_unique<ServerSearch>(inbox, handlers_.event);
  cache_ = std::make_unique<CacheThread>(
      options.directory / "cache.db", inbox,
      CacheThread::Handlers{[this](CacheThread::Loaded state) { loaded(std::move(state)); },
                            handlers_.event});
}

// The link first: what it still tells would ask for more.
EffectRunner::~EffectRunner() {
  common_.reset();
  files_.reset();
  attention_.reset();
  spelling_.reset();
}

void EffectRunner::loaded(CacheThread::Loaded loaded) {
  // Of a damaged cache not all may be known that is wanted.
  if (loaded.note.empty()) files_->sweep(loaded.state.uploads);
  ProfileLoaded event;
  event.cached = std::move(loaded.state);
  event.settings = loaded.settings;
  event.note = std::move(loaded.note);
  auto credentials = common_->load_credentials();
  if (credentials)
    event.credentials = std::move(*credentials);
  else
    event.note = credentials.error().message;
  handlers_.event(std::move(event));
}

template <class E>
void EffectRunner::run(const E& effect) {
  if constexpr (is_cache_job<E>)
    cache_->enqueue(effect);
  else if constexpr (is_file_effect<E>)
    files_->run(effect);
  else if constexpr (is_attention_effect<E>)
    attention_->run(effect);
  else if constexpr (is_spelling_effect<E>)
    spelling_->run(effect);
  else
    common_->run(effect);
}

void EffectRunner::run(const desk::Call<Turn>& call) {
  common_->run(call, handlers_.event);
}

void EffectRunner::run(const AcceptInvite& effect) {
  std::optional<std::string> display_name;
  if (!effect.display_name.empty()) display_name = effect.display_name;
  common_->port().enter(effect.server,
                        protocol::AccountAcceptInvite::Params{effect.token, effect.name, display_name,
                                                              effect.password, effect.code, device_});
}

// Without a password nobody gets in: the server refuses the invite, or, where that is good, what is missing.
void EffectRunner::run(const CheckInvite& effect) {
  common_->port().enter(effect.server,
                        protocol::AccountAcceptInvite::Params{effect.token, {}, {}, {}, {}, device_});
}

void EffectRunner::run(const AskWindow& effect) {
  if (handlers_.window) handlers_.window(effect.act);
}

void EffectRunner::run(const FindServers&) {
  search_->begin();
}

void EffectRunner::run(const OpenUrl& effect) {
  desktop_.open_url(effect.url);
}

void EffectRunner::apply(const Effects& effects) {
  for (const auto& effect : effects) std::visit([this](const auto& one) { run(one); }, effect);
}

}  // namespace wardroom::client
