#include "client/views/thread.hpp"

#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

constexpr ThreadName kThread{RoomId{3}, Seq{3}};

// As a hand does it: the mouse comes, the button goes down, and it comes up some frames later.
void press_slowly(Client& c, std::string_view id) {
  const ui::Item* item = c.ui.recorder().find(id);
  INFO(id);
  REQUIRE(item);
  const ui::Rect rect = item->rect;
  const float x = (rect.x0 + rect.x1) / 2, y = (rect.y0 + rect.y1) / 2;
  c.ui.move_to(x - 3, y);
  c.ui.frames(2);
  c.ui.mouse_down(x, y);
  c.ui.frames(2);
  c.ui.move_to(x + 1, y);
  c.ui.frames(2);
  c.ui.mouse_up();
  c.ui.frames(2);
}

}  // namespace

TEST_CASE(
    "A thread is opened from the bar over a message, from its menu, from what stands under it, by a key") {
  SECTION("the bar") {
    Client c;
    REQUIRE(c.ui.hover("timeline.message:2"));
    press_slowly(c, "timeline.thread:2");
    REQUIRE(c.last<OpenThread>());
    CHECK(c.last<OpenThread>()->thread == kThread);
  }
  SECTION("the menu") {
    Client c;
    REQUIRE(c.ui.right_click("timeline.message:2"));
    c.ui.frames();
    press_slowly(c, "message.thread");
    REQUIRE(c.last<OpenThread>());
    CHECK(c.last<OpenThread>()->thread == kThread);
  }
  SECTION("under the root") {
    Client c{sample::with_thread_list()};
    CHECK(c.ui.recorder().find("timeline.replies:2")->label == "4 replies, 2 new");
    CHECK(c.ui.recorder().shows("Wei Chen: With `iconv` first"));
    press_slowly(c, "timeline.replies:2");
    REQUIRE(c.last<OpenThread>());
    CHECK(c.last<OpenThread>()->thread == kThread);
  }
  SECTION("the key") {
    Client c;
    c.ui.key(Key::t, {.ctrl = true});
    CHECK_FALSE(c.last<OpenThread>());
    c.ui.key(Key::up, {.ctrl = true});
    c.ui.key(Key::up, {.ctrl = true});
    c.ui.key(Key::t, {.ctrl = true});
    CHECK(c.last<OpenThread>());
  }
}

TEST_CASE("Who may not write in the room is offered no thread") {
  WindowProps p = sample::main_window();
  p.timeline.rights.write = p.timeline.rights.thread = false;
  Client c{p};
  REQUIRE(c.ui.hover("timeline.message:2"));
  CHECK_FALSE(c.ui.recorder().find("timeline.thread:2"));
}

TEST_CASE("What is written in the pane goes into the thread, what is written beside it into the room") {
  Client c{sample::with_thread()};
  c.ui.frames();
  c.ui.type("In the thread");
  REQUIRE(c.last<DraftInThread>());
  CHECK(c.last<DraftInThread>()->thread == kThread);
  CHECK_FALSE(c.last<ChangeDraft>());
  c.ui.key(Key::enter);
  REQUIRE(c.last<SendInThread>());
  CHECK(c.last<SendInThread>()->text == "In the thread");
  CHECK_FALSE(c.last<SendMessage>());
  press_slowly(c, "composer.text");
  c.ui.type("In the room");
  c.ui.key(Key::enter);
  REQUIRE(c.last<SendMessage>());
  CHECK(c.last<SendMessage>()->text == "In the room");
  CHECK(c.count<SendInThread>() == 1);
  press_slowly(c, "thread.composer.text");
  c.ui.type("Again");
  press_slowly(c, "thread.composer.send");
  CHECK(c.last<SendInThread>()->text == "Again");
}

