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
  p.rows.back().reactions = {{"👍", 4, true}, {"🎉", 2, false}};
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
  p.rows.push_back(message(7, "Amara Osei", "09:03", "Message deleted by a moderator: wrong room"));
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
  p.sections = {{PresenceMark::online,
                 {person(2, "amara", "Amara Osei", "moderator", PresenceMark::online),
                  person(3, "tomasz", "Tomasz Wilk", "fixing the import", PresenceMark::busy),
                  person(4, "priya", "Priya Nair", "", PresenceMark::online)}},
                {PresenceMark::away,
                 {person(5, "jonas", "Jonas Berg", "", PresenceMark::away),
                  person(6, "wei", "Wei Chen", "", PresenceMark::away)}},
                {PresenceMark::offline, {person(7, "hideo", "Hideo Tanaka", "", PresenceMark::offline)}}};
  return p;
}

void fill_dialogs(WindowProps& p) {
  for (const SideBarSection& section : p.side_bar.sections) {
    for (const RoomRow& row : section.rows) {
      p.switcher.entries.push_back(
          {row.id, {}, row.mark, row.presence, row.name, "", row.unread, row.mentions});
    }
  }
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
  p.header = {
      RoomId{3}, RoomMark::public_room, "release-7", "Freeze on Thursday 18:00 · owner Amara", "24", false,
      true};
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

WindowProps first_start() {
  WindowProps p;
  p.screen = Screen::welcome;
  return p;
}

}  // namespace wardroom::client::sample
