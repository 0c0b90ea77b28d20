#include "admin/model/words.hpp"

#include <cmath>

namespace wardroom::admin {

RoleChoice role_choice(protocol::Role role) {
  switch (role) {
    case protocol::Role::moderator:
      return RoleChoice::moderator;
    case protocol::Role::auditor:
      return RoleChoice::auditor;
    case protocol::Role::admin:
      return RoleChoice::admin;
    case protocol::Role::guest:
      return RoleChoice::guest;
    case protocol::Role::member:
      break;
  }
  return RoleChoice::member;
}

protocol::Role role_of(RoleChoice choice) {
  switch (choice) {
    case RoleChoice::moderator:
      return protocol::Role::moderator;
    case RoleChoice::auditor:
      return protocol::Role::auditor;
    case RoleChoice::admin:
      return protocol::Role::admin;
    case RoleChoice::guest:
      return protocol::Role::guest;
    case RoleChoice::member:
      break;
  }
  return protocol::Role::member;
}

std::string_view role_title(protocol::Role role) {
  switch (role) {
    case protocol::Role::moderator:
      return "moderator";
    case protocol::Role::auditor:
      return "auditor";
    case protocol::Role::admin:
      return "administrator";
    case protocol::Role::guest:
      return "guest";
    case protocol::Role::member:
      break;
  }
  return "member";
}

std::string short_number(double value) {
  if (value >= 100) return grouped(std::llround(value));
  const auto tenths = std::llround(value * 10);
  return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10));
}

std::string size_words(std::int64_t bytes) {
  constexpr double kMiB = 1024.0 * 1024;
  const double mib = static_cast<double>(bytes) / kMiB;
  return mib < 1024 ? short_number(mib) + " MiB" : short_number(mib / 1024) + " GiB";
}

}  // namespace wardroom::admin
