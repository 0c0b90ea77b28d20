#include "common/ui/window.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cfloat>
#include <cmath>
#include <imgui.h>
#include <imgui_internal.h>
#include <utility>

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>

#include "common/base/log.hpp"
#include "common/base/utf8.hpp"
#include "common/ui/canvas.hpp"
#include "common/ui/composition.hpp"
#include "common/ui/gl_card.hpp"
#include "common/ui/keyboard.hpp"
#include "common/ui/layout_keys.hpp"
#include "common/ui/primary_selection.hpp"
#include "common/ui/screenshot.hpp"
#include "common/ui/text_area.hpp"
#include "common/ui/window_placement.hpp"

namespace wardroom::ui {
namespace {

static_assert(static_cast<int>(Key::k) == GLFW_KEY_K && static_cast<int>(Key::escape) == GLFW_KEY_ESCAPE &&
              static_cast<int>(Key::f1) == GLFW_KEY_F1 && static_cast<int>(Key::up) == GLFW_KEY_UP &&
              static_cast<int>(Key::keypad_enter) == GLFW_KEY_KP_ENTER &&
              static_cast<int>(Key::end) == GLFW_KEY_END);

// ImGui lays some things out one frame late; then everything stands still.
constexpr int kFramesAfterEvent = 3;
constexpr double kLongestWaitSeconds = 60;

}  // namespace

struct Window::Impl {
  WindowOptions options;
  GLFWwindow* glfw = nullptr;
  ImGuiContext* imgui = nullptr;
  std::unique_ptr<Fonts> fonts;
  GlCard card;
  Textures textures{card};
  float scale = 1;  // the screen's and the person's together
  bool scale_changed = false;
  bool back_ends = false;
  int frames_left = kFramesAfterEvent;
  // Something happened since the last turn; an event that comes between two frames must not be left half
  // drawn.
  std::atomic<bool> touched{false};
  std::optional<TimePoint> next_frame_at;
  std::function<void(std::vector<std::filesystem::path>)> dropped;
  std::function<bool()> hides;
  std::filesystem::path screenshot_file;
  std::function<void(Result<void>)> screenshot_done;
  LayoutKeys layout_keys;
  Composition composition;
  TextInput input;
  Keyboard keyboard{[this](const Keyboard::Event& event) { deliver(event); }};
  std::unique_ptr<PrimarySelection> primary;
  WindowPlacement placement;

  ~Impl();
  Result<void> open();
  Result<void> open_glfw();
  static void touch(GLFWwindow* window) {
    static_cast<Impl*>(glfwGetWindowUserPointer(window))->touched = true;
  }
  void install_callbacks();
  static void take_key(GLFWwindow* window, int key, int scan_code, int action, int mods);
  static void take_character(GLFWwindow* window, char32_t c);
  void deliver(const Keyboard::Event& event);
  float wanted_scale() const;
  void rescale();
  void rebuild_fonts();
  void upload_glyphs();
  void draw_frame(const Clock& clock, const WindowProgram& program);
  void finish_screenshot();
  void wait(const Clock& clock) const;
};

Window::Impl::~Impl() {
  // While there is a context.
  textures.clear();
  if (back_ends) {
    ImGui_ImplOpenGL3_Shutdown();
    ImGui_ImplGlfw_Shutdown();
  }
  fonts.reset();
  if (imgui) ImGui::DestroyContext(imgui);
  if (glfw) glfwDestroyWindow(glfw);
  glfwTerminate();
}

Result<void> Window::Impl::open_glfw() {
  glfwSetErrorCallback(
      [](int code, const char* words) { spdlog::warn("window.glfw code={} text=\"{}\"", code, words); });
  if (!glfwInit()) return unavailable("No display was found. Start the program from a desktop session.");
  glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
  glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 2);
  glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
  glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
  glfwWindowHint(GLFW_SCALE_TO_MONITOR, options.reproducible ? GLFW_FALSE : GLFW_TRUE);
  // Shown where it belongs, not moved there.
  if (options.place) glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
  glfwWindowHintString(GLFW_X11_CLASS_NAME, options.class_name.c_str());
  glfwWindowHintString(GLFW_X11_INSTANCE_NAME, options.class_name.c_str());
  const auto sized = [&](int length) {
    return static_cast<int>(std::lround(static_cast<float>(length) * options.scale));
  };
  glfw =
      glfwCreateWindow(sized(options.width), sized(options.height), options.title.c_str(), nullptr, nullptr);
  if (!glfw)
    return unavailable("This PC's graphics driver offers no OpenGL 3.2. Install Mesa (libgl1-mesa-dri).");
  glfwSetWindowSizeLimits(glfw, options.least_width, options.least_height, GLFW_DONT_CARE, GLFW_DONT_CARE);
  placement.watch(glfw);
  if (options.place) placement.restore(*options.place);
  placement.note();
  glfwMakeContextCurrent(glfw);
  glfwSwapInterval(1);
  return ok();
}

