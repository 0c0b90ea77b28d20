// The desktop of tests/e2e_client/attention.sh: says on standard output what it is asked for, and does what
// standard input says, a line each: press ID, reply ID TEXT, dismiss ID, idle MS, tray, menu ID, panel 0|1.
#include <cstdio>
#include <iostream>
#include <sstream>

#include "tests/e2e_desktop/fake_desktop.hpp"

int main() {
  using wardroom::test::FakeDesktop;
  FakeDesktop desktop([](const std::string& line) {
    std::string one = line;
    for (char& c : one)
      if (c == '\n') c = '/';
    std::printf("%s\n", one.c_str());
    std::fflush(stdout);
  });
  std::puts("ready");
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    std::string what, text;
    std::uint64_t number = 0;
    words >> what >> number;
    std::getline(words >> std::ws, text);
    const auto id = static_cast<std::uint32_t>(number);
    try {
      if (what == "press") desktop.press(id);
      if (what == "reply") desktop.reply(id, text);
      if (what == "dismiss") desktop.dismiss(id);
      if (what == "idle") desktop.sit_idle(number);
      if (what == "tray") desktop.press_tray();
      if (what == "menu") desktop.choose_in_menu(static_cast<std::int32_t>(number));
      if (what == "panel") desktop.show_tray(number != 0);
      if (what == "title") std::printf("title %s\n", desktop.tray_title().c_str());
    } catch (const sdbus::Error& error) {
      std::printf("failed %s %s\n", what.c_str(), error.what());
    }
    std::fflush(stdout);
  }
}
