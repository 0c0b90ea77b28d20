#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

TEST_CASE("what is typed and entered is sent, once, and the composer is empty again") {
  Client c;
  c.ui.type("Reading it now 👍🏽");
  CHECK(c.ui.recorder().find("composer.text")->state == "Reading it now 👍🏽");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SendMessage>());
  CHECK(c.last<SendMessage>()->text == "Reading it now 👍🏽");
  CHECK(c.last<SendMessage>()->room == RoomId{3});
  CHECK(c.count<SendMessage>() == 1);
  CHECK(c.ui.recorder().find("composer.text")->state.empty());
}

TEST_CASE("Shift+Enter breaks the line and sends nothing; blanks are never sent") {
  Client c;
  c.ui.key(Key::enter);
  c.ui.type("  ");
  c.ui.key(Key::enter);
  CHECK(c.count<SendMessage>() == 0);
  c.ui.type("a");
  c.ui.key(Key::enter, {.shift = true});
  c.ui.type("b");
  CHECK(c.count<SendMessage>() == 0);
  CHECK(c.ui.recorder().find("composer.text")->state == "  a\nb");
}

TEST_CASE("each change of the draft is told to the model") {
  Client c;
  c.ui.type("ab");
  REQUIRE(c.last<ChangeDraft>());
  CHECK(c.last<ChangeDraft>()->text == "ab");
}

TEST_CASE("Up in an empty composer wants to edit the last message; in a written one it doesn't") {
  Client c;
  c.ui.key(Key::up);
  CHECK(c.count<EditLast>() == 1);
  c.ui.type("x");
  c.ui.key(Key::up);
  CHECK(c.count<EditLast>() == 1);
}

TEST_CASE("a draft from the model replaces the text, but only when it is a new one") {
  Client c;
  c.ui.type("mine");
  c.ui.frames();
  CHECK(c.ui.recorder().find("composer.text")->state == "mine");
  c.props.composer.draft = "Fix is small";
  c.props.composer.draft_version = 7;
  c.props.composer.editing = true;
  c.ui.frames();
  CHECK(c.ui.recorder().find("composer.text")->state == "Fix is small");
  c.ui.key(Key::escape);
  CHECK(c.count<CancelEdit>() == 1);
  CHECK(c.count<MarkRead>() == 0);
}

TEST_CASE(
    "@ completes people, : completes emoji, / lists commands; Enter takes the choice and doesn't send") {
  Client c;
  c.ui.type("@tom");
  REQUIRE(c.ui.recorder().find("composer.completion:0"));
  c.ui.key(Key::enter);
  CHECK(c.ui.recorder().find("composer.text")->state == "@tomasz ");
  c.ui.type(":tada");
  c.ui.key(Key::tab);
  CHECK(c.ui.recorder().find("composer.text")->state == "@tomasz 🎉 ");
  CHECK(c.count<SendMessage>() == 0);
  c.ui.key(Key::a, {.ctrl = true});
  c.ui.type("/");
  CHECK(c.ui.recorder().shows("/topic new topic"));
  c.ui.key(Key::down);
  c.ui.key(Key::enter);
  CHECK(c.ui.recorder().find("composer.text")->state == "/topic ");
}

TEST_CASE("nothing can be written where writing isn't allowed, and the reason stands there") {
  WindowProps p = sample::main_window();
  p.composer.disabled_reason = "The room is locked.";
  Client c{p};
  CHECK(c.ui.recorder().find("composer.text")->label == "The room is locked.");
  CHECK(c.ui.recorder().find("composer.send") == nullptr);
  c.ui.type("x");
  c.ui.key(Key::enter);
  CHECK(c.count<SendMessage>() == 0);
}

TEST_CASE("Ctrl with plus, minus and zero makes everything larger, smaller, and as it was") {
  Client c;
  c.ui.key(Key::equals, {.ctrl = true, .shift = true});
  REQUIRE(c.last<StepScale>());
  CHECK(c.last<StepScale>()->steps == 1);
  c.ui.key(Key::minus, {.ctrl = true});
  CHECK(c.last<StepScale>()->steps == -1);
  c.ui.key(Key::keypad_zero, {.ctrl = true});
  CHECK(c.last<StepScale>()->steps == 0);
  CHECK(c.count<StepScale>() == 3);
}

TEST_CASE("rooms open by the mouse and by keys") {
  Client c;
  REQUIRE(c.ui.click("side.room:4"));
  REQUIRE(c.last<OpenRoom>());
  CHECK(c.last<OpenRoom>()->room == RoomId{4});
  c.ui.key(Key::down, {.alt = true});
  CHECK(c.last<StepRoom>()->by == 1);
  c.ui.key(Key::up, {.shift = true, .alt = true});
  CHECK(c.last<StepRoom>()->by == -1);
  CHECK(c.last<StepRoom>()->unread_only);
}

