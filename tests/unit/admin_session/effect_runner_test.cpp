#include "admin/session/effect_runner.hpp"

#include <condition_variable>
#include <cstdlib>
#include <mutex>

#include <catch2/catch.hpp>

#include "common/base/random.hpp"

using namespace wardroom;
using namespace wardroom::admin;

namespace {

// The window's thread, on a PC without a desktop.
struct DesklessWindow {
  std::mutex mutex;
  std::condition_variable something;
  bool posted = false;
  Inbox inbox{[this] {
    const std::lock_guard guard(mutex);
    posted = true;
    something.notify_one();
  }};
  std::optional<PathChosen> chosen;
  std::filesystem::path profile =
      std::filesystem::temp_directory_path() / ("wardroom-admin-" + to_hex(random_bytes<8>()));
  std::unique_ptr<EffectRunner> runner;

  DesklessWindow() {
    ::setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere/bus", 1);
    std::filesystem::create_directories(profile);
    runner = std::make_unique<EffectRunner>(desk::EffectRunner::Options{profile, {}}, "", inbox,
                                            [this](const Event& event) {
                                              if (const auto* one = std::get_if<PathChosen>(&event))
                                                chosen = *one;
                                            });
  }
  ~DesklessWindow() {
    runner.reset();
    std::filesystem::remove_all(profile);
  }
  void wait_for_choice() {
    while (!chosen) {
      std::unique_lock lock(mutex);
      something.wait(lock, [this] { return posted; });
      posted = false;
      lock.unlock();
      inbox.drain();
    }
  }
};

}  // namespace

TEST_CASE("on a PC whose desktop has no dialog for files, that is what the model is told") {
  DesklessWindow window;
  window.runner->apply({ChoosePath{7, "Save people", "people.csv"}});
  window.wait_for_choice();
  CHECK(window.chosen->asked == 7);
  CHECK(window.chosen->no_dialog);
  CHECK(window.chosen->path.empty());
  window.chosen.reset();
  // One that was given up is followed by the next.
  window.runner->apply({ChoosePath{8, "Save people", "people.csv"}, StopChoosing{},
                        ChoosePath{9, "Choose a CSV file of people", ""}});
  window.wait_for_choice();
  while (window.chosen->asked != 9) {
    window.chosen.reset();
    window.wait_for_choice();
  }
  CHECK(window.chosen->no_dialog);
}
