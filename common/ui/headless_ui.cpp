#include "common/ui/headless_ui.hpp"

#include <imgui.h>
#include <imgui_internal.h>
#include <map>
#include <stdexcept>

#include "common/text/boundaries.hpp"
#include "common/ui/canvas.hpp"

namespace wardroom::ui {
namespace {

struct SharedFonts {
  ImFontAtlas atlas;
  std::unique_ptr<Fonts> fonts;
};

// Fonts take longer to load than a test to run, so all tests of a program share them.
SharedFonts& shared_fonts(float scale) {
  static std::map<float, SharedFonts> by_scale;
  SharedFonts& shared = by_scale[scale];
  if (!shared.fonts) {
    auto faces = typeset::Faces::open_installed();
    if (!faces) throw std::runtime_error{faces.error().message};
    auto fonts = Fonts::load(shared.atlas, *std::move(faces), scale);
    if (!fonts) throw std::runtime_error{fonts.error().message};
    shared.fonts = *std::move(fonts);
  }
  return shared;
}

}  // namespace

HeadlessUi::HeadlessUi(Draw draw) : HeadlessUi(std::move(draw), Options{}) {}

HeadlessUi::HeadlessUi(Draw draw, const Options& options) : draw_(std::move(draw)), options_(options) {
  context_ = ImGui::CreateContext(&shared_fonts(options.scale).atlas);
  ImGui::SetCurrentContext(context_);
  apply_style(theme(options.theme), options.scale);
  set_key_map();
  ImGuiIO& io = ImGui::GetIO();
  io.DisplaySize = {options.width, options.height};
  io.DeltaTime = 1.0F / 60;
  io.UserData = this;
  io.SetClipboardTextFn = [](void*, const char* text) {
    static_cast<HeadlessUi*>(ImGui::GetIO().UserData)->clipboard_ = text;
  };
  io.GetClipboardTextFn = [](void*) -> const char* {
    return static_cast<HeadlessUi*>(ImGui::GetIO().UserData)->clipboard_.c_str();
  };
  io.MousePos = {-1, -1};
  frames();
}

HeadlessUi::~HeadlessUi() {
  ImGui::DestroyContext(context_);
}

Fonts& HeadlessUi::fonts() {
  return *shared_fonts(options_.scale).fonts;
}

void HeadlessUi::frame() {
  ImGui::SetCurrentContext(context_);
  if (fonts().needs_rebuild()) {
    if (auto done = fonts().rebuild(); !done) throw std::runtime_error{done.error().message};
  }
  fonts().begin_frame();
  recorder_.clear();
  ImGui::NewFrame();
  FrameContext f{theme(options_.theme), fonts(), options_.scale, clock_.now()};
  f.width = options_.width;
  f.height = options_.height;
  f.input = &input_;
  f.primary = &primary_;
  f.recorder = &recorder_;
  begin_canvas(f);
  draw_(f);
  end_canvas();
  finish_frame();
  ImGui::Render();
  input_.typed.clear();
  static_cast<void>(fonts().take_uploads());
  next_frame_at_ = f.next_frame_at();
  vertices_ = ImGui::GetDrawData()->TotalVtxCount;
}

void HeadlessUi::frames(int count) {
  for (int i = 0; i < count; ++i) frame();
}

bool HeadlessUi::hover(std::string_view id) {
  const Item* item = recorder_.find(id);
  if (!item || !item->visible) return false;
  ImGui::GetIO().MousePos = {(item->rect.x0 + item->rect.x1) / 2, (item->rect.y0 + item->rect.y1) / 2};
  frames(2);
  return true;
}

void HeadlessUi::move_to(float x, float y) {
  ImGui::GetIO().MousePos = {x, y};
  frames(2);
}

void HeadlessUi::press(int button) {
  // As long as a finger takes: what is only there while nothing is held is gone before the release.
  ImGui::GetIO().MouseDown[button] = true;
  frames();
  release(button);
}

void HeadlessUi::release(int button) {
  ImGui::GetIO().MouseDown[button] = false;
  // Time passes, so that two clicks are two clicks and not one double click.
  ImGui::GetIO().DeltaTime = 1;
  frames(1);
  ImGui::GetIO().DeltaTime = 1.0F / 60;
  frames();
}

bool HeadlessUi::click(std::string_view id) {
  if (!hover(id)) return false;
  press(ImGuiMouseButton_Left);
  return true;
}

bool HeadlessUi::right_click(std::string_view id) {
  if (!hover(id)) return false;
  press(ImGuiMouseButton_Right);
  return true;
}

void HeadlessUi::click_at(float x, float y, int times) {
  ImGui::GetIO().MousePos = {x, y};
  frames(1);
  for (int i = 1; i < times; ++i) {
    ImGui::GetIO().MouseDown[ImGuiMouseButton_Left] = true;
    frames(2);
    ImGui::GetIO().MouseDown[ImGuiMouseButton_Left] = false;
    frames(2);
  }
  press(ImGuiMouseButton_Left);
}

void HeadlessUi::right_click_at(float x, float y) {
  ImGui::GetIO().MousePos = {x, y};
  frames(1);
  press(ImGuiMouseButton_Right);
}

void HeadlessUi::middle_click_at(float x, float y) {
  ImGui::GetIO().MousePos = {x, y};
  frames(1);
  press(ImGuiMouseButton_Middle);
}

void HeadlessUi::mouse_down(float x, float y) {
  ImGui::GetIO().MousePos = {x, y};
  frames(1);
  ImGui::GetIO().MouseDown[ImGuiMouseButton_Left] = true;
  frames(2);
}

void HeadlessUi::mouse_up() {
  release(ImGuiMouseButton_Left);
}

void HeadlessUi::hold_mods(Mods mods) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = mods.ctrl;
  io.KeyShift = mods.shift;
  io.KeyAlt = mods.alt;
}

void HeadlessUi::type(std::string_view wire) {
  for (std::size_t i = 0; i < wire.size();) {
    const std::size_t begin = i;
    i = text::next_character(wire, i);
    input_.typed = wire.substr(begin, i - begin);
    frames(1);
  }
  frames();
}

void HeadlessUi::key(Key key, Mods mods) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeyCtrl = mods.ctrl;
  io.KeyShift = mods.shift;
  io.KeyAlt = mods.alt;
  io.KeysDown[static_cast<int>(key)] = true;
  frames(1);
  io.KeysDown[static_cast<int>(key)] = false;
  io.KeyCtrl = io.KeyShift = io.KeyAlt = false;
  frames();
}

void HeadlessUi::hold(Key key, float seconds) {
  ImGuiIO& io = ImGui::GetIO();
  io.KeysDown[static_cast<int>(key)] = true;
  frames(static_cast<int>(seconds / io.DeltaTime));
  io.KeysDown[static_cast<int>(key)] = false;
  frames();
}

void HeadlessUi::scroll(float notches) {
  ImGui::GetIO().MouseWheel = notches;
  frames();
}

void HeadlessUi::resize(float width, float height) {
  options_.width = width;
  options_.height = height;
  ImGui::GetIO().DisplaySize = {width, height};
  frames();
}

}  // namespace wardroom::ui
