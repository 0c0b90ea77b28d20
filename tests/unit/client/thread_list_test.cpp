#include "tests/unit/client/thread_driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::ThreadList;
using protocol::ThreadMarkRead;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

TEST_CASE("The list shows what is followed, the newest reply first, and counts the unread ones") {
  Driver d;
  d.start();
  d.act(ToggleThreads{});
  ThreadList::Result list;
  list.threads = {{kRoom, Seq{1}, message(1, "Who brings the cake?"), following(2, 0), message(9, "").at},
                  {kOther, Seq{4}, message(4, "Lunch?"), following(4, 3), message(6, "").at}};
  list.unread = 1;
  d.answer<ThreadList>(list);
  CHECK(d.props().side_bar.threads_shown);
  CHECK(d.props().side_bar.threads_unread == 1);
  REQUIRE(d.props().threads.rows.size() == 2);
  CHECK(d.props().threads.rows[1].excerpt == "Lunch?");
  CHECK(d.props().threads.rows[1].where == "#general");
  CHECK(d.props().threads.rows[1].unread == 3);
  CHECK(d.all<StoreThreads>().back().all);
  d.act(OpenThread{{kOther, Seq{4}}});
  CHECK(d.state.open_room == kOther);
  CHECK(d.props().thread.shown);
  // Closing it leads back to the list, and closing that to the room.
  d.act(CloseThread{});
  CHECK(d.props().threads.shown);
  d.act(CloseThread{});
  CHECK_FALSE(d.props().threads.shown);
}

TEST_CASE("A thread that is newly followed joins the list; one that isn't any more leaves it") {
  Driver d;
  open_answered(d);
  d.on(protocol::ThreadFollowed{kRoom, kThread.root, following(1, 1)});
  CHECK(d.props().side_bar.threads_unread == 1);
  ThreadList::Result list;
  list.threads = {
      {kThread.room, kThread.root, message(1, "Who brings the cake?"), following(1, 1), d.state.wall}};
  list.unread = 1;
  d.answer<ThreadList>(list);
  CHECK(d.props().side_bar.threads_unread == 1);
  d.act(FollowThread{kThread, false});
  const auto call = d.take<Call<protocol::ThreadFollow>>();
  CHECK_FALSE(call.params.on);
  d.on(Answer<protocol::ThreadFollow>{call.params, protocol::ThreadFollow::Result{}});
  CHECK(d.props().side_bar.threads_unread == 0);
  CHECK_FALSE(d.props().thread.followed);
  d.answer<ThreadList>(ThreadList::Result{});
  CHECK_FALSE(d.props().side_bar.threads_shown);
}

TEST_CASE("Whoever follows a thread is told of its replies, others only of their name") {
  Driver d;
  open_answered(d);
  d.act(CloseThread{}).on(WindowFocused{false});
  d.effects.clear();
  d.on(reply(2, "one"));
  CHECK(d.count<Notify>() == 0);
  d.on(reply(3, "@lena two"));
  CHECK(d.take<Notify>().text == "@lena two");
  d.on(protocol::ThreadFollowed{kRoom, kThread.root, following(3, 0)});
  CHECK(d.take<WithdrawNotification>().room == kRoom);
  d.on(reply(4, "three"));
  const auto told = d.take<Notify>();
  CHECK(told.title == "Amara Osei in #release-7, in a thread");
  SECTION("an answer goes into the thread") {
    d.on(NotificationReplied{kRoom, "Thanks"});
    CHECK(d.take<SaveOutbox>().row.thread == kThread.root);
  }
  SECTION("a press opens it") {
    d.on(NotificationPressed{kRoom, told.seq});
    CHECK(is_open(d.state, kThread));
  }
  SECTION("nothing is told of a room of which the person wants to hear nothing") {
    d.act(SetRoomLevel{kRoom, RoomLevel::nothing});
    d.on(reply(5, "four"));
    CHECK(d.count<Notify>() == 0);
  }
  SECTION("nor of what is on the screen") {
    d.act(OpenThread{kThread}).on(WindowFocused{true});
    d.on(reply(5, "four"));
    CHECK(d.count<Notify>() == 0);
  }
}

TEST_CASE("A link or a search hit that leads to a reply opens its thread") {
  Driver d;
  open_answered(d);
  d.on(reply(2, "one")).on(changed(1, 2));
  d.act(CloseThread{});
  SECTION("in memory") {
    d.act(JumpToMessage{kRoom, Seq{2}});
  }
  SECTION("found by a search") {
    d.act(OpenSearch{false});
    d.state.search.hits = {{kRoom, stored_reply(2, "one"), {}}};
    d.act(ShowHit{kRoom, Seq{2}});
  }
  SECTION("further back than what is loaded") {
    d.room().timeline.close();
    d.act(JumpToMessage{kRoom, Seq{2}});
    protocol::MessageHistory::Result page;
    page.messages = {message(1, "Who brings the cake?"), stored_reply(2, "one")};
    page.seq = Seq{2};
    d.answer<protocol::MessageHistory>(page);
  }
  CHECK(is_open(d.state, kThread));
  CHECK(d.props().thread.timeline.jump_to == Seq{2});
  CHECK(d.props().timeline.jump_to == kThread.root);
}

TEST_CASE("Up in the room's composer changes the last message of the room, not a reply") {
  Driver d;
  open_answered(d);
  d.on(posted(2, "mine", kMe)).on(reply(3, "mine, in the thread", kMe)).on(changed(1, 3));
  d.act(EditLast{kRoom});
  CHECK(d.props().composer.draft == "mine");
  d.act(EditInThread{kThread, {}});
  CHECK(d.props().thread.composer.draft == "mine, in the thread");
}

TEST_CASE("A thread without its root can be read, and not continued") {
  Driver d;
  d.start(5, 5);
  d.act(OpenThread{kThread});
  MessageThread::Result page;
  page.messages = {stored_reply(3, "left over")};
  d.answer<MessageThread>(page);
  CHECK(in_thread(d) == Texts{"left over"});
  CHECK_FALSE(d.props().thread.composer.disabled_reason.empty());
}

TEST_CASE("What else stands in the right pane takes the thread's place") {
  Driver d;
  open_answered(d);
  SECTION("members") {
    d.act(ToggleMembers{});
    CHECK(d.props().header.members_shown);
  }
  SECTION("pins") {
    d.act(TogglePins{});
    CHECK(d.props().header.pins_shown);
  }
  SECTION("files") {
    d.act(ToggleFiles{});
    CHECK(d.props().header.files_shown);
  }
  SECTION("search") {
    d.act(OpenSearch{false});
    CHECK(d.props().search.shown);
  }
  CHECK_FALSE(d.props().thread.shown);
}

TEST_CASE("Nothing of a thread stays when the person signs out") {
  Driver d;
  open_answered(d);
  d.act(DraftInThread{kThread, "half a thought"});
  d.act(SignOut{});
  CHECK_FALSE(d.state.threads.open);
  CHECK(d.state.threads.drafts.empty());
}
