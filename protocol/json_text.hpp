#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <boost/json.hpp>

#include "common/base/result.hpp"

namespace wardroom::protocol {

// RFC 8259. The text must be well-formed UTF-8.
void append_json_string(std::string& out, std::string_view text);
void append_number(std::string& out, std::int64_t number);

// Parses one JSON text; refuses bad UTF-8, depth over kMaxJsonDepth, and anything behind the value.
Result<boost::json::value> parse_json(std::string_view text, boost::json::storage_ptr storage = {});

}  // namespace wardroom::protocol
