#include <catch2/catch.hpp>

#include "common/tlog/merkle.hpp"
#include "server/audit/catalogue.hpp"
#include "tests/unit/admin/driver.hpp"

using namespace wardroom;
using namespace wardroom::admin;
using namespace wardroom::admin::testing;
using namespace std::chrono_literals;
using protocol::AuditQuery;
using protocol::AuditRecord;
using protocol::Role;

namespace {

constexpr const char* kLine =
    R"({"v":1,"idx":7,"id":"x","ts":"2026-11-19T09:14:06.812Z","type":"user.role_changed","severity":"warning",)"
    R"("outcome":"success","reason":"promoted","actor":{"type":"user","id":1,"name":"ines","role":"admin"},)"
    R"("session":{"id":3,"device":"Ines's PC"},"source":{"ip":"192.0.2.14","client":"wardroom-admin 0.1.0","tls":"1.3"},)"
    R"("target":{"type":"user","id":2,"name":"jonas"},"before":{"role":"member","kept":1},)"
    R"("after":{"role":"moderator","kept":1},"request":"0199a3c2"})";

AuditRecord record(std::int64_t idx, std::string line = kLine) {
  return {AuditIndex{idx}, to_hex(tlog::leaf_hash(as_bytes(line))), std::move(line)};
}

struct Log : Driver {
  AuditQuery::Params asked;
  Log() {
    come_online(Role::auditor);
    take();
    give({record(9), record(8)}, true);
  }
  void take() {
    REQUIRE(call<AuditQuery>());
    asked = *call<AuditQuery>();
  }
  void give(std::vector<AuditRecord> records, bool more = false) {
    answer<AuditQuery>(asked, AuditQuery::Result{std::move(records), more, 12});
  }
  std::vector<std::int64_t> shown() {
    std::vector<std::int64_t> all;
    for (const auto& row : props().audit.rows) all.push_back(row.index.value);
    return all;
  }
};

}  // namespace

TEST_CASE("an auditor begins at the log and can't open People") {
  Log log;
  CHECK(log.props().page == Page::audit);
  CHECK(log.props().pages == std::vector{Page::audit, Page::retention, Page::moderation});
  log.act(OpenPage{Page::people});
  CHECK(log.props().page == Page::audit);
  CHECK(log.effects.empty());
}

TEST_CASE("each filter is asked for in the server's words") {
  Log log;
  AuditFilter filter;
  filter.when = 1;
  filter.who = "@Ines ";
  filter.what = 1;
  filter.outcome = 3;
  filter.words = "release";
  log.act(FilterAudit{filter});
  log.take();
  CHECK(log.asked.since == log.state.now - 24h);
  CHECK(log.asked.actor_name == "ines");
  CHECK(log.asked.type == log.props().audit.what_choices[1]);
  CHECK(log.asked.outcome == "denied");
  CHECK(log.asked.text == "release");
  CHECK_FALSE(log.asked.before);
  filter = {};
  filter.when = log.props().audit.when_choices.size() - 1;
  log.act(FilterAudit{filter});
  log.take();
  CHECK_FALSE(log.asked.since);
}

TEST_CASE("older pages begin before the oldest record, newer ones after the newest") {
  Log log;
  log.act(LoadMoreAudit{});
  log.take();
  CHECK(log.asked.before == AuditIndex{8});
  log.give({record(7), record(0)});
  CHECK(log.shown() == std::vector<std::int64_t>{9, 8, 7, 0});
  CHECK_FALSE(log.props().audit.more);
  log.act(RefreshAudit{});
  log.take();
  CHECK(log.asked.after == AuditIndex{9});
  log.give({record(10), record(11)});  // ascending, as the server gives it
  CHECK(log.shown() == std::vector<std::int64_t>{11, 10, 9, 8, 7, 0});
  log.give({record(10), record(11)});  // again: it is there already
  CHECK(log.shown().size() == 6);
}

TEST_CASE("the log has the order of its numbers, the newest first or the oldest") {
  Log log;
  CHECK(log.props().audit.summary.ends_with("by number, newest first"));
  const auto newest = log.asked;
  log.act(SortList{ListName::audit, 1});
  CHECK(log.props().audit.oldest_first);
  log.take();
  // Nothing stands before the first record, and no number comes before it: it is asked for by itself.
  CHECK(log.asked.before == AuditIndex{1});
  // A late page of the other order isn't mixed in.
  log.answer<AuditQuery>(newest, AuditQuery::Result{{record(9)}, false, 12});
  CHECK(log.shown().empty());
  log.give({record(0)});
  log.take();
  CHECK(log.asked.after == AuditIndex{0});
  CHECK_FALSE(log.asked.before);
  log.give({record(1)}, true);
  CHECK(log.shown() == std::vector<std::int64_t>{0, 1});
  CHECK(log.props().audit.summary.ends_with("by number, oldest first"));
  // What is new comes behind the last page, so nothing is asked for while there are more.
  log.act(RefreshAudit{});
  CHECK(log.call<AuditQuery>() == nullptr);
  log.act(LoadMoreAudit{});
  log.take();
  CHECK(log.asked.after == AuditIndex{1});
  log.give({record(2), record(9)});
  CHECK(log.shown() == std::vector<std::int64_t>{0, 1, 2, 9});
  log.act(RefreshAudit{});
  log.take();
  CHECK(log.asked.after == AuditIndex{9});
  log.give({record(10)});
  CHECK(log.shown() == std::vector<std::int64_t>{0, 1, 2, 9, 10});
  log.act(SortList{ListName::audit, 1});
  log.take();
  CHECK_FALSE(log.asked.after);
  log.give({record(10), record(9)}, true);
  CHECK(log.shown() == std::vector<std::int64_t>{10, 9});
}

