#include "client/views/window.hpp"

#include <algorithm>
#include <imgui.h>
#include <utility>

#include "client/views/ids.hpp"
#include "client/views/keys_help.hpp"
#include "client/views/link_dialog.hpp"
#include "client/views/pins.hpp"
#include "client/views/profile_card.hpp"
#include "client/views/room_header.hpp"
#include "client/views/saved.hpp"
#include "client/views/seen_by_dialog.hpp"
#include "common/desk/views/toasts.hpp"
#include "common/language/tr.hpp"
#include "common/ui/alarm_bar.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kSideBar = 256;
constexpr float kMembers = 264;
constexpr float kSearch = 340;
constexpr float kFiles = 340;
constexpr float kThread = 400;
constexpr float kHeader = 56;
constexpr float kBannerHeight = 34;
// A window narrower than this has no room for the panel.
constexpr float kWideEnough = 900;

// As in browsers. Where + is written with Shift, the key works without it, too.
void take_scale_keys(FrameContext& f, Actions& actions) {
  const auto ctrl = [&](std::initializer_list<Key> keys) {
    return std::any_of(keys.begin(), keys.end(), [&](Key key) {
      return f.pressed(key, {.ctrl = true}) || f.pressed(key, {.ctrl = true, .shift = true});
    });
  };
  if (ctrl({Key::plus, Key::equals, Key::keypad_plus})) actions.push_back(StepScale{1});
  if (ctrl({Key::minus, Key::keypad_minus})) actions.push_back(StepScale{-1});
  if (ctrl({Key::zero, Key::keypad_zero})) actions.push_back(StepScale{0});
}

void take_keys(const WindowProps& props, const ThreadViewState& thread, FrameContext& f, Actions& actions) {
  const auto show = [&](Dialog dialog) {
    actions.push_back(ShowDialog{props.dialog == dialog ? Dialog::none : dialog});
  };
  // It has keys of its own, plus and minus among them.
  if (props.viewer.shown) return;
  take_scale_keys(f, actions);
  if (f.pressed(Key::f1)) show(Dialog::keys);
  if (f.pressed(Key::k, {.ctrl = true})) show(Dialog::switcher);
  if (props.dialog != Dialog::none) return;
  if (f.pressed(Key::n, {.ctrl = true})) show(Dialog::new_direct);
  const bool in_thread = props.thread.shown && thread.has_keys;
  const ComposerProps& composer = in_thread ? props.thread.composer : props.composer;
  const bool may_attach =
      (in_thread || props.room_open) && composer.disabled_reason.empty() && !composer.editing;
  if (f.pressed(Key::o, {.ctrl = true}) && may_attach)
    actions.push_back(ChooseAttachments{in_thread ? WritingPlace(props.thread.thread) : composer.room});
  if (f.pressed(Key::f, {.ctrl = true}) && props.room_open) actions.push_back(OpenSearch{false});
  if (f.pressed(Key::t, {.ctrl = true, .shift = true})) actions.push_back(ToggleThreads{});
  if (f.pressed(Key::f, {.ctrl = true, .shift = true})) actions.push_back(OpenSearch{true});
  if (f.pressed(Key::b, {.ctrl = true, .shift = true})) show(Dialog::browse);
  if (f.pressed(Key::g, {.ctrl = true}) && props.room_open) actions.push_back(StartDateJump{});
  if (f.pressed(Key::s, {.ctrl = true, .shift = true})) actions.push_back(ToggleSaved{});
  if (f.pressed(Key::m, {.ctrl = true, .shift = true})) actions.push_back(ToggleMembers{});
  for (const bool unread : {false, true}) {
    if (f.pressed(Key::up, {.shift = unread, .alt = true})) actions.push_back(StepRoom{-1, unread});
    if (f.pressed(Key::down, {.shift = unread, .alt = true})) actions.push_back(StepRoom{1, unread});
  }
}

NoticeTone tone_of(BannerProps::Tone tone) {
  switch (tone) {
    case BannerProps::Tone::quiet:
      return NoticeTone::quiet;
    case BannerProps::Tone::warn:
      return NoticeTone::warn;
    case BannerProps::Tone::bad:
      return NoticeTone::bad;
  }
  return NoticeTone::quiet;
}

void draw_banner(const BannerProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "banner", area);
  if (banner(f, ids::kBanner, tone_of(props.tone), props.text, props.action_label))
    actions.push_back(RetryConnection{});
  end_pane();
}

