#pragma once

#include "server/app/options.hpp"
#include "server/commands/services.hpp"
#include "server/net/options.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/data_dir.hpp"

// The options as the parts of the server want to be told them.
namespace wardroom::app {

net::Options to_net_options(const ops::DataDir& dir, const Options& options);
commands::Settings to_settings(const Options& options, const ops::Rotation& authority);
// What a reload takes up (TakesEffect::at_reload of the option table), of what commands need to know.
void take_up_options(const Options& options, commands::Settings& settings);

}  // namespace wardroom::app
