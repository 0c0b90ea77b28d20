#pragma once

#include <concepts>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/strong.hpp"
#include "protocol/types.hpp"

namespace wardroom::audit {

// One value as JSON: made from a value and never from JSON text, so that no value breaks a record's shape.
class JsonValue {
 public:
  JsonValue(std::string_view text);
  JsonValue(const char* text) : JsonValue(std::string_view(text)) {}
  JsonValue(const std::string& text) : JsonValue(std::string_view(text)) {}
  JsonValue(std::same_as<bool> auto on) : json_(on ? "true" : "false") {}
  template <std::integral Number>
  requires(!std::same_as<Number, bool>) JsonValue(Number number)
      : json_(std::to_string(static_cast<std::int64_t>(number))) {}
  template <class Tag>
  JsonValue(Strong<Tag> id) : JsonValue(id.value) {}
  JsonValue(TimePoint at);  // RFC 3339
  // Of what was made from values alone.
  explicit JsonValue(protocol::RawJson json) : json_(std::move(json.text)) {}
  template <class T>
  JsonValue(const std::optional<T>& value) : json_(value ? JsonValue(*value).json() : "null") {}
  template <class T>
  JsonValue(const std::vector<T>& values) : json_("[") {
    for (const T& value : values) {
      if (json_.size() > 1) json_.push_back(',');
      json_ += JsonValue(value).json();
    }
    json_.push_back(']');
  }

  const std::string& json() const { return json_; }

 private:
  std::string json_;
};

// What a record says of how things were before or are after: the members of one JSON object, in order. None:
// the record has no such object.
class Details {
 public:
  struct Member {
    std::string_view name;  // as docs/audit-events.md has it
    JsonValue value;
  };

  Details() = default;
  Details(std::initializer_list<Member> members);
  // An object that the codec wrote.
  explicit Details(protocol::RawJson object) : json_(std::move(object.text)) {}

  Details& add(std::string_view name, const JsonValue& value);

  bool empty() const { return json_.empty(); }
  const std::string& json() const { return json_; }

 private:
  std::string json_;
};

}  // namespace wardroom::audit
