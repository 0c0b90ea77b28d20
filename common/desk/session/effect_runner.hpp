#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

#include "common/base/inbox.hpp"
#include "common/desk/model/call.hpp"
#include "common/desk/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/link/port.hpp"

namespace wardroom::desk {

// Does what both programs' models ask for: the link, the credentials, what is known of the audit log; and
// tells what comes of it. Lives on the window's thread. Nothing here waits for the network; the credentials
// and the witness's file are small, and are read and written, to the disk itself, before the window goes on.
class EffectRunner {
 public:
  struct Options {
    std::filesystem::path directory;  // the profile's
    protocol::Device device;
  };
  struct Handlers {
    // Only called while the inbox is drained, never while an effect is run.
    std::function<void(Event)> event;
    std::function<void(const protocol::Incoming&)> server_event;
    std::function<bool(std::string_view method)> wants_event;  // as of a Port; left out: all
    std::function<link::ResumePoint()> resume_point;           // left out: an empty one
  };
  // Tests stand in for server and network.
  using OpenPort = std::function<std::unique_ptr<link::Port>(link::Port::Handlers)>;

  // `inbox` outlives it.
  EffectRunner(Options options, Inbox& inbox, Handlers handlers, const OpenPort& open_port = {});
  EffectRunner(const EffectRunner&) = delete;
  EffectRunner& operator=(const EffectRunner&) = delete;

  Result<std::optional<Credentials>> load_credentials() const;

  void run(const FetchPin& effect);
  void run(const OpenSession& effect);
  void run(const ResumeSession& effect);
  void run(const RetryNow& effect);
  void run(const CloseLink& effect);
  void run(const SaveCredentials& effect);
  void run(const LoadWitness& effect);
  void run(const CarryWitness& effect);
  void run(const SaveWitness& effect);
  // `answered` is told the Answered event.
  template <class Turn, class F>
  void run(const Call<Turn>& call, F answered) {
    port_->call(std::string(call.method), call.params,
                [take = call.take, answered = std::move(answered)](Result<boost::json::value> answer) {
                  answered(Answered<Turn>{take, std::move(answer)});
                });
  }

  // For what only one of the programs asks of it.
  link::Port& port() { return *port_; }

 private:
  link::Port::Handlers port_handlers() const;
  void fail_saving(std::string what, const Error& why);

  const Options options_;
  Inbox& inbox_;
  const Handlers handlers_;
  std::unique_ptr<link::Port> port_;
};

}  // namespace wardroom::desk
