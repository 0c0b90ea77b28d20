#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::ModerationReports;
using protocol::Role;

namespace {

protocol::Report report(std::int64_t id, protocol::RoomKind kind = protocol::RoomKind::public_) {
  protocol::Report one;
  one.id = ReportId{id};
  one.room = RoomId{12};
  one.seq = Seq{4711};
  one.reporter = {UserId{3}, "priya", "Priya Nair", Role::member};
  one.reason = "names a customer";
  one.evidence.message.seq = Seq{4711};
  one.evidence.message.author = UserId{2};
  one.evidence.message.text = "The customer is Harbour Ltd.";
  one.evidence.room_kind = kind;
  one.evidence.room_name = "release-7";
  one.evidence.users = {{UserId{2}, "jonas", "Jonas Berg", Role::member}};
  return one;
}

struct Moderation : Driver {
  Moderation() { come_online(Role::moderator); }
  void give(std::vector<protocol::Report> reports, std::int64_t open) {
    const auto asked = last_list();
    answer<ModerationReports>(asked, ModerationReports::Result{std::move(reports), false, open});
  }
  // The list, not the count for the side bar.
  ModerationReports::Params last_list() const {
    const auto asked =
        call_where<ModerationReports>([](const auto& params) { return params.before != ReportId{1}; });
    REQUIRE(asked);
    return *asked;
  }
};

}  // namespace

TEST_CASE("reports that wait are counted for the side bar without reading any") {
  Driver admin;
  admin.come_online(Role::admin);
  const auto asked = admin.call<ModerationReports>();
  REQUIRE(asked);
  CHECK(asked->before == ReportId{1});
  admin.answer<ModerationReports>(ModerationReports::Params(*asked), ModerationReports::Result{{}, false, 3});
  CHECK(admin.props().moderation.badge == "3");
  admin.tell(protocol::ReportFiled{ReportId{9}, RoomId{1}});
  CHECK(admin.call<ModerationReports>()->before == ReportId{1});
}

TEST_CASE("the evidence is shown as it was, and the newest report is open at first") {
  Moderation m;
  m.give({report(2), report(1)}, 2);
  const auto& props = m.props().moderation;
  CHECK(props.summary == "2 open reports");
  CHECK(props.selected == ReportId{2});
  CHECK(props.details.message.text == "The customer is Harbour Ltd.");
  CHECK(props.details.room == "# release-7 · public room");
  m.act(SelectReport{ReportId{1}});
  CHECK(m.props().moderation.selected == ReportId{1});
}

TEST_CASE("a new report is shown at once while the queue is open") {
  Moderation m;
  m.give({report(1)}, 1);
  m.tell(protocol::ReportFiled{ReportId{2}, RoomId{12}});
  m.give({report(2), report(1)}, 2);
  CHECK(m.props().moderation.reports.size() == 2);
}

TEST_CASE("the author of the reported message is muted in that room for as long as was chosen") {
  Moderation m;
  m.give({report(1)}, 1);
  m.act(AskReason{MutePerson{ReportId{1}}});
  CHECK(m.props().reason_dialog.title == "Mute Jonas Berg?");
  m.act(GiveReason{"insults", 1});
  const auto mute = m.call<protocol::ModerationMute>();
  REQUIRE(mute);
  CHECK(mute->room == RoomId{12});
  CHECK(mute->user == UserId{2});
  CHECK(mute->seconds == 3600);
  m.answer<protocol::ModerationMute>(protocol::ModerationMute::Params(*mute), unavailable("Later."));
  m.act(GiveReason{"insults", 6});
  CHECK_FALSE(m.call<protocol::ModerationMute>()->seconds);
}

TEST_CASE("what was done about a report is offered as its resolution") {
  Moderation m;
  m.give({report(1)}, 1);
  m.act(AskReason{ResolveReport{ReportId{1}}});
  CHECK(m.props().reason_dialog.choice == 0);
  m.act(CancelReason{});
  m.act(AskReason{DeleteMessage{ReportId{1}}});
  m.act(GiveReason{"names a customer", 0});
  const auto asked = *m.call<protocol::MessageDelete>();
  CHECK(asked.seq == Seq{4711});
  m.answer<protocol::MessageDelete>(asked, protocol::MessageDelete::Result{});
  CHECK(m.props().moderation.details.taken == "message deleted");
  m.act(AskReason{ResolveReport{ReportId{1}}});
  CHECK(m.props().reason_dialog.choices.at(m.props().reason_dialog.choice) == "Deleted the message");
  m.act(GiveReason{"deleted and spoken to", m.props().reason_dialog.choice});
  REQUIRE(m.call<protocol::ModerationResolve>());
  CHECK(m.call<protocol::ModerationResolve>()->resolution == protocol::Resolution::deleted);
}

TEST_CASE("a resolved report is opened again with a reason") {
  Moderation m;
  m.act(ShowModeration{ModerationTab::resolved});
  CHECK(m.last_list().open == false);
  auto done = report(1);
  done.open = false;
  done.resolution = protocol::Resolution::dismissed;
  m.give({done}, 0);
  CHECK(m.props().moderation.reports[0].outcome == "dismissed");
  m.act(AskReason{ReopenReport{ReportId{1}}});
  m.act(GiveReason{"it happened again", 0});
  REQUIRE(m.call<protocol::ModerationResolve>());
  CHECK_FALSE(m.call<protocol::ModerationResolve>()->resolution);
}

TEST_CASE("a mute in every room and a ban from one are lifted each by its own method") {
  Moderation m;
  m.act(ShowModeration{ModerationTab::sanctions});
  REQUIRE(m.call<protocol::ModerationSanctions>());
  protocol::Sanction mute;
  mute.user = {UserId{2}, "jonas", "Jonas Berg", Role::member};
  protocol::Sanction ban = mute;
  ban.kind = protocol::SanctionKind::ban;
  ban.room = RoomId{12};
  m.answer<protocol::ModerationSanctions>({}, protocol::ModerationSanctions::Result{{mute, ban}});
  CHECK(m.props().moderation.sanctions[0].room == "every room");
  m.act(SelectSanction{0});
  m.act(LiftSelectedSanction{});
  m.act(GiveReason{"apologised", 0});
  REQUIRE(m.call<protocol::ModerationUnmute>());
  CHECK_FALSE(m.call<protocol::ModerationUnmute>()->room);
  m.answer<protocol::ModerationUnmute>({}, protocol::Empty{});
  m.act(SelectSanction{1});
  m.act(LiftSelectedSanction{});
  m.act(GiveReason{"apologised", 0});
  REQUIRE(m.call<protocol::ModerationUnban>());
  CHECK(m.call<protocol::ModerationUnban>()->room == RoomId{12});
}

TEST_CASE("an auditor reads reports and acts on none") {
  Driver auditor;
  auditor.come_online(Role::auditor);
  auditor.act(OpenPage{Page::moderation});
  CHECK(auditor.call<ModerationReports>());
  CHECK_FALSE(auditor.props().moderation.may_act);
}

TEST_CASE("a report from a direct room names the two whose room it is") {
  Moderation m;
  m.give({report(1, protocol::RoomKind::direct)}, 1);
  CHECK(m.props().moderation.reports[0].room == "Direct: Jonas Berg and Priya Nair");
}
