#include "ctl/commands/terminal.hpp"

#include <cstdio>
#include <fcntl.h>
#include <io.h>
#include <istream>
#include <windows.h>

#include "common/base/wide_text.hpp"

namespace wardroom::ctl {
namespace {

constexpr DWORD kMostTyped = 4096;

// Takes what is typed without showing it, for as long as this lives.
class Unseen {
 public:
  explicit Unseen(HANDLE input) : input_(input) {
    GetConsoleMode(input_, &before_);
    SetConsoleMode(input_,
                   (before_ & ~DWORD{ENABLE_ECHO_INPUT}) | ENABLE_LINE_INPUT | ENABLE_PROCESSED_INPUT);
  }
  ~Unseen() { SetConsoleMode(input_, before_); }
  Unseen(const Unseen&) = delete;
  Unseen& operator=(const Unseen&) = delete;

 private:
  HANDLE input_;
  DWORD before_ = 0;
};

}  // namespace

// Text mode would write CR LF: an export's bytes are counted and hashed.
void prepare_streams() {
  SetConsoleOutputCP(CP_UTF8);
  for (std::FILE* stream : {stdin, stdout, stderr}) _setmode(_fileno(stream), _O_BINARY);
}

bool is_terminal() {
  DWORD mode = 0;
  return GetConsoleMode(GetStdHandle(STD_INPUT_HANDLE), &mode) != 0;
}

// Not through the stream: it has what is typed in the console's code page, in which not every letter can be
// written.
std::string read_unseen_line(std::istream& in) {
  const HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
  const Unseen unseen(input);
  std::wstring typed(kMostTyped, L'\0');
  DWORD count = 0;
  if (!ReadConsoleW(input, typed.data(), kMostTyped, &count, nullptr) || count == 0) {
    in.setstate(std::ios::eofbit);
    return {};
  }
  typed.resize(count);
  while (!typed.empty() && (typed.back() == L'\n' || typed.back() == L'\r')) typed.pop_back();
  return to_utf8(typed);
}

}  // namespace wardroom::ctl
