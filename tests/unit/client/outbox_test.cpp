#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::MessagePost;
using Texts = std::vector<std::string>;
using namespace std::chrono_literals;

TEST_CASE("A message is on this PC's disk before it is sent") {
  Driver d;
  d.start().act(SendMessage{kRoom, "hello"});
  CHECK(d.count<Call<MessagePost>>() == 0);
  CHECK(d.shown() == Texts{"hello…"});
  const auto saved = d.take<SaveOutbox>();
  d.wait(10s);
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.on(OutboxSaved{saved.row.client_id, ok()});
  CHECK(d.take<Call<MessagePost>>().params.client_id == saved.row.client_id);
}

TEST_CASE("What the disk refused isn't sent and says so") {
  Driver d;
  d.start().act(SendMessage{kRoom, "hello"});
  d.on(OutboxSaved{d.take<SaveOutbox>().row.client_id, unavailable("the disk is full")});
  CHECK(d.count<Call<MessagePost>>() == 0);
  CHECK(d.shown() == Texts{"hello!"});
  CHECK(d.props().timeline.rows.back().failure.find("the disk is full") != std::string::npos);
}

TEST_CASE("The pending row becomes the stored one, whichever of answer and event comes first") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  d.shown();
  const auto key = d.props().timeline.rows.back().key;
  const Answer<MessagePost> answer{call.params, MessagePost::Result{Seq{1}, d.state.now}};
  const Event event = posted(1, "hello", kMe, call.params.client_id);
  SECTION("answer, event") {
    d.on(answer).on(event);
  }
  SECTION("event, answer") {
    d.on(event).on(answer);
  }
  SECTION("answer alone") {
    d.on(answer);
  }
  SECTION("event alone") {
    d.on(event);
  }
  SECTION("each twice") {
    d.on(event).on(answer).on(event).on(answer);
  }
  CHECK(d.shown() == Texts{"hello"});
  CHECK(d.props().timeline.rows.back().key == key);
  CHECK(d.state.outbox.empty());
  // In the cache the message takes the outbox row's place in one step.
  const auto stored = d.take<StoreMessages>();
  CHECK(stored.sent == Texts{call.params.client_id});
  CHECK(stored.coverage.to == Seq{1});
  CHECK(d.room().info.count == 1);
  CHECK(unread_of(d.room()) == 0);
}

TEST_CASE("Messages of one room are sent one after the other, in the order written") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "one"}).act(SendMessage{kRoom, "two"});
  const auto one = d.take<SaveOutbox>(), two = d.take<SaveOutbox>();
  // Even if the second were on disk first.
  d.on(OutboxSaved{two.row.client_id, ok()});
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.on(OutboxSaved{one.row.client_id, ok()});
  const auto call = d.take<Call<MessagePost>>();
  CHECK(call.params.text == "one");
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.on(Answer<MessagePost>{call.params, MessagePost::Result{Seq{1}, d.state.now}});
  CHECK(d.take<Call<MessagePost>>().params.text == "two");
}

TEST_CASE("Rate-limited: sent again when the server said") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  Error limited = make_error(ErrorCode::rate_limited, "Slowly.");
  limited.retry_after = 700ms;
  d.on(Answer<MessagePost>{call.params, limited});
  CHECK(d.shown() == Texts{"hello…"});
  d.wait(0ms);
  CHECK(next_tick(d.state) == d.state.now + 700ms);
  d.wait(699ms);
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.wait(1ms);
  CHECK(d.take<Call<MessagePost>>().params.client_id == call.params.client_id);
}