TEST_CASE("Files are attached where the person is: by the clip, by key, by paste, by dropping them there") {
  Client c{sample::with_thread()};
  c.ui.frames();
  SECTION("the pane's clip") {
    press_slowly(c, "thread.composer.attach");
    REQUIRE(c.last<ChooseAttachments>());
    CHECK(c.last<ChooseAttachments>()->place == kThread);
    press_slowly(c, "composer.attach");
    CHECK(c.last<ChooseAttachments>()->place == kThread.room);
  }
  SECTION("the key") {
    c.ui.key(Key::o, {.ctrl = true});
    REQUIRE(c.last<ChooseAttachments>());
    CHECK(c.last<ChooseAttachments>()->place == kThread);
    press_slowly(c, "composer.text");
    c.ui.key(Key::o, {.ctrl = true});
    CHECK(c.last<ChooseAttachments>()->place == kThread.room);
  }
  SECTION("a picture, and a text that is too long") {
    c.ui.set_clipboard("");
    c.ui.key(Key::v, {.ctrl = true});
    REQUIRE(c.last<AttachClipboardPicture>());
    CHECK(c.last<AttachClipboardPicture>()->place == kThread);
    c.ui.set_clipboard(std::string(17 * 1024, 'x'));
    c.ui.key(Key::v, {.ctrl = true});
    c.ui.frames(5);
    press_slowly(c, "thread.paste.confirm");
    REQUIRE(c.last<AttachText>());
    CHECK(c.last<AttachText>()->place == kThread);
  }
  SECTION("dropped") {
    for (const bool in_thread : {true, false}) {
      const auto* box = c.ui.recorder().find(in_thread ? "thread.composer.text" : "composer.text");
      REQUIRE(box);
      c.ui.move_to((box->rect.x0 + box->rect.x1) / 2, box->rect.y0 - 20);
      c.state.dropped = {"/home/lena/plan.pdf"};
      c.ui.frames(2);
      REQUIRE(c.last<AttachFiles>());
      CHECK(c.last<AttachFiles>()->place == (in_thread ? WritingPlace(kThread) : WritingPlace(kThread.room)));
      CHECK(c.count<AttachFiles>() == (in_thread ? 1 : 2));
    }
  }
}

TEST_CASE("When a dialog closes the composer that the person was in has the keyboard again") {
  for (const bool in_thread : {true, false}) {
    Client c{sample::with_thread()};
    c.ui.frames();
    if (!in_thread) press_slowly(c, "composer.text");
    c.props.dialog = Dialog::path;
    c.props.path.serial = 1;
    c.ui.frames(3);
    c.props.dialog = Dialog::none;
    c.ui.frames(3);
    c.ui.type("on");
    CHECK(c.count<DraftInThread>() == (in_thread ? 2 : 0));
    CHECK(c.count<ChangeDraft>() == (in_thread ? 0 : 2));
  }
}

TEST_CASE("What falls on the window while nobody is signed in isn't attached later") {
  WindowProps p = sample::main_window();
  p.screen = Screen::welcome;
  Client c{p};
  c.state.dropped = {"/home/lena/plan.pdf"};
  c.ui.frames(2);
  c.props.screen = Screen::main;
  c.ui.frames(2);
  CHECK(c.count<AttachFiles>() == 0);
}

TEST_CASE("The pane's draft is taken over from the model, and another thread's doesn't stay in it") {
  WindowProps p = sample::with_thread();
  p.thread.composer.draft = "half a thought";
  Client c{p};
  c.ui.frames();
  CHECK(c.state.thread.composer.text.edit.text() == "half a thought");
  c.props.thread.thread.root = Seq{6};
  ++c.props.thread.serial;
  c.props.thread.composer.draft.clear();
  c.ui.frames();
  CHECK(c.state.thread.composer.text.edit.text().empty());
}

TEST_CASE("Escape in the thread closes it, in the room it marks as read, over a dialog it does neither") {
  Client c{sample::with_thread()};
  c.ui.frames();
  SECTION("in its composer") {
    c.ui.key(Key::escape);
    CHECK(c.count<CloseThread>() == 1);
    CHECK(c.count<MarkRead>() == 0);
  }
  SECTION("after a press on its messages") {
    press_slowly(c, "thread.timeline.message:4");
    c.ui.key(Key::escape);
    CHECK(c.count<CloseThread>() == 1);
  }
  SECTION("in the room's composer") {
    press_slowly(c, "composer.text");
    c.ui.key(Key::escape);
    CHECK(c.count<CloseThread>() == 0);
    CHECK(c.count<MarkRead>() == 1);
  }
  SECTION("over a menu") {
    REQUIRE(c.ui.right_click("thread.timeline.message:4"));
    c.ui.frames();
    c.ui.key(Key::escape);
    CHECK(c.count<CloseThread>() == 0);
  }
  SECTION("while a reply is edited") {
    c.props.thread.composer.editing = true;
    c.props.thread.composer.edited = Seq{40};
    ++c.props.thread.composer.draft_version;
    c.ui.frames();
    c.ui.key(Key::escape);
    CHECK(c.count<CloseThread>() == 0);
    CHECK(c.count<CancelEditInThread>() == 1);
  }
}

