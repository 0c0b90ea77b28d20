#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"

namespace wardroom::app {

// wardroom.toml with these `server.hosts`, and everything else of it as it was, with its remarks. `file` is
// what errors call it.
Result<std::string> replace_hosts(std::string_view toml, std::string_view file,
                                  const std::vector<std::string>& hosts);

// `server.hosts` as certificates have them; the options' check has refused what isn't one.
std::vector<ops::HostName> parsed_hosts(const std::vector<std::string>& names);

// A certificate for one more name or address beside those that are `served`, for which the authority may
// vouch from then on. `host_known` when both have it; `not_found` without the authority's key.
Result<void> certify_host(const ops::DataDir& dir, const std::vector<std::string>& served,
                          const ops::HostName& added, TimePoint now);

// One more name or address by which PCs reach the server: the authority may vouch for it, the certificate has
// it, and wardroom.toml names it. Pin, fingerprint, and all links and invites that are out stay good. Returns
// the options as they are now. Errors are those of certify_host().
Result<Options> add_office_host(const ops::DataDir& dir, const std::string& host, TimePoint now);

// What introduces a PC to the server and invites nobody: wardroom://…
Result<std::string> compose_link(const ops::DataDir& dir, const Options& options);

}  // namespace wardroom::app
