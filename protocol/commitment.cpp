#include "protocol/commitment.hpp"

#include <algorithm>
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

Uuid to_client_id(std::span<const std::byte> stored) {
  Uuid id;
  std::copy_n(stored.begin(), std::min(stored.size(), id.bytes.size()), id.bytes.begin());
  return id;
}

std::string canonical_bytes(const PostedState& s) {
  constexpr std::size_t kBeforeText = 160;  // at most, nearly always
  std::string bytes;
  bytes.reserve(kBeforeText + s.text.size());
  bytes += s.form == MessageForm::v1 ? "wardroom message v1\n" : "wardroom message v2\n";
  append_lines(bytes, {s.room.value, s.seq.value, s.author.value, to_unix_ms(s.at)});
  if (s.form != MessageForm::v1) {
    if (s.reply_to) bytes += std::to_string(s.reply_to->value);
    bytes += "\n" + to_string(s.client_id) + "\n\n";
  }
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

std::string canonical_bytes(const ReactionState& s) {
  std::string bytes = "wardroom reaction v1\n";
  append_lines(bytes, {s.room.value, s.message.value, s.number.value, s.user.value, to_unix_ms(s.at)});
  bytes += s.added ? "added\n" : "removed\n";
  bytes += s.emoji;
  return bytes;
}

Digest commit_to(const Salt& salt, const ReactionState& s) {
  return sha256({salt, as_bytes(canonical_bytes(s))});
}

}  // namespace wardroom::protocol
