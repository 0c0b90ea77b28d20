#pragma once

#include <boost/mp11.hpp>

#include "protocol/events.hpp"
#include "protocol/methods/account.hpp"
#include "protocol/methods/admin.hpp"
#include "protocol/methods/audit.hpp"
#include "protocol/methods/direct.hpp"
#include "protocol/methods/message.hpp"
#include "protocol/methods/moderation.hpp"
#include "protocol/methods/people_import.hpp"
#include "protocol/methods/room.hpp"
#include "protocol/methods/session.hpp"

// Every method and event of the wire. docs/protocol.md and rpc.discover are generated from it. v1 only grows.
namespace wardroom::protocol {

using Methods = boost::mp11::mp_list<
    SessionOpen, SessionResume, SessionClose, AccountAcceptInvite, AccountGet, AccountSetProfile,
    AccountChangePassword, UserGet, UserList, RoomList, RoomBrowse, RoomCreate, RoomUpdate, RoomJoin,
    RoomLeave, RoomMembers, RoomAddMember, DirectOpen, DirectAccept, DirectDecline, DirectEnd, MessagePost,
    MessageEdit, MessageDelete, MessageRestore, MessageReact, MessagePin, MessagePins, MessageVersions,
    MessageHistory, MessageChanges, MarkerSet, PresenceSet, PresenceWatch, TypingSend, AdminUserCreate,
    AdminUserList, AdminUserUpdate, AdminUserDisable, AdminUserEnable, AdminInviteCreate, AdminInviteList,
    AdminInviteRevoke, AdminImportMessages, AuditQuery, RpcDiscover>;

using Events =
    boost::mp11::mp_list<MessagePosted, RoomCreated, RoomUpdated, MemberJoined, MemberLeft, MemberChanged,
                         MarkerMoved, MentionCounted, PresenceChanged, Typing, SessionRevoked, ServerNotice>;

}  // namespace wardroom::protocol
