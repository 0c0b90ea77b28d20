#include <algorithm>
#include <array>
#include <cmath>

#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

using Sample = protocol::AdminStats::Result;

// The next of 1, 2, 5, 10, 20 … that holds the value, so that a plot's edge doesn't move with each sample.
double round_top(double value) {
  double top = 1;
  for (int i = 1; top < value; ++i)
    top = std::pow(10, i / 3) * std::array{1, 2, 5}[static_cast<std::size_t>(i % 3)];
  return top;
}

PlotProps plot_of(std::string title, const std::vector<double>& values) {
  PlotProps plot;
  plot.title = std::move(title);
  if (values.empty()) return plot;
  const double top = round_top(*std::max_element(values.begin(), values.end()));
  plot.value = short_number(values.back());
  plot.top = short_number(top);
  for (const double value : values) plot.points.push_back(static_cast<float>(value / top));
  return plot;
}

// What a number was at each sample.
template <class Of>
std::vector<double> levels(const std::vector<Sample>& samples, Of of) {
  std::vector<double> values;
  for (const auto& sample : samples) values.push_back(static_cast<double>(of(sample)));
  return values;
}

// How much `of` grew between two samples, over how much `over` did.
template <class Of, class Over>
std::vector<double> growth(const std::vector<Sample>& samples, Of of, Over over) {
  std::vector<double> values;
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const auto by = static_cast<double>(over(samples[i]) - over(samples[i - 1]));
    values.push_back(by > 0 ? static_cast<double>(of(samples[i]) - of(samples[i - 1])) / by : 0);
  }
  return values;
}

// Within how many milliseconds 99 of 100 changes were acknowledged between two samples: the end of the
// server's bucket, so at the most this.
PlotProps plot_acknowledged(const std::vector<Sample>& samples) {
  std::vector<double> within;
  bool longer = false;  // than the server has buckets for, in the last of them
  for (std::size_t i = 1; i < samples.size(); ++i) {
    const auto& before = samples[i - 1].acknowledged_so_far;
    const auto& after = samples[i].acknowledged_so_far;
    const auto grew = [&](std::size_t bucket) {
      return static_cast<double>(after[bucket].changes) -
             (bucket < before.size() ? static_cast<double>(before[bucket].changes) : 0);
    };
    double left = 0;
    for (std::size_t bucket = 0; bucket < after.size(); ++bucket) left += grew(bucket);
    const double slowest = left / 100;
    double ms = 0;
    longer = false;
    for (std::size_t bucket = 0; bucket < after.size() && left > slowest; ++bucket) {
      left -= grew(bucket);
      longer = !after[bucket].within_us;
      if (!longer) ms = static_cast<double>(*after[bucket].within_us) / 1000;
    }
    within.push_back(ms);
  }
  PlotProps plot = plot_of("99 % acknowledged within, ms", within);
  if (longer) plot.value = "over " + plot.value;
  return plot;
}

// Of the samples since it was first measured.
PlotProps plot_database(const std::vector<Sample>& samples) {
  std::vector<double> mib;
  for (const auto& sample : samples)
    if (sample.database_bytes) mib.push_back(static_cast<double>(*sample.database_bytes) / 1048576);
  return plot_of("Database, MiB", mib);
}

std::vector<PlotProps> plots_of(const std::vector<Sample>& samples) {
  const auto seconds = [](const Sample& s) { return static_cast<double>(to_unix_ms(s.at)) / 1000; };
  const auto minutes = [&](const Sample& s) { return seconds(s) / 60; };
  const auto commits = [](const Sample& s) { return static_cast<double>(s.commits_so_far); };
  return {
      plot_of("People online", levels(samples, [](const Sample& s) { return s.people_online; })),
      plot_of("Messages a minute", growth(
                                       samples, [](const Sample& s) { return s.messages_so_far; }, minutes)),
      plot_of("Requests a second", growth(
                                       samples, [](const Sample& s) { return s.requests_so_far; }, seconds)),
      plot_of("Changes a second", growth(
                                      samples, [](const Sample& s) { return s.changes_so_far; }, seconds)),
      plot_acknowledged(samples),
      plot_of("Changes waiting", levels(samples, [](const Sample& s) { return s.queue; })),
      plot_of("Refused requests a second",
              growth(
                  samples, [](const Sample& s) { return s.refusals_so_far; }, seconds)),
      plot_of("Failed sign-ins a minute",
              growth(
                  samples, [](const Sample& s) { return s.sign_ins_failed_so_far; }, minutes)),
      plot_of("Memory, MiB",
              levels(samples, [](const Sample& s) { return static_cast<double>(s.memory_bytes) / 1048576; })),
      plot_database(samples),
      plot_of("Milliseconds a commit",
              growth(
                  samples, [](const Sample& s) { return static_cast<double>(s.commit_us_so_far) / 1000; },
                  commits)),
      plot_of("Sign-ins waiting", levels(samples, [](const Sample& s) { return s.sign_ins_waiting; })),
  };
}

std::vector<FigureTile> tiles_of(const State& state, const Sample& now) {
  const auto when = [&](const std::optional<TimePoint>& at) {
    return at ? past_text(state.zone, *at, state.wall) : std::string("never, or not known");
  };
  std::vector<FigureTile> tiles;
  if (now.certificate_ends) {
    const auto days = std::chrono::floor<std::chrono::days>(*now.certificate_ends - now.at).count();
    tiles.push_back(
        {"Certificate", counted(days, "day"), "until " + moment_text(state.zone, *now.certificate_ends)});
  }
  tiles.push_back({"Checked backup", when(now.backup_verified_at), ""});
  tiles.push_back({"Log and tables checked", when(now.checked_at), ""});
  if (now.database_bytes)
    tiles.push_back({"Database", size_words(*now.database_bytes),
                     now.free_bytes ? size_words(*now.free_bytes) + " free on its disk" : ""});
  return tiles;
}

}  // namespace

std::string alarm_badge(const State& state) {
  const auto& samples = state.overview.samples;
  if (samples.empty() || samples.back().alarms.empty()) return "";
  return grouped(static_cast<std::int64_t>(samples.back().alarms.size()));
}

OverviewProps select_overview(const State& state) {
  const auto& overview = state.overview;
  OverviewProps props;
  props.loading = overview.loading;
  props.error = overview.error;
  if (overview.samples.empty()) return props;
  const Sample& now = overview.samples.back();
  for (const auto& alarm : now.alarms) props.alarms.push_back({alarm.urgent, alarm.text});
  props.tiles = tiles_of(state, now);
  props.plots = plots_of(overview.samples);
  props.since = "since " + desk::clock_text(state.zone, overview.samples.front().at);
  return props;
}

}  // namespace wardroom::admin
