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

TEST_CASE("sessions are saved from the first page to the last, as they are shown") {
  Driver s;
  s.come_online(Role::admin);
  s.act(OpenPage{Page::sessions});
  protocol::SessionInfo one, two;
  one.id = SessionId{1};
  one.user = {UserId{1}, "zoe", "Zoe", Role::member};
  one.ip = "10.0.0.7";
  two.id = SessionId{2};
  two.user = {UserId{2}, "amara", "Amara", Role::member};
  using protocol::AdminSessionList;
  s.answer<AdminSessionList>(AdminSessionList::Params(*s.call<AdminSessionList>()),
                             AdminSessionList::Result{{one}, true});
  s.act(AskForCsv{});
  CHECK(s.props().csv.path == "~/wardroom-sessions.csv");
  s.act(SaveCsv{"~/s.csv"});
  CHECK(s.effect<WriteCsv>() == nullptr);
  s.answer<AdminSessionList>(AdminSessionList::Params(*s.call<AdminSessionList>()),
                             AdminSessionList::Result{{two}, false});
  REQUIRE(s.effect<WriteCsv>());
  CHECK(s.effect<WriteCsv>()->text.find("\r\nZoe,zoe,,,10.0.0.7,") != std::string::npos);
  CHECK(s.effect<WriteCsv>()->text.find("\r\nAmara,amara,") != std::string::npos);
  s.tell(CsvSaved{"/home/ines/s.csv", {}});
  s.act(SortList{ListName::sessions, static_cast<std::size_t>(SessionsColumn::person)});
  s.act(AskForCsv{});
  s.act(SaveCsv{"~/s.csv"});
  REQUIRE(s.effect<WriteCsv>());
  CHECK(s.effect<WriteCsv>()->text.find("Amara") < s.effect<WriteCsv>()->text.find("Zoe"));
}

TEST_CASE("mutes and bans are saved in the order shown") {
  Driver s;
  s.come_online(Role::moderator);
  s.act(ShowModeration{ModerationTab::sanctions});
  protocol::Sanction zoe, amara;
  zoe.user = {UserId{1}, "zoe", "Zoe", Role::member};
  zoe.reason = "insults, twice";
  amara.user = {UserId{2}, "amara", "Amara", Role::member};
  amara.kind = protocol::SanctionKind::ban;
  s.answer<protocol::ModerationSanctions>({}, protocol::ModerationSanctions::Result{{zoe, amara}});
  s.act(SortList{ListName::sanctions, static_cast<std::size_t>(SanctionsColumn::person)});
  s.act(AskForCsv{});
  CHECK(s.props().csv.title == "Save mutes and bans");
  s.act(SaveCsv{"~/m.csv"});
  REQUIRE(s.effect<WriteCsv>());
  const auto& text = s.effect<WriteCsv>()->text;
  CHECK(text.find("\r\nAmara,banned,every room,") != std::string::npos);
  CHECK(text.find("\"insults, twice\"") != std::string::npos);
  CHECK(text.find("Amara") < text.find("Zoe"));
}

TEST_CASE("reports are saved with what came of them and the hash of their evidence, without the messages") {
  Driver s;
  s.come_online(Role::moderator);
  using protocol::ModerationReports;
  const auto give = [&](std::int64_t id, bool more) {
    const auto asked =
        s.call_where<ModerationReports>([](const auto& params) { return params.before != ReportId{1}; });
    REQUIRE(asked);
    protocol::Report one;
    one.id = ReportId{id};
    one.room = RoomId{12};
    one.reporter = {UserId{3}, "priya", "Priya Nair", Role::member};
    one.reason = "names a customer";
    one.open = false;
    one.resolution = protocol::Resolution::dismissed;
    one.resolved_by = protocol::User{UserId{1}, "ines", "Ines Duarte", Role::moderator};
    one.resolution_reason = "it doesn't";
    one.evidence.message.author = UserId{2};
    one.evidence.message.text = "The customer is Harbour Ltd.";
    one.evidence.room_name = "release-7";
    one.evidence.users = {{UserId{2}, "jonas", "Jonas Berg", Role::member}};
    one.evidence_hash = "abc" + std::to_string(id);
    s.answer<ModerationReports>(ModerationReports::Params(*asked), ModerationReports::Result{{one}, more, 0});
  };
  s.act(ShowModeration{ModerationTab::resolved});
  give(9, true);
  s.act(AskForCsv{});
  CHECK(s.props().csv.title == "Save resolved reports");
  CHECK(s.props().csv.path == "~/wardroom-resolved-reports.csv");
  s.act(SaveCsv{"~/r.csv"});
  CHECK(s.effect<WriteCsv>() == nullptr);
  give(8, false);
  REQUIRE(s.effect<WriteCsv>());
  const auto& text = s.effect<WriteCsv>()->text;
  CHECK(text.find("\r\n9,") != std::string::npos);
  CHECK(text.find("\r\n8,") != std::string::npos);
  CHECK(text.find("Jonas Berg,# release-7,Priya Nair,names a customer,dismissed,Ines Duarte,") !=
        std::string::npos);
  CHECK(text.find("abc8") != std::string::npos);
  CHECK(text.find("Harbour") == std::string::npos);
}
