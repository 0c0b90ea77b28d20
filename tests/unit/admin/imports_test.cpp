#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminUserImport;
using protocol::AdminUserImportSheet;
using protocol::AdminUserImportUpload;
using protocol::Role;

namespace {

struct Import : Driver {
  Import() {
    come_online(Role::admin);
    act(OpenPage{Page::imports});
  }
  void choose(const std::string& contents) {
    act(ChooseImportFile{"/home/ines/people.csv"});
    REQUIRE(effect<ReadFile>());
    tell(FileRead{"/home/ines/people.csv", contents});
  }
  std::string take_piece() {
    REQUIRE(call<AdminUserImportUpload>());
    const auto asked = *call<AdminUserImportUpload>();
    CHECK(asked.csv.size() <= 48 * 1024);
    const auto bytes = parse_base64url(asked.csv);
    REQUIRE(bytes);
    answer<AdminUserImportUpload>(asked, AdminUserImportUpload::Result{ImportId{5}, 0});
    return std::string(as_text(*bytes));
  }
  void try_it(AdminUserImport::Result result) {
    REQUIRE(call<AdminUserImport>());
    CHECK(call<AdminUserImport>()->dry_run == true);
    answer<AdminUserImport>(AdminUserImport::Params(*call<AdminUserImport>()), std::move(result));
  }
};

AdminUserImport::Result good(std::int64_t rows) {
  AdminUserImport::Result result;
  result.encoding = "utf-8";
  result.rows = result.created = rows;
  return result;
}

protocol::AdminUserImportSheet::Entry slip(std::int64_t id) {
  return {{UserId{id}, "p" + std::to_string(id), "Person", Role::member}, Secret("wardroom://x"), {}};
}

}  // namespace

