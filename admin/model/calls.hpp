#pragma once

#include <boost/mp11.hpp>

#include "common/base/result.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/audit.hpp"

namespace wardroom::admin {

// A request that the model wants sent while signed in, and its answer. The answer brings the parameters
// back, so that an answer to what is no longer asked can be told from the one that is waited for.
template <class M>
struct Call {
  typename M::Params params;
};
template <class M>
struct Answer {
  typename M::Params params;
  Result<typename M::Result> result;
};

// The methods that the console calls. Signing in is the link's business (see Effect).
using CalledMethods =
    boost::mp11::mp_list<protocol::SessionClose, protocol::AdminUserCreate, protocol::AdminUserList,
                         protocol::AdminUserUpdate, protocol::AdminUserDisable, protocol::AdminUserEnable,
                         protocol::AdminInviteCreate, protocol::AuditQuery>;

}  // namespace wardroom::admin
