#pragma once

#include <string_view>

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

namespace wardroom::credentials {

inline constexpr std::size_t kMinPasswordBytes = 8;
inline constexpr std::size_t kMaxPasswordBytes = 1024;

// What an attacker would try first besides the common passwords.
struct PasswordContext {
  std::string_view user_name;
  std::string_view display_name;
  std::string_view office_name;
};

// Whether somebody may choose this password: 8 to 1,024 bytes of UTF-8, not a common one, not the person's or
// the office's name, also not with digits or marks around it. There are no composition rules. The error names
// the field "password" and says what to do.
Result<void> check_new_password(const Secret& password, const PasswordContext& context);

// Whether the lower-case text is one of the passwords that everybody tries first. `core` asks for the words
// that stay common with digits and marks around them.
bool is_common_password(std::string_view lower_case);
bool is_common_core(std::string_view lower_case);

}  // namespace wardroom::credentials
