#include "admin/views/console.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "admin/views/backups.hpp"
#include "admin/views/help.hpp"
#include "admin/views/ids.hpp"
#include "admin/views/moderation.hpp"
#include "admin/views/overview.hpp"
#include "admin/views/rooms.hpp"
#include "common/desk/views/toasts.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::admin::views {
namespace {

using namespace ui;

constexpr float kSideBar = 200;
constexpr float kBannerHeight = 34;
constexpr float kPagesFoot = 72;

void draw_side_bar(const ConsoleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  const Rect pages{area.x0, area.y0, area.x1, area.y1 - f.px(kPagesFoot)};
  begin_pane(f, "pages", pages, {.scrolls = true, .padding_x = 8, .padding_y = 14});
  const Rect head = place(0, f.px(52));
  text_line(f, FontRole::bold, head.x0 + f.px(12), head.y0 + f.px(2), f.theme.text0, "Wardroom console");
  text_line(f, FontRole::small, head.x0 + f.px(12), head.y0 + f.px(22), f.theme.text2, f.screen(props.place),
            head.width() - f.px(16));
  note(f, ItemKind::header, head, "Wardroom console", {}, props.place);
  // In a low window the pages stand closer, so that all of them are in sight.
  const float room = pages.height() / f.scale - 28 - 52;
  const float row_height =
      std::clamp(std::floor(room / static_cast<float>(props.pages.size())), 26.0F, 34.0F);
  const Page open = props.page == Page::imports ? Page::people : props.page;
  for (const Page page : props.pages) {
    const bool selected = page == open;
    const std::string_view title = page_title(page);
    const std::string_view badge_text = page == Page::moderation ? std::string_view{props.moderation.badge}
                                        : page == Page::overview ? std::string_view{props.overview.badge}
                                                                 : std::string_view{};
    const Row row = list_row(f, Id{ids::kPage, static_cast<std::int64_t>(page)}, title,
                             {.selected = selected, .height = row_height, .state = badge_text});
    const Rect words{row.rect.x0 + f.px(12), row.rect.y0, row.rect.x1, row.rect.y1};
    text_in(f, selected ? FontRole::bold : FontRole::text, words, selected ? f.theme.text0 : f.theme.text1,
            title);
    if (!badge_text.empty())
      badge(f, row.rect.x1 - f.px(10), (row.rect.y0 + row.rect.y1) / 2, badge_text, BadgeTone::alarm);
    if (row.it.pressed) actions.push_back(OpenPage{page});
  }
  end_pane();
  begin_pane(f, "pages.foot", {area.x0, pages.y1, area.x1, area.y1});
  const bool has_list = props.page == Page::people || props.page == Page::rooms ||
                        props.page == Page::sessions || props.page == Page::audit ||
                        props.page == Page::moderation;
  if (has_list) {
    ImGui::SetCursorScreenPos({area.x0 + f.px(20), area.y1 - f.px(62)});
    if (link(f, ids::kSaveCsv, f.screen("Save list as CSV\xE2\x80\xA6"), FontRole::small))
      actions.push_back(AskForCsv{});
  }
  ImGui::SetCursorScreenPos({area.x0 + f.px(20), area.y1 - f.px(34)});
  if (link(f, ids::kSignOut, "Sign out", FontRole::small)) actions.push_back(SignOut{});
  end_pane();
  vertical_hairline(f, area.x1 - 1, area.y0, area.y1, f.theme.line);
}

void draw_log_alarm(const desk::LogAlarmProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  const auto act = desk::views::draw_log_alarm(props, f, area);
  if (!act) return;
  if (*act != desk::WatchAct::open || !props.record) return actions.push_back(*act);
  actions.push_back(OpenPage{Page::audit});
  actions.push_back(SelectRecord{*props.record});
}

// A path that was chosen in the desktop's dialog takes the place of what stands in its field.
void take_path(const BrowseProps& browse, ConsoleViewState& state) {
  if (browse.chosen <= state.paths_taken) return;
  state.paths_taken = browse.chosen;
  switch (browse.field) {
    case PathField::csv:
      state.csv.path = browse.path;
      return;
    case PathField::import_file:
      state.imports.path = browse.path;
      return;
    case PathField::invite_sheet:
      state.imports.sheet_path = browse.path;
      return;
    case PathField::evidence:
      state.evidence.form.target = browse.path;
      return;
  }
}

void draw_main(const ConsoleProps& props, ConsoleViewState& state, FrameContext& f, Actions& actions) {
  fill({0, 0, f.width, f.height}, f.theme.surface1);
  const float left = f.px(kSideBar);
  draw_side_bar(props, f, actions, {0, 0, left, f.height});
  Rect area{left, 0, f.width, f.height};
  if (!props.offline.empty()) {
    begin_pane(f, "console.banner", {area.x0, area.y0, area.x1, area.y0 + f.px(kBannerHeight)});
    if (banner(f, ids::kBanner, NoticeTone::warn, props.offline, "Try now"))
      actions.push_back(RetryConnection{});
    end_pane();
    area.y0 += f.px(kBannerHeight);
  }
  if (!props.log_alarm.text.empty()) {
    const float height = desk::views::log_alarm_height(props.log_alarm, f, area.width());
    draw_log_alarm(props.log_alarm, f, actions, {area.x0, area.y0, area.x1, area.y0 + height});
    area.y0 += height;
  }
  switch (props.page) {
    case Page::people:
      return draw_people(props.people, state.people, f, actions, area);
    case Page::audit:
      return draw_audit(props.audit, props.watch_card, state.audit, f, actions, area);
    case Page::moderation:
      return draw_moderation(props.moderation, f, actions, area);
    case Page::sessions:
      return draw_sessions(props.sessions, state.sessions, f, actions, area);
    case Page::rooms:
      return draw_rooms(props.rooms, f, actions, area);
    case Page::retention:
      return draw_retention(props.retention, state.retention, f, actions, area);
    case Page::announce:
      return draw_announce(props.announce, state.announce, f, actions, area);
    case Page::certificates:
      return draw_certificates(props.certificates, state.certificates, f, actions, area);
    case Page::settings:
      return draw_settings(props.settings, state.settings, f, actions, area);
    case Page::backups:
      return draw_backups(props.backups, f, actions, area);
    case Page::overview:
      return draw_overview(props.overview, f, area);
    case Page::imports:
      return draw_imports(props.imports, props.browse, state.imports, f, actions, area);
  }
}

}  // namespace

