#include "common/desk/session/policy_values.hpp"

#include "common/desk/session/policy_file.hpp"

namespace wardroom::desk {

PolicyValues load_policy_values(std::vector<std::string>& problems) {
  return load_policy_file("/etc/wardroom/client.toml", problems);
}

}  // namespace wardroom::desk
