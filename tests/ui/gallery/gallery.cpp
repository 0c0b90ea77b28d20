// Draws one of the sample screens in a window, or into a picture: ui_gallery SCREEN THEME [FILE
// [SCALE-PERCENT [WIDTH HEIGHT]]].
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "admin/views/console.hpp"
#include "client/views/window.hpp"
#include "common/ui/window.hpp"
#include "tests/ui/admin/sample.hpp"
#include "tests/ui/client/sample.hpp"

namespace {

using namespace wardroom;
using namespace wardroom::client;

// Deleted by others, by oneself, and by a moderator who may bring it back.
void fill_tombstones(WindowProps& p) {
  auto& rows = p.timeline.rows;
  rows.resize(3);
  rows.push_back(sample::message(20, "Jonas Berg", "16:47", "Deleted by Priya Nair: it names a customer"));
  rows.back().deleted = rows.back().restorable = true;
  rows.push_back(sample::message(21, "Lena Moreau", "16:48", "This message was deleted."));
  rows.back().deleted = rows.back().restorable = rows.back().own = true;
  rows.push_back(sample::message(22, "Wei Chen", "16:50", "Who brings the cake tomorrow?"));
  constexpr const char* kMany[] = {"👍", "🎉", "👀", "❤️", "😄", "🙏", "✅", "😢", "🔥", "💯", "🚀", "🍰", "☕"};
  for (const char* emoji : kMany) rows.back().reactions.push_back({emoji, 3, false, "Amara Osei"});
  rows.back().reactions[3].mine = true;
  rows.push_back(sample::message(23, "Wei Chen", "16:51", "I can, if nobody else does."));
  rows.back().grouped = rows.back().edited = true;
  TimelineRow notice;
  notice.key = 24;
  notice.kind = TimelineRow::Kind::notice;
  notice.text = "Priya Nair set slow mode: one message each in 30 s";
  notice.time = "16:52";
  rows.push_back(notice);
  p.header.slow_mode = "30 s";
  p.composer.hint = "Slow mode: one message in 30 s · the next is sent in 18 s";
}

// Rooms in which nothing can be written.
void fill_closed(WindowProps& p, std::string_view screen) {
  if (screen == "locked") {
    p.header.locked = true;
    p.composer.disabled_reason =
        "A moderator muted you until 17:30: please keep the discussion of the release in the tracker, where "
        "the people who have to decide about it can find it again next week";
  }
  if (screen != "request") return;
  RoomRow row;
  row.id = RoomId{30};
  row.mark = RoomMark::direct;
  row.name = "Hideo Tanaka";
  row.presence = PresenceMark::online;
  row.selected = true;
  for (auto& section : p.side_bar.sections)
    for (auto& other : section.rows) other.selected = false;
  p.side_bar.sections.insert(p.side_bar.sections.begin(), {SideBarSection::Kind::requests, {row}});
  p.header = {};
  p.header.mark = RoomMark::direct;
  p.header.name = "Hideo Tanaka";
  p.header.may_end = true;
  p.timeline.rows.clear();
  TimelineRow beginning;
  beginning.key = 1;
  beginning.kind = TimelineRow::Kind::beginning;
  beginning.text = "This is the beginning of your conversation with Hideo Tanaka.";
  TimelineRow asked = beginning;
  asked.key = 2;
  asked.kind = TimelineRow::Kind::notice;
  asked.text = "Hideo Tanaka asked to chat";
  asked.time = "09:12";
  p.timeline.rows = {beginning, asked};
  p.timeline.typing.clear();
  p.composer.disabled_reason = "Hideo Tanaka would like to chat with you.";
  p.composer.act = ComposerAct::answer_request;
}

// To be held against another program's drawing of the same lines. Which fonts write them, the PC decides, so
// that no picture of it is accepted.
void fill_scripts(WindowProps& p) {
  constexpr const char* kLines[][2] = {
      {"דנה לוי", "הבנייה 7.0.3 מוכנה, ראו `import --all` ו־https://tracker.example/7031 (עד 16:45)."},
      {"ليلى حداد", "هل يمكنك قراءة **ملاحظات الإصدار** مرة أخرى؟ تغيّرت الفقرة 2 من 5."},
      {"Amara Osei", "Mixed: the word שלום, then 12:30, then مرحبا (ok?) and back."},
      {"अनीता शर्मा", "हिन्दी में संयुक्ताक्षर: क्षत्रिय, विद्यार्थी, श्री — 7.0.3"},
      {"கவிதா", "தமிழ்: கௌரவம், ஸ்ரீ, நன்றி"},
      {"สมชาย", "ภาษาไทยไม่มีช่องว่างระหว่างคำ จึงต้องตัดบรรทัดด้วยพจนานุกรม ที่นี่และที่นั่น"},
      {"አበበ", "አማርኛ ፣ ქართული · Ελληνικά · Հայերեն · ខ្មែរ · မြန်မာ"},
      {"王小明", "漢字とかな、全角ＡＢＣ。한국어도 됩니다."},
      {"Zoë",
       "e\u0301 a\u0308 \u0915\u094D\u0937 👩‍🚒 👋🏽 🇩🇪 ❤️ 1️⃣ "
       "Z̸͔̀a̷̜͝l̵̤̈́g̴̫̽o̶̧͝"}};
  p.timeline.rows.clear();
  for (const auto& [author, text] : kLines)
    p.timeline.rows.push_back(sample::message(p.timeline.rows.size() + 1, author, "16:42", text));
  p.timeline.rows[1].reply = {Seq{1}, "דנה לוי", "הבנייה 7.0.3 מוכנה…"};
  p.timeline.typing = "\u2068דנה לוי\u2069 and Amara Osei are typing…";
  p.composer.draft = "טיוטה עם English באמצע ו־3 מספרים";
  p.composer.draft_version = 1;
  p.header.topic = "נושא: release 7.0.3, 12:30";
}

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
  if (screen == "code") {
    p = sample::first_start();
    p.welcome.step = WelcomeStep::sign_in;
    p.welcome.server = "office.example:7443";
    p.welcome.name = "lena.moreau";
    p.welcome.needs_code = true;
    p.welcome.error = "That code isn't right. Wait for the next one, and check the clock of your phone.";
    p.welcome.error_field = WelcomeField::code;
  }
  if (screen == "newpassword" || screen == "enrol") {
    p = sample::first_start();
    p.welcome.step = screen == "enrol" ? WelcomeStep::second_factor : WelcomeStep::new_password;
    p.welcome.second_factor = sample::factor_to_scan();
    p.welcome.second_factor.required = true;
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
  if (screen == "menu" || screen == "picker") {
    p.timeline.rights.moderate = p.timeline.rights.pin = true;
    p.header.moderates = true;
  }
  if (screen == "reason") p.dialog = Dialog::reason, p.reason_dialog = sample::mute_dialog();
  if (screen == "log_alarm" || screen == "log_details") p.log_alarm = sample::log_alarm();
  if (screen == "log_details" || screen == "log_settle")
    p.dialog = Dialog::watch, p.watch = sample::watch_alarm();
  if (screen == "announcement") p.announcement = sample::announcement();
  if (screen == "versions") p.dialog = Dialog::versions, p.versions = sample::versions();
  if (screen == "tombstones") fill_tombstones(p);
  if (screen == "scripts") fill_scripts(p);
  if (screen == "refused") {
    p.timeline.rows.back().delivery = Delivery::failed;
    p.timeline.rows.back().failure =
        "Line 2, character 4 is the control character U+001B, which a message can't have. Take it out and "
        "send "
        "it again.";
  }
  if (screen == "security" || screen == "devices" || screen == "codes" || screen == "alerts" ||
      screen == "language") {
    p.dialog = Dialog::settings;
    p.settings.second_factor = screen == "codes" ? sample::factor_codes() : sample::factor_to_scan();
  }
  if (screen == "language") {
    p.settings.spelling.languages = {{"en_GB", "English (United Kingdom)", true},
                                     {"en_US", "English (United States)", false},
                                     {"fr_FR", "French (France)", false},
                                     {"de_DE", "German (Germany)", true}};
    p.settings.languages = {{"de", "Deutsch"}};
    p.settings.spelling.own_words = "Wardroom, Osei, relayd";
  }
  if (screen == "spelling") {
    p.composer.draft = "Wir packen das Release morgen. I'll chekc the relaese notes of @amara tonight.";
    p.composer.draft_version = 1;
    p.composer.spelling.on = true;
    p.composer.spelling.unknown = {"chekc", "relaese"};
    p.composer.spelling.suggestions = {"relaese", true, false, {"release", "releases", "relapse"}};
  }
  if (screen == "pins") {
    p.header.members_shown = false;
    p.header.pins_shown = true;
    p.pins = sample::pins();
  }
  if (screen == "search") p.search = sample::search();
  if (screen == "files" || screen == "viewer") p = sample::with_files();
  if (screen == "thread") p = sample::with_thread();
  if (screen == "threads") p = sample::with_thread_list();
  if (screen == "viewer") p.viewer = sample::viewer();
  if (screen == "places") p = sample::with_places();
  if (screen == "forward") p = sample::place_dialog(Dialog::forward);
  if (screen == "profile") p = sample::place_dialog(Dialog::profile);
  if (screen == "day") p = sample::place_dialog(Dialog::date);
  if (screen == "roommenu") {
    p.header.moderates = true;
    p.header.placing = {false, {}, {"Projects", "To read on Fridays"}, false, false};
    p.room_menu = p.header;
  }
  if (screen == "path") {
    p.dialog = Dialog::path;
    p.path = {true, "Ground floor.pdf", "/home/lena/Downloads/Ground floor.pdf", 1, ""};
  }
  fill_closed(p, screen);
  if (screen == "empty") {
    p.timeline.rows.clear();
    for (auto& section : p.side_bar.sections) section.rows.clear();
    p.timeline.typing.clear();
  }
  return p;
}

// What a person would have opened.
void prepare(views::WindowViewState& state, const WindowProps& props, std::string_view screen) {
  if (screen == "log_settle") state.watch.asking = true;
  if (screen == "spelling") {
    const auto at = props.composer.draft.find("relaese");
    state.composer.spelling.word = {at, at + 7};
    state.composer.spelling.wished = "relaese";
    state.composer.spelling.anchor = {640, 730, 640, 750};
  }
  if (screen == "roommenu") {
    state.side_bar.menu_room = props.room_menu.room;
    state.side_bar.menu_at = {120, 300, 120, 308};
    state.side_bar.menu_wanted = true;
  }
  if (screen != "menu" && screen != "picker") return;
  const auto& row = props.timeline.rows[screen == "menu" ? 2 : 1];
  state.timeline.room = props.timeline.room;
  const ui::Rect anchor{640, 240, 640, 244};
  if (screen == "menu")
    views::open_message_menu(state.timeline.menu, row, anchor);
  else
    views::open_message_picker(state.timeline.menu, row, anchor);
}

// In the place of a photograph.
void paint_picture(ui::Textures& textures) {
  constexpr int kWidth = 640, kHeight = 420;
  std::vector<std::uint8_t> rgba;
  for (int y = 0; y < kHeight; ++y)
    for (int x = 0; x < kWidth; ++x)
      for (const int value : {x * 255 / kWidth, y * 255 / kHeight, 160, 255})
        rgba.push_back(static_cast<std::uint8_t>(value));
  for (const bool large : {false, true})
    static_cast<void>(textures.put(picture_key("roof", large), kWidth, kHeight, rgba.data()));
}

// The console's screens begin with "console-".
admin::ConsoleProps console_props_for(std::string_view screen) {
  namespace sample = admin::sample;
  if (screen == "console-audit") return sample::audit_page();
  if (screen == "console-clock") return sample::doubted_clock();
  if (screen == "console-audit_alarm") return sample::audit_alarm();
  if (screen == "console-watch" || screen == "console-watch_settle") return sample::watch_dialog();
  if (screen == "console-evidence") return sample::evidence_dialog();
  if (screen == "console-evidence_done") return sample::evidence_done();
  if (screen == "console-retention") return sample::retention_page();
  if (screen == "console-rule") return sample::rule_dialog();
  if (screen == "console-holds") return sample::holds_page();
  if (screen == "console-pruning") return sample::pruning_page();
  if (screen == "console-erase") return sample::erase_dialog();
  if (screen == "console-overview") return sample::overview_page();
  if (screen == "console-overview_quiet") return sample::overview_quiet();
  if (screen == "console-certificates") return sample::certificates_page();
  if (screen == "console-certificates_alarm") return sample::certificates_alarm();
  if (screen == "console-settings") return sample::settings_page();
  if (screen == "console-settings_waiting") return sample::settings_waiting();
  if (screen == "console-backups") return sample::backups_page();
  if (screen == "console-backups_working") return sample::backups_working();
  if (screen == "console-announce") return sample::announce_page();
  if (screen == "console-announce_nothing") return sample::announce_nothing();
  if (screen == "console-moderation") return sample::moderation_page();
  if (screen == "console-sanctions") return sample::sanctions_page();
  if (screen == "console-sessions") return sample::sessions_page();
  if (screen == "console-rooms") return sample::rooms_page();
  if (screen == "console-import") return sample::import_page();
  if (screen == "console-import_errors") return sample::import_errors_page();
  if (screen == "console-import_done") return sample::import_done_page();
  if (screen == "console-leaver") return sample::leaver_dialog();
  if (screen == "console-disable") return sample::reason_dialog();
  if (screen == "console-several") return sample::several_people();
  admin::ConsoleProps p = sample::people_page();
  if (screen == "console-add") p.people.dialog = admin::PeopleDialog::add;
  if (screen == "console-invite") p.people.dialog = admin::PeopleDialog::invite_link;
  if (screen == "console-csv") {
    p.csv = {1, "Save people", "~/wardroom-people.csv", false, "", ""};
    p.browse.no_dialog = true;
  }
  if (screen == "console-reset") p.people.dialog = admin::PeopleDialog::reset_code;
  return p;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::cerr << "ui_gallery SCREEN dark|light [FILE [SCALE-PERCENT [WIDTH HEIGHT]]]\n";
    return 2;
  }
  ui::WindowOptions options;
  options.title = "Gallery";
  options.class_name = "wardroom-gallery";
  options.theme = std::string_view{argv[2]} == "light" ? ui::ThemeKind::light : ui::ThemeKind::dark;
  options.reproducible = true;
  if (argc > 4) options.scale = static_cast<float>(std::atoi(argv[4])) / 100;
  if (argc > 6) {
    // In pixels; a window's size is said at 100 %.
    options.width = static_cast<int>(std::lround(static_cast<float>(std::atoi(argv[5])) / options.scale));
    options.height = static_cast<int>(std::lround(static_cast<float>(std::atoi(argv[6])) / options.scale));
    options.least_width = options.least_height = 1;
  }
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
  int frame = 0;
  Actions actions;
  paint_picture(window->textures());
  if (argc > 3) {
    window->save_screenshot(argv[3], [&](Result<void> saved) {
      if (!saved) std::cerr << saved.error().message << '\n';
      window->close();
    });
  }
  const auto draw = [&](ui::FrameContext& f) {
    if (is_console) {
      if (++frame == 3 && screen == "console-watch_settle") {
        console_state.watch.asking = true;
        console_state.watch.reason = "the backup of Monday was restored, and Ines was told";
      }
      admin::views::draw_console(console, console_state, f, console_actions);
    } else {
      if (screen == "security" || screen == "codes") state.settings.tab = 1;
      if (screen == "devices") state.settings.tab = 2;
      if (screen == "alerts") state.settings.tab = 3;
      if (screen == "language") {
        state.settings.tab = 5;
        state.settings.language.own_words = props.settings.spelling.own_words;
      }
      if (screen == "search") state.search.query = state.search.asked = "import";
      // The composer takes the keyboard first, which would close a menu.
      if (++frame == 3) prepare(state, props, screen);
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
