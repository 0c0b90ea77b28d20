#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace protocol;

namespace {

struct RetentionPage : Driver {
  explicit RetentionPage(Role role = Role::admin) {
    come_online(role);
    RoomBrowse::Result rooms;
    rooms.rooms.resize(1);
    rooms.rooms[0].id = RoomId{12};
    rooms.rooms[0].name = "release-7";
    answer<RoomBrowse>({{}, {}, 200}, rooms);
    act(OpenPage{admin::Page::retention});
  }
  void give_rules() {
    RetentionRule kind;
    kind.kind = RoomKind::public_;
    kind.days = 365;
    kind.by = Driver::user(Role::admin);
    RetentionRule own;
    own.room = RoomId{12};
    own.room_name = "release-7";
    answer<AdminRetentionGet>({}, AdminRetentionGet::Result{{kind, own}});
  }
};

AdminRetentionPreview::Entry entry(std::int64_t room, std::int64_t messages, std::int64_t held) {
  AdminRetentionPreview::Entry e;
  e.room = RoomId{room};
  e.kind = RoomKind::public_;
  e.messages = messages;
  e.held = held;
  e.total = 1000;
  return e;
}

}  // namespace

TEST_CASE("each kind of room has its row, and rooms' own rules stand below") {
  RetentionPage page;
  CHECK(page.call<AdminRetentionGet>());
  CHECK(page.call<AdminHoldList>());
  CHECK(page.call<AdminRetentionPreview>());
  page.give_rules();
  page.answer<AdminRetentionPreview>(
      {}, AdminRetentionPreview::Result{{entry(12, 3, 0), entry(13, 40, 7)}, 43, 7});
  const auto& props = page.props().retention;
  REQUIRE(props.rules.size() == 4);
  CHECK(props.rules[0].where == "All public rooms");
  CHECK(props.rules[0].keep == "1 year");
  // A room with its own rule isn't counted to its kind.
  CHECK(props.rules[0].removes == "40 of 1,000");
  CHECK(props.rules[0].held == "7");
  CHECK(props.rules[1].keep == "for good");
  CHECK(props.rules[3].where == "# release-7");
  CHECK(props.rules[3].removes == "3 of 1,000");
  CHECK(props.removes.find("43 messages") != std::string::npos);
}

TEST_CASE("a rule is counted before it is set, and wants a reason") {
  RetentionPage page;
  page.give_rules();
  page.act(SelectRule{0});
  page.act(AskForRule{false});
  CHECK(page.props().retention.rule_where == "All public rooms");
  CHECK(page.props().retention.keep_choices[page.props().retention.keep] == "1 year");
  page.act(PreviewRule{{"", 2, ""}});
  REQUIRE(page.call<AdminRetentionPreview>());
  const auto asked = *page.call<AdminRetentionPreview>();
  CHECK(asked.kind == RoomKind::public_);
  CHECK(asked.days == 30);
  CHECK(page.props().retention.preview_counting);
  page.answer<AdminRetentionPreview>(asked, AdminRetentionPreview::Result{{entry(13, 1, 2)}, 1, 2});
  CHECK(page.props().retention.preview.find("1 message in 1 room") != std::string::npos);
  CHECK(page.props().retention.preview.find("2 as old are kept by a hold") != std::string::npos);
  page.act(SetRule{{"", 2, "policy"}});
  REQUIRE(page.call<AdminRetentionSet>());
  const auto set = *page.call<AdminRetentionSet>();
  CHECK(set.days == 30);
  CHECK(set.reason == "policy");
  page.answer<AdminRetentionSet>(set, make_error(ErrorCode::forbidden, "No."));
  CHECK(page.props().retention.dialog_error == "No.");
  page.act(SetRule{{"", 2, "policy"}});
  page.answer<AdminRetentionSet>(set, AdminRetentionGet::Result{});
  CHECK(page.props().retention.dialog == RetentionDialog::none);
}

