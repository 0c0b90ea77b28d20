#pragma once

#include <array>
#include <string>
#include <string_view>

#include "common/base/bytes.hpp"
#include "protocol/types.hpp"

// What binds messages into the audit log: SHA-256(salt || canonical bytes), where the canonical bytes are
// lines of text that a shell can rebuild. Numbers are decimal, `at` is Unix milliseconds, the text comes last
// and may have line feeds of its own; no line feed follows it. A new message:
//
//   wardroom message v1
//   <room>
//   <seq>
//   <author>
//   <at>
//   <text>
//
// A change of one, where the first line says edit, delete or restore, the reason may be an empty line, and
// the text is the one that is shown from then on (nothing for a deletion):
//
//   wardroom edit v1
//   <room>
//   <seq of the message>
//   <version>
//   <who did it>
//   <at>
//   <reason>
//   <text>
namespace wardroom::protocol {

using Salt = std::array<std::byte, 16>;

struct PostedState {
  RoomId room;
  Seq seq;
  UserId author;
  TimePoint at;
  std::string_view text;
};
std::string canonical_bytes(const PostedState& state);
Digest commit_to(const Salt& salt, const PostedState& state);

struct ChangedState {
  RoomId room;
  Seq seq;
  std::int64_t version = 2;
  MessageVersion::Act act = MessageVersion::Act::edited;  // not `posted`
  UserId by;
  TimePoint at;
  std::string_view reason;
  std::string_view text;
};
std::string canonical_bytes(const ChangedState& state);
Digest commit_to(const Salt& salt, const ChangedState& state);

}  // namespace wardroom::protocol
