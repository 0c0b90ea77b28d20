#include "tests/unit/client/thread_driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;
using protocol::DraftSet;

namespace {

protocol::Draft in_thread(std::string text, std::int64_t root = 1) {
  protocol::Draft draft;
  draft.room = kRoom;
  draft.thread = Seq{root};
  draft.text = std::move(text);
  return draft;
}

void write_elsewhere(Driver& d, std::string text) {
  d.on(protocol::DraftChanged{in_thread(std::move(text)), "another device"});
}

std::string shown_draft(Driver& d) {
  return d.props().thread.composer.draft;
}

}  // namespace

TEST_CASE("What is begun in a thread is told to the other devices, apart from the room's draft") {
  Driver d;
  open_answered(d);
  d.act(DraftInThread{kThread, "half"}).act(ChangeDraft{kRoom, "of the room"});
  d.wait(1s);
  CHECK(d.count<Call<DraftSet>>() == 0);
  d.act(CloseThread{});
  const auto params = d.take<Call<DraftSet>>().params;
  CHECK(params.thread == kThread.root);
  CHECK(params.text == "half");
  d.wait(3s);
  const auto room = d.take<Call<DraftSet>>().params;
  CHECK_FALSE(room.thread);
  CHECK(room.text == "of the room");
}

TEST_CASE("A thread's draft of another device comes into its composer, on the disk and under its root") {
  Driver d;
  open_answered(d, {stored_reply(2, "first")});
  d.on(reply(2, "first")).on(changed(1, 2));
  write_elsewhere(d, "begun at home");
  CHECK(shown_draft(d) == "begun at home");
  CHECK(d.take<SaveThreadDraft>().text == "begun at home");
  CHECK(d.props().composer.draft.empty());
  d.act(CloseThread{});
  CHECK(root_row(d).thread.has_draft);
  write_elsewhere(d, "");
  CHECK_FALSE(root_row(d).thread.has_draft);
}

TEST_CASE("Where two devices wrote at a thread's draft both texts stay; what was sent doesn't come back") {
  Driver d;
  open_answered(d);
  d.act(DraftInThread{kThread, "mine"});
  write_elsewhere(d, "theirs");
  CHECK(shown_draft(d) == "mine\ntheirs");
  d.wait(3s);
  REQUIRE(d.count<Call<DraftSet>>() == 1);
  CHECK(d.all<Call<DraftSet>>()[0].params.text == "mine\ntheirs");
  d.answer<DraftSet>(DraftSet::Result{});
  d.go_offline();
  d.act(SendInThread{kThread, "mine\ntheirs"});
  d.come_online();
  d.answer<protocol::RoomList>(d.listed);
  d.answer<protocol::DraftList>(protocol::DraftList::Result{{in_thread("mine\ntheirs")}});
  CHECK(shown_draft(d).empty());
  d.wait(3s);
  const auto told = d.take<Call<DraftSet>>().params;
  CHECK(told.thread == kThread.root);
  CHECK(told.text.empty());
}

TEST_CASE("A reply that is being edited is no draft, and a draft of another device waits behind it") {
  Driver d;
  open_answered(d, {stored_reply(2, "mine", kMe)});
  d.act(EditInThread{kThread, Seq{2}});
  d.act(DraftInThread{kThread, "mine, edited"});
  d.wait(3s);
  CHECK(d.count<Call<DraftSet>>() == 0);
  write_elsewhere(d, "begun at home");
  CHECK(shown_draft(d) == "mine, edited");
  d.act(CancelEditInThread{kThread});
  CHECK(shown_draft(d) == "begun at home");
}
