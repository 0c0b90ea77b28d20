#include "server/audit/query.hpp"

#include <random>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "server/audit/log.hpp"
#include "server/audit/text_index.hpp"
#include "server/store/database.hpp"
#include "server/store/rooms.hpp"
#include "server/store/users.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::audit;

namespace {

using Params = protocol::AuditQuery::Params;

constexpr Type kTypes[] = {Type::login_ok,        Type::login_fail,    Type::room_created,
                           Type::message_deleted, Type::user_disabled, Type::messages_committed};
constexpr const char* kAddresses[] = {"10.1.0.1", "10.1.0.2", "10.12.0.1", "2001:db8::1", ""};
constexpr const char* kReasons[] = {"", "insults again", "100% off_topic", "lärm im Raum", "a \"quote\""};

// A log in which every filter has something to find, common and rare.
class Log {
 public:
  Log() {
    auto opened = store::open_database(dir_.path() / "wardroom.db");
    REQUIRE(opened);
    db_ = std::move(*opened);
    // Whom and what the filters name is there, whether or not the log speaks of it.
    for (const auto* name : {"lena", "tom", "kim", "eva", "boss"})
      store::insert_user(*db_, {.name = name, .display_name = name}, from_unix_ms(0));
    for (const auto* name : {"general", "ops", "quiet"})
      store::insert_room(*db_, {.name = name, .name_key = name, .created_by = UserId{1}}, from_unix_ms(0));
  }
  sqlite::Connection& db() { return *db_; }

  void add(const Record& record) {
    sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
    store::WriteTx tx{*db_, from_unix_ms(now_ += 1000), {}};
    append_record(tx, record);
    REQUIRE(transaction.commit());
  }
  void fill(int count) {
    std::mt19937 random(7);
    const auto one_of = [&](const auto& list) { return list[random() % std::size(list)]; };
    for (int i = 0; i < count; ++i) {
      Record record{.type = one_of(kTypes)};
      if (record.type != Type::messages_committed) {
        record.actor = {Actor::Kind::user, UserId{1 + static_cast<std::int64_t>(random() % 3)}, "lena",
                        "member"};
        record.ip = one_of(kAddresses);
        record.reason = one_of(kReasons);
        if (random() % 2)
          record.target = {"user", static_cast<std::int64_t>(1 + random() % 4), "tom"};
        else if (random() % 2)
          record.target = {"room", 2, "ops"};
        if (random() % 3 == 0) record.room = RoomId{static_cast<std::int64_t>(1 + random() % 2)};
        if (record.type == Type::login_fail) record.outcome = Outcome::failure;
      }
      add(record);
    }
  }
  void index(std::int64_t limit) {
    sqlite::Transaction transaction(*db_, sqlite::Transaction::Kind::write);
    index_texts(*db_, limit);
    REQUIRE(transaction.commit());
  }