Result<void> Window::Impl::open() {
  if (auto opened = open_glfw(); !opened) return opened;
  imgui = ImGui::CreateContext();
  ImGuiIO& io = ImGui::GetIO();
  scale = wanted_scale();
  auto faces = typeset::Faces::open_installed();
  if (!faces) return faces.error();
  auto loaded = Fonts::load(*io.Fonts, *std::move(faces), scale);
  if (!loaded) return loaded.error();
  fonts = *std::move(loaded);
  apply_style(theme(options.theme), scale);
  glfwSetWindowUserPointer(glfw, this);
  install_callbacks();
  ImGui_ImplGlfw_InitForOpenGL(glfw, true);
  // In the place of ImGui's own.
  glfwSetKeyCallback(glfw, &take_key);
  glfwSetCharCallback(glfw, [](GLFWwindow* window, unsigned int c) { take_character(window, c); });
  ImGui_ImplOpenGL3_Init("#version 150");
  back_ends = true;
  io.UserData = this;
  primary = find_primary_selection();
  io.SetClipboardTextFn = [](void*, const char* text) {
    glfwSetClipboardString(static_cast<Impl*>(ImGui::GetIO().UserData)->glfw, text);
  };
  io.GetClipboardTextFn = [](void*) -> const char* {
    return glfwGetClipboardString(static_cast<Impl*>(ImGui::GetIO().UserData)->glfw);
  };
  return ok();
}

// Set before ImGui's own, which call the earlier ones.
void Window::Impl::install_callbacks() {
  glfwSetDropCallback(glfw, [](GLFWwindow* window, int count, const char** names) {
    auto& me = *static_cast<Impl*>(glfwGetWindowUserPointer(window));
    std::vector<std::filesystem::path> files;
    for (int i = 0; i < count; ++i) files.emplace_back(reinterpret_cast<const char8_t*>(names[i]));
    touch(window);
    if (me.dropped) me.dropped(std::move(files));
  });
  glfwSetWindowCloseCallback(glfw, [](GLFWwindow* window) {
    auto& me = *static_cast<Impl*>(glfwGetWindowUserPointer(window));
    touch(window);
    if (!me.hides || !me.hides()) return;
    glfwSetWindowShouldClose(window, GLFW_FALSE);
    me.placement.hide();
  });
  glfwSetWindowContentScaleCallback(glfw, [](GLFWwindow* window, float, float) {
    static_cast<Impl*>(glfwGetWindowUserPointer(window))->scale_changed = true;
    touch(window);
  });
  glfwSetMouseButtonCallback(glfw, [](GLFWwindow* window, int, int, int) {
    static_cast<Impl*>(glfwGetWindowUserPointer(window))->composition.end();
    touch(window);
  });
  glfwSetCursorPosCallback(glfw, [](GLFWwindow* window, double, double) { touch(window); });
  glfwSetScrollCallback(glfw, [](GLFWwindow* window, double, double) { touch(window); });
  glfwSetWindowFocusCallback(glfw, [](GLFWwindow* window, int) { touch(window); });
  // After the event, when it is known whether the window was maximised.
  glfwSetWindowPosCallback(glfw, [](GLFWwindow* window, int, int) { touch(window); });
  glfwSetFramebufferSizeCallback(glfw, [](GLFWwindow* window, int, int) { touch(window); });
  glfwSetWindowRefreshCallback(glfw, [](GLFWwindow* window) { touch(window); });
}

