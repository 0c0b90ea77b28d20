#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::ops {

// What clients are shown, and until when they take it: as soon as one certificate on the way from the
// server's own to the authority has ended, they refuse the server.
struct ServedChain {
  std::vector<CertificateInfo> certificates;  // as they are sent
  CertificateInfo first_to_end;               // on that way, the authority included
  bool is_own = true;                         // that one is the server's own
  std::string where;                          // it stands: what begins a sentence about it
  TimePoint not_before;                       // the latest on that way
};
// Of tls/server.crt.
Result<ServedChain> load_served(const DataDir& dir);
// Of what a server that runs shows, which may be what the file held some time ago.
Result<ServedChain> read_served(const DataDir& dir, std::string_view pem);

// `certificate_not_served`, with what to do, when tls/server.crt holds other certificates than those shown.
Result<void> check_shown(const DataDir& dir, std::string_view pem);

// Whether clients take what is in tls/server.crt at `now`, as far as dates go: `certificate_dates`.
Result<void> check_dates(const DataDir& dir, TimePoint now);
// `certificate_expiring`, with what to do, when it has come so far and nothing renews it, or nothing could.
Result<void> check_expiry(const DataDir& dir, const ServedChain& served, TimePoint now);
Result<void> check_expiry(const DataDir& dir, TimePoint now);  // of tls/server.crt

}  // namespace wardroom::ops
