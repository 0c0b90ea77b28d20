#include "protocol/commitment.hpp"

#include <cassert>
#include <initializer_list>

namespace wardroom::protocol {
namespace {

using Act = MessageVersion::Act;

void append_lines(std::string& bytes, std::initializer_list<std::int64_t> numbers) {
  for (const std::int64_t number : numbers) {
    bytes += std::to_string(number);
    bytes.push_back('\n');
  }
}

std::string_view first_line(Act act) {
  switch (act) {
    case Act::edited:
      return "wardroom edit v1\n";
    case Act::deleted:
      return "wardroom delete v1\n";
    case Act::restored:
      return "wardroom restore v1\n";
    case Act::posted:
      break;
  }
  assert(false);
  return {};
}

}  // namespace

std::string canonical_bytes(const PostedState& s) {
  std::string bytes = "wardroom message v1\n";
  append_lines(bytes, {s.room.value, s.seq.value, s.author.value, to_unix_ms(s.at)});
  bytes += s.text;
  return bytes;
}

Digest commit_to(const Salt& salt, const PostedState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

std::string canonical_bytes(const ChangedState& s) {
  std::string bytes(first_line(s.act));
  append_lines(bytes, {s.room.value, s.seq.value, s.version, s.by.value, to_unix_ms(s.at)});
  bytes += s.reason;
  bytes.push_back('\n');
  bytes += s.text;
  return bytes;
}

Digest commit_to(const Salt& salt, const ChangedState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

}  // namespace wardroom::protocol
