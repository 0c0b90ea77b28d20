#include <catch2/catch.hpp>

#include "client/model/notifications.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

protocol::MessagePosted at(TimePoint when, std::int64_t seq, UserId author, std::string text = "x") {
  auto event = posted(seq, std::move(text), author);
  event.at = when;
  return event;
}

// One letter a row: beginning, day, replies, unread line, notice, message, grouped message.
std::string shape(Driver& d) {
  std::string text;
  for (const auto& row : d.props().timeline.rows) switch (row.kind) {
      case TimelineRow::Kind::beginning:
        text += 'B';
        break;
      case TimelineRow::Kind::day:
        text += 'D';
        break;
      case TimelineRow::Kind::replies:
        text += 'R';
        break;
      case TimelineRow::Kind::unread_line:
        text += 'U';
        break;
      case TimelineRow::Kind::notice:
        text += 'N';
        break;
      case TimelineRow::Kind::message:
        text += row.grouped ? 'g' : 'M';
        break;
    }
  return text;
}

}  // namespace

TEST_CASE(
    "Messages of one author within five minutes are grouped; a day, a notice or another author ends it") {
  Driver d;
  d.start();
  const auto t = d.state.now;
  d.on(at(t, 1, kAmara)).on(at(t + 4min, 2, kAmara)).on(at(t + 8min, 3, kAmara)).on(at(t + 13min, 4, kAmara));
  CHECK(shape(d) == "BDMggM");
  d.on(at(t + 13min, 5, UserId{3})).on(at(t + 13min, 6, kAmara));
  CHECK(shape(d) == "BDMggMMM");
  d.on(protocol::RoomUpdated{kRoom, Seq{7}, t + 14min, kAmara, "release-7", "Topic"})
      .on(at(t + 14min, 8, kAmara));
  CHECK(shape(d) == "BDMggMMMNM");
  d.on(at(t + 24h, 9, kAmara));
  CHECK(shape(d) == "BDMggMMMNMDM");
}

TEST_CASE("Times and days are those of the person's time zone, as it was on that day") {
  Driver d;
  d.state.zone.spans = {{from_unix_ms(0), 60min},
                        {from_unix_ms(1'774'746'000'000), 120min},
                        {from_unix_ms(1'792'890'000'000), 60min}};
  d.start();
  d.on(at(from_unix_ms(1'784'502'000'000), 1, kAmara));  // 19 July 2026, 23:00 UTC
  d.on(at(from_unix_ms(1'795'160'000'000), 2, kAmara));  // 20 November 2026, 07:33:20 UTC
  const auto& rows = d.props().timeline.rows;
  CHECK(rows.at(1).text == "Monday, 20 July");
  CHECK(rows.at(2).time == "01:00");
  CHECK(rows.at(2).full_time == "Monday, 20 July 2026, 01:00:00 (UTC+2)");
  CHECK(rows.at(3).text == "Friday, 20 November");
  CHECK(rows.at(4).time == "08:33");
}

TEST_CASE("A message costs its own row: those above aren't made again, and nothing new makes nothing") {
  Driver d;
  d.start();
  for (int i = 1; i <= 50; ++i) d.on(posted(i, "m" + std::to_string(i), UserId{2 + i % 2}));
  d.props();
  const auto* first_text = d.props().timeline.rows[2].text.data();
  const auto revision = d.props().timeline.revision;
  d.on(Tick{d.state.now + 1s});
  CHECK(d.props().timeline.revision == revision);
  d.on(posted(51, "new one"));
  CHECK(d.props().timeline.revision > revision);
  CHECK(d.props().timeline.rows[2].text.data() == first_text);
  CHECK(d.shown().back() == "new one");
}

TEST_CASE("The kept rows are always those that would be made from nothing") {
  Driver d;
  d.start(100, 100);
  const auto check = [&d] {
    WindowSelector fresh;
    const auto& kept = d.props().timeline.rows;
    const auto& made = fresh.select(d.state).timeline.rows;
    REQUIRE(kept.size() == made.size());
    for (std::size_t i = 0; i < kept.size(); ++i) {
      CHECK(kept[i].key == made[i].key);
      CHECK(kept[i].version == made[i].version);
      CHECK(kept[i].text == made[i].text);
      CHECK(kept[i].grouped == made[i].grouped);
    }
  };
  d.on(WindowFocused{false});
  for (int i = 101; i < 120; ++i) {
    d.on(posted(i, "m", UserId{2 + i % 3 / 2}));
    check();
  }
  d.act(SendMessage{kRoom, "mine"});
  check();
  const auto saved = d.take<SaveOutbox>();
  d.on(OutboxSaved{saved.row.client_id, ok()});
  d.on(posted(120, "mine", kMe, saved.row.client_id));
  check();
  d.act(LoadOlder{kRoom});
  protocol::MessageHistory::Result page;
  for (int i = 90; i <= 100; ++i) page.messages.push_back(message(i, "old"));
  page.more.before = true;
  d.answer<protocol::MessageHistory>(page);
  check();
  d.act(MarkRead{kRoom});
  check();
  d.on(protocol::RoomUpdated{kRoom, Seq{121}, d.state.now, kAmara, "release-8", ""});
  check();
}