TEST_CASE("When the thread is closed the room's composer has the keyboard again") {
  Client c{sample::with_thread()};
  c.ui.frames();
  press_slowly(c, "thread.close");
  CHECK(c.count<CloseThread>() == 1);
  c.props.thread.shown = false;
  c.ui.frames();
  c.ui.type("x");
  CHECK(c.last<ChangeDraft>());
}

TEST_CASE("A reply is edited, deleted and answered with an emoji like any message, and starts no thread") {
  Client c{sample::with_thread()};
  c.ui.frames();
  REQUIRE(c.ui.hover("thread.timeline.message:3"));
  CHECK_FALSE(c.ui.recorder().find("thread.timeline.thread:3"));
  CHECK_FALSE(c.ui.recorder().find("thread.timeline.reply:3"));
  press_slowly(c, "thread.timeline.edit:3");
  REQUIRE(c.last<EditInThread>());
  CHECK(c.last<EditInThread>()->seq == Seq{40});
  CHECK_FALSE(c.last<StartEdit>());
  press_slowly(c, "thread.timeline.reaction:400");
  REQUIRE(c.last<React>());
  CHECK(c.last<React>()->seq == Seq{41});
  REQUIRE(c.ui.right_click("thread.timeline.message:4"));
  c.ui.frames();
  press_slowly(c, "thread.message.unread");
  REQUIRE(c.last<UnreadInThread>());
  CHECK(c.last<UnreadInThread>()->seq == Seq{41});
  CHECK_FALSE(c.last<MarkUnread>());
}

TEST_CASE("What is on the screen of the pane is read in the thread, and not in the room") {
  Client c{sample::with_thread()};
  c.ui.frames();
  c.actions.clear();
  ++c.props.thread.timeline.revision;
  c.ui.scroll(-100);
  c.ui.move_to(1000, 400);
  c.ui.scroll(-100);
  c.ui.frames();
  CHECK_FALSE(c.last<SeenNewest>());
  REQUIRE(c.last<SeenInThread>());
  CHECK(c.last<SeenInThread>()->thread == kThread);
}

TEST_CASE("The keys that walk through messages act where the person is") {
  Client c{sample::with_thread()};
  c.ui.frames();
  c.ui.key(Key::up, {.ctrl = true});
  CHECK(c.state.thread.timeline.chosen_key != 0);
  CHECK(c.state.timeline.chosen_key == 0);
  press_slowly(c, "composer.text");
  c.ui.key(Key::up, {.ctrl = true});
  CHECK(c.state.timeline.chosen_key != 0);
}

TEST_CASE("Following is one press, and offline it isn't offered") {
  Client c{sample::with_thread()};
  c.ui.frames();
  press_slowly(c, "thread.follow");
  REQUIRE(c.last<FollowThread>());
  CHECK_FALSE(c.last<FollowThread>()->on);
  c.props.thread.may_follow = false;
  c.ui.frames();
  CHECK(c.ui.recorder().find("thread.follow")->disabled);
}

TEST_CASE("The side bar leads to the list of threads, and the list to each") {
  Client c{sample::with_thread_list()};
  CHECK(c.ui.recorder().find("side.threads")->state == "2 unread");
  press_slowly(c, "threads.thread:1");
  REQUIRE(c.last<OpenThread>());
  CHECK(c.last<OpenThread>()->thread == ThreadName{RoomId{1}, Seq{77}});
  press_slowly(c, "side.threads");
  CHECK(c.count<ToggleThreads>() == 1);
  c.ui.key(Key::t, {.ctrl = true, .shift = true});
  CHECK(c.count<ToggleThreads>() == 2);
  REQUIRE(c.ui.recorder().find("threads.close"));
  press_slowly(c, "threads.close");
  CHECK(c.count<CloseThread>() == 1);
  Client none;
  CHECK_FALSE(none.ui.recorder().find("side.threads"));
}

TEST_CASE("In a narrow window the thread takes the room's place") {
  Client c{sample::with_thread(), {.width = 720, .height = 600}};
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("composer.text"));
  REQUIRE(c.ui.recorder().find("thread.composer.text"));
  CHECK(c.ui.recorder().find("thread.close"));
}