void Window::Impl::take_key(GLFWwindow* window, int key, int scan_code, int action, int mods) {
  auto& me = *static_cast<Impl*>(glfwGetWindowUserPointer(window));
  touch(window);
  if (me.composition.takes(key, action, mods)) return;
  const int meant = action == GLFW_RELEASE
                        ? me.layout_keys.released(key, scan_code)
                        : me.layout_keys.pressed(key, scan_code, glfwGetKeyName(key, scan_code));
  me.keyboard.take(Keyboard::Key{meant, scan_code, action, mods});
}

void Window::Impl::take_character(GLFWwindow* window, char32_t c) {
  auto& me = *static_cast<Impl*>(glfwGetWindowUserPointer(window));
  touch(window);
  me.composition.end();
  me.keyboard.take(c);
}

// Characters don't go to ImGui, whose have 16 bits.
void Window::Impl::deliver(const Keyboard::Event& event) {
  if (const auto* key = std::get_if<Keyboard::Key>(&event))
    return ImGui_ImplGlfw_KeyCallback(glfw, key->key, key->scan_code, key->action, key->mods);
  append_code_point(input.typed, std::get<char32_t>(event));
}

float Window::Impl::wanted_scale() const {
  float x = 1, y = 1;
  if (!options.reproducible) glfwGetWindowContentScale(glfw, &x, &y);
  return std::clamp(x * options.scale, 0.75F, 4.0F);
}

