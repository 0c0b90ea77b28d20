#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

const TimelineRow& newest_row(Driver& d) {
  return d.props().timeline.rows.back();
}

protocol::MessageDeleted deleted(std::int64_t seq, std::int64_t message, UserId by, std::string reason) {
  return {kRoom, Seq{seq}, from_unix_ms(1'795'160'000'000), Seq{message}, by, std::move(reason)};
}

protocol::MessageReacted reacted(std::int64_t seq, std::int64_t message, UserId user, std::string emoji,
                                 bool on = true) {
  return {kRoom, Seq{seq}, from_unix_ms(1'795'160'000'000), Seq{message}, user, std::move(emoji), on};
}

}  // namespace

TEST_CASE("An edited, pinned, answered message shows it, and what quotes it follows") {
  Driver d;
  d.start();
  d.on(posted(1, "first")).on(posted(2, "second"));
  auto answer = posted(3, "answer");
  answer.reply_to = Seq{2};
  d.on(answer);
  d.props();
  d.on(protocol::MessageEdited{kRoom, Seq{4}, d.state.now, Seq{2}, kAmara, "second, better"});
  d.on(reacted(5, 2, kMe, "👍")).on(reacted(6, 2, kAmara, "👍"));
  d.on(protocol::MessagePinned{kRoom, Seq{7}, d.state.now, Seq{2}, kAmara, true});
  CHECK(d.shown() == std::vector<std::string>{"first", "second, better", "answer"});
  CHECK(newest_row(d).reply.excerpt == "second, better");
  const auto& row = *std::prev(d.props().timeline.rows.end(), 2);
  CHECK(row.edited);
  CHECK(row.pinned);
  REQUIRE(row.reactions.size() == 1);
  CHECK(row.reactions[0].count == 2);
  CHECK(row.reactions[0].mine);
  CHECK(row.reactions[0].names == "Amara Osei and you");
  CHECK(d.room().coverage.to == Seq{7});
  CHECK(d.count<ChangeMessage>() == 4);
  d.on(reacted(8, 2, kMe, "👍", false)).on(reacted(9, 2, kAmara, "👍", false));
  CHECK(std::prev(d.props().timeline.rows.end(), 2)->reactions.empty());
}

TEST_CASE("A tombstone says who deleted it and why; who may, brings it back") {
  Driver d;
  d.start();
  d.on(posted(1, "mine", kMe)).on(posted(2, "hers"));
  d.on(deleted(3, 2, UserId{5}, "wrong room"));
  d.on(Answer<protocol::UserGet>{{{UserId{5}}}, protocol::UserGet::Result{{user(UserId{5}, "tom", "Tom")}}});
  CHECK(newest_row(d).text == "Deleted by Tom: wrong room");
  CHECK_FALSE(newest_row(d).restorable);
  d.on(deleted(4, 1, kMe, ""));
  const auto& own = *std::prev(d.props().timeline.rows.end(), 2);
  CHECK(own.text == "This message was deleted.");
  CHECK(own.restorable);
  d.room().info.role = protocol::RoomRole::moderator;
  d.room().timeline.touch_all();
  CHECK(newest_row(d).restorable);
  auto whole = message(2, "hers");
  whole.changed = Seq{5};
  d.on(protocol::MessageRestored{kRoom, Seq{5}, d.state.now, whole, UserId{5}});
  CHECK(newest_row(d).text == "hers");
}

TEST_CASE("Unread counters know nothing of changes") {
  Driver d;
  d.start();
  d.act(OpenRoom{kOther});
  d.on(posted(1, "one"));
  d.on(protocol::MessageEdited{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, "two"})
      .on(reacted(3, 1, kAmara, "👍"));
  CHECK(unread_of(d.room()) == 1);
}

TEST_CASE("A page of history that is older than a change doesn't undo it") {
  Driver d;
  d.start(200, 200);
  d.act(LoadOlder{kRoom});
  d.on(protocol::MessageEdited{kRoom, Seq{201}, d.state.now, Seq{150}, kAmara, "after"});
  protocol::MessageHistory::Result page;
  for (std::int64_t seq = 120; seq <= 200; ++seq) page.messages.push_back(message(seq, "before"));
  page.more.before = true;
  page.seq = Seq{200};
  d.answer<protocol::MessageHistory>(page);
  const auto shown = d.shown();
  REQUIRE(shown.size() == 81);
  CHECK(shown[30] == "after");
  CHECK(shown[31] == "before");
}

