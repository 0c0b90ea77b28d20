#pragma once

#include "tests/harness/office.hpp"

namespace wardroom::testing {

inline constexpr const char* kPassword = "correct horse 77";

// What a refusal says to a program.
inline std::string reason_of(const boost::json::object& response) {
  if (!response.contains("error")) return "no error: " + boost::json::serialize(response);
  return std::string(response.at("error").at("data").at("code").as_string());
}

// How many records of the type the log has.
inline std::int64_t records(Office& office, const std::string& type) {
  return office.open_database()
      ->find<std::int64_t>("SELECT count(*) FROM audit_records WHERE type = ?", type)
      .value_or(-1);
}

}  // namespace wardroom::testing