TEST_CASE("A refused message is shown with its reason, kept, and goes on only when the person says so") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  d.on(Answer<MessagePost>{call.params, forbidden("room_locked", "The room is locked.")});
  CHECK(d.shown() == Texts{"hello!"});
  CHECK(d.take<SaveOutbox>().row.failure == "The room is locked.");
  d.wait(60s);
  CHECK(d.count<Call<MessagePost>>() == 0);
  SECTION("it doesn't hold up the next one") {
    CHECK(d.say("next").params.text == "next");
  }
  SECTION("discard") {
    d.act(DiscardMessage{kRoom, call.params.client_id});
    CHECK(d.shown().empty());
    CHECK(d.take<EraseOutbox>().client_id == call.params.client_id);
  }
  SECTION("edit: it goes back before what is being written, and nothing of either is lost") {
    d.act(ChangeDraft{kRoom, "half a thought"});
    d.act(RewriteMessage{kRoom, call.params.client_id});
    CHECK(d.shown().empty());
    CHECK(d.take<EraseOutbox>().client_id == call.params.client_id);
    CHECK(d.state.find_room(kRoom)->draft == "hello\nhalf a thought");
    CHECK(d.all<SaveDraft>().back().text == "hello\nhalf a thought");
  }
  SECTION("retry, under a fresh id") {
    d.act(RetryMessage{kRoom, call.params.client_id});
    const auto saved = d.take<SaveOutbox>();
    CHECK(saved.row.client_id != call.params.client_id);
    CHECK(saved.row.failure.empty());
    CHECK(saved.replaces == call.params.client_id);
    CHECK(d.count<EraseOutbox>() == 0);
    d.on(OutboxSaved{saved.row.client_id, ok()});
    CHECK(d.take<Call<MessagePost>>().params.text == "hello");
  }
  SECTION("retry on a full disk: it is still the message that the disk has") {
    d.act(RetryMessage{kRoom, call.params.client_id});
    d.on(OutboxSaved{d.take<SaveOutbox>().row.client_id, unavailable("The disk is full.")});
    CHECK(d.shown() == Texts{"hello!"});
    CHECK(d.count<EraseOutbox>() == 0);
    SECTION("and is tried again in its place") {
      d.act(RetryMessage{kRoom, call.params.client_id});
      CHECK(d.take<SaveOutbox>().replaces == call.params.client_id);
    }
    SECTION("and is thrown away under the id that it has there") {
      d.act(DiscardMessage{kRoom, call.params.client_id});
      CHECK(d.take<EraseOutbox>().client_id == call.params.client_id);
    }
  }
}

TEST_CASE("What the connection cut off is sent again under the same id") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  d.effects.push_back(call.made);
  d.go_offline();
  CHECK(d.shown() == Texts{"hello…"});
  d.act(SendMessage{kRoom, "written offline"});
  d.on(OutboxSaved{d.take<SaveOutbox>().row.client_id, ok()});
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.come_online();
  CHECK(d.take<Call<MessagePost>>().params.client_id == call.params.client_id);
  CHECK(d.count<Call<MessagePost>>() == 0);
}

TEST_CASE("What the server had stored before the connection went isn't sent again") {
  Driver d;
  d.start();
  const auto call = d.say("hello");
  d.effects.push_back(call.made);
  d.go_offline();
  protocol::SessionResume::Result resumed;
  auto stored = message(1, "hello", kMe);
  stored.client_id = call.params.client_id;
  resumed.rooms.push_back({kRoom, Seq{1}, {stored}, {}});
  d.come_online(resumed);
  CHECK(d.shown() == Texts{"hello"});
  CHECK(d.count<Call<MessagePost>>() == 0);
}

TEST_CASE("The outbox of an earlier run is shown at once and sent when online") {
  Driver d;
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena")};
  profile.cached.rooms = {{a_room(kRoom, "release-7", 5, 5), {Seq{6}, Seq{5}}, ""}};
  profile.cached.outbox = {{"a", kRoom, "first", {}, d.state.now, ""},
                           {"b", kRoom, "refused", {}, d.state.now, "The room is locked."},
                           {"c", kRoom, "second", {}, d.state.now, ""}};
  d.on(profile);
  CHECK(d.shown() == Texts{"first…", "refused!", "second…"});
  CHECK(d.count<Call<MessagePost>>() == 0);
  d.come_online();
  CHECK(d.take<Call<MessagePost>>().params.client_id == "a");
}
