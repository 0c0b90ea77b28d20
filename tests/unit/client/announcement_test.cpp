#include "client/model/announcement.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;
using protocol::AnnouncementAcknowledge;
using protocol::AnnouncementGet;

namespace {

struct Announced : Driver {
  Announced() { start(); }
  protocol::Announcement announcement(std::int64_t id, bool must_acknowledge) const {
    return {AuditIndex{id}, "Fire drill at three", must_acknowledge, state.now, state.now + 1h};
  }
  std::string shown_text() { return props().announcement.text; }
};

}  // namespace

TEST_CASE("what is announced is shown at once, and asked for at each connection") {
  Announced c;
  CHECK(c.shown_text().empty());
  c.on(protocol::AnnouncementChanged{c.announcement(7, false)});
  CHECK(c.shown_text() == "Fire drill at three");
  CHECK_FALSE(c.props().announcement.must_acknowledge);
  c.on(protocol::AnnouncementChanged{});
  CHECK(c.shown_text().empty());
  c.go_offline();
  c.come_online();
  c.answer<AnnouncementGet>(AnnouncementGet::Result{c.announcement(8, true), false});
  CHECK(c.shown_text() == "Fire drill at three");
  CHECK(c.props().announcement.must_acknowledge);
}

TEST_CASE("one that nobody asks to acknowledge is put away, and the next one is shown again") {
  Announced c;
  c.on(protocol::AnnouncementChanged{c.announcement(7, false)});
  c.act(CloseAnnouncement{});
  CHECK(c.shown_text().empty());
  CHECK(c.count<Call<AnnouncementAcknowledge>>() == 0);
  c.on(protocol::AnnouncementChanged{c.announcement(9, true)});
  c.act(CloseAnnouncement{});
  CHECK(c.shown_text() == "Fire drill at three");
}

TEST_CASE("one that is to be acknowledged stays until the server knows that it was") {
  Announced c;
  c.on(protocol::AnnouncementChanged{c.announcement(7, true)});
  c.act(AcknowledgeAnnouncement{});
  CHECK(c.props().announcement.busy);
  CHECK(c.shown_text() == "Fire drill at three");
  c.act(AcknowledgeAnnouncement{});
  CHECK(c.count<Call<AnnouncementAcknowledge>>() == 1);
  c.answer<AnnouncementAcknowledge>(make_error(ErrorCode::unavailable, "The disk is full."));
  CHECK(c.shown_text() == "Fire drill at three");
  CHECK_FALSE(c.props().toasts.empty());
  c.act(AcknowledgeAnnouncement{});
  CHECK(c.take<Call<AnnouncementAcknowledge>>().params.announcement == AuditIndex{7});
  c.on(Answer<AnnouncementAcknowledge>{{AuditIndex{7}}, protocol::Empty{}});
  CHECK(c.shown_text().empty());
}

TEST_CASE("acknowledged on another device, or over, it leaves the screen here too") {
  Announced c;
  c.on(protocol::AnnouncementChanged{c.announcement(7, true)});
  c.on(protocol::AnnouncementAcknowledged{AuditIndex{6}});
  CHECK(c.shown_text() == "Fire drill at three");
  c.on(protocol::AnnouncementAcknowledged{AuditIndex{7}});
  CHECK(c.shown_text().empty());
  c.on(protocol::AnnouncementChanged{c.announcement(8, true)});
  c.wait(59min);
  CHECK(c.shown_text() == "Fire drill at three");
  CHECK(next_tick(c.state) <= c.state.announcement.standing->until);
  c.wait(2min);
  CHECK(c.shown_text().empty());
}

TEST_CASE("offline, an acknowledgement isn't taken, and the announcement stays") {
  Announced c;
  c.on(protocol::AnnouncementChanged{c.announcement(7, true)});
  c.go_offline();
  c.act(AcknowledgeAnnouncement{});
  CHECK(c.shown_text() == "Fire drill at three");
  CHECK_FALSE(c.props().announcement.busy);
}
