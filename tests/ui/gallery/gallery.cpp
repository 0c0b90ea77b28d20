// Draws one of the sample screens in a window, or into a picture: ui_gallery SCREEN THEME [FILE
// [SCALE-PERCENT]].
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>

#include "admin/views/console.hpp"
#include "client/views/window.hpp"
#include "common/ui/window.hpp"
#include "tests/ui/admin/sample.hpp"
#include "tests/ui/client/sample.hpp"

namespace {

using namespace wardroom;
using namespace wardroom::client;

WindowProps props_for(std::string_view screen) {
  if (screen == "welcome") return sample::first_start();
  WindowProps p = sample::main_window();
  if (screen == "mismatch") {
    p = sample::first_start();
    p.welcome.pin_mismatch = true;
    p.welcome.expected_fingerprint = "K3VX 9PQ2 M7TD 4RWA H8NC Z5YE";
    p.welcome.seen_fingerprint = "7QXA 2MPT R9WD 5KLC B3NH Y6VE";
  }
  if (screen == "account" || screen == "signin") {
    p = sample::first_start();
    p.welcome.step = screen == "account" ? WelcomeStep::make_account : WelcomeStep::sign_in;
    p.welcome.server = "office.example:7443";
    p.welcome.office = "Example Office";
    p.welcome.name = "lena.moreau";
    p.welcome.error = "This password is on the list of common ones. Choose another.";
    p.welcome.error_field = WelcomeField::password;
  }
  if (screen == "switcher") p.dialog = Dialog::switcher;
  if (screen == "browse") p.dialog = Dialog::browse;
  if (screen == "create") p.dialog = Dialog::create_room;
  if (screen == "direct") p.dialog = Dialog::new_direct;
  if (screen == "settings") p.dialog = Dialog::settings;
  if (screen == "keys") p.dialog = Dialog::keys;
  if (screen == "offline") {
    p.banner = {BannerProps::Tone::warn,
                "You're offline. What you write waits here and is sent when the server is back.", "Try now"};
    p.side_bar.connection = ConnectionMark::offline;
    p.side_bar.connection_line = "office.example · offline";
    p.timeline.rows.back().delivery = Delivery::failed;
    p.timeline.rows.back().failure = "the room is locked.";
    p.toasts = {{1, false, "Saved."}, {2, true, "The server refused the message."}};
    p.composer.draft =
        "A longer text that is being written, with an emoji 🎉 in it and so many words that it has to wrap "
        "into a "
        "second line of the composer.\nAnd a third.";
    p.composer.draft_version = 1;
    p.composer.reply = {Seq{2}, "Amara Osei", "Build 7.0.3 is on the test machines…"};
  }
  if (screen == "empty") {
    p.timeline.rows.clear();
    for (auto& section : p.side_bar.sections) section.rows.clear();
    p.timeline.typing.clear();
  }
  return p;
}

// The console's screens begin with "console-".
admin::ConsoleProps console_props_for(std::string_view screen) {
  admin::ConsoleProps p =
      screen == "console-audit" ? admin::sample::audit_page() : admin::sample::people_page();
  if (screen == "console-disable") p.people.dialog = admin::PeopleDialog::disable;
  if (screen == "console-add") p.people.dialog = admin::PeopleDialog::add;
  if (screen == "console-invite") p.people.dialog = admin::PeopleDialog::invite_link;
  return p;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "ui_gallery SCREEN dark|light [FILE [SCALE-PERCENT]]\n";
    return 2;
  }
  ui::WindowOptions options;
  options.title = "Gallery";
  options.class_name = "wardroom-gallery";
  options.theme = std::string_view{argv[2]} == "light" ? ui::ThemeKind::light : ui::ThemeKind::dark;
  options.reproducible = true;
  if (argc > 4) options.scale = static_cast<float>(std::atoi(argv[4])) / 100;
  auto opened = ui::Window::open(options);
  if (!opened) {
    std::cerr << opened.error().message << '\n';
    return 1;
  }
  const std::unique_ptr<ui::Window> window = *std::move(opened);
  const std::string_view screen = argv[1];
  const bool is_console = screen.starts_with("console-");
  const WindowProps props = props_for(screen);
  const admin::ConsoleProps console = console_props_for(screen);
  admin::views::ConsoleViewState console_state;
  admin::Actions console_actions;
  views::WindowViewState state;
  Actions actions;
  if (argc > 3) {
    window->save_screenshot(argv[3], [&](Result<void> saved) {
      if (!saved) std::cerr << saved.error().message << '\n';
      window->close();
    });
  }
  const auto draw = [&](ui::FrameContext& f) {
    if (is_console) {
      admin::views::draw_console(console, console_state, f, console_actions);
    } else {
      views::draw_window(props, state, f, actions);
    }
  };
  const auto turn = [&] {
    actions.clear();
    console_actions.clear();
  };
  window->run(SystemClock{}, {.turn = turn, .draw = draw});
  return 0;
}
