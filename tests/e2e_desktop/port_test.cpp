// The port of the session bus against a bus that is one: run by dbus-run-session (port.sh).
#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>

#include <catch2/catch.hpp>

#include "client/session/bus_attention.hpp"
#include "tests/e2e_desktop/fake_desktop.hpp"

using namespace wardroom;
using namespace wardroom::client;
using wardroom::test::FakeDesktop;

namespace {

constexpr RoomId kOffice{12};
constexpr RoomId kLunch{13};

// A desktop, and a client's port on the same bus; what each says can be waited for.
class Both {
 public:
  Both()
      : desktop([this](const std::string& line) { add(lines_, line); }),
        port(std::make_unique<BusAttention>([this](const Event& event) { add(events_, event); })) {}
  ~Both() { port.reset(); }

  template <class E>
  E wait_for() {
    return wait<E>(events_, [](const Event& event) -> std::optional<E> {
      const auto* one = std::get_if<E>(&event);
      return one ? std::optional(*one) : std::nullopt;
    });
  }
  AttentionSupport wait_for_support(const std::function<bool(const AttentionSupport&)>& right) {
    for (;;)
      if (const auto found = wait_for<AttentionFound>().support; right(found)) return found;
  }
  // The rest of the line that begins so.
  std::string wait_for_line(const std::string& begin) {
    return wait<std::string>(lines_, [&](const std::string& line) -> std::optional<std::string> {
      if (!line.starts_with(begin)) return std::nullopt;
      return line.substr(begin.size());
    });
  }

 private:
  std::mutex mutex_;
  std::condition_variable came_;
  std::deque<std::string> lines_;
  std::deque<Event> events_;

  template <class T>
  void add(std::deque<T>& to, const T& value) {
    const std::lock_guard lock(mutex_);
    to.push_back(value);
    came_.notify_all();
  }
  template <class Wanted, class T, class Match>
  Wanted wait(std::deque<T>& from, const Match& match) {
    std::optional<Wanted> found;
    std::unique_lock lock(mutex_);
    const bool there = came_.wait_for(lock, std::chrono::seconds{60}, [&] {
      while (!from.empty() && !found) {
        found = match(from.front());
        from.pop_front();
      }
      return found.has_value();
    });
    REQUIRE(there);
    return *found;
  }

 public:
  FakeDesktop desktop;
  std::unique_ptr<BusAttention> port;
};

Notify a_message(RoomId room, Seq seq, std::string title, std::string text) {
  Notify notify{room, seq};
  notify.title = std::move(title);
  notify.text = std::move(text);
  notify.may_reply = true;
  return notify;
}

}  // namespace

TEST_CASE("what the desktop has is told") {
  Both both;
  const auto support = both.wait_for_support(
      [](const AttentionSupport& found) { return found.notifications && found.tray && found.idle; });
  CHECK(support.presses);
  CHECK(support.replies);
}

TEST_CASE("a room has one notification: the next takes its place, and it goes when it is withdrawn") {
  Both both;
  both.wait_for_support([](const AttentionSupport& found) { return found.notifications; });
  // Before the number of the first is known the second must wait for it.
  both.port->notify(a_message(kOffice, Seq{1}, "Amara in #office", "one"));
  both.port->notify(a_message(kOffice, Seq{1}, "#office: 2 new messages", "one\ntwo"));
  both.port->notify(a_message(kLunch, Seq{5}, "Wei in #lunch", "<b>soup</b> & bread"));
  both.wait_for_line("shown 2");
  // The first may have been passed over, and never replaced by another number.
  while (both.desktop.shown().at(1).title != "#office: 2 new messages") both.wait_for_line("shown ");
  REQUIRE(both.desktop.shown().size() == 2);
  // As a service that reads markup shows it.
  CHECK(both.desktop.shown().at(2).body == "&lt;b&gt;soup&lt;/b&gt; &amp; bread");
  CHECK(both.desktop.shown().at(2).actions ==
        std::vector<std::string>{"default", "Open", "inline-reply", "Reply"});
  CHECK_FALSE(both.desktop.shown().at(2).sound);
  both.port->withdraw(kOffice);
  CHECK(both.wait_for_line("closed ") == "1");
  both.port.reset();
  CHECK(both.wait_for_line("closed ") == "2");
}

