#include "tests/unit/client/thread_driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::ThreadList;
using protocol::ThreadMarkRead;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

TEST_CASE("A reply stands in its thread and not in the room, and under its root it is told") {
  Driver d;
  open_answered(d);
  d.on(reply(2, "I can, if nobody else does")).on(changed(1, 2)).on(posted(3, "Next subject"));
  CHECK(d.shown() == Texts{"Who brings the cake?", "Next subject"});
  CHECK(in_thread(d) == Texts{"Who brings the cake?", "I can, if nobody else does"});
  const auto& thread = root_row(d).thread;
  CHECK(thread.count == 1);
  CHECK(thread.replies == "1 reply");
  CHECK(thread.repliers == Texts{"Amara Osei"});
  REQUIRE(thread.last.size() == 1);
  CHECK(thread.last[0].excerpt == "I can, if nobody else does");
}

TEST_CASE("A reply doesn't make its room unread, though the server counts it there") {
  Driver d;
  d.start(1, 1);
  auto elsewhere = reply(2, "one");
  elsewhere.room = kOther;
  d.on(elsewhere);
  CHECK(d.room(kOther).info.count == 2);
  CHECK(unread_of(d.room(kOther)) == 0);
  d.on(posted(3, "in the room", kAmara, {}, kOther));
  CHECK(unread_of(d.room(kOther)) == 1);
  // The list has the server's own count.
  d.on(protocol::RoomCreated{});
  auto listed = d.listed;
  listed.rooms[1] = a_room(kOther, "general", 3, 3);
  listed.rooms[1].marker = {Seq{1}, 1};
  d.answer<protocol::RoomList>(listed);
  CHECK(unread_of(d.room(kOther)) == 1);
}

TEST_CASE("What is changed in a thread changes in the pane and under the root") {
  Driver d;
  open_answered(d);
  d.on(reply(2, "one")).on(changed(1, 2));
  d.on(protocol::MessageEdited{kRoom, Seq{3}, d.state.wall, Seq{2}, kAmara, "one, changed"});
  CHECK(in_thread(d).back() == "one, changed");
  CHECK(root_row(d).thread.last[0].excerpt == "one, changed");
  d.on(protocol::MessageDeleted{kRoom, Seq{4}, d.state.wall, Seq{2}, kAmara, {}});
  d.on(protocol::ThreadChanged{kRoom, kThread.root, Seq{4}, {}});
  CHECK(root_row(d).thread.count == 0);
  CHECK_FALSE(root_row(d).thread.shown());
  CHECK(in_thread(d).back() == "This message was deleted.");
}

TEST_CASE("The root's change waits for the event that it belongs to, so that no earlier change is skipped") {
  Driver d;
  open_answered(d);
  // Event 2 is missing: 3 and 4 wait for it, and so does what 4 did to the root.
  d.on(protocol::MessageEdited{kRoom, Seq{3}, d.state.wall, Seq{1}, kAmara, "Who brings two cakes?"});
  d.on(reply(4, "I")).on(changed(1, 4));
  CHECK(root_row(d).thread.count == 0);
  protocol::MessageChanges::Result gap;
  gap.messages = {message(2, "the missing one")};
  gap.seq = Seq{2};
  d.answer<protocol::MessageChanges>(gap);
  CHECK(d.shown() == Texts{"Who brings two cakes?", "the missing one"});
  CHECK(root_row(d).thread.count == 1);
  CHECK(in_thread(d) == Texts{"Who brings two cakes?", "I"});
}

