#include "common/link/request_table.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::link {

std::int64_t RequestTable::add(Answer answer, SteadyPoint deadline) {
  waiting_.emplace(++last_id_, Entry{std::move(answer), deadline});
  return last_id_;
}

std::optional<RequestTable::Answer> RequestTable::take(const protocol::RequestKey& key) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
  if (error != std::errc{} || end != key.data() + key.size()) return std::nullopt;
  auto node = waiting_.extract(id);
  if (node.empty()) return std::nullopt;
  return std::move(node.mapped().answer);
}

std::vector<RequestTable::Answer> RequestTable::take_expired(SteadyPoint now) {
  std::vector<Answer> expired;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    if (it->second.deadline <= now) {
      expired.push_back(std::move(it->second.answer));
      it = waiting_.erase(it);
    } else {
      ++it;
    }
  }
  return expired;
}

std::vector<RequestTable::Answer> RequestTable::take_all() {
  std::vector<Answer> all;
  for (auto& [id, entry] : waiting_) all.push_back(std::move(entry.answer));
  waiting_.clear();
  return all;
}

std::optional<SteadyPoint> RequestTable::earliest_deadline() const {
  std::optional<SteadyPoint> earliest;
  for (const auto& [id, entry] : waiting_)
    if (!earliest || entry.deadline < *earliest) earliest = entry.deadline;
  return earliest;
}

}  // namespace wardroom::link
