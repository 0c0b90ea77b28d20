#include <catch2/catch.hpp>

#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

TimelineRow plain_row(std::uint64_t key, TimelineRow::Kind kind, std::string text) {
  TimelineRow row;
  row.key = key;
  row.kind = kind;
  row.text = std::move(text);
  return row;
}

// Sixty messages of two days, the last forty of them unread.
WindowProps with_unread() {
  WindowProps p = sample::main_window();
  auto& rows = p.timeline.rows;
  rows.clear();
  rows.push_back(plain_row(1'000, TimelineRow::Kind::day, "Wednesday, 18 November"));
  for (std::uint64_t i = 1; i <= 60; ++i) {
    if (i == 11) rows.push_back(plain_row(1'001, TimelineRow::Kind::day, "Thursday, 19 November"));
    if (i == 21) rows.push_back(plain_row(1'002, TimelineRow::Kind::unread_line, ""));
    rows.push_back(sample::message(i, "Amara Osei", "16:42", "Message " + std::to_string(i) + "."));
    rows.back().full_time = "Thursday, 19 November 2026, 16:42:07 (UTC+1)";
  }
  p.timeline.unread = 40;
  return p;
}

bool in_sight(const Client& c, std::string_view text) {
  for (const ui::Item& item : c.ui.recorder().items())
    if (item.label == text && item.visible) return true;
  return false;
}

std::string label(const Client& c, std::string_view id) {
  const ui::Item* found = c.ui.recorder().find(id);
  return found ? found->label : "";
}

}  // namespace

TEST_CASE("a room opens at the first unread message, and only what is on the screen is seen") {
  Client c{with_unread()};
  c.ui.frames();
  CHECK(in_sight(c, "Message 21."));
  CHECK(in_sight(c, "Message 20."));
  CHECK_FALSE(in_sight(c, "Message 60."));
  CHECK(label(c, "timeline.newest") == "40 new · Jump to the end");
  const Seq first = c.state.timeline.seen;
  CHECK(first > Seq{20});
  CHECK(first < Seq{50});
  REQUIRE(c.ui.hover("timeline.message:25"));
  c.ui.scroll(-3);
  REQUIRE(c.last<SeenUpTo>());
  CHECK(c.last<SeenUpTo>()->seq > first);
  CHECK(c.last<SeenUpTo>()->seq < Seq{60});
  CHECK(c.count<SeenNewest>() == 0);
  REQUIRE(c.ui.click("timeline.newest"));
  c.ui.frames();
  CHECK(in_sight(c, "Message 60."));
  CHECK(c.count<SeenNewest>() == 1);
}

TEST_CASE(
    "while the first unread message is being looked for nothing is seen, and then it is brought into sight") {
  WindowProps p = with_unread();
  const auto rows = p.timeline.rows;
  p.timeline.rows.erase(p.timeline.rows.begin(), p.timeline.rows.begin() + 40);
  p.timeline.finding_unread = true;
  Client c{p};
  c.ui.frames();
  CHECK_FALSE(c.state.timeline.seen.is_set());
  CHECK(c.state.timeline.seen_revision == 0);
  c.props.timeline.rows = rows;
  ++c.props.timeline.revision;
  c.props.timeline.finding_unread = false;
  c.ui.frames();
  CHECK(in_sight(c, "Message 21."));
  CHECK(c.count<SeenNewest>() == 0);
}

TEST_CASE("what comes in while the person is elsewhere stays in sight from its first message on, unread") {
  WindowProps p = with_unread();
  std::erase_if(p.timeline.rows,
                [](const TimelineRow& row) { return row.seq > Seq{20} || row.key == 1'002; });
  p.timeline.unread = 0;
  views::WindowViewState state;
  Actions actions;
  bool focused = true;
  ui::HeadlessUi screen([&](ui::FrameContext& f) {
    f.window_focused = focused;
    views::draw_window(p, state, f, actions);
  });
  screen.frames();
  REQUIRE(state.timeline.at_newest);
  focused = false;
  actions.clear();
  p.timeline.rows = with_unread().timeline.rows;
  p.timeline.unread = 40;
  ++p.timeline.revision;
  screen.frames();
  CHECK(screen.recorder().shows("Message 21."));
  CHECK_FALSE(state.timeline.at_newest);
  CHECK(actions.empty());
  focused = true;
  screen.frames();
  REQUIRE_FALSE(actions.empty());
  for (const Action& action : actions) CHECK_FALSE(std::holds_alternative<SeenNewest>(action));
}

TEST_CASE("whoever reads on while the window is in the background isn't led back to where they began") {
  WindowProps p = with_unread();
  views::WindowViewState state;
  Actions actions;
  bool focused = true;
  ui::HeadlessUi screen([&](ui::FrameContext& f) {
    f.window_focused = focused;
    views::draw_window(p, state, f, actions);
  });
  screen.frames();
  REQUIRE(screen.click("timeline.newest"));
  p.timeline.unread = 0;
  focused = false;
  screen.frames();
  CHECK(state.timeline.at_newest);
}

TEST_CASE("a room that is opened for one of its messages shows that one, not the first unread") {
  WindowProps p = with_unread();
  p.timeline.jump_to = Seq{3};
  p.timeline.jump_serial = 5;
  Client c{p};
  c.ui.frames();
  CHECK(in_sight(c, "Message 3."));
  CHECK_FALSE(in_sight(c, "Message 21."));
}

TEST_CASE("a message is marked unread from its menu") {
  Client c;
  REQUIRE(c.ui.right_click("timeline.message:2"));
  c.ui.frames();
  REQUIRE(c.ui.click("message.unread"));
  REQUIRE(c.last<MarkUnread>());
  CHECK(c.last<MarkUnread>()->seq == Seq{3});
  CHECK(c.last<MarkUnread>()->room == RoomId{3});
}

TEST_CASE(
    "Home and End go through the room while nothing is being written, and move the cursor while something "
    "is") {
  Client c{with_unread()};
  c.ui.frames();
  c.ui.key(Key::home);
  CHECK(in_sight(c, "Message 1."));
  c.ui.key(Key::end);
  CHECK(in_sight(c, "Message 60."));
  c.ui.key(Key::home, {.ctrl = true});
  CHECK(in_sight(c, "Message 1."));
  c.ui.type("b");
  c.ui.key(Key::end);
  CHECK(in_sight(c, "Message 1."));
  c.ui.key(Key::home);
  c.ui.type("a");
  CHECK(c.ui.recorder().find("composer.text")->state == "ab");
}

TEST_CASE("the day stands at the upper edge while its line is above it") {
  Client c{with_unread()};
  c.ui.frames();
  CHECK(label(c, "timeline.day") == "Thursday, 19 November");
  c.ui.key(Key::home);
  CHECK(label(c, "timeline.day").empty());
  REQUIRE(c.ui.hover("timeline.message:2"));
  c.ui.scroll(-3);
  CHECK(label(c, "timeline.day") == "Wednesday, 18 November");
}

TEST_CASE("a time tells its date and zone under the mouse") {
  Client c{with_unread()};
  c.ui.frames();
  const ui::Item* row = c.ui.recorder().find("timeline.message:24");
  REQUIRE(row);
  REQUIRE(row->visible);
  const ui::Rect rect = row->rect;
  std::string told;
  // Behind the name, wherever that ends.
  for (float x = 60; x < 260 && told.empty(); x += 8) {
    c.ui.move_to(rect.x0 + x, rect.y0 + 20);
    told = label(c, "tooltip");
  }
  CHECK(told == "Thursday, 19 November 2026, 16:42:07 (UTC+1)");
}

TEST_CASE("the gaps between one person's messages are even") {
  WindowProps p = with_unread();
  p.timeline.rows.resize(10);
  for (const std::size_t at : {3U, 4U, 5U}) {
    p.timeline.rows[at].text = "[here](https://elsewhere.example/)";
    p.timeline.rows[at].grouped = at != 3;
  }
  Client c{p};
  c.ui.frames();
  // Where the text of the row begins and ends: there the link under the mouse tells its target.
  const auto text_of = [&](int at) {
    const ui::Item* row = c.ui.recorder().find("timeline.message:" + std::to_string(at));
    REQUIRE(row);
    const ui::Rect rect = row->rect;
    float top = 0, bottom = 0;
    for (float y = rect.y0 + 0.5F; y < rect.y1; ++y) {
      c.ui.move_to(rect.x0 + 60, y);
      if (label(c, "tooltip") != "https://elsewhere.example/") continue;
      if (top == 0) top = y;
      bottom = y;
    }
    return std::pair{top, bottom};
  };
  const auto first = text_of(3), second = text_of(4), third = text_of(5);
  REQUIRE(first.first > 0);
  CHECK(second.first - first.second == third.first - second.second);
}
