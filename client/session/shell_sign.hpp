#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "client/model/effects.hpp"
#include "client/session/attention_port.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::client {

// The program's sign beside Windows' clock, with its menu and its balloon, of which there is one at a time;
// Windows 10 and 11 draw that as a notification of theirs. The thread of its window.
class ShellSign {
 public:
  // What the shell tells `window` comes by this message.
  static constexpr UINT kMessage = WM_APP + 1;

  // Both outlive it.
  ShellSign(HWND window, const AttentionPort::Tell& tell) : window_(window), tell_(tell) {}
  ~ShellSign();
  ShellSign(const ShellSign&) = delete;
  ShellSign& operator=(const ShellSign&) = delete;

  void show(const TrayProps& tray);
  void notify(const Notify& effect);
  void withdraw(RoomId room);
  // The shell began anew, and knows of no sign.
  void put_again();
  // What kMessage carries.
  void take_message(WPARAM place, LPARAM what);
  // Whether the shell takes signs at all; tried by putting one.
  bool works();

 private:
  bool put(UINT flags);
  void remove();
  void follow();
  void draw_icon();
  void show_menu(WPARAM place);
  void end_balloon();

  HWND window_;
  const AttentionPort::Tell& tell_;
  TrayProps tray_;
  std::optional<Notify> balloon_;  // the one that stands there
  NOTIFYICONDATAW about_{};
  HICON icon_ = nullptr;
  std::optional<std::uint32_t> drawn_;  // the count that `icon_` shows
  bool is_there_ = false;
};

}  // namespace wardroom::client
