#include "admin/model/overview.hpp"

namespace wardroom::admin {
namespace {

constexpr std::chrono::seconds kOftenAsked{10};
constexpr std::chrono::seconds kSeldomAsked{60};
// Two hours of looking at the page.
constexpr std::size_t kMostSamples = 720;

}  // namespace

void load_stats(Turn& turn) {
  auto& overview = turn.state.overview;
  if (overview.loading || !turn.state.is_admin()) return;
  overview.loading = turn.call<protocol::AdminStats>({});
  overview.asked_at = turn.state.now;
}

std::optional<TimePoint> next_stats(const State& state) {
  if (!state.online() || !state.is_admin() || state.overview.loading || !state.overview.asked_at)
    return std::nullopt;
  return *state.overview.asked_at + (state.page == Page::overview ? kOftenAsked : kSeldomAsked);
}

void load_stats_when_due(Turn& turn) {
  const auto due = next_stats(turn.state);
  if (due && turn.state.now >= *due) load_stats(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminStats>& answer) {
  auto& overview = turn.state.overview;
  overview.loading = false;
  if (!answer.result) {
    if (turn.state.online()) overview.error = answer.result.error().message;
    return;
  }
  overview.error.clear();
  // A server that was started again counts from the beginning.
  if (!overview.samples.empty() && answer.result->requests_so_far < overview.samples.back().requests_so_far)
    overview.samples.clear();
  if (overview.samples.size() == kMostSamples) overview.samples.erase(overview.samples.begin());
  overview.samples.push_back(*answer.result);
}

}  // namespace wardroom::admin
