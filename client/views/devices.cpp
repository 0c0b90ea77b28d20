#include "client/views/devices.hpp"

#include <algorithm>
#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/notice.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kRow = 56;
constexpr float kMostHeight = 336;

void draw_device(const DeviceRow& device, const SettingsProps& props, FrameContext& f, Actions& actions) {
  const Rect row = place(0, f.px(kRow));
  const float x = row.x0 + f.px(4);
  const float right = device.current ? row.x1 : row.x1 - f.px(92);
  float at = x + text_line(f, FontRole::bold, x, row.y0 + f.px(8), f.theme.text0, f.screen(device.name),
                           right - x - f.px(110));
  if (device.current || device.connected) {
    const Colour ink = device.current ? f.theme.accent : f.theme.ok;
    text_line(f, FontRole::small, at + f.px(10), row.y0 + f.px(10), ink,
              device.current ? tr("this device") : tr("connected"));
  }
  text_line(f, FontRole::small, x, row.y0 + f.px(29), f.theme.text1, f.screen(device.detail), right - x);
  note(f, ItemKind::text, row, device.name, {}, device.detail);
  hairline(f, row.x0, row.x1, row.y1 - 1, f.theme.line);
  if (device.current) return;
  const ImVec2 after = ImGui::GetCursorScreenPos();
  ImGui::SetCursorScreenPos({row.x1 - f.px(84), row.y0 + f.px(12)});
  if (button(f, Id{ids::kDeviceEnd, device.session.value}, tr("Sign out"),
             {.disabled = props.devices_loading, .width = f.px(84)}))
    actions.push_back(EndSession{device.session});
  ImGui::SetCursorScreenPos(after);
}

}  // namespace

void draw_devices(const SettingsProps& props, FrameContext& f, Actions& actions) {
  if (!props.devices_error.empty()) {
    notice(f, NoticeTone::bad, props.devices_error);
    vertical_gap(f, 8);
  }
  if (props.devices.empty()) {
    paragraph(f, props.devices_loading ? tr("Loading…") : "", FontRole::text, f.theme.text1);
    return;
  }
  const float height = f.px(kRow) * static_cast<float>(props.devices.size());
  const Rect area = place(0, std::min(height, f.px(kMostHeight)));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  begin_pane(f, "devices.list", area, {.scrolls = true});
  for (const DeviceRow& device : props.devices) draw_device(device, props, f, actions);
  end_pane();
  ImGui::SetCursorScreenPos(after);
  vertical_gap(f, 16);
  const bool others = std::any_of(props.devices.begin(), props.devices.end(),
                                  [](const DeviceRow& device) { return !device.current; });
  if (button(f, ids::kDevicesEndOthers, tr("Sign out everywhere else"),
             {.tone = ButtonTone::danger, .disabled = !others || props.devices_loading}))
    actions.push_back(EndSession{std::nullopt});
}

}  // namespace wardroom::client::views
