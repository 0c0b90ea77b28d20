#include <set>

#include <catch2/catch.hpp>

#include "client/model/people.hpp"
#include "protocol/limits.hpp"
#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;

namespace {

using Watch = protocol::PresenceWatch;

// A room of 4,500, in which every ninth is online: more than half of these behind the first thousand.
protocol::RoomMembers::Result crowd() {
  protocol::RoomMembers::Result result;
  for (std::int64_t i = 1; i <= 4'500; ++i)
    result.members.push_back(
        {user(UserId{i}, "p" + std::to_string(i), "Person " + std::to_string(i)), {}, {}});
  return result;
}

bool is_online(UserId user) {
  return user.value % 9 == 0;
}

Watch::Result present_of(const Watch::Params& params, UserId also) {
  Watch::Result result;
  for (const UserId user : params.users)
    if (is_online(user) || user == also) result.presence.push_back({user, protocol::Presence::online, {}});
  return result;
}

// Answers all that is asked about presence; how many times it was.
int answer_all(Driver& d, UserId also = {}) {
  int answered = 0;
  while (d.count<Call<Watch>>() > 0) {
    REQUIRE(answered < 20);
    const Watch::Params params = d.all<Call<Watch>>().front().params;
    CHECK(params.users.size() <= protocol::kMaxWatched);
    d.answer<Watch>(present_of(params, also));
    ++answered;
  }
  return answered;
}

std::size_t shown_online(Driver& d) {
  return d.props().members.sections.at(0).people.size();
}

}  // namespace

TEST_CASE("everybody who is online in a room of 4,500 is shown, and who comes later within a minute") {
  Driver d;
  d.start();
  d.effects.clear();
  d.act(OpenRoom{kOther});
  d.on(Answer<protocol::RoomMembers>{{kOther}, crowd()});
  answer_all(d);
  // And oneself.
  CHECK(shown_online(d) == 501);
  std::set<UserId> followed(d.state.watched.begin(), d.state.watched.end());
  for (std::int64_t i = 9; i <= 4'500; i += 9) CHECK(followed.contains(UserId{i}));
  // Nothing more is asked until the minute is over.
  d.wait(30s);
  CHECK(d.count<Call<Watch>>() == 0);
  REQUIRE(next_tick(d.state));
  CHECK(*next_tick(d.state) <= d.state.now + 31s);
  d.wait(31s);
  REQUIRE(d.count<Call<Watch>>() == 1);
  const Watch::Params asked = d.all<Call<Watch>>().front().params;
  CHECK(asked.once == true);
  const UserId came = asked.users.front();
  REQUIRE_FALSE(is_online(came));
  answer_all(d, came);
  CHECK(shown_online(d) == 502);
}

TEST_CASE("nobody is asked about while the panel of members is hidden, and at once when it is shown again") {
  Driver d;
  d.start();
  d.act(ToggleMembers{});
  d.effects.clear();
  d.act(OpenRoom{kOther});
  d.on(Answer<protocol::RoomMembers>{{kOther}, crowd()});
  CHECK(answer_all(d) == 1);
  d.wait(10min);
  CHECK(d.count<Call<Watch>>() == 0);
  d.act(ToggleMembers{});
  CHECK(answer_all(d) >= 4);
  CHECK(shown_online(d) == 501);
}

TEST_CASE("a small room is followed as a whole, and nobody is asked about twice") {
  Driver d;
  d.start();
  d.effects.clear();
  d.act(OpenRoom{kOther});
  auto few = crowd();
  few.members.resize(900);
  d.on(Answer<protocol::RoomMembers>{{kOther}, few});
  CHECK(answer_all(d) == 1);
  d.wait(10min);
  CHECK(d.count<Call<Watch>>() == 0);
}

TEST_CASE("a server that doesn't know the question is asked once a minute, and not at once again") {
  Driver d;
  d.start();
  d.effects.clear();
  d.act(OpenRoom{kOther});
  d.on(Answer<protocol::RoomMembers>{{kOther}, crowd()});
  int refused = 0;
  while (d.count<Call<Watch>>() > 0) {
    REQUIRE(refused < 5);
    if (d.all<Call<Watch>>().front().params.once) {
      d.answer<Watch>(params_error("params.once", "There's no such field."));
      ++refused;
    } else {
      d.answer<Watch>(Watch::Result{});
    }
  }
  CHECK(refused == 1);
}
