#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;

TEST_CASE("below 100 % each page of the console is drawn, and pressed as at 100 %") {
  for (const float scale : {0.75F, 0.99F}) {
    INFO(scale);
    Console c(sample::people_page(), {.scale = scale});
    REQUIRE(c.ui.click("people.table.row:1"));
    REQUIRE(c.last<SelectPerson>());
    REQUIRE(c.ui.click("person.disable"));
    REQUIRE(c.last<AskReason>());
    for (const auto& page :
         {sample::audit_page, sample::sessions_page, sample::rooms_page, sample::reason_dialog,
          sample::moderation_page, sample::sanctions_page, sample::import_page, sample::evidence_dialog,
          sample::retention_page, sample::holds_page, sample::pruning_page, sample::overview_page,
          sample::certificates_page, sample::announce_page, sample::settings_page, sample::backups_page}) {
      c.props = page();
      c.ui.frames();
      CHECK_FALSE(c.ui.recorder().items().empty());
    }
  }
}