TEST_CASE("a room's own rule names its room, and can follow its kind again") {
  RetentionPage page;
  page.give_rules();
  page.act(AskForRule{true});
  page.act(PreviewRule{{"nowhere", 2, ""}});
  CHECK_FALSE(page.call<AdminRetentionPreview>());
  page.act(SetRule{{"nowhere", 2, "r"}});
  CHECK(page.props().retention.dialog_error.find("No room") != std::string::npos);
  page.act(PreviewRule{{"#release-7", 2, ""}});
  REQUIRE(page.call<AdminRetentionPreview>());
  CHECK(page.call<AdminRetentionPreview>()->room == RoomId{12});
  page.act(SelectRule{3});
  page.act(AskForRule{false});
  const auto choices = page.props().retention.keep_choices;
  page.act(SetRule{{"", choices.size() - 1, "as all"}});
  REQUIRE(page.call<AdminRetentionSet>());
  CHECK(page.call<AdminRetentionSet>()->inherit == true);
  CHECK_FALSE(page.call<AdminRetentionSet>()->days);
}

TEST_CASE("a hold is placed on who is called exactly so, on whatever page of the directory") {
  RetentionPage page;
  page.act(AskForHold{});
  page.act(PlaceHold{{"Case 17", false, "@Kim", "court"}});
  const auto first = *page.call<UserList>();
  page.answer<UserList>(first, UserList::Result{{{UserId{7}, "jonas", "Kim Jonas", Role::member}}, true});
  CHECK_FALSE(page.call<AdminHoldPlace>());
  REQUIRE(page.call<UserList>());
  const auto second = *page.call<UserList>();
  CHECK(second.after == "jonas");
  SECTION("who is there") {
    page.answer<UserList>(second, UserList::Result{{{UserId{8}, "kim", "Kim Doe", Role::member}}, true});
    REQUIRE(page.call<AdminHoldPlace>());
    CHECK(page.call<AdminHoldPlace>()->user == UserId{8});
  }
  SECTION("the only one of the last page isn't the only one") {
    page.answer<UserList>(second, UserList::Result{{{UserId{8}, "kim.doe", "Kim Doe", Role::member}}, false});
    CHECK_FALSE(page.call<AdminHoldPlace>());
    CHECK(page.props().retention.dialog_error ==
          "Several people have a name like this. Type the whole sign-in name.");
  }
}

TEST_CASE("half a name places no hold, also where it is the beginning of a single one") {
  RetentionPage page;
  page.act(AskForHold{});
  page.act(PlaceHold{{"Case 17", false, "jon", "court"}});
  page.answer<UserList>(*page.call<UserList>(),
                        UserList::Result{{{UserId{7}, "jonas", "Jonas Berg", Role::member}}, false});
  CHECK_FALSE(page.call<AdminHoldPlace>());
  CHECK(page.props().retention.dialog_error ==
        "Nobody has exactly this name. If you mean Jonas Berg, type jonas.");
  // Nor does the name that is shown: several may have it.
  page.act(PlaceHold{{"Case 17", false, "Berg", "court"}});
  page.answer<UserList>(*page.call<UserList>(),
                        UserList::Result{{{UserId{7}, "jonas", "Jonas Berg", Role::member}}, false});
  CHECK_FALSE(page.call<AdminHoldPlace>());
  page.act(PlaceHold{{"Case 17", false, "@JONAS", "court"}});
  page.answer<UserList>(*page.call<UserList>(),
                        UserList::Result{{{UserId{7}, "jonas", "Jonas Berg", Role::member}}, false});
  REQUIRE(page.call<AdminHoldPlace>());
  CHECK(page.call<AdminHoldPlace>()->user == UserId{7});
}

