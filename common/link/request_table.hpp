#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::link {

// How long something is waited for: until nothing has come for `silence`, and in all until `limit`, so that a
// server that sends a byte now and then keeps nobody for ever. The longer of them is the limit.
struct Patience {
  std::chrono::milliseconds silence;
  std::chrono::milliseconds limit;
};

// When the wait that began at `since` is over, as of the last byte that was heard.
SteadyPoint end_of_wait(const Patience& patience, SteadyPoint since, SteadyPoint heard);

// The requests that wait for their answers. One thread. It tells nobody by itself: what it gives back is to
// be told.
class RequestTable {
 public:
  using Answer = std::function<void(Result<boost::json::value>)>;

  // The id to send the request under.
  std::int64_t add(Answer answer, const Patience& patience, SteadyPoint now);
  // The one that waits under this key; nothing when it has timed out before or never existed.
  std::optional<Answer> take(const protocol::RequestKey& key);
  // Those whose wait is over, oldest first. `heard`: when the last byte came.
  std::vector<Answer> take_expired(SteadyPoint now, SteadyPoint heard);
  std::vector<Answer> take_all();
  std::optional<SteadyPoint> earliest_deadline(SteadyPoint heard) const;
  std::size_t size() const { return waiting_.size(); }

 private:
  struct Entry {
    Answer answer;
    Patience patience;
    SteadyPoint since;
  };
  std::map<std::int64_t, Entry> waiting_;
  std::int64_t last_id_ = 0;
};

}  // namespace wardroom::link