TEST_CASE("A reply is on this PC's disk before it is sent, goes into its thread, and is stored once") {
  Driver d;
  open_answered(d);
  d.act(SendInThread{kThread, "I bring it"});
  CHECK(d.count<Call<MessagePost>>() == 0);
  CHECK(in_thread(d).back() == "I bring it…");
  CHECK(d.shown() == Texts{"Who brings the cake?"});
  const auto saved = d.take<SaveOutbox>();
  CHECK(saved.row.thread == kThread.root);
  d.on(OutboxSaved{saved.row.client_id, ok()});
  const auto call = d.take<Call<MessagePost>>();
  CHECK(call.params.thread == kThread.root);
  const Answer<MessagePost> answer{call.params, MessagePost::Result{Seq{2}, d.state.now}};
  const Event event = reply(2, "I bring it", kMe, call.params.client_id);
  SECTION("answer, event") {
    d.on(answer).on(event);
  }
  SECTION("event, answer") {
    d.on(event).on(answer);
  }
  SECTION("answer alone") {
    d.on(answer);
  }
  SECTION("the connection goes, and the program finds it stored") {
    d.effects.push_back(call.made);
    d.go_offline();
    protocol::SessionResume::Result resumed;
    auto stored = stored_reply(2, "I bring it", kMe);
    stored.client_id = call.params.client_id;
    resumed.rooms.push_back({kRoom, Seq{2}, {stored}, {}});
    d.come_online(resumed);
    CHECK(d.count<Call<MessagePost>>() == 0);
  }
  CHECK(in_thread(d) == Texts{"Who brings the cake?", "I bring it"});
  CHECK(d.shown() == Texts{"Who brings the cake?"});
  CHECK(d.state.outbox.empty());
  CHECK(d.all<StoreMessages>().back().messages.back().thread == kThread.root);
}

TEST_CASE("An outbox of an earlier run sends its replies into their thread") {
  Driver d;
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena")};
  profile.cached.rooms = {{a_room(kRoom, "release-7", 5, 5), {Seq{6}, Seq{5}}, ""}};
  profile.cached.outbox = {{"a", kRoom, "I bring it", {}, d.state.now, ""}};
  profile.cached.outbox[0].thread = kThread.root;
  profile.cached.thread_drafts = {{kThread, "half a thought"}};
  d.on(profile);
  CHECK(d.shown().empty());
  d.act(OpenThread{kThread});
  CHECK(in_thread(d) == Texts{"I bring it…"});
  CHECK(d.props().thread.composer.draft == "half a thought");
  d.come_online();
  const auto params = d.take<Call<MessagePost>>().params;
  CHECK(params.client_id == "a");
  CHECK(params.thread == kThread.root);
}

