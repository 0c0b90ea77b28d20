#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "admin/model/effects.hpp"
#include "admin/model/model_events.hpp"
#include "admin/session/evidence_maker.hpp"
#include "common/base/inbox.hpp"

namespace wardroom::link {
class Port;
}

namespace wardroom::admin {

// Does what the model asks for: the link, the credentials file, the files that the person names; and tells it
// what comes of that. Lives on the window's thread; nothing here waits for the network.
class Session {
 public:
  struct Options {
    std::filesystem::path directory;  // the profile's
    protocol::Device device;
    std::string target;  // what the command line names
  };
  // Folds the event into the model. Only called while the inbox is drained, so it may call apply().
  using Tell = std::function<void(Event)>;

  // `inbox` outlives it. Started comes first.
  Session(Options options, Inbox& inbox, Tell tell);
  ~Session();

  void apply(const Effects& effects);

 private:
  void start();
  void save(const Credentials& credentials);
  void load(const LoadWitness& effect);
  void save(const SaveWitness& effect);
  void open(const OpenSession& effect);
  void read(const ReadFile& effect);
  void write(const WriteSheet& effect);

  template <class E>
  void run(const E& effect);
  template <class M>
  void run(const Call<M>& call);

  const Options options_;
  Inbox& inbox_;
  const Tell tell_;
  std::unique_ptr<link::Port> port_;
  EvidenceMaker evidence_;
};

}  // namespace wardroom::admin
