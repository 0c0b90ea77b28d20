#include <catch2/catch.hpp>

#include "protocol/codec.hpp"
#include "server/store/holds.hpp"
#include "server/store/retention.hpp"
#include "server/store/rooms.hpp"
#include "tests/unit/rights/builders.hpp"
#include "tests/unit/rights/made_up_server.hpp"

// Every method × every role, about a private or direct room that the caller isn't in: no word of it, no name
// and no count comes back, in no answer and no event, but for what is listed here with its reason. What
// retention and erasure would take away is counted for administrators, by number: they decide about it
// (admin.retention_preview, the dry run of admin.erase_texts); admin.stats counts the office's work as a
// whole.
using namespace wardroom;
using namespace wardroom::testing;
using protocol::Role;
using protocol::RoomKind;

namespace {

// Each stands somewhere in the room, and nowhere else.
constexpr std::string_view kCanaries[] = {
    "quillwort",  // the name
    "peregrine",  // the topic
    "tamarind",   // a message of another
    "bergamot",   // an earlier text of it
    "saxifrage",  // a message that was deleted
    "cardamom",   // a message that the caller wrote when they were in
    "555777",     // the room's number, and how many messages there were
    "1234567890"  // when somebody last wrote
};
// Of them, what somebody who may know of the room isn't told when it was written before they came.
constexpr std::string_view kWrittenBefore[] = {"tamarind", "bergamot", "saxifrage"};
constexpr std::int64_t kNumber = 555'777'000;
constexpr std::int64_t kLastAt = 1'234'567'890'123;

struct Allowed {
  std::string_view method;
  std::string_view why;
  std::string_view record;  // that the call leaves; empty: none of its own
};
constexpr Allowed kAllowed[] = {
    {"admin.access_private_room", "the way in for administrators: it takes a reason and leaves a record",
     "access.private_room_read"},
    {"admin.search_private_rooms", "the same for a search: it takes a reason and leaves a record",
     "access.admin_search"},
    {"moderation.reports", "what a reporter decided to show, and no more; reading it leaves a record",
     "moderation.reports_read"},
    {"audit.query", "the log names rooms as they were called; reading it leaves a record", "audit.queried"},
    {"audit.export", "evidence: it takes a reason and leaves a record", "audit.exported"},
    {"audit.export_page", "a page of an export that was recorded, for whoever began it", ""},
};

bool is_allowed(std::string_view method) {
  return std::ranges::any_of(kAllowed, [&](const Allowed& one) { return one.method == method; });
}

void plant(Ground& g) {
  auto& db = g.db();
  const auto set_text = [&](Seq seq, const char* text) {
    db.run(
        "UPDATE messages SET text = ?3, at = at - 864000000, version = 2, pinned = seq, changed = seq"
        " WHERE room_id = ?1 AND seq = ?2",
        g.room, seq, text);
  };
  const auto add_version = [&](Seq seq, const char* act, int version, const char* text) {
    db.run(
        "INSERT INTO message_versions (room_id, seq, version, act, at, by_id, text, salt)"
        " VALUES (?,?,?,?,1,?,?,x'00')",
        g.room, seq, version, act, g.bystander.id, text);
  };
  if (g.situation.kind != RoomKind::direct)
    db.run("UPDATE rooms SET name = ?2, name_key = ?2, topic = 'peregrine' WHERE id = ?1", g.room,
           g.unused_name("quillwort"));
  set_text(g.theirs, "tamarind");
  set_text(g.own, "cardamom");
  add_version(g.theirs, "posted", 1, "bergamot");
  add_version(g.theirs, "edited", 2, "tamarind");
  add_version(g.own, "posted", 1, "cardamom");
  add_version(g.deleted, "posted", 1, "saxifrage");
  g.add_report();
  store::insert_hold(db, {"case 7", {}, g.room, "because", g.owner.id}, g.office().clock.now());
  store::store_rule(db, {g.room, {}}, 1000, g.owner.id, g.office().clock.now());
  db.run("UPDATE rooms SET seq = ?2, count = ?2, last_at = ?3 WHERE id = ?1", g.room, kNumber, kLastAt);
  REQUIRE_FALSE(db.failure());
}

object about_owner(Ground& g, object more) {
  more["user"] = g.owner.id.value;
  more["successor"] = g.outsider.id.value;
  return because(more);
}

// A search in all of the caller's rooms.
auto everywhere(const char* query) {
  return [query](Ground&) { return object{{"query", query}}; };
}

// An import of the caller's, where they may make one, else of an administrator's.
std::int64_t uploaded_people(Ground& g, bool is_done) {
  Office& office = g.office();
  const auto who = g.situation.role == Role::admin ? g.caller : g.add_person(Role::admin);
  auto peer = office.connect();
  office.call(*peer, "session.resume", {{"token", who.token}});
  const auto uploaded =
      office.call(*peer, "admin.user_import_upload", {{"csv", "name\n" + g.unused_name("csv") + "\n"}});
  const std::int64_t import = uploaded.at("result").at("import").as_int64();
  if (is_done) office.call(*peer, "admin.user_import", {{"import", import}});
  office.disconnect(peer);
  return import;
}

// Ways to ask that the walk over the rights doesn't need.
std::vector<Case> further_cases() {
  return {
      {"room.update", "to public", room_with({{"kind", "public"}, {"open_history", true}}), {}, {}},
      {"room.set_role", "as it is", member_with({{"role", "member"}}), {}, {}},
      {"message.history", "before", room_with({{"before", kNumber}}), {}, {}},
      {"message.history", "after", room_with({{"after", 0}}), {}, {}},
      {"message.history", "around", room_with({{"around", 2}}), {}, {}},
      {"message.search",
       "for what is there",
       everywhere("tamarind or bergamot or saxifrage or cardamom"),
       {},
       {}},
      {"message.search", "for what was pinned there", everywhere("has:pin"), {}, {}},
      {"message.search", "in a room called so", everywhere("in:quillword tamarind"), {}, {}},
      {"message.search", "by a part", everywhere("*amarin*"), {}, {}},
      {"message.search", "excluding", everywhere("-unheard"), {}, {}},
      {"message.search",
       "beyond a message there",
       [](Ground& g) {
         return object{{"query", "-unheard"}, {"beyond", {{"room", g.room.value}, {"seq", g.theirs.value}}}};
       },
       {},
       {}},
      {"message.versions", "of a deleted one", message_with(&Ground::deleted, {}), {}, {}},
      {"message.pin", "away", message_with(&Ground::theirs, {{"on", false}}), {}, {}},
      {"message.restore", "of what isn't deleted", message_with(&Ground::theirs, because()), {}, {}},
      {"moderation.resolve",
       "of a report from there",
       [](Ground& g) {
         const auto report = g.db().find<std::int64_t>("SELECT max(id) FROM reports");
         return because({{"report", report.value_or(0)}, {"resolution", "warned"}});
       },
       {},
       {}},
      {"moderation.mute", "for a while", member_with(because({{"seconds", 60}})), {}, {}},
      {"admin.user_import",
       "of a file",
       [](Ground& g) {
         return object{{"import", uploaded_people(g, false)}};
       },
       {},
       {}},
      {"admin.user_import_sheet",
       "of a file",
       [](Ground& g) {
         return object{{"import", uploaded_people(g, true)}};
       },
       {},
       {}},
      {"admin.user_import_undo",
       "of a file",
       [](Ground& g) {
         return because({{"import", uploaded_people(g, true)}});
       },
       {},
       {}},
      {"admin.retention_preview", "of the room", room_with({{"days", 1}}), {}, {}},
      {"admin.hold_place", "on the room", room_with(because({{"name", "case 8"}})), {}, {}},
      {"admin.user_offboard",
       "of its moderator, dry",
       [](Ground& g) {
         return about_owner(g, {{"dry_run", true}});
       },
       {},
       {}},
      {"admin.user_offboard", "of its moderator", [](Ground& g) { return about_owner(g, {}); }, {}, {}},
      {"admin.user_offboard",
       "of its moderator, without a successor",
       [](Ground& g) {
         return because({{"user", g.owner.id.value}});
       },
       {},
       {}},
  };
}

// All that comes to the caller, answers and events, also of what is posted afterwards.
std::string call_and_listen(Ground& g, const Case& one, const std::string& later = "tamarind and bergamot") {
  Office& office = g.office();
  if (one.method == "message.search") office.index_messages();
  auto peer = office.connect();
  const object since{{std::to_string(g.room.value), 0}};
  std::string heard = boost::json::serialize(
      office.call(*peer, "session.resume", {{"token", g.caller.token}, {"rooms", since}}));
  heard += boost::json::serialize(office.call(*peer, std::string(one.method), one.params(g)));
  auto owner = office.connect();
  office.call(*owner, "session.resume", {{"token", g.owner.token}});
  office.call(*owner, "message.post", {{"room", g.room.value}, {"client_id", g.uuid()}, {"text", later}});
  office.settle();
  for (const auto& event : peer->events) heard += boost::json::serialize(event);
  office.disconnect(owner);
  office.disconnect(peer);
  return heard;
}

std::vector<Case> walked_cases() {
  auto cases = all_cases();
  for (auto& one : further_cases()) cases.push_back(std::move(one));
  return cases;
}

void walk_foreign(Role role) {
  Office office;
  const MadeUpServer server(office);
  Ground ground(office);
  const auto cases = walked_cases();
  for (const RoomKind kind : {RoomKind::private_, RoomKind::direct})
    for (const auto& one : cases) {
      if (is_allowed(one.method)) continue;
      ground.prepare({.role = role, .kind = kind});
      plant(ground);
      office.tick();  // signs a head: without one some would end before they read
      INFO(one.method << " " << one.what << " by " << describe(ground.situation));
      const std::string heard = call_and_listen(ground, one);
      INFO(heard);
      for (const auto canary : kCanaries) {
        INFO(canary);
        CHECK(heard.find(canary) == std::string::npos);
      }
      // What nothing answers tells nothing.
      if (role == Role::admin && one.method.starts_with("admin."))
        CHECK(heard.find("\"unavailable\"") == std::string::npos);
      CHECK(store::find_room(ground.db(), ground.room)->kind == kind);
      CHECK_FALSE(store::find_member(ground.db(), ground.room, ground.caller.id));
    }
}

// A member, to whom what was written up to now isn't shown.
void walk_as_newcomer() {
  Office office;
  const MadeUpServer server(office);
  Ground ground(office);
  for (const auto& one : walked_cases()) {
    if (is_allowed(one.method)) continue;
    ground.prepare(
        {.role = Role::member, .kind = RoomKind::private_, .membership = protocol::RoomRole::member});
    plant(ground);
    ground.db().run("UPDATE members SET shown_after = ?3 WHERE room_id = ?1 AND user_id = ?2", ground.room,
                    ground.caller.id, kNumber);
    REQUIRE_FALSE(ground.db().failure());
    office.tick();
    INFO(one.method << " " << one.what);
    const std::string heard = call_and_listen(ground, one, "what comes after");
    INFO(heard);
    for (const auto canary : kWrittenBefore) {
      INFO(canary);
      CHECK(heard.find(canary) == std::string::npos);
    }
  }
}

object import_into(Office& office, TestPeer& peer, const std::string& room) {
  const auto uploaded =
      office.call(peer, "admin.user_import_upload", {{"csv", "name,rooms\nnina," + room + "\n"}});
  return office.call(peer, "admin.user_import",
                     {{"import", uploaded.at("result").at("import")}, {"dry_run", true}});
}

}  // namespace

