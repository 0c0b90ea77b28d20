#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <boost/json.hpp>

#include "common/base/result.hpp"

namespace wardroom::evidence {

// One record, as its replay reads it. Fields are text: numbers and true or false as JSON writes them, "none"
// for null. A value.
class Act {
 public:
  static Result<Act> parse(std::string_view line);

  std::int64_t idx() const { return idx_; }
  const std::string& type() const { return type_; }
  bool is(std::string_view type) const { return type_ == type; }
  bool succeeded() const { return at({"outcome"}) == "success"; }
  std::string ts() const { return at({"ts"}).value_or(""); }
  std::string request() const { return at({"request"}).value_or(""); }
  std::string reason() const { return at({"reason"}).value_or(""); }
  // Ids; "none" where the record has none.
  std::string actor() const { return at({"actor", "id"}).value_or("none"); }
  std::string session() const { return at({"session", "id"}).value_or("none"); }
  std::string room() const { return at({"room"}).value_or("none"); }
  std::string target() const { return at({"target", "id"}).value_or("none"); }
  std::string target_type() const { return at({"target", "type"}).value_or(""); }
  std::string target_name() const { return at({"target", "name"}).value_or(""); }
  // The program it was done with; nothing where the record doesn't say where it came from.
  std::optional<std::string> client() const;
  // Nothing where the record has no such field.
  std::optional<std::string> before(const char* field) const { return at({"before", field}); }
  std::optional<std::string> after(const char* field) const { return at({"after", field}); }
  std::int64_t after_number(const char* field) const;
  // Null where the record has no such list.
  const boost::json::array* after_array(const char* field) const;
  // The numbers of a list.
  std::vector<std::string> after_list(const char* field) const;

 private:
  const boost::json::value* find(std::initializer_list<const char*> path) const;
  std::optional<std::string> at(std::initializer_list<const char*> path) const;

  boost::json::value json_;
  std::int64_t idx_ = 0;
  std::string type_;
};

// The items with commas between them.
std::string join(const std::vector<std::string>& items);

}  // namespace wardroom::evidence