void Window::Impl::rescale() {
  scale_changed = false;
  const float wanted = wanted_scale();
  if (std::abs(wanted - scale) < 0.01F) return;
  if (auto done = fonts->set_scale(wanted); !done) {
    spdlog::error("window.fonts error=\"{}\"", done.error().message);
    return;
  }
  scale = wanted;
  apply_style(theme(options.theme), scale);
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

void Window::Impl::rebuild_fonts() {
  if (auto done = fonts->rebuild(); !done) spdlog::error("window.fonts error=\"{}\"", done.error().message);
  ImGui_ImplOpenGL3_DestroyFontsTexture();
  ImGui_ImplOpenGL3_CreateFontsTexture();
}

// What this frame draws for the first time.
void Window::Impl::upload_glyphs() {
  // What found no room is drawn in the next frame.
  if (fonts->needs_rebuild()) frames_left = std::max(frames_left, 2);
  const std::vector<GlyphUpload> uploads = fonts->take_uploads();
  if (uploads.empty()) return;
  glBindTexture(GL_TEXTURE_2D,
                static_cast<GLuint>(reinterpret_cast<std::intptr_t>(ImGui::GetIO().Fonts->TexID)));
  glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
  for (const GlyphUpload& upload : uploads) {
    glTexSubImage2D(GL_TEXTURE_2D, 0, upload.x, upload.y, upload.width, upload.height, GL_RGBA,
                    GL_UNSIGNED_BYTE, upload.pixels.data());
  }
}

void Window::Impl::draw_frame(const Clock& clock, const WindowProgram& program) {
  if (scale_changed) rescale();
  if (fonts->needs_rebuild()) rebuild_fonts();
  ImGui_ImplOpenGL3_NewFrame();
  fonts->begin_frame();
  // The texture holds the pixels now.
  ImGui::GetIO().Fonts->ClearTexData();
  ImGui_ImplGlfw_NewFrame();
  // Where the pointer happens to stand, and which window is in front, is no part of a picture.
  if (options.reproducible) ImGui::GetIO().MousePos = {-FLT_MAX, -FLT_MAX};
  ImGui::NewFrame();
  FrameContext f{theme(options.theme), *fonts, scale, clock.now()};
  f.width = ImGui::GetIO().DisplaySize.x;
  f.height = ImGui::GetIO().DisplaySize.y;
  f.input = &input;
  f.primary = primary.get();
  f.window_focused = options.reproducible || glfwGetWindowAttrib(glfw, GLFW_FOCUSED) != 0;
  textures.begin_frame();
  f.textures = &textures;
  begin_canvas(f);
  program.draw(f);
  end_canvas();
  finish_frame();
  ImGui::Render();
  input.typed.clear();
  upload_glyphs();
  next_frame_at = f.next_frame_at();
  const float dim = ImGui::GetCurrentContext()->DimBgRatio;
  if (dim > 0 && dim < 1) frames_left = std::max(frames_left, 1);
  int width = 0, height = 0;
  glfwGetFramebufferSize(glfw, &width, &height);
  glViewport(0, 0, width, height);
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
  if (!screenshot_file.empty() && frames_left == 0) finish_screenshot();
  glfwSwapBuffers(glfw);
}

void Window::Impl::finish_screenshot() {
  int width = 0, height = 0;
  glfwGetFramebufferSize(glfw, &width, &height);
  const std::filesystem::path file = std::exchange(screenshot_file, {});
  const auto done = std::exchange(screenshot_done, nullptr);
  Result<void> saved = save_png(read_framebuffer(width, height), file);
  if (done) done(std::move(saved));
}

void Window::Impl::wait(const Clock& clock) const {
  if (frames_left > 0) {
    glfwPollEvents();
    return;
  }
  double seconds = kLongestWaitSeconds;
  if (next_frame_at) {
    const auto ms = static_cast<double>((*next_frame_at - clock.now()).count());
    seconds = std::clamp(ms / 1000.0, 0.001, kLongestWaitSeconds);
  }
  glfwWaitEventsTimeout(seconds);
}

Window::Window(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Window::~Window() = default;

Result<std::unique_ptr<Window>> Window::open(const WindowOptions& options) {
  auto impl = std::make_unique<Impl>();
  impl->options = options;
  if (auto opened = impl->open(); !opened) return opened.error();
  return std::unique_ptr<Window>{new Window(std::move(impl))};
}

void Window::run(const Clock& clock, const WindowProgram& program) {
  while (!glfwWindowShouldClose(impl_->glfw)) {
    const bool idle = impl_->frames_left == 0;
    impl_->wait(clock);
    if (impl_->touched.exchange(false) || idle) impl_->frames_left = kFramesAfterEvent;
    if (program.turn) program.turn();
    if (is_minimised() || is_hidden()) {
      impl_->frames_left = 0;
      // That of the last frame that was drawn would be over soon, and never again be waited for.
      impl_->next_frame_at = program.next_turn ? program.next_turn() : std::nullopt;
      continue;
    }
    impl_->frames_left = std::max(0, impl_->frames_left - 1);
    // The last frame after an event: nothing moves any more.
    if (impl_->frames_left == 0) impl_->placement.note();
    impl_->draw_frame(clock, program);
    if (impl_->keyboard.end_frame()) impl_->touched = true;
  }
}

void Window::close() {
  glfwSetWindowShouldClose(impl_->glfw, GLFW_TRUE);
  glfwPostEmptyEvent();
}

void Window::wake() {
  glfwPostEmptyEvent();
}

void Window::set_theme(ThemeKind kind) {
  if (impl_->options.theme == kind) return;
  impl_->options.theme = kind;
  apply_style(theme(kind), impl_->scale);
  impl_->frames_left = kFramesAfterEvent;
}

void Window::set_scale(float scale) {
  impl_->options.scale = scale;
  impl_->scale_changed = true;
  impl_->frames_left = kFramesAfterEvent;
}

void Window::set_title(const std::string& title) {
  if (impl_->options.title == title) return;
  impl_->options.title = title;
  glfwSetWindowTitle(impl_->glfw, title.c_str());
}

void Window::request_attention() {
  if (!is_focused()) glfwRequestWindowAttention(impl_->glfw);
}

bool Window::is_focused() const {
  return glfwGetWindowAttrib(impl_->glfw, GLFW_FOCUSED) != 0;
}
bool Window::is_minimised() const {
  return impl_->placement.is_minimised();
}

bool Window::is_hidden() const {
  return impl_->placement.is_hidden();
}

void Window::on_close(std::function<bool()> hides) {
  impl_->hides = std::move(hides);
}

WindowPlace Window::place() const {
  return impl_->placement.place();
}

void Window::raise() {
  impl_->placement.raise();
  impl_->touched = true;
}

Textures& Window::textures() {
  return impl_->textures;
}

void Window::on_drop(std::function<void(std::vector<std::filesystem::path>)> callback) {
  impl_->dropped = std::move(callback);
}

void Window::save_screenshot(std::filesystem::path file, std::function<void(Result<void>)> done) {
  impl_->screenshot_file = std::move(file);
  impl_->screenshot_done = std::move(done);
  impl_->frames_left = std::max(impl_->frames_left, kFramesAfterEvent);
}

}  // namespace wardroom::ui