TEST_CASE("when more is new than a page holds, the log is read again instead of with a gap") {
  Log log;
  log.act(RefreshAudit{});
  log.take();
  log.give({record(10)}, true);
  log.take();
  CHECK_FALSE(log.asked.after);
  log.give({record(500)}, true);
  CHECK(log.shown() == std::vector<std::int64_t>{500});
}

TEST_CASE("an answer to an earlier filter is left out") {
  Log log;
  AuditFilter filter;
  filter.words = "a";
  log.act(FilterAudit{filter});
  log.take();
  filter.words = "b";
  log.act(FilterAudit{filter});
  log.give({});
  CHECK(log.shown().size() == 2);
}

TEST_CASE("a refused question says why in place of the records") {
  Log log;
  log.act(FilterAudit{});
  log.take();
  log.answer<AuditQuery>(log.asked, forbidden("", "You may not read the audit log."));
  CHECK(log.props().audit.error == "You may not read the audit log.");
  CHECK(log.shown().empty());
}

TEST_CASE("a record shows who did what to whom, from where, and what it changed") {
  Log log;
  const AuditRow row = log.props().audit.rows[0];
  CHECK(row.time == "19 Nov 09:14:06.812");
  CHECK(row.who == "ines · admin");
  CHECK(row.on == "jonas");
  CHECK(row.from == "192.0.2.14");
  log.act(SelectRecord{AuditIndex{9}});
  const AuditDetails& details = log.props().audit.details;
  CHECK(details.reason == "promoted");
  CHECK(details.session == "Ines's PC, wardroom-admin 0.1.0, TLS 1.3");
  CHECK(details.request == "0199a3c2");
  REQUIRE(details.changes.size() == 2);
  CHECK(details.has_before);
  CHECK(details.changes[0].name == "role");
  CHECK(details.changes[0].before == "member");
  CHECK(details.changes[0].after == "moderator");
  CHECK(details.changes[0].changed);
  CHECK_FALSE(details.changes[1].changed);
  CHECK(details.person == UserId{2});
  CHECK(details.raw == kLine);
}

TEST_CASE(
    "whom it was done to, the room, the address and days are asked for, and what isn't understood is said") {
  Log log;
  AuditFilter filter;
  filter.on = "Jonas";
  filter.room = "#12";
  filter.address = "192.0.2.";
  filter.from_day = "2026-11-01";
  filter.to_day = "2026-11-02";
  log.act(FilterAudit{filter});
  log.take();
  CHECK(log.asked.target_name == "jonas");
  CHECK(log.asked.room == RoomId{12});
  CHECK(log.asked.address == "192.0.2.");
  REQUIRE((log.asked.since && log.asked.until));
  CHECK(*log.asked.until - *log.asked.since == 48h);
  filter.to_day = "yesterday";
  log.act(FilterAudit{filter});
  CHECK_FALSE(log.call<AuditQuery>());
  CHECK_FALSE(log.props().audit.filter_error.empty());
}

TEST_CASE("an administrator goes from a record to the person and the room that it concerns") {
  Driver console;
  console.come_online(Role::admin);
  console.act(OpenPage{Page::audit});
  console.act(OpenPerson{UserId{2}, "jonas"});
  CHECK(console.props().page == Page::people);
  CHECK(console.props().people.filter.query == "jonas");
  CHECK(console.state.people.selected == UserId{2});
  console.act(OpenRoom{RoomId{12}});
  CHECK(console.props().page == Page::rooms);
  CHECK(console.state.rooms.selected == RoomId{12});
}

TEST_CASE("a line that isn't a record is shown as one that isn't, and harms nothing") {
  Log log;
  log.act(FilterAudit{});
  log.take();
  log.give({record(3, "{\"type\":5,\"actor\":[]}"), record(2, "nonsense"), record(1, "")});
  CHECK(log.props().audit.rows[2].type == "pruned");
  CHECK(log.props().audit.rows[0].type == "not a record");
  CHECK(log.props().audit.rows[1].outcome == OutcomeMark::error);
  CHECK(log.shown().size() == 3);
}

TEST_CASE("the log can be narrowed to each subject that the server's catalogue has") {
  Driver d;
  d.come_online(Role::auditor);
  const auto choices = d.props().audit.what_choices;
  for (const auto& row : audit::kCatalogue) {
    const std::string subject = std::string(row.name.substr(0, row.name.find('.'))) + ".*";
    INFO(subject);
    CHECK(std::find(choices.begin(), choices.end(), subject) != choices.end());
  }
}
