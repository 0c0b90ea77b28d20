#include "admin/model/saved_list.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using protocol::AdminUserList;
using protocol::Role;

namespace {

struct Saving : Driver {
  Saving() {
    come_online(Role::admin);
    answer<AdminUserList>(AdminUserList::Params(*list_call()),
                          AdminUserList::Result{{account(1, "ines"), account(2, "jonas")}, true, 3});
  }
};

}  // namespace

TEST_CASE("fields with commas, quotes and lines are quoted") {
  CHECK(compose_csv({{"a", "b,c", "say \"no\"", "two\nlines"}}) ==
        "\xEF\xBB\xBF"
        "a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
}

TEST_CASE("a spreadsheet takes no field for a formula") {
  CHECK(compose_csv({{"=1+1", "+49", "-2", "@x", "\tx", "a=b"}}) ==
        "\xEF\xBB\xBF"
        "'=1+1,'+49,'-2,'@x,'\tx,a=b\r\n");
  // Quotes alone don't keep a spreadsheet from it.
  CHECK(compose_csv({{"=HYPERLINK(\"x\",\"y\")"}}) ==
        "\xEF\xBB\xBF"
        "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"\r\n");
}

TEST_CASE("a list is saved when all its pages are here, not before") {
  Saving s;
  s.act(AskForCsv{});
  REQUIRE(s.props().csv.serial > 0);
  CHECK(s.props().csv.path == "~/wardroom-people.csv");
  s.act(SaveCsv{"~/people.csv"});
  CHECK(s.effect<WriteCsv>() == nullptr);
  REQUIRE(s.list_call());
  CHECK(s.list_call()->after == "jonas");
  CHECK(s.props().csv.progress == "Fetching: 2 rows");
  s.answer<AdminUserList>(AdminUserList::Params(*s.list_call()),
                          AdminUserList::Result{{account(3, "=lena")}, false, 3});
  REQUIRE(s.effect<WriteCsv>());
  CHECK(s.effect<WriteCsv>()->path == "~/people.csv");
  CHECK(s.effect<WriteCsv>()->text.find("\r\njonas,jonas,") != std::string::npos);
  CHECK(s.effect<WriteCsv>()->text.find("\r\n'=lena,'=lena,") != std::string::npos);
  s.tell(CsvSaved{"/home/ines/people.csv", {}});
  CHECK(s.props().csv.serial == 0);
  CHECK(s.props().toasts.back().text == "3 rows saved to /home/ines/people.csv.");
}

TEST_CASE("when a page is refused, no file is written, and the dialog says so") {
  Saving s;
  s.act(AskForCsv{});
  s.act(SaveCsv{"~/people.csv"});
  s.answer<AdminUserList>(AdminUserList::Params(*s.list_call()), unavailable("The server is busy."));
  CHECK(s.effect<WriteCsv>() == nullptr);
  CHECK_FALSE(s.props().csv.busy);
  CHECK(s.props().csv.error == "Not all rows could be fetched, so no file was written. Try again.");
}

TEST_CASE("a file that can't be written leaves the dialog open with the reason") {
  Saving s;
  s.state.people.more = false;
  s.act(AskForCsv{});
  s.act(SaveCsv{"/nowhere/people.csv"});
  REQUIRE(s.effect<WriteCsv>());
  s.tell(CsvSaved{"/nowhere/people.csv", not_found("There is no folder /nowhere.")});
  CHECK(s.props().csv.error == "There is no folder /nowhere.");
  CHECK_FALSE(s.props().csv.busy);
}
