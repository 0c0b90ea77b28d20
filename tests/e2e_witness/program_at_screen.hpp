#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "common/base/inbox.hpp"
#include "common/ui/headless_ui.hpp"

namespace wardroom::e2e {

// A client or console put together as its program does it, real link and files included, but drawn without a
// screen: what it shows is read from the recorder. `Parts` names the types of one side.
template <class Parts>
class AtScreen {
 public:
  using State = typename Parts::State;
  using Event = typename Parts::Event;

  explicit AtScreen(const std::filesystem::path& directory)
      : inbox_([this] {
          const std::lock_guard guard(mutex_);
          posted_ = true;
          something_.notify_one();
        }),
        ui_([this](ui::FrameContext& f) { Parts::draw(selector_.select(state), view_, f); }) {
    tick();
    session_ = Parts::open_session(directory, inbox_, state, [this](const Event& event) { fold(event); });
  }

  State state;

  void act(const typename Parts::Action& action) { session_->apply(Parts::update_action(state, action)); }

  // Takes what comes, until it is so. False: it wasn't within that time.
  bool wait_until(std::chrono::seconds most, const std::function<bool()>& done) {
    const auto end = std::chrono::steady_clock::now() + most;
    while (!done()) {
      if (std::chrono::steady_clock::now() > end) return false;
      {
        std::unique_lock lock(mutex_);
        something_.wait_for(lock, std::chrono::milliseconds{50}, [this] { return posted_; });
        posted_ = false;
      }
      tick();
      inbox_.drain();
    }
    return true;
  }
  // The item of this id, as it is drawn now.
  const ui::Item* find(std::string_view id) {
    ui_.frames();
    return ui_.recorder().find(id);
  }

 private:
  void tick() { fold(Parts::tick(clock_.now())); }
  void fold(const Event& event) {
    const auto effects = Parts::update_event(state, event);
    if (session_) session_->apply(effects);
  }

  SystemClock clock_;
  std::mutex mutex_;
  std::condition_variable something_;
  bool posted_ = false;
  typename Parts::Selector selector_;
  typename Parts::ViewState view_;
  Inbox inbox_;
  std::unique_ptr<typename Parts::Session> session_;
  ui::HeadlessUi ui_;
};

}  // namespace wardroom::e2e
