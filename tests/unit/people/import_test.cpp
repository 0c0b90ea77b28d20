#include <catch2/catch.hpp>

#include "protocol/invite_link.hpp"
#include "tests/unit/people/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

// Accepts the invite of a link as its person.
json::object accept(PeopleOffice& at, const json::value& link) {
  const auto parsed = protocol::parse_invite_link(link.as_string().c_str());
  REQUIRE(parsed);
  auto peer = at.office.connect();
  return at.office.call(*peer, "account.accept_invite",
                        {{"token", std::string(parsed->token.reveal())},
                         {"password", "a fine long password"},
                         {"device", device()}});
}

std::vector<std::string> names_in(const json::value& users) {
  std::vector<std::string> names;
  for (const auto& user : users.as_array()) names.emplace_back(user.at("name").as_string());
  return names;
}

}  // namespace

TEST_CASE("people of a file get accounts, rooms and records, all at once") {
  PeopleOffice at;
  const auto ops = at.make_room("ops");
  const auto board = at.make_room("board", "private");
  const auto first =
      at.ok("admin.user_import_upload", {{"csv", "name,display name,role,rooms\nlena,Lena W,"}});
  const auto import = first.at("import").as_int64();
  // The rest as base64url: "moderator,#ops board\nmateo,,,ops\n"
  const auto second = at.ok(
      "admin.user_import_upload",
      {{"import", import}, {"csv", "bW9kZXJhdG9yLCNvcHMgYm9hcmQKbWF0ZW8sLCxvcHMK"}, {"form", "base64url"}});
  CHECK(second.at("bytes") == 74);

  const auto dry = at.ok("admin.user_import", {{"import", import}, {"dry_run", true}});
  CHECK(dry.at("created") == 2);
  CHECK(dry.at("memberships") == 3);
  CHECK(dry.at("done") == false);
  CHECK(at.ok("admin.user_list", {}).at("total") == 1);

  const auto done = at.ok("admin.user_import", {{"import", import}});
  CHECK(done.at("done") == true);
  CHECK(done.at("encoding") == "utf-8");
  CHECK(at.ok("admin.user_list", {}).at("total") == 3);
  CHECK(at.ok("room.members", {{"room", ops}}).at("members").as_array().size() == 3);
  CHECK(at.ok("room.members", {{"room", board}}).at("members").as_array().size() == 2);
  CHECK(at.records("user.created") == 2);
  CHECK(at.records("room.member_added") == 3);
  CHECK(json::serialize(at.record("user.file_imported").at("after")) ==
        R"({"accounts":2,"memberships":3,"skipped":0})");
  CHECK(at.refusal("admin.user_import", {{"import", import}}) == "import_done");
  CHECK(at.refusal("admin.user_import_upload", {{"import", import}, {"csv", "x"}}) == "import_done");
  const auto list = at.ok("admin.user_import_list", {}).at("imports").as_array();
  REQUIRE(list.size() == 1);
  CHECK(list[0].at("accounts") == 2);
  CHECK(list[0].at("signed_in") == 0);
  CHECK(at.office.open_database()->find<std::int64_t>("SELECT count(*) FROM import_pieces") == 0);
}

TEST_CASE("one error stops an import, unless its row is left out") {
  PeopleOffice at;
  at.make_room("ops");
  const auto gone = at.make_room("gone");
  at.ok("room.archive", {{"room", gone}, {"on", true}, {"reason", "over"}});
  const auto import = at.upload("name,rooms\nlena,ops\nroot,ops\nmia,nowhere ops\npia,gone\n");
  const auto refused = at.ok("admin.user_import", {{"import", import}});
  CHECK(refused.at("done") == false);
  CHECK(refused.at("errors_total") == 3);
  std::string places;
  for (const auto& e : refused.at("errors").as_array())
    places += std::to_string(e.at("line").as_int64()) + ":" + std::to_string(e.at("column").as_int64()) + " ";
  CHECK(places == "3:1 4:5 5:5 ");
  CHECK(at.records("user.created") == 0);

  const auto done = at.ok("admin.user_import", {{"import", import}, {"skip_errors", true}});
  CHECK(done.at("done") == true);
  CHECK(done.at("created") == 1);
  CHECK(done.at("skipped") == 3);
  CHECK(at.records("user.created") == 1);
}

TEST_CASE("the first hundred errors are told, and how many there are") {
  PeopleOffice at;
  std::string csv = "name\n";
  for (int i = 0; i < 150; ++i) csv += "!\n";
  const auto result = at.ok("admin.user_import", {{"import", at.upload(csv)}, {"skip_errors", true}});
  CHECK(result.at("errors_total") == 150);
  CHECK(result.at("errors").as_array().size() == 100);
  CHECK(result.at("done") == false);
}

