#pragma once

#include "common/desk/model/call.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::client {

using desk::Answer;

}  // namespace wardroom::client