 private:
  testing::TempDir dir_;
  std::unique_ptr<sqlite::Connection> db_;
  std::int64_t now_ = 1'000'000;
};

using Indexes = std::vector<std::int64_t>;

// All pages of a search, one after the other.
Indexes search(sqlite::Connection& db, Params filter, std::int64_t limit) {
  Indexes all;
  for (;;) {
    const auto page = query_records(db, filter, limit);
    REQUIRE(page);
    for (const auto& record : page->records) all.push_back(record.idx.value);
    if (!page->more) return all;
    REQUIRE_FALSE(page->records.empty());
    (filter.after ? filter.after : filter.before) = page->records.back().idx;
  }
}

std::optional<std::int64_t> number_at(const boost::json::value& record, const char* name, const char* inner) {
  const auto* object = record.as_object().if_contains(name);
  if (!object) return std::nullopt;
  const auto* number = inner[0] ? object->as_object().if_contains(inner) : object;
  return number ? std::optional(number->as_int64()) : std::nullopt;
}
std::string text_at(const boost::json::value& record, const char* name, const char* inner) {
  const auto* object = record.as_object().if_contains(name);
  if (!object) return {};
  const auto* text = inner[0] ? object->as_object().if_contains(inner) : object;
  return text ? std::string(text->as_string()) : std::string();
}

bool fits_type(const std::string& type, const std::string& wanted) {
  return wanted.ends_with(".*") ? type.starts_with(wanted.substr(0, wanted.size() - 1)) : type == wanted;
}
bool fits_types(const std::string& type, const std::vector<std::string>& wanted) {
  return std::any_of(wanted.begin(), wanted.end(), [&](const auto& one) { return fits_type(type, one); });
}

// As a text stands in a record's JSON.
std::string in_json(const std::string& text) {
  std::string json;
  protocol::append_json_string(json, text);
  return json.substr(1, json.size() - 2);
}

// What the filters mean, told from the bytes alone.
bool fits(const std::string& line, std::int64_t at, const Params& p) {
  const auto json = boost::json::parse(line);
  const std::string type = text_at(json, "type", "");
  const std::string address = text_at(json, "source", "ip");
  const bool numbers =
      type == "messages.committed" || type == "reactions.committed" || type == "audit.heartbeat";
  return (!p.actor || number_at(json, "actor", "id") == p.actor->value) &&
         (!p.room || number_at(json, "room", "") == p.room->value) &&
         (!p.target || (text_at(json, "target", "type") == "user" &&
                        number_at(json, "target", "id") == p.target->value)) &&
         (!p.type || fits_type(type, *p.type)) && (!p.types || fits_types(type, *p.types)) &&
         (!p.severity || text_at(json, "severity", "") == *p.severity) &&
         (!p.outcome || text_at(json, "outcome", "") == *p.outcome) &&
         (!p.address || (p.address->ends_with('.')      ? address.starts_with(*p.address)
                         : p.address == "2001:DB8:0::1" ? address == "2001:db8::1"
                                                        : address == *p.address)) &&
         (!p.since || at >= to_unix_ms(*p.since)) && (!p.until || at < to_unix_ms(*p.until)) &&
         (!p.text || (!numbers && (line.find(*p.text) != std::string::npos ||
                                   line.find(in_json(*p.text)) != std::string::npos)));
}

Indexes expect(sqlite::Connection& db, const Params& filter) {
  Indexes all;
  auto row = db.query("SELECT idx, at, line FROM audit_records ORDER BY idx DESC");
  while (row.step())
    if (fits(row.get<std::string>(2), row.get<std::int64_t>(1), filter))
      all.push_back(row.get<std::int64_t>(0));
  return all;
}

Params some_filters(std::mt19937& random) {
  const auto chance = [&] { return random() % 4 == 0; };
  Params p;
  if (chance()) p.actor = UserId{static_cast<std::int64_t>(1 + random() % 4)};
  if (chance()) p.target = UserId{static_cast<std::int64_t>(1 + random() % 5)};
  if (chance()) p.room = RoomId{static_cast<std::int64_t>(1 + random() % 3)};
  if (chance()) p.type = std::array{"auth.*", "room.created", "message.*", "invite.created"}[random() % 4];
  if (chance()) p.types = std::vector<std::string>{"auth.login.ok", "user.*"};
  if (chance()) p.severity = std::array{"info", "notice", "warning"}[random() % 3];
  if (chance()) p.outcome = std::array{"success", "failure", "denied"}[random() % 3];
  if (chance())
    p.address = std::array{"10.1.0.1", "10.1.", "10.", "192.0.2.1", "2001:DB8:0::1"}[random() % 5];
  if (chance())
    p.text = std::array{
        "insults", "100% off_", "lärm", "\\\"quote", "a \"quote\"", "nowhere at all"}[random() % 6];
  if (chance()) p.since = from_unix_ms(1'000'000 + static_cast<std::int64_t>(random() % 300'000));
  if (chance()) p.until = from_unix_ms(1'000'000 + static_cast<std::int64_t>(random() % 300'000));
  return p;
}

}  // namespace

TEST_CASE(
    "every mixture of filters finds what the records' bytes say, in both directions, on pages of any size") {
  Log log;
  log.fill(300);
  log.index(200);  // the rest isn't in the index of texts yet
  std::mt19937 random(11);
  for (int i = 0; i < 400; ++i) {
    Params filter = some_filters(random);
    INFO(protocol::encode(filter));
    Indexes expected = expect(log.db(), filter);
    const std::int64_t limit = 1 + static_cast<std::int64_t>(random() % 60);
    CHECK(search(log.db(), filter, limit) == expected);
    std::reverse(expected.begin(), expected.end());
    filter.after = AuditIndex{-1};
    CHECK(search(log.db(), filter, limit) == expected);
  }
}

TEST_CASE("a common text that other filters hide is found in all of its records") {
  Log log;
  sqlite::Transaction transaction(log.db(), sqlite::Transaction::Kind::write);
  store::WriteTx tx{log.db(), from_unix_ms(1000), {}};
  // More records with the text than are looked at one by one.
  for (int i = 0; i < 6000; ++i) {
    Record record{.type = i % 2000 == 10 ? Type::user_disabled : Type::login_ok, .reason = "the usual"};
    append_record(tx, record);
  }
  while (index_texts(log.db(), 1000)) {
  }
  REQUIRE(transaction.commit());
  Params filter;
  filter.text = "the usual";
  filter.type = "user.disabled";
  CHECK(search(log.db(), filter, 2) == Indexes{4010, 2010, 10});
  filter.types = std::vector<std::string>{"user.*"};
  filter.type = std::nullopt;
  CHECK(search(log.db(), filter, 2) == Indexes{4010, 2010, 10});
  filter.after = AuditIndex{-1};
  CHECK(search(log.db(), filter, 2) == Indexes{10, 2010, 4010});
}

TEST_CASE("a page of long records ends early and says that there is more") {
  Log log;
  for (int i = 0; i < 8; ++i) {
    Record record{.type = Type::settings_changed};
    record.after = {{"hosts", std::string(300'000, 'h')}};
    log.add(record);
  }
  const auto first = query_records(log.db(), {}, 200);
  REQUIRE(first);
  CHECK(first->more);
  REQUIRE(first->records.size() == 4);
  Params rest;
  rest.before = first->records.back().idx;
  const auto second = query_records(log.db(), rest, 200);
  REQUIRE(second);
  CHECK_FALSE(second->more);
  REQUIRE(second->records.size() == 4);
  CHECK(second->records.back().idx == AuditIndex{0});
}

TEST_CASE("a person, a room, a type or an outcome that there isn't is an error, never nothing found") {
  Log log;
  log.fill(50);
  const auto refusal = [&](const Params& filter) {
    const auto page = query_records(log.db(), filter, 10);
    return page ? "accepted" : page.error().field + ": " + page.error().message;
  };
  CHECK(refusal({.actor_name = "Boss"}) == "accepted");
  CHECK(refusal({.actor_name = "bosss"}) ==
        "params.actor_name: There is no account called bosss. Did you mean boss?");
  CHECK(refusal({.target_name = "nobody.at.all"}) ==
        "params.target_name: There is no account called nobody.at.all.");
  CHECK(refusal({.actor = UserId{77}}) == "params.actor: There is no account with this id.");
  CHECK(refusal({.target = UserId{77}}) == "params.target: There is no account with this id.");
  CHECK(refusal({.room = RoomId{77}}) == "params.room: There is no room with this id.");
  CHECK(refusal({.outcome = "failed"}) ==
        "params.outcome: params.outcome must be success, failure, denied or error.");
  CHECK(refusal({.type = "auth.login.fial"}) ==
        "params.type: There are no records of type \"auth.login.fial\". Did you mean auth.login.fail?");
  CHECK(refusal({.type = "login.*"})
            .starts_with(
                "params.type: There are no records of type \"login.*\". There are: auth.*, session.*"));
  CHECK(refusal({.types = std::vector<std::string>{"auth.*", "room.wwwwwwwwwwwww"}})
            .starts_with(
                "params.types: There are no records of type \"room.wwwwwwwwwwwww\". There are: room."));
}

TEST_CASE("an address is found in every spelling, and with its network; what is none is an error") {
  Log log;
  for (const char* ip :
       {"192.0.2.7", "192.0.20.7", "192.0.3.1", "2001:db8::1", "2001:db8:0:1::9", "2001:db8:0:1::/64"})
    log.add({.type = Type::login_ok, .ip = ip});
  const auto found = [&](const char* address) { return search(log.db(), {.address = address}, 1); };
  CHECK(found("192.0.2.7") == Indexes{0});
  CHECK(found("::ffff:192.0.2.7") == Indexes{0});
  CHECK(found("192.0.2.0/24") == Indexes{0});
  CHECK(found("192.0.2.") == Indexes{0});
  CHECK(found("192.0.2.0/23") == Indexes{2, 0});
  CHECK(found("2001:DB8:0::1") == Indexes{3});
  CHECK(found("2001:db8:0:1::9") == Indexes{5, 4});
  CHECK(found("2001:db8:0:1::8") == Indexes{5});
  CHECK(found("2001:db8::/32") == Indexes{5, 4, 3});
  CHECK(found("2001:db8:0:") == Indexes{5, 4, 3});
  CHECK(found("198.51.100.0/24").empty());
  for (const char* none : {"192.0.2", "192.0.2.0/40", "localhost"}) {
    const auto page = query_records(log.db(), {.address = none}, 10);
    REQUIRE_FALSE(page);
    CHECK(page.error().field == "params.address");
  }
}

TEST_CASE("a text is found whatever its case, in every script, with its accents") {
  Log log;
  log.add({.type = Type::user_disabled, .reason = "Özil hat GEKÜNDIGT"});
  log.add({.type = Type::user_disabled, .reason = "Ирина ушла"});
  log.add({.type = Type::user_disabled, .reason = "ozil"});
  for (const bool indexed : {false, true}) {
    if (indexed) log.index(100);
    for (const auto& type : {std::optional<std::string>(), std::optional<std::string>("user.disabled")}) {
      CHECK(search(log.db(), {.type = type, .text = "özil"}, 10) == Indexes{0});
      CHECK(search(log.db(), {.type = type, .text = "ÖZIL HAT gekünd"}, 10) == Indexes{0});
      CHECK(search(log.db(), {.type = type, .text = "ирина"}, 10) == Indexes{1});
      CHECK(search(log.db(), {.type = type, .text = "OZIL"}, 10) == Indexes{2});
    }
  }
}

TEST_CASE("a text is found as people read it, quotation marks and backslashes too") {
  Log log;
  log.add({.type = Type::user_disabled, .reason = R"(said "never again")"});
  log.add({.type = Type::user_disabled, .reason = R"(opened C:\Users\lena)"});
  for (const bool indexed : {false, true}) {
    if (indexed) log.index(100);
    CHECK(search(log.db(), {.text = R"("never)"}, 10) == Indexes{0});
    CHECK(search(log.db(), {.text = R"(C:\Users)"}, 10) == Indexes{1});
    CHECK(search(log.db(), {.text = R"("type":"user.dis)"}, 10) == Indexes{1, 0});
  }
}

TEST_CASE("a filter that means nothing is refused with its name") {
  Log log;
  const auto refused = [&](auto set) {
    Params filter;
    set(filter);
    const auto page = query_records(log.db(), filter, 10);
    return page ? std::string() : page.error().field;
  };
  CHECK(refused([](Params& p) { p.text = "ab"; }) == "params.text");
  CHECK(refused([](Params& p) { p.text = "äö"; }) == "params.text");
  CHECK(refused([](Params& p) { p.severity = "grave"; }) == "params.severity");
  CHECK(refused([](Params& p) { p.types = std::vector<std::string>(500, "a"); }) == "params.types");
}

TEST_CASE("a record whose text is forgotten isn't found by it any more") {
  Log log;
  log.add({.type = Type::login_ok, .reason = "needle in here"});
  log.add({.type = Type::login_ok, .reason = "needle in there"});
  log.index(100);
  Params filter;
  filter.text = "needle";
  CHECK(search(log.db(), filter, 10).size() == 2);
  forget_text(log.db(), AuditIndex{0});
  REQUIRE_FALSE(log.db().failure());
  CHECK(search(log.db(), filter, 10) == Indexes{1});
}
