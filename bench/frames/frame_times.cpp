// Measures each frame of a program that draws through GLFW, from the end of its wait for events to the end of
// the swap of buffers: between frames it may sleep, which isn't counted. One line for each, in milliseconds,
// goes into the file that FRAME_TIMES names, at once: such a program is ended by a signal.
#include <chrono>
#include <cstdlib>
#include <dlfcn.h>
#include <fstream>

namespace {

using SteadyClock = std::chrono::steady_clock;

SteadyClock::time_point frame_begun = SteadyClock::now();

std::ofstream& lines() {
  const char* file = std::getenv("FRAME_TIMES");
  static std::ofstream out(file ? file : "/dev/null");
  return out;
}

template <typename Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(::dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

void glfwPollEvents() {
  static auto* const real = next<void()>("glfwPollEvents");
  real();
  frame_begun = SteadyClock::now();
}

void glfwWaitEventsTimeout(double seconds) {
  static auto* const real = next<void(double)>("glfwWaitEventsTimeout");
  real(seconds);
  frame_begun = SteadyClock::now();
}

void glfwSwapBuffers(void* window) {
  static auto* const real = next<void(void*)>("glfwSwapBuffers");
  real(window);
  const std::chrono::duration<double, std::milli> taken = SteadyClock::now() - frame_begun;
  lines() << taken.count() << std::endl;
}
}