TEST_CASE("Ctrl+K, a few letters and Enter go to a room") {
  Client c;
  c.ui.key(Key::k, {.ctrl = true});
  REQUIRE(c.last<ShowDialog>());
  CHECK(c.last<ShowDialog>()->dialog == Dialog::switcher);
  c.props.dialog = Dialog::switcher;
  c.ui.frames();
  c.ui.type("hid");
  CHECK(c.ui.recorder().shows("Hideo Tanaka"));
  c.ui.key(Key::enter);
  REQUIRE(c.last<OpenRoom>());
  CHECK(c.last<OpenRoom>()->room == RoomId{10});
}

TEST_CASE(
    "Ctrl+F searches the room, Ctrl+Shift+F all; Enter searches, then goes to the first hit; Down leads to "
    "the others") {
  Client c;
  c.ui.key(Key::f, {.ctrl = true});
  REQUIRE(c.last<OpenSearch>());
  CHECK_FALSE(c.last<OpenSearch>()->everywhere);
  c.ui.key(Key::f, {.ctrl = true, .shift = true});
  CHECK(c.last<OpenSearch>()->everywhere);
  c.props.search = sample::search();
  c.props.search.hits.clear();
  c.ui.frames();
  c.ui.type("import");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SearchFor>());
  CHECK(c.last<SearchFor>()->query == "import");
  c.props.search = sample::search();
  c.ui.frames();
  CHECK(c.ui.recorder().shows("Tomasz Wilk"));
  c.ui.key(Key::down);
  c.ui.key(Key::enter);
  REQUIRE(c.last<ShowHit>());
  CHECK(c.last<ShowHit>()->seq == Seq{3});
  c.ui.key(Key::down);
  c.ui.key(Key::enter);
  CHECK(c.last<ShowHit>()->seq == Seq{4});
  REQUIRE(c.ui.click("search.hit:2"));
  CHECK(c.last<ShowHit>()->room == RoomId{8});
  REQUIRE(c.ui.click("search.more"));
  CHECK(c.count<SearchOn>() == 1);
  REQUIRE(c.ui.click("search.return"));
  CHECK(c.count<ReturnFromHit>() == 1);
}

TEST_CASE("filters are completed, and Escape closes the search and leaves what was typed") {
  Client c;
  c.props.search = sample::search();
  c.ui.frames();
  c.ui.type("x from:am");
  REQUIRE(c.state.search.query == "x from:am");
  REQUIRE(c.ui.click("search.completion:0"));
  c.ui.frames();
  CHECK(c.ui.recorder().find("search.query")->state == "x from:amara ");
  c.ui.type("y");
  c.actions.clear();
  c.ui.key(Key::escape);
  CHECK(c.count<CloseSearch>() == 1);
  CHECK(c.count<MarkRead>() == 0);
  CHECK(c.state.search.query == "x from:amara y");
  c.props.search = {};
  c.ui.frames();
  c.ui.type("on");
  CHECK(c.ui.recorder().find("composer.text")->state == "on");
}

TEST_CASE("Escape closes each dialog, and the composer has the keyboard again") {
  for (const Dialog dialog : {Dialog::switcher, Dialog::browse, Dialog::create_room, Dialog::new_direct,
                              Dialog::keys, Dialog::settings, Dialog::reason, Dialog::versions}) {
    Client c;
    c.props.dialog = dialog;
    c.ui.frames();
    c.actions.clear();
    c.ui.key(Key::escape);
    REQUIRE(c.last<ShowDialog>());
    CHECK(c.last<ShowDialog>()->dialog == Dialog::none);
    c.props.dialog = Dialog::none;
    c.ui.frames();
    c.ui.type("on");
    CHECK(c.ui.recorder().find("composer.text")->state == "on");
  }
}

TEST_CASE("a failed message says why, and can be sent again, edited or discarded") {
  WindowProps p = sample::main_window();
  p.timeline.rows.back().delivery = Delivery::failed;
  p.timeline.rows.back().failure = "the room is locked.";
  Client c{p};
  REQUIRE(c.ui.click("timeline.retry:7"));
  REQUIRE(c.last<RetryMessage>());
  CHECK(c.last<RetryMessage>()->client_id == p.timeline.rows.back().client_id);
  REQUIRE(c.ui.click("timeline.rewrite:7"));
  REQUIRE(c.last<RewriteMessage>());
  CHECK(c.last<RewriteMessage>()->client_id == p.timeline.rows.back().client_id);
  REQUIRE(c.ui.click("timeline.discard:7"));
  CHECK(c.count<DiscardMessage>() == 1);
}

TEST_CASE("of a hundred thousand messages only those in sight are drawn") {
  WindowProps p = sample::main_window();
  p.timeline.rows.clear();
  for (std::uint64_t i = 1; i <= 100000; ++i) {
    p.timeline.rows.push_back(
        sample::message(i, "Amara Osei", "16:42", "Message number " + std::to_string(i)));
  }
  Client c{std::move(p)};
  std::size_t drawn = 0;
  for (const ui::Item& item : c.ui.recorder().items())
    drawn += item.id.starts_with("timeline.message") ? 1 : 0;
  CHECK(drawn > 5);
  CHECK(drawn < 40);
  CHECK(c.ui.recorder().shows("Message number 100000"));
  CHECK(c.state.timeline.layouts.size() < 200);
}