TEST_CASE("an upload that isn't carried out is forgotten after a day") {
  PeopleOffice at;
  const auto import = at.upload("name\nlena\n");
  at.office.clock.advance(std::chrono::hours{25});
  CHECK(at.refusal("admin.user_import", {{"import", import}}) == "not_found");
  at.upload("name\nmia\n");
  CHECK(at.office.open_database()->find<std::int64_t>("SELECT count(*) FROM import_pieces") == 1);
  const std::string large(60'000, 'x');
  const auto other = at.upload(large);
  for (int i = 1; i < 139; ++i) at.ok("admin.user_import_upload", {{"import", other}, {"csv", large}});
  CHECK(at.refusal("admin.user_import_upload", {{"import", other}, {"csv", large}}) == "too_large");
}

TEST_CASE("a sheet has one invite a person; printing again voids the earlier one") {
  PeopleOffice at;
  const auto import = at.upload("name\nlena\nmia\npia\n");
  CHECK(at.refusal("admin.user_import_sheet", {{"import", import}}) == "not_done");
  at.ok("admin.user_import", {{"import", import}});
  auto page = at.ok("admin.user_import_sheet", {{"import", import}, {"limit", 2}});
  CHECK(page.at("more") == true);
  const auto first = page.at("entries").as_array();
  REQUIRE(first.size() == 2);
  page = at.ok("admin.user_import_sheet",
               {{"import", import}, {"limit", 2}, {"after", first[1].at("user").at("id")}});
  CHECK(page.at("more") == false);
  REQUIRE(page.at("entries").as_array().size() == 1);
  REQUIRE(accept(at, first[0].at("invite")).contains("result"));
  // Lena is here; the others get new invites.
  page = at.ok("admin.user_import_sheet", {{"import", import}});
  REQUIRE(page.at("entries").as_array().size() == 2);
  CHECK(accept(at, first[1].at("invite")).contains("error"));
  CHECK(accept(at, page.at("entries").as_array()[0].at("invite")).contains("result"));
}

TEST_CASE("undoing an import removes who was never here, everywhere, and names who stays") {
  PeopleOffice at;
  const auto ops = at.make_room("ops");
  const auto import = at.upload("name,rooms\nlena,ops\nmia,ops\n");
  CHECK(at.refusal("admin.user_import_undo", {{"import", import}, {"reason", "wrong file"}}) == "not_done");
  at.ok("admin.user_import", {{"import", import}});
  const auto sheet = at.ok("admin.user_import_sheet", {{"import", import}}).at("entries").as_array();
  REQUIRE(accept(at, sheet[0].at("invite")).contains("result"));
  const auto mia = sheet[1].at("user").at("id").as_int64();

  CHECK(at.refusal("admin.user_import_undo", {{"import", import}, {"reason", " "}}) == "params");
  const auto undone = at.ok("admin.user_import_undo", {{"import", import}, {"reason", "wrong file"}});
  CHECK(undone.at("removed") == 1);
  CHECK(names_in(undone.at("kept")) == std::vector<std::string>{"lena"});
  CHECK(at.refusal("admin.user_import_undo", {{"import", import}, {"reason", "again"}}) == "undone");

  CHECK(names_in(at.ok("admin.user_list", {}).at("users")) == std::vector<std::string>{"lena", "root"});
  CHECK(names_in(at.ok("user.list", {}).at("users")) == std::vector<std::string>{"lena", "root"});
  CHECK(at.ok("user.get", {{"users", {mia}}}).at("users").as_array().empty());
  CHECK(at.ok("room.members", {{"room", ops}}).at("members").as_array().size() == 2);
  CHECK(at.refusal("direct.open", {{"users", {mia}}}) == "not_found");
  CHECK(at.refusal("room.add_member", {{"room", ops}, {"user", mia}}) == "not_found");
  CHECK(at.refusal("admin.user_enable", {{"user", mia}}) == "not_found");
  CHECK(accept(at, sheet[1].at("invite")).contains("error"));
  CHECK(at.record("user.deleted").at("target").at("name") == "mia");
  CHECK(at.record("user.deleted").at("reason") == "wrong file");
  CHECK(at.records("user.file_import_undone") == 1);
  CHECK(at.ok("admin.user_import_list", {}).at("imports").as_array()[0].at("undone") == true);
  // The name is free again.
  CHECK(at.ok("admin.user_create", {{"name", "mia"}}).at("user").at("id") != mia);
}

TEST_CASE("imports belong to administrators") {
  PeopleOffice at;
  const auto import = at.upload("name\nlena\n");
  at.peer = at.sign_in(at.office.add_person("mod", protocol::Role::moderator));
  for (const char* method : {"admin.user_import", "admin.user_import_sheet", "admin.user_import_list"})
    CHECK(at.refusal(method, {{"import", import}}) == "role");
  CHECK(at.refusal("admin.user_import_upload", {{"csv", "name"}}) == "role");
  CHECK(at.refusal("admin.user_import_undo", {{"import", import}, {"reason", "x"}}) == "role");
}
