#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

WindowProps as_moderator() {
  WindowProps p = sample::main_window();
  p.timeline.rights.moderate = p.timeline.rights.pin = true;
  p.header.moderates = true;
  for (auto& section : p.members.sections)
    for (auto& member : section.people) member.answers_to_me = true;
  return p;
}

}  // namespace

TEST_CASE("A press on a reaction gives it or takes it back; the mouse over it tells whose it is") {
  Client c;
  REQUIRE(c.ui.recorder().find("timeline.reaction:100"));
  CHECK(c.ui.recorder().find("timeline.reaction:100")->state == "Tomasz Wilk, Priya Nair, Wei Chen and you");
  REQUIRE(c.ui.click("timeline.reaction:100"));
  REQUIRE(c.last<React>());
  CHECK(c.last<React>()->seq == Seq{2});
  CHECK_FALSE(c.last<React>()->on);
  REQUIRE(c.ui.click("timeline.reaction:101"));
  CHECK(c.last<React>()->on);
  CHECK(c.last<React>()->emoji == "🎉");
}

TEST_CASE("The right button opens what can be done to a message; a member isn't offered a moderator's acts") {
  Client c;
  REQUIRE(c.ui.right_click("timeline.message:2"));
  c.ui.frames();
  CHECK(c.ui.recorder().find("message.reply"));
  CHECK(c.ui.recorder().find("message.report"));
  CHECK_FALSE(c.ui.recorder().find("message.delete"));
  CHECK_FALSE(c.ui.recorder().find("message.pin"));
  CHECK_FALSE(c.ui.recorder().find("message.edit"));
  REQUIRE(c.ui.click("message.quick:0"));
  REQUIRE(c.last<React>());
  CHECK(c.last<React>()->emoji == "👍");
  CHECK(c.last<React>()->seq == Seq{3});
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("message.reply"));
}

TEST_CASE("A moderator pins, deletes with a reason, and sees earlier texts") {
  Client c{as_moderator()};
  const auto choose = [&](const char* id) {
    REQUIRE(c.ui.right_click("timeline.message:2"));
    c.ui.frames();
    REQUIRE(c.ui.click(id));
    c.ui.frames();
  };
  choose("message.pin");
  REQUIRE(c.last<PinMessage>());
  CHECK(c.last<PinMessage>()->on);
  choose("message.delete");
  REQUIRE(c.last<AskReason>());
  CHECK(c.last<AskReason>()->act == ReasonedAction::delete_message);
  CHECK(c.last<AskReason>()->seq == Seq{3});
  choose("message.versions");
  CHECK(c.last<ShowVersions>());
}

TEST_CASE("An emoji is found by its name and given with Enter") {
  Client c;
  REQUIRE(c.ui.right_click("timeline.message:2"));
  c.ui.frames();
  REQUIRE(c.ui.click("message.react"));
  c.ui.frames(5);
  REQUIRE(c.ui.recorder().find("picker.query"));
  c.ui.type("rocket");
  REQUIRE(c.ui.recorder().find("picker.emoji:0"));
  c.ui.key(Key::enter);
  REQUIRE(c.last<React>());
  CHECK(c.last<React>()->emoji == "🚀");
}

TEST_CASE("The buttons over a message answer to the mouse, also where they cover the message above") {
  Client c;
  REQUIRE(c.ui.hover("timeline.message:2"));
  const ui::Item* reply = c.ui.recorder().find("timeline.reply:2");
  REQUIRE(reply);
  REQUIRE(c.ui.click("timeline.reply:2"));
  REQUIRE(c.last<StartReply>());
  CHECK(c.last<StartReply>()->seq == Seq{3});
  REQUIRE(c.ui.hover("timeline.message:2"));
  const ui::Rect more = c.ui.recorder().find("timeline.more:2")->rect;
  c.ui.click_at((more.x0 + more.x1) / 2, more.y0 + 1);
  c.ui.frames();
  CHECK(c.ui.recorder().find("message.reply"));
}

TEST_CASE("A link that shows other words is opened only after the person has seen where it leads") {
  const auto click_link = [](std::string text) {
    WindowProps p = sample::main_window();
    p.timeline.rows[1].text = std::move(text);
    Client c{p};
    const ui::Item* row = c.ui.recorder().find("timeline.message:1");
    REQUIRE(row);
    c.ui.click_at(row->rect.x0 + 60, row->rect.y0 + 38);
    REQUIRE(c.last<OpenLink>());
    CHECK(c.last<OpenLink>()->url == "https://elsewhere.example/x");
    return c.last<OpenLink>()->named;
  };
  CHECK(click_link("[our timetable](https://elsewhere.example/x)"));
  CHECK_FALSE(click_link("https://elsewhere.example/x"));
  CHECK_FALSE(click_link("[https://elsewhere.example/x](https://elsewhere.example/x)"));

  WindowProps p = sample::main_window();
  p.dialog = Dialog::link;
  p.link_target = "https://elsewhere.example/x";
  Client c{p};
  REQUIRE(c.ui.click("link.confirm"));
  REQUIRE(c.last<OpenLink>());
  CHECK_FALSE(c.last<OpenLink>()->named);
}

TEST_CASE("A press beside a dialog leaves it open with what was typed") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::create_room;
  Client c{p};
  c.ui.click_at(20, 780);
  CHECK_FALSE(c.last<ShowDialog>());
}

TEST_CASE("Without a mouse a message is reached, its menu opened, and an act chosen") {
  Client c;
  for (int i = 0; i < 5; ++i) c.ui.key(Key::up, {.ctrl = true});
  CHECK(c.count<EditLast>() == 0);
  c.ui.key(Key::m, {.ctrl = true});
  c.ui.frames();
  CHECK(c.ui.recorder().find("message.reply"));
  c.ui.key(Key::escape);
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("message.reply"));
}

