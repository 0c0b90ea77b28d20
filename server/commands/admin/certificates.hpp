#pragma once

#include <string>

#include "common/base/result.hpp"
#include "protocol/methods/certificate.hpp"

namespace wardroom::commands {

// The certificates that are served, as whoever serves them knows them. All of it reads or writes files: the
// reader threads and the writer may, a network thread may not.
class Certificates {
 public:
  virtual ~Certificates() = default;
  virtual Result<protocol::CertificateState> load(TimePoint now) const = 0;
  // A new one of the office's authority, served from the next connection on.
  virtual Result<protocol::CertificateState> renew(TimePoint now) = 0;
  // This one (PEM, with its chain), likewise; refused unless clients would take it with the key that is here.
  virtual Result<protocol::CertificateState> replace(const std::string& pem, TimePoint now) = 0;
};

}  // namespace wardroom::commands
