#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "protocol/codec.hpp"

namespace wardroom::client {

// A value that the cache keeps as JSON; nothing: it can't be read, as after a change of the disk's own.
template <class T>
std::optional<T> decoded(std::string_view json) {
  const auto value = protocol::parse_json(json);
  if (!value) return std::nullopt;
  auto decoded = protocol::decode<T>(*value, "cached");
  if (!decoded) return std::nullopt;
  return std::move(*decoded);
}

}  // namespace wardroom::client