TEST_CASE("Who may brings a deleted message back beside its tombstone") {
  WindowProps p = sample::main_window();
  p.timeline.rows[6].restorable = p.timeline.rows[6].own = true;
  Client c{p};
  REQUIRE(c.ui.click("timeline.bring_back:6"));
  REQUIRE(c.last<RestoreOwn>());
  CHECK(c.last<RestoreOwn>()->seq == Seq{7});
}

TEST_CASE("A person's menu writes to them; a moderator finds the moderation actions there") {
  Client c;
  REQUIRE(c.ui.click("members.person:3"));
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("members.kick"));
  REQUIRE(c.ui.click("members.write"));
  REQUIRE(c.last<OpenDirect>());
  Client m{as_moderator()};
  REQUIRE(m.ui.right_click("members.person:3"));
  m.ui.frames();
  REQUIRE(m.ui.click("members.kick"));
  REQUIRE(m.last<AskReason>());
  CHECK(m.last<AskReason>()->user == UserId{3});
}

TEST_CASE("The room's menu locks, slows down and archives for those who may") {
  Client c;
  REQUIRE(c.ui.click("room.menu"));
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("room.lock"));
  Client m{as_moderator()};
  REQUIRE(m.ui.click("room.menu"));
  m.ui.frames();
  REQUIRE(m.ui.click("room.slow_mode"));
  CHECK(m.last<AskReason>()->act == ReasonedAction::slow_mode);
}

TEST_CASE("An action isn't taken without a reason") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::reason;
  p.reason_dialog = sample::mute_dialog();
  Client c{p};
  CHECK(c.ui.recorder().find("reason.confirm")->disabled);
  c.ui.type("flooding");
  REQUIRE(c.ui.click("reason.confirm"));
  REQUIRE(c.last<GiveReason>());
  CHECK(c.last<GiveReason>()->reason == "flooding");
  CHECK(c.last<GiveReason>()->length == 1);
}

TEST_CASE("A request is accepted or declined where one would write") {
  WindowProps p = sample::main_window();
  p.composer.disabled_reason = "Hideo Tanaka would like to chat with you.";
  p.composer.act = ComposerAct::answer_request;
  Client c{p};
  REQUIRE(c.ui.click("composer.accept"));
  CHECK(c.count<AcceptDirect>() == 1);
  REQUIRE(c.ui.click("composer.decline"));
  CHECK(c.count<DeclineDirect>() == 1);
}

TEST_CASE("Pins lead to their message, and are taken away by who may") {
  WindowProps p = sample::main_window();
  p.header.members_shown = false;
  p.header.pins_shown = true;
  p.pins = sample::pins();
  Client c{p};
  REQUIRE(c.ui.click("pins.message:2"));
  REQUIRE(c.last<JumpToMessage>());
  CHECK(c.last<JumpToMessage>()->seq == Seq{2});
  REQUIRE(c.ui.click("pins.unpin:90"));
  REQUIRE(c.last<PinMessage>());
  CHECK_FALSE(c.last<PinMessage>()->on);
  CHECK(c.count<JumpToMessage>() == 1);
}

TEST_CASE("A jump brings the message into sight once it is loaded") {
  WindowProps p = sample::main_window();
  p.timeline.rows.clear();
  for (std::uint64_t i = 1; i <= 200; ++i)
    p.timeline.rows.push_back(
        sample::message(i, "Amara Osei", "16:42", "Message number " + std::to_string(i)));
  Client c{p};
  CHECK_FALSE(c.ui.recorder().shows("Message number 50"));
  c.props.timeline.jump_to = Seq{50};
  c.props.timeline.jump_serial = 1;
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Message number 50"));
}

TEST_CASE("The code of the second factor goes along, and is shown nowhere") {
  WindowProps p = sample::first_start();
  p.welcome.step = WelcomeStep::sign_in;
  p.welcome.name = "lena";
  Client c{p};
  c.ui.type("correct horse");
  c.props.welcome.needs_code = true;
  c.ui.frames();
  c.ui.type("123456");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SignIn>());
  CHECK(c.last<SignIn>()->code.reveal() == "123456");
  CHECK(c.last<SignIn>()->password.reveal() == "correct horse");
}

TEST_CASE("Recovery codes can be copied before they go; the secret is in no snapshot") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  p.settings.second_factor = sample::factor_codes();
  Client c{p};
  REQUIRE(c.ui.click("settings.tab:1"));
  c.ui.frames();
  REQUIRE(c.ui.click("factor.copy"));
  CHECK(c.ui.clipboard().starts_with("7KCJ-KAZA-7YA9-A9TY-GBS6\nSET2-8FME-XSRG-89FG-C632\n"));
  CHECK(c.ui.snapshot().find("7KCJ") == std::string::npos);
  REQUIRE(c.ui.click("factor.done"));
  CHECK(c.count<FinishSecondFactor>() == 1);
  c.props.settings.second_factor = sample::factor_to_scan();
  c.ui.frames();
  CHECK(c.ui.snapshot().find("JBSW") == std::string::npos);
}

TEST_CASE("Another device is signed out, one's own isn't offered") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::settings;
  Client c{p};
  REQUIRE(c.ui.click("settings.tab:2"));
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("devices.end:1"));
  REQUIRE(c.ui.click("devices.end:2"));
  REQUIRE(c.last<EndSession>());
  CHECK(c.last<EndSession>()->session == SessionId{2});
  REQUIRE(c.ui.click("devices.end_others"));
  CHECK_FALSE(c.last<EndSession>()->session);
}
