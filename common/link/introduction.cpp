#include "common/link/introduction.hpp"

namespace wardroom::link {

std::string to_string(const Introduction& introduction) {
  const bool is_ipv6 = introduction.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + introduction.host + "]" : introduction.host) + ":" +
         std::to_string(introduction.port);
}

}  // namespace wardroom::link