TEST_CASE("Mentions are words of their own, not parts of words, addresses or code") {
  State state;
  state.me = protocol::User{UserId{1}, "lena", "Lena", protocol::Role::member};
  const auto named = [&](std::string_view written) { return mentions(state, written); };
  CHECK(named("@lena look"));
  CHECK(named("look, @Lena!"));
  CHECK(named("(@lena)."));
  CHECK(named("@room lunch"));
  CHECK_FALSE(named("lena"));
  CHECK_FALSE(named("@lenas"));
  CHECK(named("ask @lena."));
  CHECK(named("_@lena_"));
  CHECK(named("@lena.Thanks"));
  CHECK_FALSE(named("mail me@lena"));
  CHECK_FALSE(named("`@lena`"));
  CHECK(named("a ` alone, @lena"));
  // Whose name is the longer one is meant; where nobody's is, she is.
  CHECK(named("@lena.k"));
  state.people[UserId{9}].user = {UserId{9}, "lena.k", "Lena K", protocol::Role::member};
  CHECK_FALSE(named("@lena.k"));
}

TEST_CASE("Mentions and direct messages are notified when the person isn't looking, and never otherwise") {
  Driver d;
  d.start();
  d.on(posted(1, "nothing special", kAmara, {}, kOther));
  CHECK(d.count<Notify>() == 0);
  d.on(posted(2, "@lena look", kAmara, {}, kOther));
  CHECK(d.take<Notify>().title == "Amara Osei in #general");
  d.on(posted(1, "@lena here", kAmara));
  CHECK(d.count<Notify>() == 0);
  d.on(WindowFocused{false}).on(posted(2, "@lena here", kAmara));
  CHECK(d.count<Notify>() == 1);
  d.effects.clear();
  d.act(SetDoNotDisturb{true}).on(posted(3, "@lena here", kAmara));
  CHECK(d.count<Notify>() == 0);
}

TEST_CASE("A deleted message leaves its place, without its text") {
  Driver d;
  d.start();
  d.on(posted(1, "regretted"));
  d.go_offline();
  auto deleted = message(1, "");
  deleted.deleted = true;
  deleted.changed = Seq{2};
  protocol::SessionResume::Result resumed;
  resumed.rooms.push_back({kRoom, Seq{2}, {deleted}, {}});
  d.come_online(resumed);
  CHECK(d.shown() == std::vector<std::string>{"This message was deleted."});
  CHECK(d.props().timeline.rows.back().deleted);
}

TEST_CASE("Commands act, unknown ones stay in the composer, paths are text") {
  Driver d;
  d.start();
  d.act(SendMessage{kRoom, "/topic Freeze on Friday"});
  CHECK(d.take<Call<protocol::RoomUpdate>>().params.topic == "Freeze on Friday");
  d.act(SendMessage{kRoom, "/away lunch"});
  CHECK(d.take<Call<protocol::PresenceSet>>().params.text == "lunch");
  d.act(SendMessage{kRoom, "/frobnicate"});
  CHECK(d.props().composer.draft == "/frobnicate");
  CHECK(d.props().toasts.size() == 1);
  CHECK(d.state.outbox.empty());
  d.act(SendMessage{kRoom, "/etc/hosts is empty"}).act(SendMessage{kRoom, "/me waves"});
  CHECK(d.state.outbox.size() == 2);
  CHECK(d.props().timeline.rows.back().action);
  CHECK(d.props().timeline.rows.back().text == "waves");
  d.act(SendMessage{kRoom, std::string(17 * 1024, 'x')});
  CHECK(d.state.outbox.size() == 2);
}

TEST_CASE("The banner says that one is offline and stays through the attempts to get back") {
  Driver d;
  d.start();
  CHECK(d.props().banner.text.empty());
  d.go_offline();
  const auto text = d.props().banner.text;
  CHECK_FALSE(text.empty());
  d.on(LinkChanged{LinkChanged::State::connecting, {}, false, {}});
  CHECK(d.props().banner.text == text);
  d.come_online();
  CHECK(d.props().banner.text.empty());
}

TEST_CASE("recent emoji stand once, the last one first, and are kept; so is the skin tone") {
  Driver d;
  d.start();
  for (int i = 0; i < 30; ++i) d.act(UseEmoji{std::to_string(i)});
  d.act(UseEmoji{"20"});
  CHECK(d.props().composer.emoji.recent.size() == 16);
  CHECK(d.props().composer.emoji.recent[0] == "20");
  CHECK(d.props().composer.emoji.recent[1] == "29");
  CHECK(std::ranges::count(d.props().timeline.emoji.recent, "20") == 1);
  d.act(SetSkinTone{SkinTone::dark});
  CHECK(d.props().timeline.emoji.tone == SkinTone::dark);
  REQUIRE_FALSE(d.all<SaveSettings>().empty());
  CHECK(d.all<SaveSettings>().back().settings.emoji.recent[0] == "20");
  CHECK(d.all<SaveSettings>().back().settings.emoji.tone == SkinTone::dark);
}

TEST_CASE("a section that was collapsed stays so, until it is opened again") {
  Driver d;
  d.start();
  const auto collapsed = [&] {
    std::size_t count = 0;
    for (const auto& section : d.props().side_bar.sections)
      count += section.kind == SideBarSection::Kind::rooms && section.collapsed ? 1 : 0;
    return count;
  };
  CHECK(collapsed() == 0);
  d.act(ToggleSection{SideBarSection::Kind::rooms});
  CHECK(collapsed() == 1);
  CHECK(d.all<SaveSettings>().back().settings.collapsed.size() == 1);
  d.act(ToggleSection{SideBarSection::Kind::rooms});
  CHECK(collapsed() == 0);
}
