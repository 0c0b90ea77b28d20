#pragma once

#include <cstdint>
#include <string>

#include <boost/json.hpp>

#include "common/base/result.hpp"

namespace wardroom::evidence {

// The fields of one record's line, by path. A value.
class RecordFields {
 public:
  // An error when the line isn't a JSON object with an index and a type.
  static Result<RecordFields> parse(std::string_view line);

  // The field `name`, or `inner` within it: a string or a number as text, an object as JSON; empty when it
  // isn't there. Signs that move or hide others are written out (escape_unseen), whatever it is shown in.
  std::string at(std::string_view name, std::string_view inner = {}) const;

 private:
  explicit RecordFields(boost::json::value json) : json_(std::move(json)) {}
  boost::json::value json_;
};

}  // namespace wardroom::evidence
