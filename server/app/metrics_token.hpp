#pragma once

#include <filesystem>
#include <optional>

#include "common/base/bytes.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// keys/metrics-token: who sends it may read /metrics. An address can't say that: behind a proxy on this
// machine everybody's is the loopback.
std::filesystem::path metrics_token_file(const ops::DataDir& dir);

// What the token is recognised by; the first start makes one. Nothing, and a line in the log, when it can't
// be read or made: then nobody may.
std::optional<Digest> prepare_metrics_token(const ops::DataDir& dir);

}  // namespace wardroom::app
