#include "common/link/request_table.hpp"

#include <algorithm>
#include <charconv>

namespace wardroom::link {

SteadyPoint end_of_wait(const Patience& patience, SteadyPoint since, SteadyPoint heard) {
  return std::min(std::max(since, heard) + patience.silence,
                  since + std::max(patience.silence, patience.limit));
}

std::int64_t RequestTable::add(Answer answer, const Patience& patience, SteadyPoint now) {
  waiting_.emplace(++last_id_, Entry{std::move(answer), patience, now});
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

std::vector<RequestTable::Answer> RequestTable::take_expired(SteadyPoint now, SteadyPoint heard) {
  std::vector<Answer> expired;
  for (auto it = waiting_.begin(); it != waiting_.end();) {
    if (end_of_wait(it->second.patience, it->second.since, heard) <= now) {
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

std::optional<SteadyPoint> RequestTable::earliest_deadline(SteadyPoint heard) const {
  std::optional<SteadyPoint> earliest;
  for (const auto& [id, entry] : waiting_) {
    const auto end = end_of_wait(entry.patience, entry.since, heard);
    if (!earliest || end < *earliest) earliest = end;
  }
  return earliest;
}

}  // namespace wardroom::link
