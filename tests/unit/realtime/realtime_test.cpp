#include <catch2/catch.hpp>

#include "server/realtime/presence_board.hpp"
#include "server/realtime/subscriptions.hpp"
#include "server/realtime/token_bucket.hpp"
#include "tests/harness/office.hpp"

using namespace wardroom;
using namespace wardroom::realtime;

namespace {

struct Connected {
  testing::TestPeer peer;
  Connected(Subscriptions& subscriptions, std::uint64_t serial, UserId user, SessionId session,
            std::vector<RoomId> rooms) {
    peer.id = {0, serial};
    peer.caller = Caller{user, session, "p", protocol::Role::member, "", ""};
    subscriptions.add(peer);
    subscriptions.sign_in(peer);
    subscriptions.set_rooms(peer, rooms);
  }
};

FramePtr frame(const std::string& text) {
  return make_frame(R"({"method":"m","params":{"t":")" + text + "\"}}");
}

std::vector<std::string> heard(testing::TestPeer& peer) {
  std::vector<std::string> texts;
  for (const auto& event : peer.events) {
    const auto& params = event.at("params").as_object();
    texts.push_back(params.contains("t") ? std::string(params.at("t").as_string())
                                         : std::string(event.at("method").as_string()));
  }
  peer.events.clear();
  return texts;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("who is removed from a room sees everything before and nothing after") {
  Subscriptions subscriptions;
  Connected a(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  Connected b(subscriptions, 2, UserId{2}, SessionId{2}, {RoomId{5}});
  for (const auto& p : std::initializer_list<Publication>{
           ToRoom{RoomId{5}, frame("one")}, MemberOut{RoomId{5}, UserId{2}}, ToRoom{RoomId{5}, frame("two")},
           MemberIn{RoomId{5}, UserId{2}}, ToRoom{RoomId{5}, frame("three")}})
    subscriptions.apply(p);
  CHECK(heard(a.peer) == Texts{"one", "two", "three"});
  CHECK(heard(b.peer) == Texts{"one", "three"});
  CHECK(subscriptions.membership_version(b.peer) == 2);
}

TEST_CASE("a session that ends closes its own connections only, and they hear nothing any more") {
  Subscriptions subscriptions;
  Connected phone(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  Connected desk(subscriptions, 2, UserId{1}, SessionId{2}, {RoomId{5}});
  subscriptions.apply(SessionEnded{SessionId{1}, UserId{1}, protocol::CloseCode::revoked});
  subscriptions.apply(ToRoom{RoomId{5}, frame("secret")});
  CHECK(phone.peer.closed == protocol::CloseCode::revoked);
  CHECK(heard(phone.peer) == Texts{"session.revoked"});
  CHECK_FALSE(desk.peer.closed);
  CHECK(heard(desk.peer) == Texts{"secret"});
}

TEST_CASE("a peer that went leaves nothing behind") {
  Subscriptions subscriptions;
  {
    Connected gone(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
    subscriptions.set_watched(gone.peer, {UserId{2}, UserId{2}});
    const auto was = subscriptions.remove(gone.peer);
    REQUIRE(was);
    CHECK(was->user == UserId{1});
    CHECK(was->session == SessionId{1});
    CHECK_FALSE(subscriptions.remove(gone.peer));
  }
  subscriptions.apply(ToRoom{RoomId{5}, frame("x")});
  subscriptions.apply(ToUser{UserId{1}, frame("x")});
  subscriptions.apply(ToWatchers{UserId{2}, frame("x")});
  CHECK(subscriptions.size() == 0);
}

TEST_CASE("a person with a duty hears of nothing but it, and of every room from where it is done") {
  Subscriptions subscriptions;
  Connected a(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  const auto change = [&](Duties duties, std::vector<RoomId> rooms) {
    subscriptions.apply(
        CallerChanged{UserId{1}, protocol::Role::member, duties, std::move(rooms), frame("duty")});
  };
  change({.change_password = true}, {RoomId{5}});
  const auto version = subscriptions.membership_version(a.peer);
  subscriptions.apply(MemberIn{RoomId{6}, UserId{1}});
  CHECK(subscriptions.membership_version(a.peer) > version);
  subscriptions.apply(ToRoom{RoomId{5}, frame("one")});
  subscriptions.apply(ToRoom{RoomId{6}, frame("two")});
  subscriptions.apply(ToUser{UserId{1}, frame("mention")});
  CHECK_FALSE(subscriptions.set_rooms(a.peer, {RoomId{5}}));
  CHECK(heard(a.peer) == Texts{"duty"});
  change({}, {RoomId{5}, RoomId{6}});
  subscriptions.apply(ToRoom{RoomId{5}, frame("three")});
  subscriptions.apply(ToRoom{RoomId{6}, frame("four")});
  CHECK(heard(a.peer) == Texts{"duty", "three", "four"});
}

TEST_CASE("a session is connected as long as one of its connections is there") {
  PresenceBoard board;
  CHECK_FALSE(board.is_connected(SessionId{7}));
  board.connected(UserId{1}, SessionId{7});
  board.connected(UserId{1}, SessionId{7});
  board.disconnected(UserId{1}, SessionId{7});
  CHECK(board.is_connected(SessionId{7}));
  board.disconnected(UserId{1}, SessionId{7});
  CHECK_FALSE(board.is_connected(SessionId{7}));
}

TEST_CASE("presence tells what differs from last time, once") {
  PresenceBoard board;
  board.connected(UserId{1}, SessionId{1});
  board.disconnected(UserId{1}, SessionId{1});
  CHECK(board.take_changes().empty());
  board.connected(UserId{1}, SessionId{1});
  board.connected(UserId{1}, SessionId{1});
  board.set(UserId{1}, protocol::Presence::busy, "until 11");
  const auto changes = board.take_changes();
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].state == protocol::Presence::busy);
  CHECK(changes[0].text == "until 11");
  board.disconnected(UserId{1}, SessionId{1});
  CHECK(board.take_changes().empty());  // another device is still there
  board.disconnected(UserId{1}, SessionId{1});
  CHECK(board.take_changes().at(0).state == protocol::Presence::offline);
  CHECK(board.find({UserId{1}}).empty());
}

TEST_CASE("a bucket refuses over its rate and calls three times the rate a flood") {
  SteadyPoint now{};
  TokenBucket bucket({20, 60}, now);
  for (int i = 0; i < 60; ++i) CHECK(bucket.take(now) == TokenBucket::Verdict::allowed);
  CHECK(bucket.take(now) == TokenBucket::Verdict::refused);
  // Twice the rate for a minute is refused in part, never cut off.
  auto verdict = TokenBucket::Verdict::allowed;
  for (int i = 0; i < 2400 && verdict != TokenBucket::Verdict::flood; ++i)
    verdict = bucket.take(now += std::chrono::milliseconds{25});
  CHECK(verdict != TokenBucket::Verdict::flood);
  for (int i = 0; i < 6000 && verdict != TokenBucket::Verdict::flood; ++i)
    verdict = bucket.take(now += std::chrono::milliseconds{10});
  CHECK(verdict == TokenBucket::Verdict::flood);
}
