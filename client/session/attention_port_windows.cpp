#include "client/session/attention_port.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "client/session/shell_sign.hpp"

namespace wardroom::client {
namespace {

constexpr UINT kWanted = WM_APP + 2;
constexpr UINT_PTR kIdleTimer = 1;
constexpr UINT kAskIdleMs = 30'000;
constexpr std::size_t kMostWanted = 10'000;

// Windows' shell, by which there are notifications and the sign beside the clock, and how long nobody has
// touched the PC. On a thread of its own with a window that is never shown, for the shell's messages; a shell
// that hangs holds up nothing else.
class ShellAttention final : public AttentionPort {
 public:
  explicit ShellAttention(Tell tell) : tell_(std::move(tell)), thread_([this] { work(); }) {}
  ~ShellAttention() override {
    want([](Wanted& wanted) { wanted.stop = true; });
    thread_.join();
  }
  ShellAttention(const ShellAttention&) = delete;
  ShellAttention& operator=(const ShellAttention&) = delete;

  void notify(const Notify& effect) override {
    want([&](Wanted& wanted) { keep(wanted, effect.room, effect); });
  }
  void withdraw(RoomId room) override {
    want([&](Wanted& wanted) { keep(wanted, room, std::nullopt); });
  }
  void show_tray(const TrayProps& tray) override {
    want([&](Wanted& wanted) { wanted.tray = tray; });
  }
  void watch_idle(std::chrono::minutes after) override {
    want([&](Wanted& wanted) { wanted.idle_after = after; });
  }

 private:
  // What is wanted and not yet taken up: of each thing the newest.
  struct Wanted {
    std::map<RoomId, std::optional<Notify>> notifications;  // nothing: withdrawn
    std::optional<TrayProps> tray;
    std::optional<std::chrono::minutes> idle_after;
    bool stop = false;
  };

  static void keep(Wanted& wanted, RoomId room, const std::optional<Notify>& effect) {
    auto& all = wanted.notifications;
    if (all.size() < kMostWanted || all.contains(room)) all[room] = effect;
  }

  template <class Change>
  void want(Change change) {
    const std::lock_guard lock(mutex_);
    change(wanted_);
    if (window_) PostMessageW(window_, kWanted, 0, 0);
  }

  void work();
  bool open_window();
  void tell_support();
  void take_wanted();
  void ask_idle();
  static LRESULT CALLBACK take_message(HWND window, UINT message, WPARAM first, LPARAM second);

  const Tell tell_;
  std::mutex mutex_;
  Wanted wanted_;
  HWND window_ = nullptr;  // under the lock, but for the thread itself
  // The thread's own.
  UINT shell_began_ = 0;
  std::optional<ShellSign> sign_;
  std::chrono::milliseconds idle_after_{0};
  bool idle_ = false;
  std::thread thread_;
};

// Not a window for messages alone: those aren't told when the shell begins anew.
bool ShellAttention::open_window() {
  WNDCLASSEXW about{};
  about.cbSize = sizeof about;
  about.lpfnWndProc = take_message;
  about.hInstance = GetModuleHandleW(nullptr);
  about.lpszClassName = L"WardroomAttention";
  RegisterClassExW(&about);
  const HWND made = CreateWindowExW(0, about.lpszClassName, L"Wardroom", WS_OVERLAPPED, 0, 0, 0, 0, nullptr,
                                    nullptr, about.hInstance, nullptr);
  if (!made) return false;
  SetWindowLongPtrW(made, GWLP_USERDATA, reinterpret_cast<LONG_PTR>(this));
  const std::lock_guard lock(mutex_);
  window_ = made;
  return true;
}

void ShellAttention::work() {
  shell_began_ = RegisterWindowMessageW(L"TaskbarCreated");
  if (!open_window()) {
    AttentionSupport none;
    none.known = none.bus = true;
    tell_(AttentionFound{none});
    return;
  }
  sign_.emplace(window_, tell_);
  tell_support();
  // For what was wanted before there was a window.
  PostMessageW(window_, kWanted, 0, 0);
  MSG message;
  while (GetMessageW(&message, nullptr, 0, 0) > 0) DispatchMessageW(&message);
  sign_.reset();
  const std::lock_guard lock(mutex_);
  DestroyWindow(window_);
  window_ = nullptr;
}

// Without a shell (it may begin later) there is no place for a sign, and what it says.
void ShellAttention::tell_support() {
  AttentionSupport support;
  support.known = support.bus = support.idle = true;
  support.tray = support.notifications = support.presses = sign_->works();
  tell_(AttentionFound{support});
}

void ShellAttention::take_wanted() {
  Wanted wanted;
  {
    const std::lock_guard lock(mutex_);
    std::swap(wanted, wanted_);
  }
  if (wanted.tray) sign_->show(*wanted.tray);
  for (const auto& [room, effect] : wanted.notifications) {
    if (effect)
      sign_->notify(*effect);
    else
      sign_->withdraw(room);
  }
  if (wanted.idle_after) {
    idle_after_ = *wanted.idle_after;
    idle_ = false;
    KillTimer(window_, kIdleTimer);
    if (idle_after_.count() > 0) SetTimer(window_, kIdleTimer, kAskIdleMs, nullptr);
  }
  if (wanted.stop) PostQuitMessage(0);
}

void ShellAttention::ask_idle() {
  LASTINPUTINFO last{};
  last.cbSize = sizeof last;
  if (idle_after_.count() == 0 || !GetLastInputInfo(&last)) return;
  // Both count milliseconds since Windows began, and begin again together after 49 days.
  const bool idle =
      std::chrono::milliseconds{static_cast<DWORD>(GetTickCount() - last.dwTime)} >= idle_after_;
  if (idle == idle_) return;
  idle_ = idle;
  tell_(IdleChanged{idle});
}

LRESULT ShellAttention::take_message(HWND window, UINT message, WPARAM first, LPARAM second) {
  auto* self = reinterpret_cast<ShellAttention*>(GetWindowLongPtrW(window, GWLP_USERDATA));
  if (!self || !self->sign_) return DefWindowProcW(window, message, first, second);
  if (message == ShellSign::kMessage)
    self->sign_->take_message(first, second);
  else if (message == kWanted)
    self->take_wanted();
  else if (message == WM_TIMER && first == kIdleTimer)
    self->ask_idle();
  else if (message == self->shell_began_) {
    self->sign_->put_again();
    self->tell_support();
  } else
    return DefWindowProcW(window, message, first, second);
  return 0;
}

}  // namespace

std::unique_ptr<AttentionPort> open_attention(AttentionPort::Tell tell) {
  return std::make_unique<ShellAttention>(std::move(tell));
}

}  // namespace wardroom::client