void draw_announcement(const AnnouncementProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  begin_pane(f, "announcement", area);
  const BarAction act{props.must_acknowledge ? ids::kAnnouncementRead : ids::kAnnouncementClose,
                      !props.must_acknowledge ? tr("Close")
                      : props.busy            ? tr("Sending\xE2\x80\xA6")
                                              : tr("I have read it")};
  if (alarm_bar(f, ids::kAnnouncement, props.text, {&act, 1}, BarTone::news)) {
    if (props.must_acknowledge)
      actions.push_back(AcknowledgeAnnouncement{});
    else
      actions.push_back(CloseAnnouncement{});
  }
  end_pane();
}

void draw_room(const WindowProps& props, WindowViewState& state, FrameContext& f, Actions& actions,
               Rect area) {
  if (!props.banner.text.empty()) {
    draw_banner(props.banner, f, actions, {area.x0, area.y0, area.x1, area.y0 + f.px(kBannerHeight)});
    area.y0 += f.px(kBannerHeight);
  }
  if (!props.announcement.text.empty()) {
    const float height = alarm_bar_height(f, props.announcement.text, area.width());
    draw_announcement(props.announcement, f, actions, {area.x0, area.y0, area.x1, area.y0 + height});
    area.y0 += height;
  }
  if (!props.log_alarm.text.empty()) {
    const float height = desk::views::log_alarm_height(props.log_alarm, f, area.width());
    const Rect strip{area.x0, area.y0, area.x1, area.y0 + height};
    if (const auto act = desk::views::draw_log_alarm(props.log_alarm, f, strip)) actions.push_back(*act);
    area.y0 += height;
  }
  if (!props.room_open) {
    empty_state(f, area, tr("No room is open"),
                tr("Choose one on the left, or press Ctrl K and type a few letters of its name."));
    return;
  }
  draw_room_header(props.header, f, actions, {area.x0, area.y0, area.x1, area.y0 + f.px(kHeader)});
  area.y0 += f.px(kHeader);
  const float composer = composer_height(props.composer, state.composer, f, area.width());
  const auto& writing = state.composer.text;
  state.timeline.keys_free = writing.focused && writing.edit.text().empty();
  draw_timeline(props.timeline, state.timeline, f, actions, {area.x0, area.y0, area.x1, area.y1 - composer});
  draw_composer(props.composer, props.timeline.typing, state.composer, f, actions,
                {area.x0, area.y1 - composer, area.x1, area.y1});
}

// Files are attached where they fell.
void attach_dropped(const WritingPlace& place, WindowViewState& state, Actions& actions) {
  if (state.dropped.empty()) return;
  actions.push_back(AttachFiles{place, std::exchange(state.dropped, {})});
}

void draw_main(const WindowProps& props, WindowViewState& state, FrameContext& f, Actions& actions) {
  fill({0, 0, f.width, f.height}, f.theme.surface1);
  const float left = f.px(kSideBar);
  draw_side_bar(props.side_bar, props.room_menu, state.side_bar, f, actions, {0, 0, left, f.height});
  float right = f.width;
  const bool panel = props.header.members_shown || props.header.pins_shown;
  const bool wide = f.width >= f.px(kWideEnough);
  if (props.thread.shown) {
    right -= f.px(kThread);
  } else if (props.threads.shown) {
    right -= f.px(kFiles);
    draw_thread_list(props.threads, f, actions, {right, 0, f.width, f.height});
  } else if (props.search.shown) {
    right -= f.px(kSearch);
    draw_search(props.search, state.search, f, actions, {right, 0, f.width, f.height});
  } else if (props.saved.shown) {
    right -= f.px(kSearch);
    draw_saved(props.saved, f, actions, {right, 0, f.width, f.height});
  } else if (props.room_open && props.header.files_shown && wide) {
    right -= f.px(kFiles);
    draw_files(props.files, props.timeline.transfers, props.timeline.pictures, state.files, f, actions,
               {right, 0, f.width, f.height});
  } else if (props.room_open && panel && wide) {
    right -= f.px(kMembers);
    const Rect area{right, 0, f.width, f.height};
    if (props.header.pins_shown)
      draw_pins(props.pins, f, actions, area);
    else
      draw_members(props.members, state.members, f, actions, area);
  }
  if (!props.thread.shown) {
    state.timeline.takes_keys = true;
    return draw_room(props, state, f, actions, {left, 0, right, f.height});
  }
  // Where both don't fit the thread alone is shown.
  if (state.composer.text.focused) state.thread.has_keys = false;
  state.timeline.takes_keys = wide && !state.thread.has_keys;
  if (wide) draw_room(props, state, f, actions, {left, 0, right, f.height});
  const bool escapes = props.dialog == Dialog::none && !props.viewer.shown;
  const Rect pane{wide ? right : left, 0, f.width, f.height};
  if (ImGui::GetIO().MousePos.x >= pane.x0) attach_dropped(props.thread.thread, state, actions);
  draw_thread(props.thread, state.thread, escapes, f, actions, pane);
  if (state.thread.timeline.selection.here) state.timeline.selection.clear();
}

