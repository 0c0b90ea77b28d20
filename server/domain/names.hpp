#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"

// How people, rooms and texts may be called. Pure functions; errors name the field that the caller gives.
namespace wardroom::domain {

// Lower-cases ASCII and checks: 2 to 32 of a–z, 0–9, dot, hyphen, underscore; starts with a letter or digit.
Result<std::string> check_user_name(std::string_view field, std::string_view name);
// The same for an account that is made now: none of the words that call everybody (@room, @all …).
Result<std::string> check_new_user_name(std::string_view field, std::string_view name);

// 1 to 64 bytes after trimming and NFC; runs of any white space become one space. No line breaks, no control,
// direction-changing or invisible characters, no word in which letters of several scripts look alike.
Result<std::string> check_display_name(std::string_view field, std::string_view name);

// 1 to 64 bytes after NFKC, no white space, none of # @ : , / — so that #name can stand in a text; no
// characters that check_display_name refuses.
Result<std::string> check_room_name(std::string_view field, std::string_view name);
// Two room names with the same key are the same name: case and width are ignored (NFKC_Casefold).
std::string room_name_key(std::string_view name);
// UTS 39's skeleton of a name. Two room names of which either skeleton is the same can be taken for each
// other: never both exist.
struct RoomNameLook {
  std::string written;  // of the name as it is written: a capital Greek rho is like P
  std::string folded;   // of its key: a small one is like p
};
RoomNameLook room_name_look(std::string_view name);

// What is pasted along unseen and means nothing is taken off: marks that reorder text (U+202A–E, U+2066–9)
// and a byte order mark in front. Every way to end a line (CRLF, CR, NEL, U+2028, U+2029) becomes a line
// feed.
std::string cleaned_text(std::string_view text);

// Cleaned; at most `max_bytes`, one line, no control characters; may be empty. For topics, status texts,
// reasons, devices. A refusal names the character and its place.
Result<std::string> check_line(std::string_view field, std::string_view text, std::size_t max_bytes);

// A message, cleaned: 1 byte to 16 KiB, not only white space. Control characters other than tab and newline
// are refused with their names and places.
Result<std::string> check_message_text(std::string_view field, std::string_view text);

// Empty, or something with an @ between two parts, at most 254 bytes.
Result<std::string> check_email(std::string_view field, std::string_view email);

// The author's account name of an import: "irc:nick". Never a name that check_user_name accepts.
Result<std::string> imported_user_name(std::string_view source, std::string_view author);

}  // namespace wardroom::domain