TEST_CASE("No refusal destroys what was written into a thread") {
  Driver d;
  open_answered(d);
  SECTION(
      "by the server: it stays in its row, is told under the root, and goes back into the thread's "
      "composer") {
    const auto params = sent_into_thread(d, "I bring it");
    d.on(Answer<MessagePost>{params, forbidden("room_locked", "The room is locked.")});
    CHECK(in_thread(d).back() == "I bring it!");
    CHECK(root_row(d).thread.unsent);
    d.act(DraftInThread{kThread, "half a thought"});
    d.act(RewriteMessage{kRoom, params.client_id});
    CHECK(d.props().thread.composer.draft == "I bring it\nhalf a thought");
    CHECK(d.all<SaveThreadDraft>().back().text == "I bring it\nhalf a thought");
    CHECK_FALSE(root_row(d).thread.unsent);
    CHECK(d.room().draft.empty());
  }
  SECTION("too long") {
    const std::string text(20'000, 'x');
    d.act(SendInThread{kThread, text});
    CHECK(d.props().thread.composer.draft == text);
    CHECK(d.count<SaveOutbox>() == 0);
  }
  SECTION("a command") {
    d.act(SendInThread{kThread, "/topic cake"});
    CHECK(d.props().thread.composer.draft == "/topic cake");
    CHECK(d.count<SaveOutbox>() == 0);
    CHECK(sent_into_thread(d, "/etc/hosts is wrong").text == "/etc/hosts is wrong");
  }
  SECTION("a change that is refused") {
    d.on(reply(2, "mine", kMe)).on(changed(1, 2));
    d.act(EditInThread{kThread, {}});
    CHECK(d.props().thread.composer.draft == "mine");
    d.act(SendInThread{kThread, "mine, changed"});
    const auto edit = d.take<Call<protocol::MessageEdit>>();
    CHECK(edit.params.seq == Seq{2});
    d.on(Answer<protocol::MessageEdit>{edit.params, forbidden("room_locked", "The room is locked.")});
    CHECK(d.props().thread.composer.editing);
    CHECK(d.props().thread.composer.draft == "mine, changed");
    CHECK(d.room().draft.empty());
    SECTION("and waits while the thread is closed") {
      d.act(DraftInThread{kThread, "mine, changed again"});
      d.act(CloseThread{});
      CHECK(root_row(d).thread.has_draft);
      d.act(OpenThread{kThread});
      CHECK(d.props().thread.composer.editing);
      CHECK(d.props().thread.composer.draft == "mine, changed again");
    }
    SECTION("and is deleted while the thread is closed") {
      d.act(CloseThread{});
      d.on(protocol::MessageDeleted{kRoom, Seq{3}, d.state.wall, Seq{2}, kAmara, {}});
      d.act(OpenThread{kThread});
      CHECK_FALSE(d.props().thread.composer.editing);
      CHECK(d.props().thread.composer.draft == "mine, changed");
    }
    SECTION("and is deleted meanwhile") {
      d.on(protocol::MessageDeleted{kRoom, Seq{3}, d.state.wall, Seq{2}, kAmara, {}});
      CHECK_FALSE(d.props().thread.composer.editing);
      CHECK(d.props().thread.composer.draft == "mine, changed");
    }
  }
  SECTION("the person is taken out of the room") {
    d.act(DraftInThread{kThread, "half a thought"});
    protocol::MemberLeft left;
    left.room = kRoom;
    left.seq = Seq{2};
    left.user = kMe;
    d.on(left);
    const auto kept = d.take<SaveOutbox>();
    CHECK(kept.row.text == "half a thought");
    CHECK(kept.row.thread == kThread.root);
    CHECK_FALSE(kept.row.failure.empty());
    CHECK_FALSE(d.props().thread.shown);
  }
}

TEST_CASE("A thread's draft is its own, and is on the disk when typing pauses and when the pane is closed") {
  Driver d;
  open_answered(d);
  d.act(ChangeDraft{kRoom, "for the room"});
  d.act(DraftInThread{kThread, "for the thread"});
  CHECK(d.props().composer.draft == "for the room");
  CHECK(d.props().thread.composer.draft == "for the thread");
  CHECK(d.count<SaveThreadDraft>() == 0);
  SECTION("a pause") {
    d.wait(1s);
  }
  SECTION("closed") {
    d.act(CloseThread{});
    CHECK_FALSE(d.props().thread.shown);
    CHECK(root_row(d).thread.has_draft);
  }
  SECTION("another room") {
    d.act(OpenRoom{kOther});
    CHECK_FALSE(d.props().thread.shown);
  }
  const auto saved = d.take<SaveThreadDraft>();
  CHECK(saved.thread == kThread);
  CHECK(saved.text == "for the thread");
}

TEST_CASE("What was read in a thread is told once, and doesn't come back unread meanwhile") {
  Driver d;
  open_answered(d, {stored_reply(2, "one"), stored_reply(3, "two")}, following(2, 1));
  CHECK(d.props().side_bar.threads_unread == 1);
  CHECK(root_row(d).thread.unread == 1);
  const auto line = std::ranges::find_if(d.props().thread.timeline.rows, [](const TimelineRow& row) {
    return row.kind == TimelineRow::Kind::unread_line;
  });
  REQUIRE(line != d.props().thread.timeline.rows.end());
  CHECK(std::next(line)->text == "two");
  d.act(SeenInThread{kThread, {}});
  CHECK(d.props().side_bar.threads_unread == 0);
  CHECK(root_row(d).thread.unread == 0);
  // Told by the server before it knew.
  d.on(protocol::ThreadFollowed{kRoom, kThread.root, following(2, 1)});
  CHECK(root_row(d).thread.unread == 0);
  d.wait(1s);
  const auto call = d.take<Call<ThreadMarkRead>>();
  CHECK(call.params.seq == Seq{3});
  CHECK_FALSE(call.params.back);
  d.on(Answer<ThreadMarkRead>{call.params, ThreadMarkRead::Result{following(3, 0)}});
  d.act(SeenInThread{kThread, {}});
  d.wait(10s);
  CHECK(d.count<Call<ThreadMarkRead>>() == 0);
}

TEST_CASE("Marked as unread from a reply on, a thread isn't read by being on the screen") {
  Driver d;
  open_answered(d, {stored_reply(2, "one"), stored_reply(3, "two")}, following(3, 0));
  d.act(UnreadInThread{kThread, Seq{2}});
  CHECK(root_row(d).thread.unread == 2);
  d.act(SeenInThread{kThread, {}});
  CHECK(root_row(d).thread.unread == 2);
  d.wait(1s);
  const auto call = d.take<Call<ThreadMarkRead>>();
  CHECK(call.params.seq == Seq{1});
  CHECK(call.params.back == true);
}

TEST_CASE("Marks that couldn't be told are told when the connection is back") {
  Driver d;
  open_answered(d, {stored_reply(2, "one")}, following(1, 1));
  d.go_offline();
  d.act(SeenInThread{kThread, {}});
  d.wait(5s);
  CHECK(d.count<Call<ThreadMarkRead>>() == 0);
  d.come_online().wait(0s);
  CHECK(d.take<Call<ThreadMarkRead>>().params.seq == Seq{2});
}

TEST_CASE("Offline a thread comes from the cache, and says that more may be on the server") {
  Driver d;
  d.start().on(posted(1, "Who brings the cake?"));
  d.go_offline();
  d.act(OpenThread{kThread});
  CHECK(d.take<LoadThread>().thread == kThread);
  d.on(ThreadLoaded{kThread, {message(1, "Who brings the cake?"), stored_reply(2, "I")}});
  CHECK(in_thread(d) == Texts{"Who brings the cake?", "I"});
  CHECK_FALSE(d.props().thread.note.empty());
  d.come_online();
  CHECK(d.props().thread.note.empty());
  CHECK(d.take<Call<MessageThread>>().params.root == kThread.root);
}

TEST_CASE("A long thread is loaded page by page; what a lost connection left out comes back") {
  Driver d;
  std::vector<protocol::Message> newest;
  for (int seq = 200; seq < 300; ++seq) newest.push_back(stored_reply(seq, std::to_string(seq)));
  d.start(300, 300);
  d.act(OpenThread{kThread});
  MessageThread::Result page;
  page.root = message(1, "Who brings the cake?");
  page.messages = newest;
  page.more.before = true;
  d.answer<MessageThread>(page);
  CHECK(in_thread(d).size() == 101);
  CHECK(d.props().thread.timeline.has_older);
  d.act(OlderInThread{kThread});
  const auto older = d.take<Call<MessageThread>>();
  CHECK(older.params.before == Seq{200});
  MessageThread::Result rest;
  rest.root = page.root;
  rest.messages = {stored_reply(50, "50")};
  d.on(Answer<MessageThread>{older.params, rest});
  CHECK(in_thread(d).size() == 102);
  CHECK_FALSE(d.props().thread.timeline.has_older);
  d.effects.clear();
  // So much was missed that the newest page doesn't reach back to what is known.
  d.go_offline().come_online();
  page.messages = {stored_reply(900, "900"), stored_reply(901, "901")};
  d.answer<MessageThread>(page);
  CHECK(in_thread(d) == Texts{"Who brings the cake?", "900", "901"});
  CHECK(d.props().thread.timeline.has_older);
  d.act(OlderInThread{kThread});
  CHECK(d.take<Call<MessageThread>>().params.before == Seq{900});
}
