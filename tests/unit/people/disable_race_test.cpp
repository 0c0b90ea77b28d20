#include <catch2/catch.hpp>

#include "server/credentials/token.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"
#include "tests/unit/people/ground.hpp"

using namespace wardroom;
using namespace wardroom::testing;

namespace {

constexpr int kTries = 10'000;
constexpr int kAtOnce = 25;  // each hears what the others of its round say

struct Poster {
  UserId id;
  std::string token;
  std::shared_ptr<TestPeer> peer;
};

std::vector<Poster> add_posters(Office& office, RoomId room, int first) {
  std::vector<Poster> posters;
  const auto db = office.open_database();
  REQUIRE(db->run_script("BEGIN"));
  for (int i = first; i < first + kAtOnce; ++i) {
    const auto id = store::insert_user(*db, {"p" + std::to_string(i), "P", protocol::Role::member, {}, false},
                                       office.clock.now());
    REQUIRE(id);
    const auto token = credentials::make_token();
    store::insert_session(*db,
                          {.user = *id,
                           .token_hash = token.digest,
                           .device = "PC",
                           .client = "test",
                           .ip = "192.0.2.1",
                           .expires_at = office.clock.now() + std::chrono::days{1}},
                          office.clock.now());
    store::insert_member(*db, room, *id, protocol::RoomRole::member, office.clock.now());
    posters.push_back({*id, std::string(token.text.reveal()), office.connect()});
  }
  REQUIRE(db->run_script("COMMIT"));
  return posters;
}

void send(Office& office, TestPeer& peer, int id, const std::string& method, const json::object& params) {
  office.send_text(peer, protocol::compose_request(id, method, json::serialize(params)));
}

std::string uuid_of(int number) {
  std::string digits = std::to_string(number);
  return "01900000-0000-7000-8000-" + std::string(12 - digits.size(), '0') + digits;
}

}  // namespace

// The connection still counts as signed in when the second message is sent: what refuses it is that the
// session is looked at again within the transaction.
TEST_CASE("who is disabled posts nothing after, in ten thousand tries") {
  PeopleOffice at;
  Office& office = at.office;
  const RoomId room{at.make_room("ops")};
  for (int first = 0; first < kTries; first += kAtOnce) {
    office.clock.advance(std::chrono::seconds{1});
    auto posters = add_posters(office, room, first);
    for (auto& poster : posters) send(office, *poster.peer, 1, "session.resume", {{"token", poster.token}});
    office.wait_until([&] {
      return std::all_of(posters.begin(), posters.end(),
                         [](const auto& p) { return !p.peer->results.empty(); });
    });
    int number = first * 2;
    for (auto& poster : posters) {
      poster.peer->results.clear();
      for (const char* text : {"before", "after"}) {
        send(office, *poster.peer, 2, "message.post",
             {{"room", room.value}, {"client_id", uuid_of(number++)}, {"text", text}});
        if (*text == 'b')
          send(office, *at.peer, 3, "admin.user_disable", {{"user", poster.id.value}, {"reason", "race"}});
      }
    }
    office.wait_until([&] { return at.peer->results.size() == kAtOnce; });
    office.wait_until([&] {
      return std::all_of(posters.begin(), posters.end(),
                         [](const auto& p) { return p.peer->closed.has_value(); });
    });
    at.peer->results.clear();
    at.peer->events.clear();
    for (auto& poster : posters) office.disconnect(poster.peer);
  }
  const auto db = office.open_database();
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM messages WHERE text = 'before'") == kTries);
  CHECK(db->find<std::int64_t>("SELECT count(*) FROM messages WHERE text = 'after'") == 0);
}
