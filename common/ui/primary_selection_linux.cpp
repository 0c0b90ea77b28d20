#include "common/ui/primary_selection.hpp"

#include <dlfcn.h>

namespace wardroom::ui {

namespace {

class X11Primary : public PrimarySelection {
 public:
  using Set = void (*)(const char*);
  using Get = const char* (*)();
  X11Primary(Set set, Get get) : set_(set), get_(get) {}

  void give(std::string_view wire) override { set_(std::string{wire}.c_str()); }
  std::string take() override {
    const char* text = get_();
    return text ? text : "";
  }

 private:
  Set set_;
  Get get_;
};

}  // namespace

// Looked up and not linked: the GLFW that libglfw3-wayland installs in the other's place has neither.
std::unique_ptr<PrimarySelection> find_primary_selection() {
  const auto set = reinterpret_cast<X11Primary::Set>(dlsym(RTLD_DEFAULT, "glfwSetX11SelectionString"));
  const auto get = reinterpret_cast<X11Primary::Get>(dlsym(RTLD_DEFAULT, "glfwGetX11SelectionString"));
  if (!set || !get) return nullptr;
  return std::make_unique<X11Primary>(set, get);
}

}  // namespace wardroom::ui