void draw_dialog(const WindowProps& props, WindowViewState& state, FrameContext& f, Actions& actions) {
  switch (props.dialog) {
    case Dialog::none:
      return;
    case Dialog::switcher:
      return draw_switcher(props.switcher, state.switcher, f, actions);
    case Dialog::browse:
      return draw_browse(props.browse, state.browse, f, actions);
    case Dialog::create_room:
      return draw_create_room(props.create_room, state.create_room, f, actions);
    case Dialog::new_direct:
      return draw_new_direct(props.new_direct, state.new_direct, f, actions);
    case Dialog::forward:
      return draw_forward_dialog(props.forward, state.forward, f, actions);
    case Dialog::change_room:
      return draw_change_room(props.change_room, state.change_room, f, actions);
    case Dialog::date:
      return draw_date_dialog(props.date, state.date, f, actions);
    case Dialog::section:
      return draw_section_dialog(props.section, state.section, f, actions);
    case Dialog::profile:
      return draw_profile_card(props.profile, f, actions);
    case Dialog::status:
      return draw_status_dialog(props.status, state.status, f, actions);
    case Dialog::seen_by:
      return draw_seen_by(props.seen_by, f, actions);
    case Dialog::add_people:
      return draw_add_people(props.add_people, state.add_people, f, actions);
    case Dialog::keys:
      return draw_keys_help(f, actions);
    case Dialog::reason:
      return draw_reason_dialog(props.reason_dialog, state.reason_dialog, f, actions);
    case Dialog::path:
      return draw_path_dialog(props.path, state.path, f, actions);
    case Dialog::link:
      return draw_link_dialog(props.link_target, f, actions);
    case Dialog::versions:
      return draw_versions(props.versions, f, actions);
    case Dialog::watch:
      if (const auto act = desk::views::draw_watch(props.watch, state.watch, f))
        std::visit([&](const auto& one) { actions.push_back(one); }, *act);
      return;
    case Dialog::settings:
      return draw_settings(props.settings, state.settings, f, actions);
  }
}

}  // namespace

void draw_window(const WindowProps& props, WindowViewState& state, FrameContext& f, Actions& actions) {
  if (props.screen == Screen::welcome) {
    draw_welcome(props.welcome, state.welcome, f, actions);
  } else {
    // What was typed at the first start, a password too, isn't kept once it has done its work.
    if (state.welcome.filled) state.welcome = {};
    // While it is asked what becomes of a pasted text, no other dialog is opened over it.
    if (state.composer.long_paste.empty() && state.thread.composer.long_paste.empty())
      take_keys(props, state.thread, f, actions);
    // Where the person was writing before.
    auto& writing = props.thread.shown && state.thread.has_keys ? state.thread.composer : state.composer;
    if (state.last_dialog != Dialog::none && props.dialog == Dialog::none) writing.take_focus = true;
    if (state.search_shown && !props.search.shown) state.composer.take_focus = true;
    state.search_shown = props.search.shown;
    if (state.viewer_shown && !props.viewer.shown) writing.take_focus = true;
    state.viewer_shown = props.viewer.shown;
    if (state.thread_shown && !props.thread.shown) state.composer.take_focus = true;
    state.thread_shown = props.thread.shown;
    state.last_dialog = props.dialog;
    draw_main(props, state, f, actions);
    if (props.room_open) attach_dropped(props.composer.room, state, actions);
    draw_dialog(props, state, f, actions);
    // One of them at a time: a dialog that the viewer led to comes before it, and it is back afterwards.
    if (props.dialog == Dialog::none)
      draw_viewer(props.viewer, props.timeline.transfers, props.timeline.pictures, state.viewer, f, actions);
  }
  // Nobody is there to take them.
  state.dropped.clear();
  if (const auto dismissed = desk::views::draw_toasts(props.toasts, f))
    actions.push_back(desk::DismissToast{*dismissed});
}

}  // namespace wardroom::client::views
