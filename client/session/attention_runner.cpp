#include "client/session/attention_runner.hpp"

#include <utility>

#include "client/session/autostart.hpp"

namespace wardroom::client {
namespace {

// Far more than a person's hands do while the window draws a frame.
constexpr int kMostUntaken = 100;

}  // namespace

AttentionRunner::AttentionRunner(Inbox& inbox, std::function<void(Event)> event,
                                 const Surroundings& surroundings)
    : inbox_(inbox), event_(std::move(event)), profile_(surroundings.profile) {
  if (surroundings.open) port_ = surroundings.open([this](Event told) { tell(std::move(told)); });
  if (!profile_.empty()) files_.enqueue([this] { tell_autostart({}); });
}

// Any thread.
void AttentionRunner::tell(Event event) {
  // What there is is told seldom, and must be known.
  const bool must_come =
      std::holds_alternative<AttentionFound>(event) || std::holds_alternative<IdleChanged>(event);
  if (untaken_ >= kMostUntaken && !must_come) return;
  ++untaken_;
  inbox_.post([this, event = std::move(event)] {
    --untaken_;
    event_(event);
  });
}

void AttentionRunner::tell_autostart(std::string error) {
  const auto file = autostart_file(profile_);
  AutostartKnown known;
  known.able = !file.empty();
  known.on = known.able && starts_with_session(file);
  known.error = std::move(error);
  inbox_.post([this, known = std::move(known)] { event_(known); });
}

void AttentionRunner::run(const Notify& effect) {
  if (port_) port_->notify(effect);
}

void AttentionRunner::run(const WithdrawNotification& effect) {
  if (port_) port_->withdraw(effect.room);
}

void AttentionRunner::run(const ShowTray& effect) {
  if (port_) port_->show_tray(effect.tray);
}

void AttentionRunner::run(const WatchIdle& effect) {
  if (port_) port_->watch_idle(effect.after);
}

void AttentionRunner::run(const ChangeAutostart& effect) {
  if (profile_.empty()) return;
  files_.enqueue([this, on = effect.on] {
    const auto file = autostart_file(profile_);
    std::string error;
    if (!file.empty())
      if (const auto changed = change_autostart(file, profile_, on); !changed)
        error = changed.error().message;
    tell_autostart(std::move(error));
  });
}

}  // namespace wardroom::client
