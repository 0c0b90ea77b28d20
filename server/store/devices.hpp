#pragma once

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/sqlite/connection.hpp"

// The table `devices`: where a person has signed in before, by the digest of the device's own key.
namespace wardroom::store {

bool is_known_device(sqlite::Connection& db, UserId user, const Digest& key);
// Keeps the person's newest thirty-two.
void remember_device(sqlite::Connection& db, UserId user, const Digest& key, TimePoint now);
// The device that this session came from, if no other session of its person holds on it.
void forget_device_of(sqlite::Connection& db, SessionId session);
// Those of everybody that weren't used since `since`.
void delete_old_devices(sqlite::Connection& db, TimePoint since);

}  // namespace wardroom::store
