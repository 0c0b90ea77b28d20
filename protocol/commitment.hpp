#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/uuid.hpp"
#include "protocol/types.hpp"

// What binds messages into the audit log: SHA-256(salt || canonical bytes), where the canonical bytes are
// lines of text that a shell can rebuild. Numbers are decimal, `at` is Unix milliseconds, the text comes last
// and may have line feeds of its own; no line feed follows it. A new message:
//
//   wardroom message v2
//   <room>
//   <seq>
//   <author>
//   <at>
//   <seq of the message that it answers, or nothing>
//   <client_id, lower case>
//   <of each file "SIZE SHA256 NAME", with a tab between two; or nothing>
//   <text>
//
// A reply in a thread has the form v3: above its text stands one line more, the seq of the thread's root. So
// no message moves into a thread, out of it or into another one.
//
// Messages of before have the form v1, without the three lines above the text
// (server/audit/message_form.hpp says from which record on there are none).
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
//
// A reaction that was added or taken back:
//
//   wardroom reaction v1
//   <room>
//   <seq of the message>
//   <the room's number of the change>
//   <whose it is>
//   <at>
//   <added or removed>
//   <emoji>
namespace wardroom::protocol {

using Salt = std::array<std::byte, 16>;

enum class MessageForm : std::int64_t { v1 = 1, v2 = 2, v3 = 3 };

struct PostedState {
  RoomId room;
  Seq seq;
  UserId author;
  TimePoint at;
  std::string_view text;
  MessageForm form = MessageForm::v1;
  // Not in the form v1.
  std::optional<Seq> reply_to = {};
  Uuid client_id = {};
  std::string_view files = {};  // append_file() made it
  // In the form v3, and in no other.
  std::optional<Seq> thread = {};
};

// A file, as the message that carries it binds it in.
struct CarriedFile {
  std::int64_t size = 0;  // bytes
  Digest sha256{};
  std::string name;  // without a tab or a line feed
  friend bool operator==(const CarriedFile&, const CarriedFile&) = default;
};
// Adds it to the line of the files of a message.
void append_file(std::string& line, const CarriedFile& file);
// The files of such a line, none of an empty one; nothing when append_file() didn't make it.
std::optional<std::vector<CarriedFile>> parse_files(std::string_view line);
// The client_id as the database has it.
Uuid to_client_id(std::span<const std::byte> stored);
std::string canonical_bytes(const PostedState& state);
Digest commit_to(const Salt& salt, const PostedState& state);

// An upload that is whole: SHA-256(salt || canonical bytes) stands in its record file.uploaded, so that the
// log says nothing of a file whose row is gone.
//
//   wardroom file v1
//   <id, lower case>
//   <who uploaded it>
//   <room>
//   <size>
//   <SHA-256 of its bytes, hexadecimal>
//   <name>
struct FileState {
  Uuid id;
  UserId user;
  RoomId room;
  std::int64_t size = 0;
  Digest sha256{};
  std::string_view name;
};
std::string canonical_bytes(const FileState& state);
Digest commit_to(const Salt& salt, const FileState& state);

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

struct ReactionState {
  RoomId room;
  Seq message;
  Seq number;
  UserId user;
  TimePoint at;
  bool added = true;
  std::string_view emoji;
};
std::string canonical_bytes(const ReactionState& state);
Digest commit_to(const Salt& salt, const ReactionState& state);

}  // namespace wardroom::protocol