TEST_CASE("Up takes the last own message into the composer; what was being written comes back") {
  Driver d;
  d.start();
  d.on(posted(1, "tpyo", kMe)).on(posted(2, "hers"));
  d.act(ChangeDraft{kRoom, "half a thought"});
  d.act(EditLast{kRoom});
  CHECK(d.props().composer.editing);
  CHECK(d.props().composer.draft == "tpyo");
  SECTION("sent") {
    d.act(SendMessage{kRoom, "typo"});
    const auto call = d.take<Call<protocol::MessageEdit>>();
    CHECK(call.params.seq == Seq{1});
    CHECK(call.params.text == "typo");
    CHECK_FALSE(d.props().composer.editing);
    CHECK(d.props().composer.draft == "half a thought");
    CHECK(d.count<SaveOutbox>() == 0);
    d.on(Answer<protocol::MessageEdit>{call.params, forbidden("room_locked", "The room is locked.")});
    CHECK(d.props().composer.editing);
    CHECK(d.props().composer.draft == "typo");
    CHECK(d.props().toasts.back().text == "The room is locked.");
  }
  SECTION("left") {
    d.act(CancelEdit{kRoom});
    CHECK(d.props().composer.draft == "half a thought");
    CHECK(d.count<Call<protocol::MessageEdit>>() == 0);
  }
  SECTION("deleted meanwhile by a moderator") {
    d.on(deleted(3, 1, kAmara, "no"));
    CHECK_FALSE(d.props().composer.editing);
    CHECK(d.props().composer.draft == "half a thought");
  }
  SECTION("offline nothing is lost") {
    d.go_offline();
    d.act(SendMessage{kRoom, "typo"});
    CHECK(d.props().composer.editing);
    CHECK(d.props().composer.draft == "typo");
  }
}

TEST_CASE("Earlier texts are asked for and shown") {
  Driver d;
  d.start();
  d.on(posted(1, "hello", kMe));
  d.act(ShowVersions{kRoom, Seq{1}});
  CHECK(d.props().dialog == Dialog::versions);
  CHECK(d.props().versions.loading);
  protocol::MessageVersions::Result result;
  result.versions = {{1, protocol::MessageVersion::Act::posted, d.state.now, kMe, "helo", ""},
                     {2, protocol::MessageVersion::Act::edited, d.state.now, kMe, "hello", ""}};
  d.answer<protocol::MessageVersions>(result);
  REQUIRE(d.props().versions.rows.size() == 2);
  CHECK(d.props().versions.rows[0].act == "Posted");
  CHECK(d.props().versions.rows[0].text == "helo");
}

TEST_CASE("Pins are asked for when they are shown, and again when one changes") {
  Driver d;
  d.start();
  d.on(posted(1, "keep this"));
  d.on(protocol::MessagePinned{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, true});
  CHECK(d.count<Call<protocol::MessagePins>>() == 0);
  d.act(TogglePins{});
  CHECK(d.props().header.pins_shown);
  CHECK_FALSE(d.props().header.members_shown);
  d.answer<protocol::MessagePins>(protocol::MessagePins::Result{{message(1, "keep this")}, {}});
  REQUIRE(d.props().pins.rows.size() == 1);
  CHECK(d.props().pins.rows[0].author == "Amara Osei");
  CHECK(d.props().header.pin_count == "1");
  d.on(protocol::MessagePinned{kRoom, Seq{3}, d.state.now, Seq{1}, kAmara, false});
  d.answer<protocol::MessagePins>(protocol::MessagePins::Result{});
  CHECK(d.props().pins.rows.empty());
  d.act(ToggleMembers{});
  CHECK(d.props().header.members_shown);
}

TEST_CASE("the scale steps within its limits, and back to 100 %") {
  Driver d;
  d.start();
  for (int i = 0; i < 20; ++i) d.act(StepScale{1});
  CHECK(d.state.settings.scale_percent == 300);
  for (int i = 0; i < 20; ++i) d.act(StepScale{-1});
  CHECK(d.state.settings.scale_percent == 75);
  d.act(StepScale{0});
  CHECK(d.state.settings.scale_percent == 100);
}

TEST_CASE("a link with other words asks first where it leads; one that shows its address opens") {
  Driver d;
  d.start();
  d.act(OpenLink{"https://elsewhere.example/x", true});
  CHECK(d.props().dialog == Dialog::link);
  CHECK(d.props().link_target == "https://elsewhere.example/x");
  CHECK(d.count<OpenUrl>() == 0);
  d.act(OpenLink{"https://elsewhere.example/x"});
  CHECK(d.props().dialog == Dialog::none);
  CHECK(d.take<OpenUrl>().url == "https://elsewhere.example/x");
}
