#pragma once

#include <optional>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"

// Another key for the office's authority, with an overlap (decision 0038). Each step changes the state by one
// rename or removal; what else follows from the state is done by settle_rotation(), now or after a crash.
namespace wardroom::ops {

enum class RotationPhase {
  none,       // one authority
  announced,  // it vouches for the next one, and goes on issuing
  switched,   // the next one issues; its predecessor's word for it is shown to who knows no other
};

struct Rotation {
  RotationPhase phase = RotationPhase::none;
  Digest pin{};                    // by which the office is known: the old authority's until the end
  std::optional<Digest> next_pin;  // none: no rotation
  TimePoint authority_ends;        // of the one that issues
  TimePoint statement_ends;        // when the old one's word for the next one ends; in a rotation
};
Result<Rotation> load_rotation(const DataDir& dir);

// The next one issues, and its predecessor's word for it has ended, or does within the hour. Who is still
// shown it is refused, with the new key as well, so settle_rotation() retires the old one by itself.
bool is_word_over(const Rotation& rotation, TimePoint now);
// When clients of this office are refused unless somebody acts before: the authority ends, or what is shown
// with it does.
TimePoint ends_of(const Rotation& rotation);

// Makes the next authority (keys/next-ca.key, tls/next-ca.crt) and has the present one vouch for it
// (tls/new-with-old.crt), which is shown with the server's certificate from then on. Needs keys/ca.key.
Result<void> announce_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);
// Takes that back. The next authority's key is gone.
Result<void> cancel_rotation(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);
// The next authority issues from now on. The old one's key is gone.
Result<void> switch_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);
// The old authority's word is no longer shown: who knows no other key is refused from then on.
Result<void> retire_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);

// `authority_expiring`, with what to do, when it ends within kAuthorityAlarm, or the way from the old one to
// it does while it is still shown.
inline constexpr std::chrono::days kAuthorityAlarm{90};
Result<void> check_authority_end(const DataDir& dir, TimePoint now);

// Brings keys and what is served to the state that the files say, and ends a rotation when is_word_over().
// Idempotent; for a start, a reload, the steps above, and an hourly look.
Result<void> settle_rotation(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);

}  // namespace wardroom::ops
