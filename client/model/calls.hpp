#pragma once

#include <variant>

#include <boost/mp11.hpp>

#include "common/base/result.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::client {

// A request that the model wants sent while signed in, and its answer. The answer brings the parameters
// back, so that nothing needs to be kept about what is under way.
template <class M>
struct Call {
  typename M::Params params;
};
template <class M>
struct Answer {
  typename M::Params params;
  Result<typename M::Result> result;
};

// The methods that the desktop client calls. Signing in is the link's business (see Effect).
using CalledMethods = boost::mp11::mp_list<
    protocol::SessionClose, protocol::SessionList, protocol::SessionRevoke, protocol::AccountGet,
    protocol::AccountSetProfile, protocol::AccountChangePassword, protocol::AccountTotpBegin,
    protocol::AccountTotpConfirm, protocol::AccountTotpRemove, protocol::UserGet, protocol::UserList,
    protocol::RoomList, protocol::RoomBrowse, protocol::RoomCreate, protocol::RoomUpdate, protocol::RoomJoin,
    protocol::RoomLeave, protocol::RoomMembers, protocol::RoomAddMember, protocol::RoomSetRole,
    protocol::RoomArchive, protocol::RoomLock, protocol::RoomSlowMode, protocol::DirectOpen,
    protocol::DirectAccept, protocol::DirectDecline, protocol::DirectEnd, protocol::MessagePost,
    protocol::MessageHistory, protocol::MessageChanges, protocol::MessageEdit, protocol::MessageDelete,
    protocol::MessageRestore, protocol::MessageReact, protocol::MessagePin, protocol::MessagePins,
    protocol::MessageVersions, protocol::ModerationMute, protocol::ModerationUnmute, protocol::ModerationKick,
    protocol::ModerationBan, protocol::ModerationUnban, protocol::ModerationReport, protocol::MarkerSet,
    protocol::PresenceSet, protocol::PresenceWatch, protocol::TypingSend, protocol::AuditCheckpoint,
    protocol::AuditConsistency>;

}  // namespace wardroom::client