TEST_CASE("one that is withdrawn before its number is known goes, too") {
  Both both;
  both.wait_for_support([](const AttentionSupport& found) { return found.notifications; });
  for (int i = 0; i < 20; ++i) {
    both.port->notify(a_message(kOffice, Seq{1}, "Amara", "one"));
    both.port->withdraw(kOffice);
  }
  // Whatever was shown on the way: after what comes last, nothing of it is left.
  both.port->notify(a_message(kLunch, Seq{1}, "Wei", "last"));
  std::string line;
  while (line.find("Wei | last") == std::string::npos) line = both.wait_for_line("shown ");
  both.port->withdraw(kLunch);
  while (!both.desktop.shown().empty()) both.wait_for_line("closed ");
}

TEST_CASE("a press, an answer and a dismissal are told of the room, and of no other program's notification") {
  Both both;
  both.wait_for_support([](const AttentionSupport& found) { return found.notifications; });
  both.port->notify(a_message(kOffice, Seq{41}, "Amara in #office", "one"));
  both.wait_for_line("shown 1");
  both.desktop.press(77);
  both.desktop.press(1);
  const auto pressed = both.wait_for<NotificationPressed>();
  CHECK(pressed.room == kOffice);
  CHECK(pressed.seq == Seq{41});
  both.desktop.reply(1, "On my way – ünïcode");
  CHECK(both.wait_for<NotificationReplied>().text == "On my way – ünïcode");
  both.desktop.dismiss(1);
  CHECK(both.wait_for<NotificationGone>().room == kOffice);
}

TEST_CASE("a text that no bus takes costs the text its strangest signs and nothing else") {
  Both both;
  both.wait_for_support([](const AttentionSupport& found) { return found.notifications; });
  both.port->notify(a_message(kOffice, Seq{1}, std::string("a\0b", 3), "bell \a, and \xFF"));
  CHECK(both.wait_for_line("shown 1 ") == "ab | bell , and \xEF\xBF\xBD");
}

TEST_CASE("the tray shows the count and has a menu; without a panel there is no tray") {
  Both both;
  TrayProps tray{true, 7, "7 for you", true};
  both.port->show_tray(tray);
  both.wait_for_line("tray org.kde.StatusNotifierItem-");
  both.wait_for_support([](const AttentionSupport& found) { return found.tray; });
  CHECK(both.desktop.tray_title() == "Wardroom: 7 for you");
  CHECK(both.desktop.tray_pictures() == 3);
  CHECK(both.desktop.menu() == std::vector<std::string>{"Open Wardroom", "Do not disturb *", "-", "Quit"});
  both.desktop.press_tray();
  CHECK(both.wait_for<TrayPressed>().act == TrayPressed::Act::open);
  both.desktop.choose_in_menu(4);
  CHECK(both.wait_for<TrayPressed>().act == TrayPressed::Act::quit);
  both.desktop.show_tray(false);
  both.wait_for_support([](const AttentionSupport& found) { return !found.tray; });
  both.desktop.show_tray(true);
  both.wait_for_support([](const AttentionSupport& found) { return found.tray; });
}

TEST_CASE("nobody at the keyboard is told once, when it is asked for") {
  Both both;
  both.desktop.sit_idle(11 * 60 * 1000);
  both.port->watch_idle(std::chrono::minutes{10});
  CHECK(both.wait_for<IdleChanged>().idle);
  both.desktop.sit_idle(0);
  // What is asked for anew is asked at once, not after the pause between two questions.
  both.desktop.sit_idle(20 * 60 * 1000);
  both.port->watch_idle(std::chrono::minutes{15});
  CHECK(both.wait_for<IdleChanged>().idle);
}
