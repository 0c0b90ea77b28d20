#include <fstream>

#include "common/sqlite/transaction.hpp"
#include "protocol/codec.hpp"
#include "server/store/files.hpp"
#include "tests/harness/transfers.hpp"
#include "tests/unit/rights/ground.hpp"

// Every path and verb of files × every role × every kind and state of room × every way to be in it: what HTTP
// does is what the tables of domain/rights say, and whoever may not read a file doesn't learn that it is
// there.
using namespace wardroom;
using namespace wardroom::testing;
using protocol::Role;
using protocol::RoomKind;
using protocol::RoomRole;

namespace {

constexpr std::string_view kWalkedBytes = "walked";

// Files of the ground's people, in every state that a file has.
class FileGround {
 public:
  explicit FileGround(Office& office) : ground(office) {}

  void prepare(const Situation& situation) {
    ground.prepare(situation);
    sqlite::Transaction transaction(ground.db(), sqlite::Transaction::Kind::write);
    open = add(ground.caller.id);
    their_open = add(ground.bystander.id);
    whole = completed(add(ground.caller.id));
    their_whole = completed(add(ground.bystander.id));
    own = posted(ground.caller.id, ground.own);
    theirs = posted(ground.bystander.id, ground.theirs);
    deleted = posted(ground.bystander.id, ground.deleted);
    REQUIRE(transaction.commit());
    store_bytes();
  }

  Ground ground;
  std::string open, their_open;    // uploads of which nothing has come
  std::string whole, their_whole;  // that no message carries
  std::string own, theirs, deleted;

