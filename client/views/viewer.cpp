#include "client/views/viewer.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "client/views/file_cards.hpp"
#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

constexpr float kTopBar = 52;
constexpr float kZoomStep = 1.25F;
constexpr float kMostZoom = 16;
constexpr const char* kViewerName = "viewer";

void zoom_by(ViewerViewState& state, float factor) {
  const float before = state.zoom;
  state.zoom = std::clamp(state.zoom * factor, 1.0F, kMostZoom);
  // What is in the middle stays there.
  state.x *= state.zoom / before;
  state.y *= state.zoom / before;
  if (state.zoom == 1.0F) state.x = state.y = 0;
}

void take_viewer_keys(const ViewerProps& props, ViewerViewState& state, FrameContext& f, Actions& actions) {
  if (f.pressed(Key::escape)) actions.push_back(CloseViewer{});
  if (f.pressed(Key::left) && props.has_earlier) actions.push_back(StepPicture{-1});
  if (f.pressed(Key::right) && props.has_later) actions.push_back(StepPicture{1});
  // Where + is written with Shift, the key works without it, too.
  const bool nearer = f.pressed(Key::plus) || f.pressed(Key::equals) || f.pressed(Key::keypad_plus) ||
                      f.pressed(Key::plus, {.shift = true}) || f.pressed(Key::equals, {.shift = true});
  if (nearer) zoom_by(state, kZoomStep);
  if (f.pressed(Key::minus) || f.pressed(Key::keypad_minus)) zoom_by(state, 1 / kZoomStep);
  if (f.pressed(Key::zero) || f.pressed(Key::keypad_zero)) zoom_by(state, 1 / kMostZoom);
}

void take_viewer_mouse(ViewerViewState& state, FrameContext& f, const Rect& area) {
  const Interaction it =
      interact(f, ids::kViewerPicture, area, ItemKind::card, tr("Picture"), {.takes_keyboard = false});
  const ImGuiIO& io = ImGui::GetIO();
  if (it.hovered && io.MouseWheel != 0) zoom_by(state, std::pow(kZoomStep, io.MouseWheel));
  if (!it.held || state.zoom <= 1) return;
  state.x =
      std::clamp(state.x + io.MouseDelta.x, -area.width() * state.zoom / 2, area.width() * state.zoom / 2);
  state.y =
      std::clamp(state.y + io.MouseDelta.y, -area.height() * state.zoom / 2, area.height() * state.zoom / 2);
}

void draw_viewer_bar(const ViewerProps& props, FrameContext& f, Actions& actions, const Rect& bar) {
  const float middle = (bar.y0 + bar.y1) / 2, half = f.px(14);
  float right = bar.x1 - f.px(12);
  const auto pressed = [&](std::string_view id, Icon icon, std::string_view label, bool disabled = false) {
    const Rect square{right - 2 * half, middle - half, right, middle + half};
    right -= 2 * half + f.px(4);
    return icon_button_at(f, id, square, icon, label, {.disabled = disabled});
  };
  if (pressed(ids::kViewerClose, Icon::close, tr("Close (Esc)"))) actions.push_back(CloseViewer{});
  if (pressed(ids::kViewerSave, Icon::save, tr("Save as")))
    actions.push_back(SaveFileAs{props.room, props.seq, props.card.id});
  if (pressed(ids::kViewerNext, Icon::chevron_right, tr("Next (Right)"), !props.has_later))
    actions.push_back(StepPicture{1});
  if (pressed(ids::kViewerBack, Icon::back, tr("Back (Left)"), !props.has_earlier))
    actions.push_back(StepPicture{-1});
  const float room = std::max(f.px(40), right - bar.x0 - f.px(24));
  text_line(f, FontRole::bold, bar.x0 + f.px(16), bar.y0 + f.px(7), f.theme.text0, f.screen(props.card.name),
            room);
  const std::string caption = props.caption + " \xC2\xB7 " + props.card.detail;
  text_line(f, FontRole::small, bar.x0 + f.px(16), bar.y0 + f.px(28), f.theme.text1, f.screen(caption), room);
  note(f, ItemKind::header, bar, props.card.name, ids::kViewer, caption);
}

}  // namespace

void draw_viewer(const ViewerProps& props, const Transfers& transfers, const PictureStates& pictures,
                 ViewerViewState& state, FrameContext& f, Actions& actions) {
  if (!props.shown) {
    state = {};
    return;
  }
  if (state.file != props.card.id) state = {props.card.id, 1, 0, 0};
  if (!ImGui::IsPopupOpen(kViewerName)) ImGui::OpenPopup(kViewerName);
  ImGui::SetNextWindowPos({0, 0});
  ImGui::SetNextWindowSize({f.width, f.height});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0, 0});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 0.0F);
  ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 0.0F);
  const bool open = ImGui::BeginPopupModal(
      kViewerName, nullptr,
      ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  ImGui::PopStyleVar(3);
  if (!open) return;
  const Rect bar{0, 0, f.width, f.px(kTopBar)};
  const Rect area{0, bar.y1, f.width, f.height};
  fill({0, 0, f.width, f.height}, f.theme.surface0);
  take_viewer_keys(props, state, f, actions);
  take_viewer_mouse(state, f, area);
  const float wide = area.width() * state.zoom / 2, high = area.height() * state.zoom / 2;
  const float x = (area.x0 + area.x1) / 2 + state.x, y = (area.y0 + area.y1) / 2 + state.y;
  const FileCardsPlace place{props.room, props.seq, 0, transfers, pictures};
  ImGui::PushClipRect({area.x0, area.y0}, {area.x1, area.y1}, true);
  draw_picture(f, props.card, place, true, f.scale * state.zoom, {x - wide, y - high, x + wide, y + high},
               actions);
  ImGui::PopClipRect();
  draw_viewer_bar(props, f, actions, bar);
  hairline(f, bar.x0, bar.x1, bar.y1 - 1, f.theme.line);
  ImGui::EndPopup();
}

}  // namespace wardroom::client::views
