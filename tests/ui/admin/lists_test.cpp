#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;

TEST_CASE("each list with columns is sorted by a press on a title") {
  struct Case {
    ConsoleProps (*page)();
    const char* title;
    ListName list;
    std::size_t column;
  };
  for (const Case& one :
       {Case{sample::people_page, "people.table.title:3", ListName::people, 3},
        Case{sample::rooms_page, "rooms.table.title:2", ListName::rooms, 2},
        Case{sample::sessions_page, "sessions.table.title:3", ListName::sessions, 3},
        Case{sample::sanctions_page, "sanction.table.title:3", ListName::sanctions, 3},
        Case{sample::retention_page, "rule.table.title:1", ListName::rules, 1},
        Case{sample::holds_page, "hold.table.title:0", ListName::holds, 0},
        Case{sample::announce_page, "announce.table.title:0", ListName::acknowledgements, 0},
        Case{sample::backups_page, "backups.table.title:1", ListName::backups, 1},
        Case{sample::settings_page, "settings.table.title:2", ListName::settings, 2},
        Case{sample::import_page, "import.earlier.title:2", ListName::imports, 2}}) {
    INFO(one.title);
    Console c{one.page()};
    REQUIRE(c.ui.click(one.title));
    REQUIRE(c.last<SortList>());
    CHECK(c.last<SortList>()->list == one.list);
    CHECK(c.last<SortList>()->column == one.column);
  }
}

TEST_CASE("the audit log is only turned round, and says by what it is ordered") {
  Console c{sample::audit_page()};
  CHECK(c.ui.recorder().shows("by number, newest first"));
  REQUIRE(c.ui.recorder().find("audit.table.title:1"));
  CHECK(c.ui.recorder().find("audit.table.title:1")->state == "descending");
  CHECK(c.ui.recorder().find("audit.table.title:2") == nullptr);
  REQUIRE(c.ui.click("audit.table.title:1"));
  CHECK(c.last<SortList>()->list == ListName::audit);
  c.props.audit.oldest_first = true;
  c.ui.frames();
  CHECK(c.ui.recorder().find("audit.table.title:1")->state == "ascending");
}

TEST_CASE("errors of an import are sorted only when all of them are there") {
  Console c{sample::import_errors_page()};
  CHECK(c.ui.recorder().find("import.errors.title:0") == nullptr);
  c.props.imports.error_sort = ListSort{kNoColumn, false};
  c.ui.frames();
  REQUIRE(c.ui.click("import.errors.title:0"));
  CHECK(c.last<SortList>()->list == ListName::import_errors);
}

TEST_CASE("in another order the selected mute is still the one that is meant") {
  ConsoleProps p = sample::sanctions_page();
  std::swap(p.moderation.sanctions[0], p.moderation.sanctions[2]);
  Console c{std::move(p)};
  REQUIRE(c.ui.click("sanction.table.row:0"));
  CHECK(c.last<SelectSanction>()->index == 2);
}

TEST_CASE("each list can be saved from its page, reports too") {
  for (const auto page : {sample::people_page, sample::rooms_page, sample::sessions_page, sample::audit_page,
                          sample::moderation_page, sample::sanctions_page}) {
    Console c{page()};
    REQUIRE(c.ui.click("list.save"));
    CHECK(c.last<AskForCsv>());
  }
}
