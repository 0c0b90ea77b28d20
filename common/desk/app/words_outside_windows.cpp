#include "common/desk/app/words_outside.hpp"

#include <cstdint>

#include "common/base/wide_text.hpp"
#include "common/base/windows_api.hpp"

namespace wardroom::desk {
namespace {

bool write_all(HANDLE to, const std::string& text) {
  DWORD written = 0;
  return WriteFile(to, text.data(), static_cast<DWORD>(text.size()), &written, nullptr) &&
         written == text.size();
}

// Into a file or another program, where the starter sent the output there.
bool write_to_handle(const std::string& text, bool is_error) {
  const HANDLE to = GetStdHandle(is_error ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE);
  return to != nullptr && to != INVALID_HANDLE_VALUE && write_all(to, text);
}

// Behind the prompt, which the terminal shows by then: it doesn't wait for programs with windows.
bool write_to_console(const std::string& text) {
  if (!AttachConsole(ATTACH_PARENT_PROCESS)) return false;
  const HANDLE console = CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                     FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING, 0, nullptr);
  if (console == INVALID_HANDLE_VALUE) return false;
  const std::wstring wide = to_wide("\n" + text);
  DWORD written = 0;
  const bool shown =
      WriteConsoleW(console, wide.data(), static_cast<DWORD>(wide.size()), &written, nullptr) != 0;
  CloseHandle(console);
  return shown;
}

}  // namespace

void say_outside(const std::string& title, const std::string& text, bool is_error) {
  if (write_to_handle(text, is_error) || write_to_console(text)) return;
  MessageBoxW(nullptr, to_wide(text).c_str(), to_wide(title).c_str(),
              MB_OK | (is_error ? MB_ICONERROR : MB_ICONINFORMATION));
}

}  // namespace wardroom::desk
