#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/types.hpp"

// What a person wants to know of a file before they do something with it.
namespace wardroom::client {

// "312 bytes", "3.2 KB", "48 MB".
std::string size_words(std::int64_t bytes);
// "PDF", "Picture", "Sound": from its type, which is the bytes' own; else from the name's ending.
std::string kind_words(const protocol::File& file);

enum class FileGroup { picture, document, sound_or_film, other };
FileGroup group_of(const protocol::File& file);

// One that is shown in the room: of a kind that can be decoded here, and not too large for it.
bool is_shown_inline(const protocol::File& file);

// Why it is saved and never handed to another program: a sentence; empty: it may be opened. By what it is and
// what it is called: the desktop goes by either. What isn't known to be harmless isn't opened.
std::string why_only_saved(const protocol::File& file);

}  // namespace wardroom::client
