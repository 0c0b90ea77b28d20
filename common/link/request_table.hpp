#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include <boost/json.hpp>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::link {

// The requests that wait for their answers. One thread. It tells nobody by itself: what it gives back is to
// be told.
class RequestTable {
 public:
  using Answer = std::function<void(Result<boost::json::value>)>;

  // The id to send the request under.
  std::int64_t add(Answer answer, SteadyPoint deadline);
  // The one that waits under this key; nothing when it has timed out before or never existed.
  std::optional<Answer> take(const protocol::RequestKey& key);
  // Those whose deadline has come, oldest first.
  std::vector<Answer> take_expired(SteadyPoint now);
  std::vector<Answer> take_all();
  std::optional<SteadyPoint> earliest_deadline() const;
  std::size_t size() const { return waiting_.size(); }

 private:
  struct Entry {
    Answer answer;
    SteadyPoint deadline;
  };
  std::map<std::int64_t, Entry> waiting_;
  std::int64_t last_id_ = 0;
};

}  // namespace wardroom::link
