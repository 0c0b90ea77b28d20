#include <catch2/catch.hpp>

#include "tests/ui/admin/console_under_test.hpp"

// A small screen, also with everything drawn half as large again: nothing is lost.
using namespace wardroom;
using namespace wardroom::admin;
using admin::testing::Console;
using ui::Item;
using ui::ItemKind;

namespace {

struct NamedPage {
  const char* name;
  ConsoleProps (*props)();
};

ConsoleProps add_dialog() {
  ConsoleProps p = sample::people_page();
  p.people.dialog = PeopleDialog::add;
  return p;
}

ConsoleProps csv_of_people() {
  ConsoleProps p = sample::people_page();
  p.csv = {1, "Save people", "~/wardroom-people.csv", false, "", ""};
  p.browse.no_dialog = true;
  return p;
}

ConsoleProps evidence_to_fill_in() {
  ConsoleProps p = sample::evidence_dialog();
  p.evidence.busy = false;
  return p;
}

ConsoleProps room_dialog() {
  ConsoleProps p = sample::rooms_page();
  p.rooms.dialog = RoomsDialog::add;
  return p;
}

const NamedPage kPages[] = {{"people", sample::people_page},
                            {"several people", sample::several_people},
                            {"bulk", sample::bulk_results},
                            {"add", add_dialog},
                            {"csv", csv_of_people},
                            {"reason", sample::reason_dialog},
                            {"leaver", sample::leaver_dialog},
                            {"erase", sample::erase_dialog},
                            {"import", sample::import_page},
                            {"import errors", sample::import_errors_page},
                            {"import done", sample::import_done_page},
                            {"rooms", sample::rooms_page},
                            {"room", room_dialog},
                            {"moderation", sample::moderation_page},
                            {"sanctions", sample::sanctions_page},
                            {"audit", sample::audit_page},
                            {"audit alarm", sample::audit_alarm},
                            {"watch", sample::watch_dialog},
                            {"evidence", evidence_to_fill_in},
                            {"evidence done", sample::evidence_done},
                            {"sessions", sample::sessions_page},
                            {"retention", sample::retention_page},
                            {"rule", sample::rule_dialog},
                            {"holds", sample::holds_page},
                            {"pruning", sample::pruning_page},
                            {"overview", sample::overview_page},
                            {"certificates", sample::certificates_page},
                            {"certificates alarm", sample::certificates_alarm},
                            {"announce", sample::announce_page},
                            {"settings", sample::settings_page},
                            {"settings waiting", sample::settings_waiting},
                            {"backups", sample::backups_page},
                            {"backups working", sample::backups_working}};

bool can_be_pressed(const Item& item) {
  switch (item.kind) {
    case ItemKind::button:
    case ItemKind::icon_button:
    case ItemKind::field:
    case ItemKind::link:
    case ItemKind::choice:
    case ItemKind::checkbox:
    case ItemKind::tab:
      return !item.id.empty();
    default:
      return false;
  }
}

// What lies over all else: of a dialog what is in it, without one the page.
std::vector<Item> topmost(const Console& c) {
  std::vector<Item> items;
  for (const Item& item : c.ui.recorder().items()) {
    if (item.kind == ItemKind::dialog) items.clear();
    if (can_be_pressed(item)) items.push_back(item);
  }
  return items;
}

bool overlap(const ui::Rect& a, const ui::Rect& b) {
  return std::min(a.x1, b.x1) - std::max(a.x0, b.x0) > 1 && std::min(a.y1, b.y1) - std::max(a.y0, b.y0) > 1;
}

// Such as a field and the cross in it.
bool belong_together(const Item& a, const Item& b) {
  return a.id.starts_with(b.id) || b.id.starts_with(a.id);
}

void check_page(const NamedPage& page, float scale) {
  INFO(page.name << " at " << scale);
  Console c(page.props(), {.width = 1024, .height = 700, .scale = scale});
  c.ui.frames(4);
  const std::vector<Item> items = topmost(c);
  for (const Item& item : items) {
    INFO(item.id << " \"" << item.label << "\" " << item.rect.x0 << "," << item.rect.y0 << " " << item.rect.x1
                 << "," << item.rect.y1);
    CHECK_FALSE(item.cut);
    if (item.kind == ItemKind::field) CHECK(item.rect.width() >= 60 * scale);
    CHECK(item.rect.x1 <= 1024);
    for (const Item& other : items) {
      if (&other == &item || !item.visible || !other.visible || belong_together(item, other)) continue;
      INFO("over " << other.id);
      CHECK_FALSE(overlap(item.rect, other.rect));
    }
  }
}

}  // namespace

TEST_CASE("at 1024 by 700 no button and no field lies outside of the window, or on another") {
  for (const NamedPage& page : kPages) check_page(page, 1);
}

TEST_CASE("at 1024 by 700 and 150 % no button and no field lies outside of the window, or on another") {
  for (const NamedPage& page : kPages) check_page(page, 1.5F);
}

TEST_CASE("at 1024 by 700 the last column of each list is reached by scrolling sideways") {
  struct Case {
    ConsoleProps (*page)();
    std::string table;
    int columns;
  };
  for (const float scale : {1.0F, 1.5F})
    for (const Case& one :
         {Case{sample::people_page, "people.table", 7}, Case{sample::rooms_page, "rooms.table", 5},
          Case{sample::sessions_page, "sessions.table", 7}, Case{sample::sanctions_page, "sanction.table", 6},
          Case{sample::retention_page, "rule.table", 5}, Case{sample::holds_page, "hold.table", 5},
          Case{sample::announce_page, "announce.table", 3}, Case{sample::backups_page, "backups.table", 6},
          Case{sample::settings_page, "settings.table", 3}, Case{sample::import_page, "import.earlier", 5}}) {
      INFO(one.table << " at " << scale);
      Console c(one.page(), {.width = 1024, .height = 700, .scale = scale});
      c.ui.frames(4);
      const auto title = [&](int i) {
        return c.ui.recorder().find(one.table + ".title:" + std::to_string(i));
      };
      REQUIRE(title(0));
      CHECK(title(0)->rect.width() >= 40 * scale);
      REQUIRE(c.ui.hover(one.table + ".row:0"));
      c.ui.hold_mods({.shift = true});
      c.ui.scroll(-60);
      c.ui.frames(4);
      REQUIRE(title(one.columns - 1));
      CHECK(title(one.columns - 1)->visible);
      CHECK_FALSE(title(one.columns - 1)->cut);
      CHECK(title(one.columns - 1)->rect.width() >= 40 * scale);
      // Each row is high enough to be seen.
      CHECK(c.ui.recorder().find(one.table + ".row:0")->rect.height() >= 20 * scale);
    }
}