TEST_CASE("a guest hears nothing of a room of others") {
  walk_foreign(Role::guest);
}
TEST_CASE("a member hears nothing of a room of others") {
  walk_foreign(Role::member);
}
TEST_CASE("a moderator hears nothing of a room of others") {
  walk_foreign(Role::moderator);
}
TEST_CASE("an auditor hears nothing of a room of others") {
  walk_foreign(Role::auditor);
}
TEST_CASE("an administrator hears nothing of a room of others") {
  walk_foreign(Role::admin);
}

TEST_CASE("a member who came after a room was opened hears nothing of what was written before") {
  walk_as_newcomer();
}

TEST_CASE("what tells of rooms of others all the same has its reason, and its record") {
  Office office;
  Ground ground(office);
  for (const auto& one : all_cases()) {
    if (!is_allowed(one.method)) continue;
    ground.prepare({.role = Role::admin, .kind = RoomKind::private_});
    plant(ground);
    office.tick();
    INFO(one.method);
    const auto before = ground.db().find<std::int64_t>("SELECT count(*) FROM audit_records");
    call_and_listen(ground, one);
    const auto readings = ground.db().find<std::int64_t>(
        "SELECT count(*) FROM audit_records WHERE idx >= ? AND type IN ('access.private_room_read',"
        " 'access.admin_search', 'moderation.reports_read', 'audit.queried', 'audit.exported')",
        before.value_or(0));
    const auto row = std::ranges::find(kAllowed, one.method, &Allowed::method);
    CHECK(readings == (row->record.empty() ? 0 : 1));
    if (!row->record.empty())
      CHECK(ground.db().find<std::int64_t>("SELECT 1 FROM audit_records WHERE idx >= ? AND type = ?",
                                           before.value_or(0), row->record));
  }
}

