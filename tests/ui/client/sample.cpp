#include "tests/ui/client/sample.hpp"

namespace wardroom::client::sample {
namespace {

PersonProps person(std::int64_t id, std::string name, std::string display_name, std::string note,
                   PresenceMark presence) {
  return {UserId{id}, std::move(name), std::move(display_name), std::move(note), presence, false};
}

SideBarProps side_bar() {
  SideBarProps p;
  p.self = person(1, "lena", "Lena Moreau", "Busy until 11:00", PresenceMark::busy);
  p.connection = ConnectionMark::online;
  p.connection_line = "office.example · TLS 1.3";
  const auto room = [](std::int64_t id, std::string name, RoomMark mark = RoomMark::public_room) {
    RoomRow row;
    row.id = RoomId{id};
    row.name = std::move(name);
    row.mark = mark;
    return row;
  };
  SideBarSection unread{SideBarSection::Kind::unread,
                        {room(1, "incidents"), room(2, "Tomasz Wilk", RoomMark::direct)}};
  unread.rows[0].unread = 5;
  unread.rows[0].mentions = 2;
  unread.rows[1].unread = 1;
  unread.rows[1].presence = PresenceMark::online;
  SideBarSection rooms{SideBarSection::Kind::rooms,
                       {room(3, "release-7"), room(4, "general"), room(5, "facilities"),
                        room(6, "board-papers", RoomMark::private_room), room(7, "lunch")}};
  rooms.rows[0].selected = true;
  rooms.rows[1].has_draft = true;
  rooms.rows[4].muted = true;
  SideBarSection direct{
      SideBarSection::Kind::direct,
      {room(8, "Amara Osei", RoomMark::direct), room(9, "Jonas, Priya, Wei", RoomMark::direct),
       room(10, "Hideo Tanaka", RoomMark::direct)}};
  direct.rows[0].presence = PresenceMark::online;
  direct.rows[1].presence = PresenceMark::away;
  p.sections = {unread, rooms, direct};
  return p;
}

TimelineRow line(std::uint64_t key, TimelineRow::Kind kind, std::string text) {
  TimelineRow row;
  row.key = key;
  row.kind = kind;
  row.text = std::move(text);
  return row;
}

TimelineProps timeline() {
  TimelineProps p;
  p.room = RoomId{3};
  p.self_name = "lena";
  p.typing = "Priya is typing…";
  p.rows.push_back(line(1, TimelineRow::Kind::day, "Thursday, 19 November"));
  p.rows.push_back(message(
      2, "Amara Osei", "16:42",
      "Build 7.0.3 is on the test machines. Two open points before the freeze, both in the tracker."));
  p.rows.back().reactions = {{"👍", 4, true, "Tomasz Wilk, Priya Nair, Wei Chen and you"},
                             {"🎉", 2, false, "Jonas Berg and Priya Nair"}};
  p.rows.back().pinned = true;
  p.rows.push_back(message(
      3, "Tomasz Wilk", "16:44",
      "The import fails on files from the old system. It's the byte-order mark again:\n```\n$ head -c 3 "
      "people.csv | xxd\n00000000: efbb bf\n```\nFix is small, I'll have it in an hour."));
  p.rows.back().reply = {Seq{2}, "Amara Osei", "Build 7.0.3 is on the test machines…"};
  p.rows.back().edited = true;
  p.rows.push_back(message(4, "Tomasz Wilk", "16:45",
                           "See https://tracker.example/7031 and **don't** run `import --all` yet 🙏🏽"));
  p.rows.back().grouped = true;
  p.rows.push_back(line(5, TimelineRow::Kind::unread_line, ""));
  p.rows.push_back(
      message(6, "Priya Nair", "08:57",
              "@lena can you read the release note once more? Legal changed the second paragraph."));
  p.rows.back().mentions_me = true;
  p.rows.push_back(message(7, "Amara Osei", "09:03", "Deleted by Priya Nair: wrong room"));
  p.rows.back().deleted = true;
  p.rows.push_back(message(8, "Lena Moreau", "09:04", "Reading it now."));
  p.rows.back().delivery = Delivery::pending;
  p.rows.back().own = true;
  p.rows.back().client_id = "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00";
  p.revision = 1;
  return p;
}

MembersProps members() {
  MembersProps p;
  p.room = RoomId{3};
  p.total = 24;
  const auto member = [](PersonProps who) {
    MemberProps one;
    one.person = std::move(who);
    return one;
  };
  p.sections = {
      {PresenceMark::online,
       {member(person(2, "amara", "Amara Osei", "moderator", PresenceMark::online)),
        member(person(3, "tomasz", "Tomasz Wilk", "fixing the import", PresenceMark::busy)),
        member(person(4, "priya", "Priya Nair", "", PresenceMark::online))}},
      {PresenceMark::away,
       {member(person(5, "jonas", "Jonas Berg", "", PresenceMark::away)),
        member(person(6, "wei", "Wei Chen", "", PresenceMark::away))}},
      {PresenceMark::offline, {member(person(7, "hideo", "Hideo Tanaka", "", PresenceMark::offline))}}};
  return p;
}

void fill_dialogs(WindowProps& p) {
  for (const SideBarSection& section : p.side_bar.sections) {
    for (const RoomRow& row : section.rows) {
      p.switcher.entries.push_back(
          {row.id, {}, row.mark, row.presence, row.name, "", row.unread, row.mentions});
    }
  }
  p.settings.second_factor.stage = FactorStage::off;
  p.settings.devices = {
      {SessionId{1}, "Lena's PC", "wardroom 0.1.0 · 192.0.2.7 · used just now", true, true},
      {SessionId{2}, "Meeting room 2", "wardroom 0.1.0 · 192.0.2.31 · used 3 h ago", false, true},
      {SessionId{3}, "Laptop of the long journeys to the other offices",
       "wardroom 0.1.0 · 198.51.100.4 · used 12 days ago", false, false}};
  p.browse.rows = {
      {RoomId{4}, "general", "Everything and nothing", "61 members", true},
      {RoomId{11}, "hardware", "Machines that stopped, machines that came", "12 members", false}};
  p.new_direct.people = {person(2, "amara", "Amara Osei", "", PresenceMark::online),
                         person(4, "priya", "Priya Nair", "", PresenceMark::online)};
  p.settings.self = p.side_bar.self;
  p.settings.theme = ThemeChoice::dark;
  p.settings.server = "office.example:7443";
  p.settings.fingerprint = "K3VX 9PQ2 M7TD 4RWA H8NC Z5YE";
  p.settings.version = "0.1.0";
  auto& attention = p.settings.attention;
  attention.choices.hours.on = true;
  attention.choices.keywords = {"release", "freeze"};
  attention.from = "08:00";
  attention.to = "18:00";
  attention.keywords = "release, freeze";
  attention.missing = "Notifications here have no reply field.";
  attention.may_tray = attention.may_go_away = attention.may_autostart = true;
}

}  // namespace

TimelineRow message(std::uint64_t key, const std::string& author, const std::string& time,
                    const std::string& text) {
  TimelineRow row;
  row.key = key;
  row.seq = Seq{static_cast<std::int64_t>(key)};
  row.author_name = author;
  row.time = time;
  row.text = text;
  return row;
}

WindowProps main_window() {
  WindowProps p;
  p.screen = Screen::main;
  p.room_open = true;
  p.side_bar = side_bar();
  p.header.room = RoomId{3};
  p.header.name = "release-7";
  p.header.topic = "Freeze on Thursday 18:00 · owner Amara";
  p.header.member_count = "24";
  p.header.members_shown = true;
  p.header.pin_count = "3";
  p.timeline = timeline();
  p.composer.room = RoomId{3};
  p.composer.placeholder = "Message # release-7";
  p.composer.people = {person(2, "amara", "Amara Osei", "", PresenceMark::online),
                       person(3, "tomasz", "Tomasz Wilk", "", PresenceMark::online)};
  p.composer.commands = {{"/me", "/me does something", "Say what you do"},
                         {"/topic", "/topic new topic", "Set the room's topic"}};
  p.members = members();
  fill_dialogs(p);
  return p;
}

SearchProps search() {
  SearchProps p;
  p.shown = true;
  p.serial = 1;
  p.everywhere = true;
  p.place = "all rooms";
  p.can_return = true;
  p.recent = {"freeze from:amara", "import"};
  p.people = {"amara", "jonas", "lena"};
  p.rooms = {"general", "release-7"};
  p.hits = {
      {RoomId{3},
       Seq{3},
       "Tomasz Wilk",
       "#release-7, 19 November",
       {{"The ", false},
        {"import", true},
        {" fails on files from the old system. It's the byte-order mark again: head -c 3 people.csv | xxd",
         false}}},
      {RoomId{3},
       Seq{4},
       "Tomasz Wilk",
       "#release-7, 19 November",
       {{"See https://tracker.example/7031 and don't run `", false},
        {"import", true},
        {" --all` yet 🙏🏽", false}}},
      {RoomId{8},
       Seq{12},
       "Amara Osei",
       "Amara Osei, 3 March",
       {{"…did the ", false}, {"Import", true}, {" end well?", false}}}};
  p.more = true;
  return p;
}

namespace {

FileCard card(std::string id, std::string name, std::string detail) {
  FileCard one;
  one.id = std::move(id);
  one.name = std::move(name);
  one.detail = std::move(detail);
  return one;
}

FileCard roof() {
  FileCard one = card("roof", "Roof.png", "Picture · 840 KB");
  one.picture = true;
  return one;
}

}  // namespace

WindowProps with_files() {
  WindowProps p = main_window();
  using State = TransferProps::State;
  FileCard program = card("setup", "setup.exe", "EXE · 12 MB");
  program.why_only_saved = "Files of this kind can run as programs, so it is only saved.";
  p.timeline.rows.resize(2);
  p.timeline.rows.push_back(message(30, "Amara Osei", "16:44", "The roof, as it is now."));
  p.timeline.rows.back().files = {roof()};
  p.timeline.rows.push_back(message(31, "Tomasz Wilk", "16:45", ""));
  p.timeline.rows.back().files = {
      card("plan", "Ground floor, as it was handed in on Thursday.pdf", "PDF · 3.2 MB"), program};
  p.timeline.rows.push_back(message(32, "Lena Moreau", "16:47", "Mine, in a minute"));
  auto& pending = p.timeline.rows.back();
  pending.seq = {};
  pending.client_id = "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e01";
  pending.delivery = Delivery::pending;
  pending.own = true;
  pending.files = {card("up", "Measurements.ods", "48 MB")};
  pending.files[0].going_up = true;
  p.timeline.transfers["plan"] = {State::moving, 0.4F, "1.3 MB of 3.2 MB"};
  p.timeline.transfers["up"] = {State::paused, 0.25F, "Paused at 12 MB of 48 MB"};
  p.composer.attachments = {{"a", "Third floor.pdf", "2.1 MB"}, {"b", "Letter to the owner.odt", "48 KB"}};
  p.composer.transfers["a"] = {State::moving, 0.7F, "1.5 MB of 2.1 MB"};
  p.composer.transfers["b"] = {
      State::failed, 0,
      "It was changed after you attached it, so it isn't sent. Remove it here and attach it again."};
  p.header.members_shown = false;
  p.header.files_shown = true;
  p.files.room = p.timeline.room;
  p.files.rows = {{Seq{31}, card("plan", "Ground floor, as it was handed in on Thursday.pdf", "PDF · 3.2 MB"),
                   "Tomasz Wilk", "today 16:45"},
                  {Seq{31}, program, "Tomasz Wilk", "today 16:45"},
                  {Seq{30}, roof(), "Amara Osei", "today 16:44"}};
  p.files.more = true;
  return p;
}

ViewerProps viewer() {
  ViewerProps p;
  p.shown = true;
  p.room = RoomId{3};
  p.seq = Seq{30};
  p.card = roof();
  p.caption = "Amara Osei, today 16:44";
  p.has_later = true;
  return p;
}

PinsProps pins() {
  PinsProps p;
  p.room = RoomId{3};
  p.may_unpin = true;
  p.rows = {{Seq{2}, "Amara Osei", "Thursday, 19 November, 16:42",
             "Build 7.0.3 is on the test machines. Two open points before the freeze, both in the tracker."},
            {Seq{90}, "Priya Nair", "Monday, 9 November, 10:15",
             "Who is on call:\n- **Mon, Tue** Jonas\n- **Wed** Wei\n- **Thu, Fri** Amara"},
            {Seq{91}, "Tomasz Wilk", "Friday, 2 October, 17:58",
             "`wardroomctl user import --dry-run people.csv` first."}};
  return p;
}

ReasonDialogProps mute_dialog() {
  ReasonDialogProps p;
  p.serial = 1;
  p.title = "Mute Tomasz Wilk in #release-7";
  p.consequence = "Tomasz Wilk can read but not post here until the mute ends. They are told why.";
  p.confirm = "Mute";
  p.hint = "For example: flooding the room";
  p.danger = true;
  p.length_label = "For how long";
  p.lengths = {"10 min", "1 h", "1 day", "7 days", "Until lifted"};
  p.length = 1;
  return p;
}

VersionsProps versions() {
  VersionsProps p;
  p.rows = {{"Posted", "Thursday, 19 November, 16:44", "Tomasz Wilk",
             "The import fails on files from the old sytem.", false, ""},
            {"Edited", "Thursday, 19 November, 16:45", "Tomasz Wilk",
             "The import fails on files from the old system.", false, ""},
            {"Deleted", "Thursday, 19 November, 16:50", "Priya Nair", "", false, "it names a customer"},
            {"Restored", "Thursday, 19 November, 17:02", "Priya Nair",
             "The import fails on files from the old system.", false, "the name is public"}};
  return p;
}

SecondFactorProps factor_to_scan() {
  SecondFactorProps p;
  p.stage = FactorStage::scan;
  p.secret = Secret("JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP");
  p.uri = Secret(
      "otpauth://totp/Example%20Office:lena?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Example%20Office");
  return p;
}

SecondFactorProps factor_codes() {
  SecondFactorProps p;
  p.stage = FactorStage::codes;
  for (const char* code : {"7KCJ-KAZA-7YA9-A9TY-GBS6", "SET2-8FME-XSRG-89FG-C632", "5JAS-R04X-XFK4-R4X4-ZATN",
                           "R3VV-2MFX-FVVE-JWZ0-4KPS", "0YQF-QPTN-EZ6B-7G1M-WP55", "FV24-JMB2-4Y7D-CJTV-VMQR",
                           "2TRS-9FM8-1PQK-66KZ-R1F3", "Y8TV-51KG-8HDS-P9W1-GEVZ", "84D6-GP5K-MVE2-JS11-T5DE",
                           "DV76-HTHJ-PZ8K-VFKF-KPJ8"})
    p.codes.emplace_back(code);
  return p;
}

WindowProps first_start() {
  WindowProps p;
  p.screen = Screen::welcome;
  return p;
}

AnnouncementProps announcement() {
  return {
      "The office is closed on Friday. Whoever must come in takes the side door and signs the list at the "
      "porter's. The server is off from 18:00 for two hours; what you write then is sent when it is back.",
      true, false};
}

desk::LogAlarmProps log_alarm() {
  return {
      "The server's audit log has lost records: this computer saw 128402, the server shows 127911. Somebody "
      "cut the log off, or put an old copy of the server's files in place without saying so. Tell your "
      "auditor, and don't rely on this server until it is explained.",
      {}};
}

desk::WatchProps watch_alarm() {
  desk::WatchProps p;
  p.alarm = true;
  p.sentence = log_alarm().text;
  p.seen = {"128,402 records", "Thursday, 19 November 2026, 16:42:07", "H6NA-DPDX-4JGR-BTAV-7C2K-WQ5M"};
  p.shown = {"127,911 records", "Friday, 20 November 2026, 09:14:31", "WBGF-4H4S-VKGD-PL6Q-ZT3A-E7YJ"};
  p.status = "Watched since Monday, 2 November. Last compared at 09:14: it is still so.";
  p.can_settle = true;
  return p;
}

}  // namespace wardroom::client::sample
