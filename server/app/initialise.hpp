#pragma once

#include <string>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/base/secret.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What `wardroomd init` tells the person.
struct Initialised {
  std::string fingerprint;
  std::string words;  // its beginning, as PCs see it that find the server on the network
  Secret invite_link;
  Secret setup_code;
};

// Makes the data directory: configuration, CA and certificate, keys, database, the first invite and the
// set-up code. Refuses a directory that isn't empty.
Result<Initialised> initialise(const std::filesystem::path& root, const Options& options, const Clock& clock);

}  // namespace wardroom::app