TEST_CASE("a file of people brings nobody into a private room of others, nor tells that there is one") {
  Office office;
  Ground ground(office);
  ground.prepare({.role = Role::admin, .kind = RoomKind::private_});
  plant(ground);
  auto peer = office.connect();
  office.call(*peer, "session.resume", {{"token", ground.caller.token}});
  const auto name = store::find_room(ground.db(), ground.room)->name;
  auto there = boost::json::serialize(import_into(office, *peer, name).at("result"));
  const auto nowhere = boost::json::serialize(import_into(office, *peer, "nowhere").at("result"));
  CHECK(there.find("There is no such room") != std::string::npos);
  there.replace(there.find(name), name.size(), "nowhere");
  CHECK(there == nowhere);
}

TEST_CASE("who takes a private room over sees what comes after, on record, and can't open what was before") {
  Office office;
  Ground ground(office);
  ground.prepare({.role = Role::admin, .kind = RoomKind::private_});
  plant(ground);
  ground.db().run("UPDATE members SET role = 'member' WHERE user_id = ?", ground.bystander.id);
  auto peer = office.connect();
  office.call(*peer, "session.resume", {{"token", ground.caller.token}});
  const auto done =
      office.call(*peer, "admin.user_offboard",
                  because({{"user", ground.owner.id.value}, {"successor", ground.caller.id.value}}));
  INFO(boost::json::serialize(done));
  REQUIRE(done.contains("result"));
  const auto member = store::find_member(ground.db(), ground.room, ground.caller.id);
  REQUIRE(member);
  CHECK(member->role == protocol::RoomRole::moderator);
  CHECK(member->shown_after.value > kNumber);
  const auto line = ground.db().find<std::string>(
      "SELECT line FROM audit_records WHERE type = 'room.member_added' ORDER BY idx DESC LIMIT 1");
  CHECK(line.value_or("").find("\"shown_after\":" + std::to_string(member->shown_after.value)) !=
        std::string::npos);
  const object here{{"room", ground.room.value}};
  CHECK(boost::json::serialize(office.call(*peer, "message.history", here)).find("tamarind") ==
        std::string::npos);
  const auto opened = office.call(*peer, "room.update",
                                  {{"room", ground.room.value}, {"kind", "public"}, {"open_history", true}});
  CHECK(boost::json::serialize(opened).find("You aren't shown all") != std::string::npos);
  CHECK(store::find_room(ground.db(), ground.room)->kind == RoomKind::private_);
}