 private:
  // After the rows: the sweep of a server that starts removes what no row names.
  void store_bytes() {
    const auto name = to_hex(sha256(as_bytes(kWalkedBytes)));
    const auto folder = ground.office().directory() / "files" / name.substr(0, 2);
    std::filesystem::create_directories(folder);
    std::ofstream(folder / name.substr(2), std::ios::binary) << kWalkedBytes;
  }
  std::string add(UserId user) {
    const auto id = parse_uuid(ground.uuid());
    REQUIRE(id);
    const auto now = ground.office().clock.now();
    store::insert_upload(
        ground.db(), {*id, user, ground.room, "walked.txt", static_cast<std::int64_t>(kWalkedBytes.size()),
                      now, now + std::chrono::hours{24}});
    return to_string(*id);
  }
  std::string completed(const std::string& id) {
    const auto now = ground.office().clock.now();
    REQUIRE(store::complete_upload(ground.db(), *parse_uuid(id), {}, sha256(as_bytes(kWalkedBytes)),
                                   "text/plain", now + std::chrono::hours{24}));
    return id;
  }
  std::string posted(UserId user, Seq message) {
    const auto id = completed(add(user));
    store::attach_file(ground.db(), *parse_uuid(id), message, 0);
    return id;
  }
};

std::string refusal_in(const Office::FileAnswer& answer) {
  if (answer.status / 100 == 2) return "allowed";
  if (answer.body.empty()) return std::to_string(answer.status);
  return std::string(boost::json::parse(answer.body).as_object().at("code").as_string());
}

std::string what_a_rule_says(const Result<void>& rule) {
  if (rule) return "allowed";
  return rule.error().reason.empty() ? std::string(to_string(rule.error().code)) : rule.error().reason;
}

struct FileCase {
  const char* what;
  realtime::FileRequest request;
  std::string body;
  std::string expected;
};

std::vector<FileCase> cases_of(const FileGround& f) {
  const auto& g = f.ground;
  const auto& token = g.caller.token;
  const auto read = [&](const std::string& id) { return file_request("GET", "/api/v1/files/" + id, token); };
  const auto at = [&](const char* verb, const std::string& id) {
    return file_request(verb, "/api/v1/uploads/" + id, token);
  };
  const std::string bytes(kWalkedBytes);
  const std::string where_it_reads = g.rule(domain::RoomAct::read) ? "allowed" : "not_found";
  return {
      {"begins an upload for the room", create_request(token, g.room.value, 3, "a"), "",
       what_a_rule_says(g.rule(domain::RoomAct::post))},
      {"reads what a colleague posted", read(f.theirs), "", where_it_reads},
      {"asks for the head of it", file_request("HEAD", "/api/v1/files/" + f.theirs, token), "",
       where_it_reads},
      {"reads what they posted themselves", read(f.own), "", where_it_reads},
      {"reads what a deleted message carries", read(f.deleted), "", "not_found"},
      {"reads their own, which isn't posted", read(f.whole), "", "allowed"},
      {"reads another's, which isn't posted", read(f.their_whole), "", "not_found"},
      {"reads another's, which hasn't come", read(f.their_open), "", "not_found"},
      {"reads their own, which hasn't come", read(f.open), "", "not_found"},
      {"asks how far another's is", at("HEAD", f.their_open), "", "not_found"},
      {"goes on with another's", patch_request(token, f.their_open, 0), bytes, "not_found"},
      {"ends another's", at("DELETE", f.their_open), "", "not_found"},
      {"ends another's, which is whole", at("DELETE", f.their_whole), "", "not_found"},
      {"ends another's, which is posted", at("DELETE", f.theirs), "", "not_found"},
      {"ends their own, which is posted", at("DELETE", f.own), "", "file_posted"},
      {"asks how far their own is", at("HEAD", f.open), "", "allowed"},
      {"goes on with their own", patch_request(token, f.open, 0), bytes, "allowed"},
      {"ends their own", at("DELETE", f.open), "", "allowed"},
  };
}

std::vector<Situation> file_situations(Role role) {
  std::vector<Situation> all;
  for (const RoomKind kind : {RoomKind::public_, RoomKind::private_})
    for (const std::optional<RoomRole> in :
         {std::optional<RoomRole>(), std::optional(RoomRole::member), std::optional(RoomRole::moderator)})
      for (const RoomState state :
           {RoomState::normal, RoomState::archived, RoomState::locked, RoomState::muted})
        all.push_back({role, kind, in, state});
  for (const std::optional<RoomRole> in : {std::optional<RoomRole>(), std::optional(RoomRole::member)})
    for (const RoomState state : {RoomState::normal, RoomState::requested, RoomState::ended})
      all.push_back({role, RoomKind::direct, in, state});
  return all;
}

void walk_files(Role role) {
  Office office;
  office.services().settings.update([](commands::Settings& next) { next.files.open_uploads = 1'000'000; });
  FileGround files(office);
  bool was_denied = false;
  for (const auto& situation : file_situations(role)) {
    files.prepare(situation);
    for (const auto& one : cases_of(files)) {
      INFO(describe(situation) << " " << one.what);
      // What may be read has a body, and no word of an error in it.
      const auto answer = office.request_file(one.request, one.body);
      const std::string got = refusal_in(answer);
      // The answer to a HEAD may have no words.
      if (one.request.verb == "HEAD" && answer.body.empty() && one.expected == "not_found")
        CHECK(answer.status == 404);
      else
        CHECK(got == one.expected);
      if (answer.status == 200 && one.request.verb == "GET") CHECK(answer.body == kWalkedBytes);
      // Nothing of a file that isn't theirs to know.
      if (one.expected == "not_found") CHECK(answer.headers.find("walked") == std::string::npos);
      was_denied = was_denied || got == "not_a_member" || got == "role";
      auto nobody = one.request;
      for (const char* token : {"", "nonsense"}) {
        nobody.token = token;
        CHECK(office.request_file(nobody, one.body).status == 401);
      }
    }
  }
  office.settle();
  if (was_denied)
    CHECK(files.ground.db().find<std::int64_t>(
        "SELECT 1 FROM audit_records WHERE type = 'access.denied' AND instr(line, "
        "'\"target\":{\"type\":\"method\",\"name\":\"file.upload\"}') LIMIT 1"));
}

}  // namespace

TEST_CASE("the walk of a guest over the paths of files") {
  walk_files(Role::guest);
}
TEST_CASE("the walk of a member over the paths of files") {
  walk_files(Role::member);
}
TEST_CASE("the walk of a moderator over the paths of files") {
  walk_files(Role::moderator);
}
TEST_CASE("the walk of an auditor over the paths of files") {
  walk_files(Role::auditor);
}
TEST_CASE("the walk of an administrator over the paths of files") {
  walk_files(Role::admin);
}
