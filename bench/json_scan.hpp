#pragma once

#include <cstdint>
#include <string_view>

namespace wardroom::bench {

// What the receive path needs of a text from the server, found without building a tree: a million of them
// come in a second. It relies on the server's own order of members; what it doesn't recognise is `other`.
struct Scanned {
  enum class Kind {
    result,   // the answer to request `id`
    error,    // the refusal of request `id`
    message,  // message.posted
    durable,  // another event that takes a number in its room
    other,
  };
  Kind kind = Kind::other;
  std::int64_t id = 0;
  std::int64_t room = 0;
  std::int64_t seq = 0;   // of an event; of a result when it has one
  std::string_view text;  // of a message, from its first character on
};

Scanned scan(std::string_view json);

}  // namespace wardroom::bench
