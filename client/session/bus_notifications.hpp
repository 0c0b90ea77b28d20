#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <sdbus-c++/sdbus-c++.h>

#include "client/session/attention_port.hpp"

namespace wardroom::client {

// org.freedesktop.Notifications (Desktop Notifications Specification 1.2), and KDE's reply field where the
// service has it. The bus's thread.
class BusNotifications {
 public:
  BusNotifications(sdbus::IConnection& bus, const AttentionPort::Tell& tell);

  void notify(const Notify& wanted);
  void withdraw(RoomId room);
  void withdraw_all();
  // Another service answers from now on, or none: what was shown is gone with the one before.
  void restart(bool there);

  bool is_there() const { return there_; }
  bool takes_presses() const { return there_ && has("actions"); }
  bool takes_replies() const { return there_ && has("inline-reply"); }

 private:
  // Of a room. Until the service has said which number a notification has, it can't be replaced.
  struct Shown {
    std::uint32_t id = 0;
    Seq seq;
    bool asked = false;          // its number is awaited
    std::optional<Notify> next;  // to take its place then
    bool withdrawn = false;      // or to go then
  };

  bool has(const std::string& capability) const;
  void send(RoomId room, Shown& shown, const Notify& wanted);
  void take_number(RoomId room, std::uint64_t generation, const sdbus::Error* error, std::uint32_t id);
  void close(std::uint32_t id);
  std::map<RoomId, Shown>::iterator find(std::uint32_t id);
  void take_press(std::uint32_t id, const std::string& action);
  void take_reply(std::uint32_t id, const std::string& text);
  void take_end(std::uint32_t id, std::uint32_t reason);

  const AttentionPort::Tell& tell_;
  std::unique_ptr<sdbus::IProxy> service_;
  bool there_ = false;
  std::uint64_t generation_ = 0;  // of the service; answers of an earlier one are passed over
  std::vector<std::string> capabilities_;
  std::map<RoomId, Shown> shown_;
};

// What a service that reads markup (the capability "body-markup") shows as the text itself.
std::string as_markup(std::string_view text);

}  // namespace wardroom::client