std::string_view page_title(Page page) {
  switch (page) {
    case Page::people:
      return "People";
    case Page::imports:
      return "Import people";
    case Page::audit:
      return "Audit";
    case Page::moderation:
      return "Moderation";
    case Page::sessions:
      return "Sessions";
    case Page::rooms:
      return "Rooms";
    case Page::retention:
      return "Retention";
    case Page::announce:
      return "Announce";
    case Page::certificates:
      return "Certificates";
    case Page::overview:
      return "Overview";
    case Page::settings:
      return "Settings";
    case Page::backups:
      return "Backups";
  }
  return "";
}

void draw_console(const ConsoleProps& props, ConsoleViewState& state, FrameContext& f, Actions& actions) {
  if (props.screen == Screen::sign_in) {
    draw_sign_in(props.sign_in, state.sign_in, f, actions);
  } else {
    if (state.sign_in.filled) state.sign_in = {};
    take_path(props.browse, state);
    draw_main(props, state, f, actions);
    if (props.watch)
      if (const auto act = desk::views::draw_watch(*props.watch, state.watch, f))
        std::visit([&](const auto& one) { actions.push_back(one); }, *act);
    draw_help(props.page, state.help, f);
    draw_csv_dialog(props.csv, props.browse, state.csv, f, actions);
    if (props.page == Page::rooms) draw_room_dialog(props.rooms, state.rooms, f, actions);
    draw_evidence(props.evidence, props.browse, state.evidence, f, actions);
    if (props.page == Page::retention) draw_retention_dialog(props.retention, state.retention, f, actions);
  }
  draw_reason_dialog(props.reason_dialog, state.reason_dialog, f, actions);
  if (const auto dismissed = desk::views::draw_toasts(props.toasts, f))
    actions.push_back(desk::DismissToast{*dismissed});
}

}  // namespace wardroom::admin::views
