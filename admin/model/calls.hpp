#pragma once

#include "common/desk/model/call.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/audit.hpp"
#include "protocol/methods/message.hpp"
#include "protocol/methods/moderation.hpp"
#include "protocol/methods/people_import.hpp"
#include "protocol/methods/privacy.hpp"
#include "protocol/methods/retention.hpp"
#include "protocol/methods/room.hpp"

// The methods that the console calls. Signing in is the link's business (see Effect).
namespace wardroom::admin {

using desk::Answer;

}  // namespace wardroom::admin
