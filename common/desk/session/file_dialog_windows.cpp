#include "common/desk/session/file_dialog.hpp"

#include <memory>

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::desk {
namespace {

constexpr UINT kLookMs = 200;

struct Releaser {
  void operator()(IUnknown* object) const { object->Release(); }
};
template <class T>
using Com = std::unique_ptr<T, Releaser>;

// COM for as long as this lives; the thread of dialogs has a queue of messages, as they need one.
class Apartment {
 public:
  Apartment()
      : ready_(SUCCEEDED(CoInitializeEx(nullptr, COINIT_APARTMENTTHREADED | COINIT_DISABLE_OLE1DDE))) {}
  ~Apartment() {
    if (ready_) CoUninitialize();
  }
  Apartment(const Apartment&) = delete;
  Apartment& operator=(const Apartment&) = delete;

 private:
  bool ready_;
};

// What the timer below looks at; a thread has one dialog at a time.
thread_local IFileDialog* open_dialog = nullptr;
thread_local const std::function<bool()>* ending = nullptr;

// The dialog runs the messages of its thread meanwhile, and this among them.
void CALLBACK close_when_ending(HWND, UINT, UINT_PTR, DWORD) {
  if (open_dialog && ending && (*ending)()) open_dialog->Close(HRESULT_FROM_WIN32(ERROR_CANCELLED));
}

// False: the person closed it, or the program ends.
bool show_dialog(IFileDialog& dialog, const std::function<bool()>& is_stopping) {
  open_dialog = &dialog;
  ending = &is_stopping;
  const UINT_PTR timer = SetTimer(nullptr, 0, kLookMs, close_when_ending);
  const bool chosen = SUCCEEDED(dialog.Show(nullptr));
  KillTimer(nullptr, timer);
  open_dialog = nullptr;
  ending = nullptr;
  return chosen;
}

std::optional<std::string> path_of_item(IShellItem& item) {
  PWSTR name = nullptr;
  if (FAILED(item.GetDisplayName(SIGDN_FILESYSPATH, &name))) return std::nullopt;
  std::string path = to_utf8(name);
  CoTaskMemFree(name);
  return path;
}

template <class T>
Com<T> make_dialog(const CLSID& which, FILEOPENDIALOGOPTIONS more) {
  T* made = nullptr;
  if (FAILED(CoCreateInstance(which, nullptr, CLSCTX_INPROC_SERVER, IID_PPV_ARGS(&made)))) return nullptr;
  Com<T> dialog(made);
  FILEOPENDIALOGOPTIONS options = 0;
  dialog->GetOptions(&options);
  // FOS_FORCEFILESYSTEM: only what has a path. FOS_NOCHANGEDIR: this program stays where it is.
  dialog->SetOptions(options | FOS_FORCEFILESYSTEM | FOS_NOCHANGEDIR | more);
  return dialog;
}

}  // namespace

std::optional<std::vector<std::string>> ask_for_files(const std::string& title, HowMany how_many,
                                                      const std::function<bool()>& is_stopping) {
  const Apartment apartment;
  FILEOPENDIALOGOPTIONS options = FOS_FILEMUSTEXIST;
  if (how_many == HowMany::several) options |= FOS_ALLOWMULTISELECT;
  const auto dialog = make_dialog<IFileOpenDialog>(CLSID_FileOpenDialog, options);
  if (!dialog) return std::nullopt;
  dialog->SetTitle(to_wide(title).c_str());
  std::vector<std::string> paths;
  if (!show_dialog(*dialog, is_stopping)) return paths;
  IShellItemArray* chosen = nullptr;
  if (FAILED(dialog->GetResults(&chosen))) return paths;
  const Com<IShellItemArray> items(chosen);
  DWORD count = 0;
  items->GetCount(&count);
  for (DWORD i = 0; i < count; ++i) {
    IShellItem* one = nullptr;
    if (FAILED(items->GetItemAt(i, &one))) continue;
    const Com<IShellItem> item(one);
    if (auto path = path_of_item(*item)) paths.push_back(std::move(*path));
  }
  return paths;
}

std::optional<std::vector<std::string>> ask_for_target(const std::string& title, const std::string& name,
                                                       const std::function<bool()>& is_stopping) {
  const Apartment apartment;
  const auto dialog = make_dialog<IFileSaveDialog>(CLSID_FileSaveDialog, FOS_OVERWRITEPROMPT);
  if (!dialog) return std::nullopt;
  dialog->SetTitle(to_wide(title).c_str());
  dialog->SetFileName(to_wide(name).c_str());
  std::vector<std::string> paths;
  if (!show_dialog(*dialog, is_stopping)) return paths;
  IShellItem* chosen = nullptr;
  if (FAILED(dialog->GetResult(&chosen))) return paths;
  const Com<IShellItem> item(chosen);
  if (auto path = path_of_item(*item)) paths.push_back(std::move(*path));
  return paths;
}

}  // namespace wardroom::desk
