#pragma once

#include "server/commands/context.hpp"

// What a person must do before they go on: choose a new password, turn a second factor on.
namespace wardroom::commands {

// As of this transaction or snapshot. The second factor is looked up only for roles that need one.
realtime::Duties find_duties(sqlite::Connection& db, const Settings& settings, UserId user,
                             protocol::Role role, bool must_change_password);
bool requires_second_factor(const Settings& settings, protocol::Role role);

// Whether the method works while a duty is open: those that fulfil it, and those that sign out.
bool works_despite_duties(std::string_view method);
// `forbidden` with what is to be done first.
Error duty_error(const realtime::Duties& duties);

// To be called within the transaction that changed a person's role, must_change or second factor: their
// connections take it on at this place of the stream, and are told by account.changed.
void publish_caller(WriteContext& context, UserId user);

}  // namespace wardroom::commands
