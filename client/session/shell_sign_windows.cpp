#include "client/session/shell_sign.hpp"

#include <cstddef>
#include <utility>

#include "client/session/tray_icon.hpp"
#include "common/base/wide_text.hpp"

namespace wardroom::client {
namespace {

constexpr UINT kOpen = 1, kQuiet = 2, kQuit = 3;

template <std::size_t kRoom>
void copy_text(wchar_t (&field)[kRoom], const std::string& text) {
  const std::size_t count = to_wide(text).copy(field, kRoom - 1);
  field[count] = L'\0';
}

// Windows wants blue first, and the rows from the bottom unless the height is negative.
HICON make_icon(const TrayIcon& drawn) {
  BITMAPINFO about{};
  about.bmiHeader.biSize = sizeof about.bmiHeader;
  about.bmiHeader.biWidth = drawn.size;
  about.bmiHeader.biHeight = -drawn.size;
  about.bmiHeader.biPlanes = 1;
  about.bmiHeader.biBitCount = 32;
  void* points = nullptr;
  const HBITMAP colours = CreateDIBSection(nullptr, &about, DIB_RGB_COLORS, &points, nullptr, 0);
  const HBITMAP mask = CreateBitmap(drawn.size, drawn.size, 1, 1, nullptr);
  HICON icon = nullptr;
  if (colours && mask) {
    auto* to = static_cast<std::uint8_t*>(points);
    for (std::size_t i = 0; i + 3 < drawn.argb.size(); i += 4)
      for (std::size_t part = 0; part < 4; ++part) to[i + part] = drawn.argb[i + 3 - part];
    ICONINFO parts{};
    parts.fIcon = TRUE;
    parts.hbmMask = mask;
    parts.hbmColor = colours;
    icon = CreateIconIndirect(&parts);
  }
  DeleteObject(colours);
  DeleteObject(mask);
  return icon;
}

}  // namespace

ShellSign::~ShellSign() {
  remove();
  if (icon_) DestroyIcon(icon_);
}

bool ShellSign::works() {
  const bool was_there = is_there_;
  const bool works = put(0);
  if (!was_there) remove();
  return works;
}

void ShellSign::show(const TrayProps& tray) {
  tray_ = tray;
  follow();
}

void ShellSign::put_again() {
  is_there_ = false;
  balloon_.reset();
  follow();
}

// There while it is wanted, or while it has something to say.
void ShellSign::follow() {
  if (tray_.shown || balloon_)
    put(0);
  else
    remove();
}

// On a screen that others see, the model says what may be read: `text` may be empty.
void ShellSign::notify(const Notify& effect) {
  if (effect.silent) return;
  end_balloon();
  balloon_ = effect;
  copy_text(about_.szInfoTitle, effect.title);
  copy_text(about_.szInfo, effect.text.empty() ? "New message" : effect.text);
  about_.dwInfoFlags = NIIF_USER | NIIF_RESPECT_QUIET_TIME | (effect.sound ? 0U : NIIF_NOSOUND);
  if (!put(NIF_INFO)) balloon_.reset();
}

void ShellSign::withdraw(RoomId room) {
  if (!balloon_ || balloon_->room != room) return;
  // No text takes it away.
  about_.szInfo[0] = L'\0';
  put(NIF_INFO);
  balloon_.reset();
  follow();
}

void ShellSign::end_balloon() {
  if (const auto gone = std::exchange(balloon_, std::nullopt)) tell_(NotificationGone{gone->room});
}

void ShellSign::draw_icon() {
  const std::uint32_t count = tray_.shown ? tray_.count : 0;
  if (drawn_ == count) return;
  if (icon_) DestroyIcon(icon_);
  icon_ = make_icon(draw_tray_icon(count, GetSystemMetrics(SM_CXSMICON)));
  drawn_ = count;
}

bool ShellSign::put(UINT flags) {
  draw_icon();
  about_.cbSize = sizeof about_;
  about_.hWnd = window_;
  about_.uID = 1;
  about_.uFlags = NIF_ICON | NIF_TIP | NIF_SHOWTIP | NIF_MESSAGE | flags;
  about_.uCallbackMessage = kMessage;
  about_.hIcon = icon_;
  copy_text(about_.szTip, tray_.tip.empty() ? "Wardroom" : "Wardroom: " + tray_.tip);
  if (is_there_) return Shell_NotifyIconW(NIM_MODIFY, &about_) != FALSE;
  is_there_ = Shell_NotifyIconW(NIM_ADD, &about_) != FALSE;
  if (!is_there_) return false;
  about_.uVersion = NOTIFYICON_VERSION_4;
  Shell_NotifyIconW(NIM_SETVERSION, &about_);
  return true;
}

void ShellSign::remove() {
  if (std::exchange(is_there_, false)) Shell_NotifyIconW(NIM_DELETE, &about_);
}

void ShellSign::take_message(WPARAM place, LPARAM what) {
  switch (LOWORD(what)) {
    case NIN_SELECT:
    case NIN_KEYSELECT:
      tell_(TrayPressed{TrayPressed::Act::open});
      break;
    case WM_CONTEXTMENU:
      show_menu(place);
      break;
    case NIN_BALLOONUSERCLICK:
      if (const auto pressed = std::exchange(balloon_, std::nullopt))
        tell_(NotificationPressed{pressed->room, pressed->seq});
      follow();
      break;
    case NIN_BALLOONHIDE:
    case NIN_BALLOONTIMEOUT:
      end_balloon();
      follow();
      break;
    default:
      break;
  }
}

void ShellSign::show_menu(WPARAM place) {
  const HMENU menu = CreatePopupMenu();
  if (!menu) return;
  AppendMenuW(menu, MF_STRING, kOpen, L"Open Wardroom");
  AppendMenuW(menu, MF_STRING | (tray_.do_not_disturb ? MF_CHECKED : 0U), kQuiet, L"Do not disturb");
  AppendMenuW(menu, MF_SEPARATOR, 0, nullptr);
  AppendMenuW(menu, MF_STRING, kQuit, L"Quit");
  SetMenuDefaultItem(menu, kOpen, FALSE);
  // Without it the menu stays when somebody presses beside it.
  SetForegroundWindow(window_);
  const auto x = static_cast<short>(LOWORD(place)), y = static_cast<short>(HIWORD(place));
  const auto chosen = static_cast<UINT>(
      TrackPopupMenuEx(menu, TPM_RETURNCMD | TPM_NONOTIFY | TPM_RIGHTBUTTON, x, y, window_, nullptr));
  DestroyMenu(menu);
  if (chosen == kOpen) tell_(TrayPressed{TrayPressed::Act::open});
  if (chosen == kQuiet) tell_(TrayPressed{TrayPressed::Act::do_not_disturb});
  if (chosen == kQuit) tell_(TrayPressed{TrayPressed::Act::quit});
}

}  // namespace wardroom::client
