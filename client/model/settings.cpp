#include "client/model/settings.hpp"

#include <algorithm>

#include "client/model/account_security.hpp"
#include "client/model/message_links.hpp"
#include "client/model/people.hpp"
#include "client/model/profile.hpp"
#include "client/model/rooms.hpp"
#include "common/language/tr.hpp"
#include "protocol/limits.hpp"

namespace wardroom::client {
namespace {

// Two lines of the picker.
constexpr std::size_t kMostRecentEmoji = 16;

void load_directory(Turn& turn) {
  State& state = turn.state;
  if (state.directory_loading) return;
  protocol::UserList::Params params;
  params.limit = protocol::kMaxPage;
  state.directory_loading = turn.call<protocol::UserList>(std::move(params));
}

}  // namespace

void save_settings(Turn& turn) {
  turn.effect(SaveSettings{turn.state.settings});
}

void show_watch(Turn& turn, bool open) {
  fold(turn, ShowDialog{open ? Dialog::watch : Dialog::none});
}

void fold(Turn& turn, const ShowDialog& action) {
  State& state = turn.state;
  state.dialog = action.dialog;
  switch (action.dialog) {
    case Dialog::browse: {
      protocol::RoomBrowse::Params params;
      params.limit = protocol::kMaxPage;
      state.browse_form = {turn.call<protocol::RoomBrowse>(std::move(params)), {}, {}};
      if (!state.online()) state.browse_form.error = offline_text();
      break;
    }
    case Dialog::create_room:
      state.create_form = {};
      break;
    case Dialog::add_people:
      load_directory(turn);
      break;
    case Dialog::new_direct:
      state.direct_form = {};
      load_directory(turn);
      break;
    case Dialog::switcher:
      if (!state.directory_loaded) load_directory(turn);
      break;
    case Dialog::settings:
      state.profile_form = {};
      state.password_form = {};
      fold(turn, LoadSecondFactor{});
      fold(turn, LoadDevices{});
      load_own_profile(turn);
      break;
    case Dialog::none:
    case Dialog::keys:
    case Dialog::reason:
    case Dialog::versions:
    case Dialog::link:
    case Dialog::watch:
    case Dialog::path:
    case Dialog::forward:
    case Dialog::change_room:
    case Dialog::date:
    case Dialog::section:
    case Dialog::profile:
    case Dialog::status:
    case Dialog::seen_by:
      break;
  }
}

void fold(Turn& turn, const SetDoNotDisturb& action) {
  turn.state.settings.do_not_disturb = action.on;
  save_settings(turn);
}

void fold(Turn& turn, const SetTheme& action) {
  if (const auto& dark = turn.state.policy.dark)
    return show_toast(turn, tr("The theme can't be changed on this PC. {0}", desk::set_by(dark->who)));
  turn.state.settings.theme = action.theme;
  save_settings(turn);
}

void fold(Turn& turn, const SetLanguage& action) {
  turn.state.settings.language = action.language;
  // Days and notices are written in the rows.
  for (auto& [id, room] : turn.state.rooms) room.timeline.touch_all();
  save_settings(turn);
}

void fold(Turn& turn, const SetScale& action) {
  turn.state.settings.scale_percent = std::clamp(action.percent, 75, 300);
  save_settings(turn);
}

void fold(Turn& turn, const StepScale& action) {
  const int now = turn.state.settings.scale_percent;
  fold(turn, SetScale{action.steps == 0 ? 100 : now + 25 * action.steps});
}

void fold(Turn& turn, const UseEmoji& action) {
  auto& recent = turn.state.settings.emoji.recent;
  std::erase(recent, action.emoji);
  recent.insert(recent.begin(), action.emoji);
  if (recent.size() > kMostRecentEmoji) recent.resize(kMostRecentEmoji);
  save_settings(turn);
}

void fold(Turn& turn, const SetSkinTone& action) {
  turn.state.settings.emoji.tone = action.tone;
  save_settings(turn);
}

void fold(Turn& turn, const ToggleSection& action) {
  auto& collapsed = turn.state.settings.collapsed;
  if (std::erase(collapsed, action.kind) == 0) collapsed.push_back(action.kind);
  save_settings(turn);
}

void fold(Turn& turn, const ChangePassword& action) {
  auto& form = turn.state.password_form;
  form = {turn.call<protocol::AccountChangePassword>({action.current, action.fresh}), {}, {}};
  if (!form.busy) form.error = offline_text();
}

void fold(Turn& turn, const OpenLink& action) {
  State& state = turn.state;
  // It leads nowhere outside this program.
  if (const auto link = protocol::parse_message_link(action.url)) return follow_link(turn, *link);
  state.dialog = action.named ? Dialog::link : Dialog::none;
  if (action.named)
    state.link_target = action.url;
  else
    turn.effect(OpenUrl{action.url});
}

void fold(Turn& turn, const Answer<protocol::AccountSetProfile>& answer) {
  auto& form = turn.state.profile_form;
  form = {};
  if (!answer.result) {
    form.error = answer.result.error().message;
    return;
  }
  learn_people(turn, {answer.result->user});
  turn.state.me = answer.result->user;
  form.saved = tr("Saved.");
  load_own_profile(turn);
}

void fold(Turn& turn, const Answer<protocol::AccountChangePassword>& answer) {
  auto& form = turn.state.password_form;
  form = {};
  if (!answer.result) {
    form.error = answer.result.error().message;
    return;
  }
  take_duties(turn, false, turn.state.must_enrol_second_factor);
  turn.state.password_form = {};
  form.saved = tr("Your password was changed. Other devices were signed out.");
}

void fold(Turn& turn, const protocol::ServerNotice& event) {
  show_toast(turn, event.text, false);
}

}  // namespace wardroom::client
