#include "tests/unit/evidence/bundle_fixture.hpp"

using namespace wardroom;
using namespace wardroom::testing;

TEST_CASE("an export leaves its records before anything of it is read") {
  Inquiry t;
  auto ada = t.arrive("ada");
  t.post(ada, t.create(ada, "ops"), "hello");
  t.office.tick();
  const auto begun = t.call(t.auditor, "audit.export", {{"user", ada.id()}, {"reason", "case 7"}});
  REQUIRE(t.records("audit.exported").size() == 1);
  CHECK(t.records("access.export_created").size() == 1);
  REQUIRE(t.records("privacy.subject_exported").size() == 1);
  for (const auto* type : {"audit.exported", "privacy.subject_exported"}) {
    const auto record = json::parse(t.records(type)[0]).as_object();
    CHECK(record.at("actor").at("name") == "vera");
    CHECK(record.at("target").at("name") == "ada");
    CHECK(record.at("reason") == "case 7");
    CHECK(record.at("after").at("size") == begun.at("size"));
  }
}

TEST_CASE("an export without a person is none of a subject, and without messages none of texts") {
  Inquiry t;
  auto ada = t.arrive("ada");
  t.create(ada, "ops");
  t.office.tick();
  t.call(t.auditor, "audit.export", {{"reason", "case 7"}});
  CHECK(t.records("audit.exported").size() == 1);
  CHECK(t.records("access.export_created").empty());
  CHECK(t.records("privacy.subject_exported").empty());
}

TEST_CASE("an export is read only by whoever began it, for a day, while they have the right") {
  Inquiry t;
  auto other = t.arrive("otto", protocol::Role::auditor);
  auto admin = t.arrive("root", protocol::Role::admin);
  auto moderator = t.arrive("mo", protocol::Role::moderator);
  t.create(moderator, "ops");
  t.office.tick();
  const auto id = t.call(t.auditor, "audit.export", {{"reason", "case 7"}}).at("id").as_int64();
  t.call(t.auditor, "audit.export_page", {{"id", id}});
  CHECK(t.refusal(other, "audit.export_page", {{"id", id}}) == "not_found");
  CHECK(t.refusal(admin, "audit.export_page", {{"id", id}}) == "not_found");
  CHECK(t.refusal(moderator, "audit.export", {{"reason", "curious"}}) == "role");
  CHECK(t.refusal(t.auditor, "audit.export", {{"reason", " "}}) == "params");
  CHECK(t.refusal(t.auditor, "audit.export_page", {{"id", id}, {"at", "x"}}) == "params");
  CHECK(t.refusal(t.auditor, "audit.export_page", {{"id", id}, {"at", "r,999999,0,0"}}) == "params");
  t.office.clock.advance(std::chrono::hours{23});
  t.call(t.auditor, "audit.export_page", {{"id", id}});
  t.office.clock.advance(std::chrono::hours{1});
  CHECK(t.refusal(t.auditor, "audit.export_page", {{"id", id}}) == "export_over");
}

TEST_CASE("pages are small, whatever is in them, and together they are everything") {
  Inquiry t;
  auto ada = t.arrive("ada");
  const auto room = t.create(ada, "ops");
  const std::string text(15'000, 'x');
  for (int i = 0; i < 20; ++i) {
    t.office.clock.advance(std::chrono::seconds{1});
    t.post(ada, room, text);
  }
  t.office.tick();
  const auto id = t.call(t.auditor, "audit.export", {{"reason", "case 7"}}).at("id").as_int64();
  json::object params{{"id", id}};
  std::size_t messages = 0, pages = 0;
  for (;;) {
    const auto page = t.call(t.auditor, "audit.export_page", params);
    CHECK(json::serialize(page).size() < 200'000);
    messages += page.at("messages").as_array().size();
    ++pages;
    if (!page.contains("next")) break;
    params["at"] = page.at("next");
    t.office.clock.advance(std::chrono::seconds{1});
  }
  CHECK(messages == 20);
  CHECK(pages > 4);
}
