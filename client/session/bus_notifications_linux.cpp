#include "client/session/bus_notifications.hpp"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

#include "common/base/utf8.hpp"

namespace wardroom::client {
namespace {

constexpr const char* kNotifications = "org.freedesktop.Notifications";
constexpr std::uint32_t kExpired = 1;
constexpr std::uint32_t kDismissed = 2;
// Longer answers than a message can be are cut by nobody: the model keeps them as a draft. But not without
// end.
constexpr std::size_t kLongestReply = 1'000'000;

// A bus takes no text with a zero in it or that isn't UTF-8, and a popup shows no controls.
std::string shown_text(std::string_view text) {
  std::string out = mend_utf8(text);
  std::erase_if(out, [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\n') || c == 0x7F; });
  return out;
}

using Hints = std::map<std::string, sdbus::Variant>;

Hints hints_of(const Notify& wanted) {
  Hints hints;
  hints["desktop-entry"] = sdbus::Variant(std::string("wardroom"));
  hints["category"] = sdbus::Variant(std::string("im.received"));
  if (wanted.sound)
    hints["sound-name"] = sdbus::Variant(std::string("message-new-instant"));
  else
    hints["suppress-sound"] = sdbus::Variant(true);
  if (wanted.silent) hints["urgency"] = sdbus::Variant(std::uint8_t{0});
  if (wanted.may_reply) {
    hints["x-kde-reply-placeholder-text"] = sdbus::Variant(std::string("Reply"));
    hints["x-kde-reply-submit-button-text"] = sdbus::Variant(std::string("Send"));
  }
  return hints;
}

}  // namespace

std::string as_markup(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out.push_back(c);
  }
  return out;
}

BusNotifications::BusNotifications(sdbus::IConnection& bus, const AttentionPort::Tell& tell)
    : tell_(tell), service_(sdbus::createProxy(bus, kNotifications, "/org/freedesktop/Notifications")) {
  service_->uponSignal("ActionInvoked")
      .onInterface(kNotifications)
      .call([this](std::uint32_t id, const std::string& action) { take_press(id, action); });
  service_->uponSignal("NotificationReplied")
      .onInterface(kNotifications)
      .call([this](std::uint32_t id, const std::string& text) { take_reply(id, text); });
  service_->uponSignal("NotificationClosed")
      .onInterface(kNotifications)
      .call([this](std::uint32_t id, std::uint32_t reason) { take_end(id, reason); });
  service_->finishRegistration();
  restart(true);
}

void BusNotifications::restart(bool there) {
  ++generation_;
  there_ = false;
  capabilities_.clear();
  shown_.clear();
  // One that ended isn't started again by asking; the next notification does.
  if (!there) return;
  service_->callMethodAsync("GetCapabilities")
      .onInterface(kNotifications)
      .uponReplyInvoke([this, asked = generation_](const sdbus::Error* error,
                                                   const std::vector<std::string>& capabilities) {
        if (asked != generation_ || error) return;
        there_ = true;
        capabilities_ = capabilities;
      });
}

bool BusNotifications::has(const std::string& capability) const {
  return std::ranges::find(capabilities_, capability) != capabilities_.end();
}

void BusNotifications::notify(const Notify& wanted) {
  Shown& shown = shown_[wanted.room];
  if (shown.asked) {
    shown.next = wanted;
    shown.withdrawn = false;
    return;
  }
  send(wanted.room, shown, wanted);
}

void BusNotifications::send(RoomId room, Shown& shown, const Notify& wanted) {
  std::vector<std::string> actions;
  if (has("actions")) actions = {"default", "Open"};
  if (wanted.may_reply && has("inline-reply")) actions.insert(actions.end(), {"inline-reply", "Reply"});
  std::string body = shown_text(wanted.text);
  if (has("body-markup")) body = as_markup(body);
  shown.seq = wanted.seq;
  shown.asked = true;
  try {
    service_->callMethodAsync("Notify")
        .onInterface(kNotifications)
        .withArguments(std::string("Wardroom"), shown.id, std::string("wardroom"), shown_text(wanted.title),
                       body, actions, hints_of(wanted), std::int32_t{-1})
        .uponReplyInvoke([this, room, asked = generation_](const sdbus::Error* error, std::uint32_t id) {
          take_number(room, asked, error, id);
        });
  } catch (const sdbus::Error& error) {
    spdlog::warn("desktop.notify failed error={}", error.getName());
    shown_.erase(room);
  }
}

void BusNotifications::take_number(RoomId room, std::uint64_t generation, const sdbus::Error* error,
                                   std::uint32_t id) {
  const auto at = shown_.find(room);
  if (generation != generation_ || at == shown_.end()) return;
  Shown& shown = at->second;
  shown.asked = false;
  if (error) {
    spdlog::info("desktop.notify refused error={}", error->getName());
    shown_.erase(at);
    return;
  }
  shown.id = id;
  if (shown.withdrawn) {
    close(id);
    shown_.erase(at);
  } else if (const auto next = std::exchange(shown.next, std::nullopt)) {
    send(room, shown, *next);
  }
}

void BusNotifications::withdraw(RoomId room) {
  const auto at = shown_.find(room);
  if (at == shown_.end()) return;
  if (at->second.asked) {
    at->second.withdrawn = true;
    at->second.next.reset();
    return;
  }
  close(at->second.id);
  shown_.erase(at);
}

void BusNotifications::withdraw_all() {
  for (const auto& [room, shown] : shown_)
    if (shown.id != 0) close(shown.id);
  shown_.clear();
}

// One that is gone already is an error of the service's, which changes nothing.
void BusNotifications::close(std::uint32_t id) {
  service_->callMethodAsync("CloseNotification")
      .onInterface(kNotifications)
      .withArguments(id)
      .uponReplyInvoke([](const sdbus::Error*) {});
}

std::map<RoomId, BusNotifications::Shown>::iterator BusNotifications::find(std::uint32_t id) {
  return std::ranges::find_if(shown_, [id](const auto& one) { return id != 0 && one.second.id == id; });
}

void BusNotifications::take_press(std::uint32_t id, const std::string& action) {
  const auto at = find(id);
  if (at != shown_.end() && action == "default") tell_(NotificationPressed{at->first, at->second.seq});
}

void BusNotifications::take_reply(std::uint32_t id, const std::string& text) {
  const auto at = find(id);
  if (at != shown_.end() && text.size() <= kLongestReply) tell_(NotificationReplied{at->first, text});
}

void BusNotifications::take_end(std::uint32_t id, std::uint32_t reason) {
  const auto at = find(id);
  if (at == shown_.end()) return;
  const RoomId room = at->first;
  // While the next one's number is awaited, this is the end of the one before.
  if (at->second.asked)
    at->second.id = 0;
  else
    shown_.erase(at);
  if (reason == kExpired || reason == kDismissed) tell_(NotificationGone{room});
}

}  // namespace wardroom::client
