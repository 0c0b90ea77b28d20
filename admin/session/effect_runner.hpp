#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "admin/model/effects.hpp"
#include "admin/model/model_events.hpp"
#include "admin/session/evidence_maker.hpp"
#include "common/desk/session/effect_runner.hpp"
#include "common/desk/session/job_thread.hpp"

namespace wardroom::admin {

// Does what the model asks for: what both programs have in common, the files that the person names, and
// evidence; and tells it what comes of that. Lives on the window's thread.
class EffectRunner {
 public:
  // Folds the event into the model. Only called while the inbox is drained, so it may call apply().
  using Tell = std::function<void(Event)>;

  // `target` is what the command line names. `inbox` outlives it. Started comes first.
  EffectRunner(desk::EffectRunner::Options options, std::string target, Inbox& inbox, Tell tell);
  ~EffectRunner();

  void apply(const Effects& effects);
  // Whether the log's new heads are told. They come each second, and each has the window drawn.
  void follow_log(bool on) { follows_log_->store(on, std::memory_order_relaxed); }

 private:
  void start();

  template <class E>
  void run(const E& effect);
  void run(const desk::Call<Turn>& call);
  void run(const MakeEvidence& effect);
  void run(const StopEvidence& effect);
  void run(const ReadFile& effect);
  void run(const WriteSheet& effect);
  void run(const WriteCsv& effect);
  void run(const ChoosePath& effect);
  void run(const StopChoosing& effect);

  const std::string target_;
  Inbox& inbox_;
  const Tell tell_;
  const std::shared_ptr<std::atomic<bool>> follows_log_ = std::make_shared<std::atomic<bool>>(false);
  desk::EffectRunner common_;
  EvidenceMaker evidence_;
  std::atomic<std::uint64_t> asked_{0};  // the dialog that is still wanted; 0: none
  // Last: it ends before what it uses.
  desk::JobThread dialogs_;
};

}  // namespace wardroom::admin