TEST_CASE("a file goes up in pieces that fit into a request, byte for byte, and is tried at once") {
  Import i;
  std::string contents;
  while (contents.size() < 100'000) contents += "jürgen;Jürgen \xFF;\r\n";
  i.choose(contents);
  std::string arrived;
  while (i.call<AdminUserImportUpload>()) {
    arrived += i.take_piece();
    CHECK(i.props().imports.busy);
  }
  CHECK(arrived == contents);
  i.try_it(good(200));
  CHECK(i.props().imports.stage == ImportStage::tried);
  CHECK(i.props().imports.good == 200);
  CHECK(i.state.imports.contents.empty());
}

TEST_CASE("with errors nothing is made unless the rows without one are wanted") {
  Import i;
  i.choose("name\nx y\njonas\n");
  i.take_piece();
  auto result = good(2);
  result.created = 1;
  result.errors_total = 1;
  result.errors = {{2, 1, "name", "A sign-in name has no spaces."}};
  i.try_it(result);
  REQUIRE(i.props().imports.errors.size() == 1);
  CHECK(i.props().imports.errors[0].line == "2");
  CHECK(i.props().imports.bad == 1);
  i.act(StartImport{true});
  REQUIRE(i.call<AdminUserImport>());
  CHECK(i.call<AdminUserImport>()->skip_errors == true);
  CHECK_FALSE(i.call<AdminUserImport>()->dry_run);
  result.done = true;
  i.answer<AdminUserImport>(AdminUserImport::Params(*i.call<AdminUserImport>()), result);
  CHECK(i.props().imports.stage == ImportStage::done);
  CHECK(i.props().imports.sheet_path == "/home/ines/people-invites.html");
  CHECK(i.call<protocol::AdminUserImportList>());
}

TEST_CASE("a pause that the server asks for is kept, and the upload goes on after it") {
  Import i;
  i.choose("name\njonas\n");
  const auto asked = *i.call<AdminUserImportUpload>();
  Error slow = make_error(ErrorCode::rate_limited, "Too many requests.");
  slow.retry_after = std::chrono::seconds{2};
  i.answer<AdminUserImportUpload>(asked, slow);
  CHECK(i.props().imports.error.empty());
  CHECK(next_tick(i.state) == i.state.now + std::chrono::seconds{2});
  i.tell(Tick{i.state.now + std::chrono::seconds{1}});
  CHECK(i.call<AdminUserImportUpload>() == nullptr);
  i.tell(Tick{i.state.now + std::chrono::seconds{1}});
  REQUIRE(i.call<AdminUserImportUpload>());
  CHECK(i.call<AdminUserImportUpload>()->csv == asked.csv);
}

TEST_CASE("a file that can't be read and a lost connection say so, and leave nothing under way") {
  Import i;
  i.act(ChooseImportFile{"\"/nowhere.csv\" "});
  REQUIRE(i.effect<ReadFile>());
  CHECK(i.effect<ReadFile>()->path == "/nowhere.csv");
  i.tell(FileRead{"/nowhere.csv", not_found("There is no file /nowhere.csv.")});
  CHECK(i.props().imports.error == "There is no file /nowhere.csv.");
  CHECK_FALSE(i.props().imports.busy);
  i.choose("name\njonas\n");
  i.tell(LinkChanged{LinkChanged::State::offline, unavailable("Down."), false});
  CHECK(i.props().imports.stage == ImportStage::choose);
  CHECK(i.state.imports.contents.empty());
}

TEST_CASE("the sheet is gathered page by page and written once, with everybody on it") {
  Import i;
  i.act(SelectImport{ImportId{5}});
  i.act(SaveSheet{"/home/ines/sheet.html"});
  REQUIRE(i.call<AdminUserImportSheet>());
  CHECK(i.call<AdminUserImportSheet>()->import == ImportId{5});
  i.answer<AdminUserImportSheet>(AdminUserImportSheet::Params(*i.call<AdminUserImportSheet>()),
                                 AdminUserImportSheet::Result{{slip(1), slip(2)}, true});
  CHECK(i.effect<WriteSheet>() == nullptr);
  REQUIRE(i.call<AdminUserImportSheet>());
  CHECK(i.call<AdminUserImportSheet>()->after == UserId{2});
  i.answer<AdminUserImportSheet>(AdminUserImportSheet::Params(*i.call<AdminUserImportSheet>()),
                                 AdminUserImportSheet::Result{{slip(3)}, false});
  REQUIRE(i.effect<WriteSheet>());
  CHECK(i.effect<WriteSheet>()->entries.size() == 3);
  CHECK(i.state.imports.sheet.empty());
  i.tell(SheetSaved{"/home/ines/sheet.html", ok()});
  CHECK(i.props().imports.sheet_saved == "/home/ines/sheet.html");
  CHECK_FALSE(i.props().imports.busy);
}

TEST_CASE("undoing an import says how many accounts go and stay, and who stayed") {
  Import i;
  i.answer<protocol::AdminUserImportList>(
      {}, protocol::AdminUserImportList::Result{{{ImportId{5}, i.state.now, {}, 200, 2, false}}});
  i.act(AskReason{UndoImport{ImportId{5}}});
  CHECK(i.props().reason_dialog.consequence.find("198 accounts") != std::string::npos);
  CHECK(i.props().reason_dialog.consequence.find("2 accounts in use stay") != std::string::npos);
  i.act(GiveReason{"the wrong file", 0});
  REQUIRE(i.call<protocol::AdminUserImportUndo>());
  i.answer<protocol::AdminUserImportUndo>(
      {ImportId{5}, "the wrong file"},
      protocol::AdminUserImportUndo::Result{198, {{UserId{2}, "jonas", "Jonas Berg", Role::member}}});
  CHECK(i.props().imports.undo_result == "198 accounts were removed. In use and kept: Jonas Berg.");
}

TEST_CASE("a dropped file opens the import for administrators alone") {
  Driver admin;
  admin.come_online(Role::admin);
  admin.tell(FileDropped{"/home/ines/people.csv"});
  CHECK(admin.props().page == Page::imports);
  CHECK(admin.effect<ReadFile>());
  Driver auditor;
  auditor.come_online(Role::auditor);
  auditor.tell(FileDropped{"/home/ines/people.csv"});
  CHECK(auditor.effect<ReadFile>() == nullptr);
  CHECK(auditor.props().page == Page::audit);
}
