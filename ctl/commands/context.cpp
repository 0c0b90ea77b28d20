#include "ctl/commands/context.hpp"

namespace wardroom::ctl {

Error usage_error(std::string message) {
  return make_error(ErrorCode::params, std::move(message), "usage");
}

bool is_usage_error(const Error& error) {
  return error.reason == "usage";
}

}  // namespace wardroom::ctl
