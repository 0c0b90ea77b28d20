#include "admin/model/announce.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminAnnounce;
using protocol::AdminAnnounceEnd;
using protocol::AdminAnnounceStatus;
using protocol::Role;

namespace {

struct AnnouncePage : Driver {
  AnnouncePage() {
    come_online(Role::admin);
    act(OpenPage{admin::Page::announce});
  }
  AdminAnnounceStatus::Result status(bool stands = true) const {
    AdminAnnounceStatus::Result result;
    result.announcement = {AuditIndex{7}, "Fire drill at three", true, state.now,
                           state.now + std::chrono::days{1}};
    result.by = user(Role::admin);
    result.stands = stands;
    result.acknowledged = 1;
    result.people = 3;
    result.entries = {{{UserId{2}, "jonas", "Jonas Berg", Role::member}, std::nullopt}};
    result.more = true;
    return result;
  }
};

}  // namespace

TEST_CASE("the page shows what stands, who made it, and who hasn't acknowledged it") {
  AnnouncePage page;
  REQUIRE(page.call<AdminAnnounceStatus>());
  CHECK(page.call<AdminAnnounceStatus>()->missing == true);
  page.answer<AdminAnnounceStatus>(*page.call<AdminAnnounceStatus>(), page.status());
  const auto& props = page.props().announce;
  CHECK(props.standing == "Fire drill at three");
  CHECK(props.stands);
  CHECK(props.made.find("by Ines Duarte") == 0);
  CHECK(props.summary == "1 of 3 people have acknowledged it");
  REQUIRE(props.rows.size() == 1);
  CHECK(props.rows[0].at.empty());
  page.act(LoadMoreAcknowledged{});
  REQUIRE(page.call<AdminAnnounceStatus>());
  CHECK(page.call<AdminAnnounceStatus>()->after == "jonas");
  auto more = page.status();
  more.entries[0].user = {UserId{3}, "lena", "Lena Moreau", Role::member};
  more.more = false;
  page.answer<AdminAnnounceStatus>(*page.call<AdminAnnounceStatus>(), more);
  CHECK(page.props().announce.rows.size() == 2);
  page.act(ShowAcknowledged{false});
  CHECK(page.call<AdminAnnounceStatus>()->missing == false);
  CHECK(page.props().announce.rows.empty());
}

TEST_CASE("an announcement is made once, empties the form when it is, and says why when it isn't") {
  AnnouncePage page;
  page.act(Announce{{"Closed on Friday", true, 1}});
  REQUIRE(page.call<AdminAnnounce>());
  const auto asked = *page.call<AdminAnnounce>();
  CHECK(asked.text == "Closed on Friday");
  CHECK(asked.must_acknowledge == true);
  CHECK(asked.ends_in_s == 24 * 60 * 60);
  page.act(Announce{{"Closed on Friday", true, 1}});
  CHECK_FALSE(page.call<AdminAnnounce>());
  page.answer<AdminAnnounce>(asked, params_error("params.text", "Too long."));
  CHECK(page.props().announce.form_error == "Too long.");
  CHECK(page.props().announce.sent == 0);
  page.act(Announce{{"Closed on Friday", true, 1}});
  page.answer<AdminAnnounce>(asked, AdminAnnounce::Result{});
  CHECK(page.props().announce.sent == 1);
  CHECK(page.call<AdminAnnounceStatus>());
  page.act(EndAnnouncement{});
  CHECK(page.call<AdminAnnounceEnd>());
}

TEST_CASE("each length of the form has its words") {
  CHECK(announcement_lengths().size() == announcement_length_words().size());
}

TEST_CASE("only an administrator has the pages of announcements and certificates") {
  for (const Role role : {Role::auditor, Role::moderator}) {
    Driver c;
    c.come_online(role);
    c.act(OpenPage{admin::Page::announce});
    CHECK_FALSE(c.call<AdminAnnounceStatus>());
    c.act(OpenPage{admin::Page::certificates});
    CHECK_FALSE(c.call<protocol::AdminCertificateGet>());
  }
}
