#include "client/session/desktop.hpp"

#include <filesystem>
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

class WindowsDesktop final : public Desktop {
 public:
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
};

}  // namespace

std::unique_ptr<Desktop> make_desktop() {
  return std::make_unique<WindowsDesktop>();
}

}  // namespace wardroom::client
