#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"

// How people, rooms and texts may be called. Pure functions; errors name the field that the caller gives.
namespace wardroom::domain {

// Lower-cases ASCII and checks: 2 to 32 of a–z, 0–9, dot, hyphen, underscore; starts with a letter or digit.
Result<std::string> check_user_name(std::string_view field, std::string_view name);

// 1 to 64 bytes after trimming, no line breaks, no control or direction-changing characters.
Result<std::string> check_display_name(std::string_view field, std::string_view name);

// 1 to 64 bytes, no white space, no control characters, none of # @ : , — so that #name can stand in a text.
Result<std::string> check_room_name(std::string_view field, std::string_view name);
// What makes two room names the same: ASCII case is ignored.
std::string room_name_key(std::string_view name);

// At most `max_bytes`, one line, no control characters; may be empty. For topics, status texts, reasons,
// devices.
Result<std::string> check_line(std::string_view field, std::string_view text, std::size_t max_bytes);

// A message: 1 byte to 16 KiB, not only white space; control characters other than tab and newline are
// refused.
Result<void> check_message_text(std::string_view field, std::string_view text);

// Empty, or something with an @ between two parts, at most 254 bytes.
Result<std::string> check_email(std::string_view field, std::string_view email);

// The author's account name of an import: "irc:nick". Never a name that check_user_name accepts.
Result<std::string> imported_user_name(std::string_view source, std::string_view author);

}  // namespace wardroom::domain
