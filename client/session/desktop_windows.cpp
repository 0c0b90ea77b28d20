#include "client/session/desktop.hpp"

#include <filesystem>
#include <mutex>
#include <shlwapi.h>
#include <thread>

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::client {
namespace {

// The shell may take its time (a program to start, a share that is gone), and nobody waits for it.
template <class Act>
void apart(Act act) {
  std::thread([act = std::move(act)] {
    const bool ready = SUCCEEDED(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE));
    act();
    if (ready) CoUninitialize();
  }).detach();
}

void open_by_shell(const std::wstring& what) {
  SHELLEXECUTEINFOW about{};
  about.cbSize = sizeof about;
  about.fMask = SEE_MASK_FLAG_NO_UI | SEE_MASK_NOASYNC;
  about.lpVerb = L"open";
  about.lpFile = what.c_str();
  about.nShow = SW_SHOWNORMAL;
  ShellExecuteExW(&about);
}

// Its folder, with the file chosen in it.
void show_in_folder(const std::wstring& path) {
  PIDLIST_ABSOLUTE item = ILCreateFromPathW(path.c_str());
  if (!item) return;
  SHOpenFolderAndSelectItems(item, 0, nullptr, 0);
  ILFree(item);
}

// To open a program is to start it, and this one came from a chat.
bool runs_when_opened(const std::wstring& path) {
  const wchar_t* ending = PathFindExtensionW(path.c_str());
  return *ending != L'\0' && AssocIsDangerous(ending);
}

void copy_to(wchar_t* field, std::size_t room, const std::wstring& text) {
  const std::size_t count = text.copy(field, room - 1);
  field[count] = L'\0';
}

// A sign beside the clock for as long as there is something to say; Windows 10 and 11 show what it says as
// their own notifications. With the first icon of the program.
class TrayNotice {
 public:
  ~TrayNotice() {
    const std::lock_guard lock(mutex_);
    if (shown_) Shell_NotifyIconW(NIM_DELETE, &about_);
    if (window_) DestroyWindow(window_);
  }

  void show(const std::wstring& title, const std::wstring& text) {
    const std::lock_guard lock(mutex_);
    if (!window_)
      window_ = CreateWindowExW(0, L"STATIC", L"Wardroom", 0, 0, 0, 0, 0, HWND_MESSAGE, nullptr,
                                GetModuleHandleW(nullptr), nullptr);
    if (!window_) return;
    about_.cbSize = sizeof about_;
    about_.hWnd = window_;
    about_.uFlags = NIF_ICON | NIF_TIP | NIF_INFO;
    about_.hIcon = LoadIconW(GetModuleHandleW(nullptr), MAKEINTRESOURCEW(1));
    if (!about_.hIcon) about_.hIcon = LoadIconW(nullptr, MAKEINTRESOURCEW(32512));  // IDI_APPLICATION
    about_.dwInfoFlags = NIIF_NONE | NIIF_RESPECT_QUIET_TIME;
    copy_to(about_.szTip, sizeof about_.szTip / sizeof(wchar_t), L"Wardroom");
    copy_to(about_.szInfoTitle, sizeof about_.szInfoTitle / sizeof(wchar_t), title);
    copy_to(about_.szInfo, sizeof about_.szInfo / sizeof(wchar_t), text);
    shown_ = Shell_NotifyIconW(shown_ ? NIM_MODIFY : NIM_ADD, &about_) || shown_;
  }

 private:
  std::mutex mutex_;
  HWND window_ = nullptr;
  NOTIFYICONDATAW about_{};
  bool shown_ = false;
};

class WindowsDesktop final : public Desktop {
 public:
  // As on Linux: on a screen that others see, who wrote and not what.
  void notify(RoomId, const std::string& title, const std::string&) override {
    notice_.show(to_wide(title), L"New message");
  }
  void open_url(const std::string& url) override {
    if (may_open(url)) apart([wide = to_wide(url)] { open_by_shell(wide); });
  }
  void open_path(const std::string& path) override {
    std::filesystem::path named(path);
    if (!named.is_absolute()) return;
    apart([wide = named.make_preferred().native()] {
      if (runs_when_opened(wide))
        show_in_folder(wide);
      else
        open_by_shell(wide);
    });
  }

 private:
  TrayNotice notice_;
};

}  // namespace

std::unique_ptr<Desktop> make_desktop() {
  return std::make_unique<WindowsDesktop>();
}

}  // namespace wardroom::client
