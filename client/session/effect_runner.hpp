#pragma once

#include <functional>
#include <memory>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"
#include "client/session/attention_runner.hpp"
#include "client/session/cache_thread.hpp"
#include "client/session/desktop.hpp"
#include "client/session/file_runner.hpp"
#include "client/session/server_search.hpp"
#include "client/session/spelling_runner.hpp"
#include "common/desk/session/effect_runner.hpp"

namespace wardroom::client {

// Does what the model asks for: what both programs have in common, the cache, the desktop, files; and tells
// it what comes of that. Lives on the window's thread; the cache has a thread of its own, files have several.
class EffectRunner {
 public:
  struct Handlers {
    // Folds the event into the model. Only called while the inbox is drained, so it may call apply().
    std::function<void(Event)> event;
    // Where the model stands, for session.resume.
    std::function<link::ResumePoint()> resume_point;
    // Takes the pixels of a picture, before the model hears that they are there. False: there is no room.
    std::function<bool(const std::string& key, const pictures::Pixels&)> picture{};
    // What the window is asked for.
    std::function<void(AskWindow::Act)> window{};
  };

  // `inbox` and `desktop` outlive it. `open_port` is left out but in tests. ProfileLoaded comes first.
  EffectRunner(const desk::EffectRunner::Options& options, Inbox& inbox, Desktop& desktop, Handlers handlers,
               const desk::EffectRunner::OpenPort& open_port = {}, const Surroundings& surroundings = {});
  ~EffectRunner();

  void apply(const Effects& effects);

 private:
  void loaded(CacheThread::Loaded loaded);

  template <class E>
  void run(const E& effect);
  void run(const desk::Call<Turn>& call);
  void run(const AcceptInvite& effect);
  void run(const CheckInvite& effect);
  void run(const AskWindow& effect);
  void run(const FindServers& effect);
  void run(const OpenUrl& effect);

  const protocol::Device device_;
  Desktop& desktop_;
  const Handlers handlers_;
  std::unique_ptr<desk::EffectRunner> common_;
  std::unique_ptr<FileRunner> files_;
  std::unique_ptr<AttentionRunner> attention_;
  std::unique_ptr<SpellingRunner> spelling_;
  std::unique_ptr<ServerSearch> search_;
  std::unique_ptr<CacheThread> cache_;
};

}  // namespace wardroom::client
