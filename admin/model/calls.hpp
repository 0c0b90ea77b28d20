#pragma once

#include <boost/mp11.hpp>

#include "common/base/result.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/audit.hpp"
#include "protocol/methods/message.hpp"
#include "protocol/methods/moderation.hpp"
#include "protocol/methods/people_import.hpp"
#include "protocol/methods/privacy.hpp"
#include "protocol/methods/retention.hpp"
#include "protocol/methods/room.hpp"

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
using CalledMethods = boost::mp11::mp_list<
    protocol::SessionClose, protocol::AccountChangePassword, protocol::UserList, protocol::AdminUserCreate,
    protocol::AdminUserList, protocol::AdminUserUpdate, protocol::AdminUserDisable, protocol::AdminUserEnable,
    protocol::AdminUserResetPassword, protocol::AdminUserRemoveTotp, protocol::AdminUserOffboard,
    protocol::AdminSessionList, protocol::AdminSessionRevoke, protocol::AdminInviteCreate,
    protocol::AdminUserImportUpload, protocol::AdminUserImport, protocol::AdminUserImportSheet,
    protocol::AdminUserImportUndo, protocol::AdminUserImportList, protocol::MessageDelete,
    protocol::ModerationReports, protocol::ModerationResolve, protocol::ModerationMute,
    protocol::ModerationUnmute, protocol::ModerationKick, protocol::ModerationBan, protocol::ModerationUnban,
    protocol::ModerationSanctions, protocol::RoomList, protocol::RoomBrowse, protocol::RoomMembers,
    protocol::RoomLock, protocol::RoomArchive, protocol::RoomSlowMode, protocol::AuditQuery,
    protocol::AuditCheckpoint, protocol::AuditConsistency, protocol::AuditProof, protocol::AdminHoldPlace,
    protocol::AdminHoldLift, protocol::AdminHoldList, protocol::AdminRetentionGet,
    protocol::AdminRetentionSet, protocol::AdminRetentionPreview, protocol::AdminAuditPrune,
    protocol::AdminEraseTexts>;

}  // namespace wardroom::admin