TEST_CASE("a hold is placed on the person of that name, and lifted with a reason") {
  RetentionPage page;
  page.act(AskForHold{});
  page.act(PlaceHold{{"Case 17", false, "@Jonas", "court"}});
  REQUIRE(page.call<UserList>());
  const auto looked = *page.call<UserList>();
  CHECK(looked.query == "jonas");
  UserList::Result found;
  found.users = {{UserId{7}, "jonas", "Jonas Berg", Role::member},
                 {UserId{8}, "jonasson", "J", Role::member}};
  page.answer<UserList>(looked, found);
  REQUIRE(page.call<AdminHoldPlace>());
  const auto placed = *page.call<AdminHoldPlace>();
  CHECK(placed.user == UserId{7});
  CHECK(placed.name == "Case 17");
  Hold hold;
  hold.id = HoldId{3};
  hold.name = "Case 17";
  hold.user = found.users[0];
  page.answer<AdminHoldPlace>(placed, AdminHoldPlace::Result{hold});
  page.answer<AdminHoldList>({}, AdminHoldList::Result{{hold}});
  REQUIRE(page.props().retention.holds.size() == 1);
  CHECK(page.props().retention.holds[0].on == "Jonas Berg");
  page.act(SelectHold{0});
  page.act(LiftSelectedHold{});
  CHECK(page.props().reason_dialog.title.find("Case 17") != std::string::npos);
  page.act(GiveReason{"closed", 0});
  REQUIRE(page.call<AdminHoldLift>());
  CHECK(page.call<AdminHoldLift>()->hold == HoldId{3});
}

TEST_CASE("pruning is counted first, then done for what was counted") {
  RetentionPage page;
  page.act(PruneCounted{});
  CHECK(page.props().reason_dialog.serial == 0);
  page.act(CountPruning{365});
  REQUIRE(page.call<AdminAuditPrune>());
  const auto asked = *page.call<AdminAuditPrune>();
  CHECK(asked.dry_run == true);
  CHECK(asked.before == page.state.now - std::chrono::days{365});
  page.answer<AdminAuditPrune>(asked, AdminAuditPrune::Result{1204, 31, 7, false});
  CHECK(page.props().retention.prune_counted.find("1,204 records") != std::string::npos);
  CHECK(page.props().retention.can_prune);
  page.act(PruneCounted{});
  page.act(GiveReason{"policy", 0});
  REQUIRE(page.call<AdminAuditPrune>());
  CHECK_FALSE(page.call<AdminAuditPrune>()->dry_run);
  CHECK(page.call<AdminAuditPrune>()->before == asked.before);
}

TEST_CASE("an auditor reads the rules and changes none") {
  RetentionPage page(Role::auditor);
  CHECK(page.props().page == admin::Page::retention);
  CHECK_FALSE(page.props().retention.may_change);
  CHECK_FALSE(page.call<AdminRetentionPreview>());
}

TEST_CASE("a person's texts are counted before they are erased") {
  Driver console;
  console.come_online(Role::admin);
  AdminUserList::Result list;
  list.users = {account(7, "jonas")};
  list.total = 1;
  console.answer<AdminUserList>(*console.list_call(), list);
  console.act(SelectPerson{UserId{7}});
  console.act(ShowPeopleDialog{PeopleDialog::erase});
  REQUIRE(console.call<AdminEraseTexts>());
  const auto asked = *console.call<AdminEraseTexts>();
  CHECK(asked.dry_run == true);
  console.answer<AdminEraseTexts>(asked, AdminEraseTexts::Result{40, 52, 1, 3, 2, false});
  CHECK(console.props().people.erase.lines.size() == 5);
  CHECK(console.props().people.erase.possible);
  console.act(EraseTexts{"article 17"});
  REQUIRE(console.call<AdminEraseTexts>());
  const auto real = *console.call<AdminEraseTexts>();
  CHECK_FALSE(real.dry_run);
  CHECK(real.reason == "article 17");
  console.answer<AdminEraseTexts>(real, conflict("on_hold", "Jonas is on hold: Case 17."));
  CHECK(console.props().people.dialog_error.find("Case 17") != std::string::npos);
  console.act(EraseTexts{"article 17"});
  console.answer<AdminEraseTexts>(real, AdminEraseTexts::Result{40, 52, 1, 3, 2, true});
  CHECK(console.props().people.dialog == PeopleDialog::none);
}
