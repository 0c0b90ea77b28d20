#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"
#include "client/session/cache_thread.hpp"
#include "client/session/desktop.hpp"
#include "client/session/link_port.hpp"
#include "common/base/inbox.hpp"

namespace wardroom::client {

// Does what the model asks for: the link, the cache, the desktop; and tells it what comes of that. Lives on
// the window's thread; nothing here waits for disk or network.
class Session {
 public:
  struct Options {
    std::filesystem::path directory;  // the profile's
    protocol::Device device;
  };
  struct Handlers {
    // Folds the event into the model. Only called while the inbox is drained, so it may call apply().
    std::function<void(Event)> event;
    // Where the model stands, for session.resume.
    std::function<LinkPort::ResumePoint()> resume_point;
  };

  // `inbox` and `desktop` outlive it. `link` is left out but in tests. ProfileLoaded comes first.
  Session(Options options, Inbox& inbox, Desktop& desktop, Handlers handlers,
          std::function<std::unique_ptr<LinkPort>(LinkPort::Handlers)> link = {});
  ~Session();

  void apply(const Effects& effects);

 private:
  void loaded(CacheThread::Loaded loaded);
  void save(const Credentials& credentials);
  void load(const LoadWitness& effect);
  void save(const SaveWitness& effect);

  template <class E>
  void run(const E& effect);
  template <class M>
  void run(const Call<M>& call);

  const Options options_;
  Inbox& inbox_;
  Desktop& desktop_;
  const Handlers handlers_;
  std::unique_ptr<LinkPort> link_;
  std::unique_ptr<CacheThread> cache_;
};

}  // namespace wardroom::client
