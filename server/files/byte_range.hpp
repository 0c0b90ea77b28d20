#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace wardroom::files {

// What a download sends of a file.
struct ByteRange {
  std::int64_t begin = 0;
  std::int64_t length = 0;
  friend bool operator==(const ByteRange&, const ByteRange&) = default;
};

// What a line `Range` asks for (RFC 9110 section 14). Several ranges, and what isn't understood, are the
// whole file, which every client must take.
struct RangeAsked {
  enum class Kind { whole, part, none_there };  // none_there: 416
  Kind kind = Kind::whole;
  ByteRange range;  // of `part`
};
RangeAsked parse_range(std::string_view line, std::int64_t size);

}  // namespace wardroom::files
