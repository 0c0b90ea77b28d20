#pragma once

#include <optional>
#include <vector>

#include <boost/describe.hpp>

#include "common/sqlite/connection.hpp"
#include "server/audit/record.hpp"
#include "server/commands/services.hpp"
#include "server/ops/authority_rotation.hpp"

namespace wardroom::app {

// `wardroomd authority rotate|cancel|finish|retire`.
enum class AuthorityStep { rotate, cancel, finish, retire };
BOOST_DESCRIBE_ENUM(AuthorityStep, rotate, cancel, finish, retire)

Result<void> take_authority_step(const ops::DataDir& dir, AuthorityStep step,
                                 const std::vector<ops::HostName>& hosts, TimePoint now);

// What the newest record doesn't say yet: another phase, or the same one with other keys where its line still
// has them. Nothing: it says it all.
std::optional<audit::Record> compose_authority_record(sqlite::Connection& db, const ops::Rotation& rotation);

// Has links carry what holds in this state, and records the state where the newest record has another: after
// a step, after a crash during one, and when its files were put in from elsewhere. `settings` outlives the
// writer. Any thread.
void submit_authority_record(store::Writer& writer, commands::CurrentSettings& settings,
                             const ops::Rotation& rotation);

}  // namespace wardroom::app
