#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Key;

TEST_CASE("a title sorts the people, by mouse and by keyboard, and an arrow says how") {
  Console c{sample::people_page()};
  CHECK(c.ui.recorder().find("people.table.title:1")->state == "ascending");
  REQUIRE(c.ui.click("people.table.title:0"));
  REQUIRE(c.last<SortList>());
  CHECK(c.last<SortList>()->column == 0);
  c.props.people.sort = {0, true};
  c.ui.frames();
  CHECK(c.ui.recorder().find("people.table.title:0")->state == "descending");
  CHECK(c.ui.recorder().find("people.table.title:1")->state.empty());
  c.actions.clear();
  for (int i = 0; i < 60 && !c.ui.recorder().find("people.table.title:3")->focused; ++i) c.ui.key(Key::tab);
  REQUIRE(c.ui.recorder().find("people.table.title:3")->focused);
  c.ui.key(Key::space);
  REQUIRE(c.last<SortList>());
  CHECK(c.last<SortList>()->column == 3);
}

TEST_CASE("boxes select people together, and what is done to them asks first") {
  Console c{sample::people_page()};
  REQUIRE(c.ui.click("people.table.tick:1"));
  REQUIRE(c.last<TickPerson>());
  CHECK(c.last<TickPerson>()->person == UserId{2});
  CHECK(c.last<SelectPerson>() == nullptr);
  REQUIRE(c.ui.click("people.table.tick_all"));
  CHECK(c.last<TickShownPeople>()->on);
  c.props = sample::several_people();
  c.ui.frames();
  CHECK(c.ui.recorder().shows("3 people selected"));
  CHECK(c.ui.recorder().find("person.disable") == nullptr);
  REQUIRE(c.ui.click("bulk.lock"));
  CHECK(std::get<ActOnSelected>(c.last<AskReason>()->act).act == BulkAct::lock);
  REQUIRE(c.ui.click("bulk.sign_out"));
  CHECK(std::get<ActOnSelected>(c.last<AskReason>()->act).act == BulkAct::sign_out);
  REQUIRE(c.ui.click("bulk.role"));
  CHECK(std::get<ActOnSelected>(c.last<AskReason>()->act).act == BulkAct::change_role);
  REQUIRE(c.ui.click("bulk.ask_password"));
  CHECK(std::get<ActOnSelected>(c.last<AskReason>()->act).act == BulkAct::ask_password);
  REQUIRE(c.ui.click("bulk.select_none"));
  CHECK(c.last<UntickPeople>());
}

TEST_CASE("an auditor's or moderator's list has no boxes") {
  ConsoleProps p = sample::people_page();
  p.people.may_change = false;
  Console c{std::move(p)};
  CHECK(c.ui.recorder().find("people.table.tick:1") == nullptr);
}

TEST_CASE("what came of it is shown for each person, and the rest is tried again") {
  Console c{sample::bulk_results()};
  CHECK(c.ui.recorder().find("bulk.row:3")->label == "Hideo Tanaka: This is the last administrator.");
  CHECK(c.ui.recorder().find("bulk.row:2")->label == "Amara Osei: disabled");
  REQUIRE(c.ui.click("bulk.confirm"));
  CHECK(c.last<RetryBulk>());
  REQUIRE(c.ui.click("bulk.cancel"));
  CHECK(c.last<CloseBulk>());
  c.props.people.bulk.can_retry = false;
  c.props.people.bulk.running = true;
  c.actions.clear();
  c.ui.frames();
  CHECK(c.ui.recorder().find("bulk.confirm")->disabled);
  c.props.people.bulk.running = false;
  c.ui.frames();
  REQUIRE(c.ui.click("bulk.done"));
  CHECK(c.last<CloseBulk>());
}

TEST_CASE("another list begins at its top") {
  ConsoleProps p = sample::people_page();
  const auto rows = p.people.rows;
  for (int i = 0; i < 60; ++i) p.people.rows.insert(p.people.rows.end(), rows.begin(), rows.end());
  p.people.selected = {};
  Console c{std::move(p)};
  REQUIRE(c.ui.click("people.table.row:5"));
  c.props.people.selected = {};
  REQUIRE(c.ui.hover("people.table.row:5"));
  c.ui.scroll(-20);
  c.ui.frames(4);
  CHECK(c.ui.recorder().find("people.table.row:0") == nullptr);
  ++c.props.people.list;
  c.ui.frames(4);
  REQUIRE(c.ui.recorder().find("people.table.row:0"));
  CHECK(c.ui.recorder().find("people.table.row:0")->visible);
}
