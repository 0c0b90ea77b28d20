#include "admin/views/console.hpp"

#include <array>
#include <imgui.h>

#include "admin/views/ids.hpp"
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

struct PageEntry {
  Page page;
  std::string_view title;
};
constexpr std::array<PageEntry, 2> kPages{{{Page::people, "People"}, {Page::audit, "Audit"}}};

void draw_side_bar(const ConsoleProps& props, FrameContext& f, Actions& actions, const Rect& area) {
  fill(area, f.theme.surface0);
  begin_pane(f, "pages", area, {.padding_x = 8, .padding_y = 14});
  const Rect head = place(0, f.px(52));
  text_line(f, FontRole::bold, head.x0 + f.px(12), head.y0 + f.px(2), f.theme.text0, "Wardroom console");
  text_line(f, FontRole::small, head.x0 + f.px(12), head.y0 + f.px(22), f.theme.text2, f.screen(props.place),
            head.width() - f.px(16));
  note(f, ItemKind::header, head, "Wardroom console", {}, props.place);
  for (const PageEntry& entry : kPages) {
    if (entry.page == Page::people && !props.manages_people) continue;
    const bool selected = entry.page == props.page;
    const Row row = list_row(f, Id{ids::kPage, static_cast<std::int64_t>(entry.page)}, entry.title,
                             {.selected = selected, .height = 34});
    const Rect words{row.rect.x0 + f.px(12), row.rect.y0, row.rect.x1, row.rect.y1};
    text_in(f, selected ? FontRole::bold : FontRole::text, words, selected ? f.theme.text0 : f.theme.text1,
            entry.title);
    if (row.it.pressed) actions.push_back(OpenPage{entry.page});
  }
  ImGui::SetCursorScreenPos({area.x0 + f.px(20), area.y1 - f.px(34)});
  if (link(f, ids::kSignOut, "Sign out", FontRole::small)) actions.push_back(SignOut{});
  end_pane();
  vertical_hairline(f, area.x1 - 1, area.y0, area.y1, f.theme.line);
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
  switch (props.page) {
    case Page::people:
      return draw_people(props.people, state.people, f, actions, area);
    case Page::audit:
      return draw_audit(props.audit, state.audit, f, actions, area);
  }
}

}  // namespace

void draw_console(const ConsoleProps& props, ConsoleViewState& state, FrameContext& f, Actions& actions) {
  if (props.screen == Screen::sign_in) {
    draw_sign_in(props.sign_in, state.sign_in, f, actions);
  } else {
    if (state.sign_in.filled) state.sign_in = {};
    draw_main(props, state, f, actions);
  }
  int above = 0;
  for (const ToastProps& item : props.toasts) {
    const Id id{ids::kToast, static_cast<std::int64_t>(item.id)};
    if (toast(f, id, item.bad ? NoticeTone::bad : NoticeTone::good, item.text, above++))
      actions.push_back(DismissToast{item.id});
  }
}

}  // namespace wardroom::admin::views
