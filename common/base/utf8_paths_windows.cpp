#include <cwchar>

#include "common/base/utf8.hpp"

// std::filesystem::path takes a std::string for text in the locale's code page, which with this C library is
// never UTF-8, and gives UTF-8 back. All our texts are UTF-8, so what libstdc++ asks of the C library for
// that (`mbrtowc`, for one wide character at a time) is answered here; cmake/compiler.cmake tells the linker
// (--wrap). What isn't UTF-8 becomes U+FFFD.
extern "C" std::size_t __wrap_mbrtowc(wchar_t* to, const char* from, std::size_t size,
                                      std::mbstate_t* state) {
  wchar_t unused = 0;
  if (!to) to = &unused;
  // The second half of a pair takes the last of its four bytes.
  if (state && *state != 0) {
    *to = static_cast<wchar_t>(*state);
    *state = 0;
    return 1;
  }
  if (!from) return 0;
  if (size == 0) return static_cast<std::size_t>(-2);  // incomplete
  std::size_t length = 0;
  const char32_t point = wardroom::next_mended_code_point({from, size}, length);
  if (point < 0x10000) {
    *to = static_cast<wchar_t>(point);
    return point == 0 ? 0 : length;
  }
  *to = static_cast<wchar_t>(0xD800 + ((point - 0x10000) >> 10U));
  if (!state) return length;
  *state = static_cast<std::mbstate_t>(0xDC00 + ((point - 0x10000) & 0x3FFU));
  return length - 1;
}
