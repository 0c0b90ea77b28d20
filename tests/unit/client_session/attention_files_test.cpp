#include <fstream>

#include <catch2/catch.hpp>

#include "client/session/attention_text.hpp"
#include "client/session/autostart.hpp"
#include "client/session/tray_icon.hpp"
#include "tests/unit/client_session/temp_directory.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;

TEST_CASE("What was chosen to be told of comes back as it was") {
  AttentionChoices choices;
  choices.hours.on = true;
  choices.hours.days = 0x41;
  choices.hours.from = std::chrono::minutes{22 * 60};
  choices.hours.to = std::chrono::minutes{6 * 60 + 30};
  choices.keywords = {"release", "two words", "東京"};
  choices.shows_text = false;
  choices.sound = true;
  choices.tray = false;
  choices.closes_to_tray = true;
  choices.away_when_idle = false;
  CHECK(to_text(parse_attention(to_text(choices))) == to_text(choices));
  CHECK(parse_attention(to_text(choices)).keywords == choices.keywords);
  const std::map<RoomId, RoomAttention> rooms{{RoomId{3}, {RoomLevel::nothing, {}}},
                                              {RoomId{4}, {{}, from_unix_ms(1'795'160'000'000)}}};
  const auto back = parse_room_attention(to_text(rooms));
  REQUIRE(back.size() == 2);
  CHECK(back.at(RoomId{3}).level == RoomLevel::nothing);
  CHECK_FALSE(back.at(RoomId{4}).level);
  CHECK(back.at(RoomId{4}).until == from_unix_ms(1'795'160'000'000));
}

TEST_CASE("What a damaged cache says of it is passed over, line by line") {
  const auto choices =
      parse_attention("days 300\nfrom -5\nto 99999999999999999999\nhours x\n\nkeyword \xFF\nsound 1");
  CHECK(choices.sound);
  CHECK(choices.keywords.empty());
  CHECK(choices.hours.days == AttentionHours::kWorkdays);
  CHECK(choices.hours.from == std::chrono::minutes{480});
  CHECK_FALSE(choices.hours.on);
  const auto rooms =
      parse_room_attention("0 all\n-3 all\nx nothing\n7\n8 none\n9 nothing 9223372036854775807\n");
  REQUIRE(rooms.size() == 1);
  CHECK_FALSE(rooms.at(RoomId{9}).until);
}

TEST_CASE("Starting with the session is a file, and what others write into it counts") {
  const TempDirectory folder;
  const auto file = folder.path() / "autostart" / "wardroom.desktop";
  CHECK_FALSE(starts_with_session(file));
  REQUIRE(change_autostart(file, "default", true));
  CHECK(starts_with_session(file));
  // Again: nothing is lost and nothing fails.
  REQUIRE(change_autostart(file, "default", true));
  std::ofstream(file, std::ios::app) << "Hidden=true\n";
  CHECK_FALSE(starts_with_session(file));
  REQUIRE(change_autostart(file, "default", false));
  CHECK_FALSE(std::filesystem::exists(file));
  REQUIRE(change_autostart(file, "default", false));
  std::ofstream(folder.path() / "in the way") << "x";
  CHECK_FALSE(change_autostart(folder.path() / "in the way" / "wardroom.desktop", "default", true));
}

TEST_CASE("The file names the profile, and no other words become part of its command") {
  CHECK(autostart_entry("default").find("\nExec=wardroom\n") != std::string::npos);
  CHECK(autostart_entry("test").find("\nExec=wardroom --profile test\n") != std::string::npos);
  for (const char* wrong : {"", "a b", "a\nExec=sh", "a;b", "a%u", "ä"})
    CHECK(autostart_entry(wrong).empty());
  CHECK(is_started_by(autostart_entry("test")));
  CHECK_FALSE(is_started_by("[Other]\nExec=wardroom\n"));
  CHECK_FALSE(is_started_by("[Desktop Entry]\nExec=wardroom\nX-GNOME-Autostart-enabled=false\n"));
}

TEST_CASE("The tray's picture has its size, and another one for each count up to a hundred") {
  for (const int size : {16, 22, 48}) {
    const auto sign = draw_tray_icon(0, size);
    CHECK(sign.argb.size() == static_cast<std::size_t>(size * size) * 4);
    CHECK(draw_tray_icon(1, size).argb != sign.argb);
    CHECK(draw_tray_icon(1, size).argb != draw_tray_icon(7, size).argb);
    CHECK(draw_tray_icon(100, size).argb == draw_tray_icon(4'000'000'000U, size).argb);
    CHECK(draw_tray_icon(100, size).argb != draw_tray_icon(99, size).argb);
    // The corners are round.
    CHECK(sign.argb[0] == 0);
  }
}
