#pragma once

#include <algorithm>
#include <cstddef>

namespace wardroom::sqlite {

// A piece of SQL that several statements have, such as the columns that a row is read from. Joined when the
// program is compiled: static constexpr auto kById = kSelectUser + " WHERE id = ?";
template <std::size_t Size>
struct SqlPiece {
  char text[Size] = {};  // ends with a NUL

  constexpr SqlPiece() = default;
  consteval SqlPiece(const char (&literal)[Size]) { std::copy_n(literal, Size, text); }
};

template <std::size_t A, std::size_t B>
consteval auto operator+(const SqlPiece<A>& a, const SqlPiece<B>& b) {
  SqlPiece<A + B - 1> joined;
  std::copy_n(b.text, B, std::copy_n(a.text, A - 1, joined.text));
  return joined;
}
template <std::size_t A, std::size_t B>
consteval auto operator+(const SqlPiece<A>& a, const char (&b)[B]) {
  return a + SqlPiece(b);
}

// SQL text known at compile time: values are always bound, never pasted in. The address of the text is also
// the key under which its prepared statement is kept, so joined pieces are `static constexpr`.
class Sql {
 public:
  consteval Sql(const char* text) : text_(text) {}
  template <std::size_t Size>
  consteval Sql(const SqlPiece<Size>& joined) : text_(joined.text) {}
  const char* text() const { return text_; }

 private:
  const char* text_;
};

}  // namespace wardroom::sqlite
