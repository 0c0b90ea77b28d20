// Whoever speaks the protocol: its catalogue, and what it stands on.
#include <boost/describe.hpp>
#include <boost/json.hpp>
#include <boost/mp11.hpp>

#include "cmake/precompiled/std.hpp"
#include "protocol/catalogue.hpp"
#include "protocol/codec.hpp"
#include "protocol/json_rpc.hpp"
