#include "client/model/profile.hpp"

#include <cstdlib>

#include "client/model/people.hpp"
#include "client/model/select_people.hpp"
#include "client/model/settings.hpp"
#include "common/base/trimmed.hpp"
#include "common/desk/model/words.hpp"
#include "common/language/tr.hpp"
#include "common/text/zone_offset.hpp"

namespace wardroom::client {
namespace {

// "2 h", "5 h 30 min"
std::string span_words(std::chrono::minutes span) {
  const auto hours = span.count() / 60, rest = span.count() % 60;
  std::string words = hours > 0 ? std::to_string(hours) + " h" : "";
  if (rest > 0) words += (words.empty() ? "" : " ") + tr("{0} min", std::to_string(rest));
  return words;
}

void ask_profile(Turn& turn, UserId user) {
  auto& shown = turn.state.profile;
  // One's own stays in the settings while it is asked for anew.
  if (shown.user != user) shown = {user, {}, false, {}};
  shown.error.clear();
  shown.busy = turn.call<protocol::UserProfile>({user});
  if (!shown.busy) shown.error = offline_text();
}

}  // namespace

std::string clock_there(const State& state, const std::string& zone) {
  const auto offset = text::zone_offset(zone, state.wall);
  if (!offset) return {};
  const desk::TimeZone there{{{TimePoint{}, *offset}}};
  const auto ahead = *offset - state.zone.offset_at(state.wall);
  const std::string clock = desk::clock_text(there, state.wall);
  if (ahead.count() == 0) return clock;
  const std::string span = span_words(std::chrono::abs(ahead));
  return ahead.count() > 0 ? tr("{0}, {1} ahead of you", clock, span)
                           : tr("{0}, {1} behind you", clock, span);
}

std::optional<TimePoint> end_of_status(const State& state, StatusEnd end) {
  using namespace std::chrono;
  const auto today = local_day(state.zone, state.wall);
  switch (end) {
    case StatusEnd::never:
      return std::nullopt;
    case StatusEnd::half_hour:
      return state.wall + minutes{30};
    case StatusEnd::hour:
      return state.wall + hours{1};
    case StatusEnd::four_hours:
      return state.wall + hours{4};
    case StatusEnd::today:
      return desk::start_of_day(state.zone, today + days{1});
    case StatusEnd::week:
      // Until Sunday is over.
      return desk::start_of_day(state.zone, today + days{8 - weekday{today}.iso_encoding()});
  }
  return std::nullopt;
}

ProfileCardProps select_profile_card(const State& state) {
  const auto& shown = state.profile;
  ProfileCardProps props;
  props.person = person_props(state, shown.user);
  props.busy = shown.busy;
  props.error = shown.error;
  if (!shown.profile) return props;
  props.title = shown.profile->title.value_or("");
  props.pronouns = shown.profile->pronouns.value_or("");
  props.zone = shown.profile->time_zone.value_or("");
  props.clock = clock_there(state, props.zone);
  props.status = shown.profile->status.value_or("");
  if (shown.profile->status_until && !props.status.empty())
    props.status_until = desk::coming_text(state.zone, *shown.profile->status_until, state.wall);
  return props;
}

OwnProfileProps select_own_profile(const State& state) {
  OwnProfileProps props;
  props.host_zone = text::host_zone();
  const auto& shown = state.profile;
  if (!shown.profile || !state.is_me(shown.user)) return props;
  props.known = true;
  props.title = shown.profile->title.value_or("");
  props.pronouns = shown.profile->pronouns.value_or("");
  props.zone = shown.profile->time_zone.value_or("");
  return props;
}

StatusProps select_status(const State& state) {
  return {state.status.serial, state.own_status};
}

void load_own_profile(Turn& turn) {
  if (turn.state.me) ask_profile(turn, turn.state.me->id);
}

void fold(Turn& turn, const ShowProfile& action) {
  turn.state.dialog = Dialog::profile;
  ask_profile(turn, action.user);
}

void fold(Turn& turn, const SetProfile& action) {
  auto& form = turn.state.profile_form;
  protocol::AccountSetProfile::Params params{action.display_name};
  if (action.whole) {
    params.title = action.title;
    params.pronouns = action.pronouns;
    params.time_zone = action.zone;
  }
  form = {turn.call<protocol::AccountSetProfile>(std::move(params)), {}, {}};
  if (!form.busy) form.error = offline_text();
}

void fold(Turn& turn, const StartStatus&) {
  ++turn.state.status.serial;
  turn.state.dialog = Dialog::status;
}

void fold(Turn& turn, const SetStatus& action) {
  State& state = turn.state;
  const std::string text(trimmed(action.text));
  state.own_status_until = text.empty() ? std::nullopt : end_of_status(state, action.end);
  state.dialog = Dialog::none;
  set_own_presence(turn, presence_mark(state.own_presence), text);
}

void fold(Turn& turn, const Answer<protocol::UserProfile>& answer) {
  auto& shown = turn.state.profile;
  if (shown.user != answer.params.user) return;
  shown.busy = false;
  if (!answer.result) {
    shown.error = answer.result.error().message;
    return;
  }
  learn_people(turn, {answer.result->profile.user});
  shown.profile = answer.result->profile;
}

}  // namespace wardroom::client