TEST_CASE("the reader's place stays when older messages come in above") {
  WindowProps p = sample::main_window();
  p.timeline.rows.clear();
  for (std::uint64_t i = 1000; i < 1060; ++i) {
    p.timeline.rows.push_back(
        sample::message(i, "Amara Osei", "16:42", "Message number " + std::to_string(i)));
  }
  p.timeline.has_older = true;
  Client c{p};
  REQUIRE(c.ui.hover("timeline.message:59"));
  CHECK(c.count<LoadOlder>() == 0);
  for (int i = 0; i < 60; ++i) c.ui.scroll(1);
  CHECK(c.count<LoadOlder>() == 1);
  const ui::Item* first = c.ui.recorder().find("timeline.message:0");
  REQUIRE(first);
  const float before = first->rect.y1;
  std::vector<TimelineRow> older;
  for (std::uint64_t i = 900; i < 1000; ++i) {
    older.push_back(sample::message(i, "Priya Nair", "16:00",
                                    "A long older message that wraps. " + std::string(300, 'x')));
  }
  c.props.timeline.rows.insert(c.props.timeline.rows.begin(), older.begin(), older.end());
  c.props.timeline.revision = 2;
  c.ui.frames();
  const ui::Item* same = c.ui.recorder().find("timeline.message:100");
  REQUIRE(same);
  CHECK(same->label == "Message number 1000");
  CHECK(same->rect.y1 == Approx(before).margin(1));
}

TEST_CASE("at the newest message the view follows; further up it stays and offers to jump") {
  WindowProps p = sample::main_window();
  p.timeline.rows.clear();
  for (std::uint64_t i = 1; i <= 60; ++i)
    p.timeline.rows.push_back(sample::message(i, "Amara Osei", "16:42", "Message " + std::to_string(i)));
  Client c{p};
  c.props.timeline.rows.push_back(sample::message(61, "Priya Nair", "16:43", "the newest"));
  c.props.timeline.revision = 2;
  c.ui.frames();
  CHECK(c.ui.recorder().shows("the newest"));
  CHECK(c.ui.recorder().find("timeline.newest") == nullptr);
  REQUIRE(c.ui.hover("timeline.message:60"));
  for (int i = 0; i < 10; ++i) c.ui.scroll(1);
  c.props.timeline.rows.push_back(sample::message(62, "Priya Nair", "16:44", "even newer"));
  c.props.timeline.revision = 3;
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().shows("even newer"));
  REQUIRE(c.ui.click("timeline.newest"));
  CHECK(c.ui.recorder().shows("even newer"));
}

TEST_CASE("an invite link is passed on; the button waits for one") {
  Client c{sample::first_start()};
  CHECK(c.ui.recorder().find("welcome.continue")->disabled);
  c.ui.type("wardroom://office.example:7443/?ca=abc&t=def");
  REQUIRE(c.ui.click("welcome.continue"));
  REQUIRE(c.last<UseInviteLink>());
  CHECK(c.last<UseInviteLink>()->link == "wardroom://office.example:7443/?ca=abc&t=def");
}

TEST_CASE("an account is made with name, display name and password; the password is shown nowhere") {
  WindowProps p = sample::first_start();
  p.welcome.step = WelcomeStep::make_account;
  p.welcome.server = "office.example:7443";
  Client c{p};
  c.ui.type("lena");
  c.ui.key(Key::tab);
  c.ui.type("Lena Moreau");
  c.ui.key(Key::tab);
  c.ui.type("correct horse");
  CHECK(c.ui.snapshot().find("correct horse") == std::string::npos);
  c.ui.key(Key::enter);
  REQUIRE(c.last<MakeAccount>());
  CHECK(c.last<MakeAccount>()->name == "lena");
  CHECK(c.last<MakeAccount>()->display_name == "Lena Moreau");
  CHECK(c.last<MakeAccount>()->password.reveal() == "correct horse");
}

TEST_CASE("a server with another key is explained, with no way around it") {
  WindowProps p = sample::first_start();
  p.welcome.pin_mismatch = true;
  p.welcome.expected_fingerprint = "AAAA";
  p.welcome.seen_fingerprint = "BBBB";
  Client c{p};
  CHECK(c.ui.recorder().shows("This isn't the server you were invited to."));
  CHECK(c.ui.recorder().shows("BBBB"));
  for (const ui::Item& item : c.ui.recorder().items()) CHECK(item.label.find("anyway") == std::string::npos);
}

TEST_CASE("the main window reads as in the design") {
  Client c;
  const std::string text = c.ui.snapshot();
  for (const char* line :
       {"avatar side.self \"Lena Moreau\" [Busy until 11:00]", "row side.room:3 \"release-7\" selected",
        "row side.room:1 \"incidents\" [5 unread]", "header \"# release-7\"", "header \"new\"",
        "header \"ONLINE — 3\"", "row members.person:3 \"Tomasz Wilk\" [fixing the import]",
        "[Tomasz Wilk 16:44, edited]", "[Priya Nair 08:57, mention]", "[Lena Moreau 09:04, pending]"}) {
    INFO(text);
    CHECK(text.find(line) != std::string::npos);
  }
}
