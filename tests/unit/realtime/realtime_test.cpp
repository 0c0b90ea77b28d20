#include <catch2/catch.hpp>

#include "server/realtime/hub.hpp"
#include "server/realtime/token_bucket.hpp"
#include "tests/unit/realtime/plain_peer.hpp"

using namespace wardroom;
using namespace wardroom::realtime;

namespace {

Caller caller(UserId user, SessionId session) {
  return {user, session, "p", protocol::Role::member, "", "", {}};
}

struct Connected {
  PlainPeer peer;
  Connected(Subscriptions& subscriptions, std::uint64_t serial, UserId user, SessionId session,
            std::vector<RoomId> rooms)
      : peer({0, serial}) {
    subscriptions.add(peer);
    subscriptions.sign_in(peer, caller(user, session), rooms);
  }
};

FramePtr frame(const std::string& text) {
  return plain_frame(text);
}

std::vector<std::string> heard(PlainPeer& peer) {
  return peer.take_heard();
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("who is removed from a room sees everything before and nothing after") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  Connected a(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  Connected b(subscriptions, 2, UserId{2}, SessionId{2}, {RoomId{5}});
  for (const auto& p : std::initializer_list<Publication>{
           ToRoom{RoomId{5}, frame("one")}, MemberOut{RoomId{5}, UserId{2}}, ToRoom{RoomId{5}, frame("two")},
           MemberIn{RoomId{5}, UserId{2}}, ToRoom{RoomId{5}, frame("three")}})
    subscriptions.apply(p);
  CHECK(heard(a.peer) == Texts{"one", "two", "three"});
  CHECK(heard(b.peer) == Texts{"one", "three"});
  CHECK(subscriptions.has_changed(UserId{2}, 0));
  CHECK_FALSE(subscriptions.has_changed(UserId{2}, subscriptions.version()));
  CHECK_FALSE(subscriptions.has_changed(UserId{1}, 0));
}

TEST_CASE("a session that ends closes its own connections only, and they hear nothing any more") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  Connected phone(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  Connected desk(subscriptions, 2, UserId{1}, SessionId{2}, {RoomId{5}});
  subscriptions.apply(SessionEnded{SessionId{1}, UserId{1}, protocol::CloseCode::revoked, "Lost."});
  subscriptions.apply(ToRoom{RoomId{5}, frame("secret")});
  CHECK(phone.peer.closed == protocol::CloseCode::revoked);
  REQUIRE(phone.peer.frames.size() == 1);
  CHECK(phone.peer.frames.front()->bytes.find("Lost.") != std::string::npos);
  CHECK(heard(phone.peer) == Texts{"session.revoked"});
  CHECK_FALSE(desk.peer.closed);
  CHECK(heard(desk.peer) == Texts{"secret"});
}

TEST_CASE("what is for everybody reaches who is signed in, unless a duty comes first") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  Connected here(subscriptions, 1, UserId{1}, SessionId{1}, {});
  Connected held(subscriptions, 2, UserId{2}, SessionId{2}, {});
  subscriptions.set_caller(held.peer, [] {
    Caller duty = caller(UserId{2}, SessionId{2});
    duty.duties.change_password = true;
    return duty;
  }());
  PlainPeer stranger({0, 3});
  subscriptions.add(stranger);
  subscriptions.apply(ToEverybody{frame("news")});
  CHECK(heard(here.peer) == Texts{"news"});
  CHECK(heard(held.peer).empty());
  CHECK(heard(stranger).empty());
}

TEST_CASE("a peer that went leaves nothing behind") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  {
    Connected gone(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
    subscriptions.set_watched(gone.peer, {UserId{2}, UserId{2}});
    CHECK(presence.is_connected(SessionId{1}));
    subscriptions.remove(gone.peer);
    CHECK(presence.online() == 0);
    subscriptions.remove(gone.peer);
  }
  subscriptions.apply(ToRoom{RoomId{5}, frame("x")});
  subscriptions.apply(ToUser{UserId{1}, frame("x")});
  subscriptions.apply(ToWatchers{UserId{2}, frame("x")});
  CHECK(subscriptions.size() == 0);
}

TEST_CASE("a peer is signed in once: not twice, not after its session ended, not while it is closing") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  PlainPeer peer({0, 1});
  subscriptions.add(peer);
  CHECK(subscriptions.sign_in(peer, caller(UserId{1}, SessionId{1}), {RoomId{5}}));
  CHECK_FALSE(subscriptions.sign_in(peer, caller(UserId{1}, SessionId{2}), {RoomId{5}}));
  subscriptions.apply(SessionEnded{SessionId{1}, UserId{1}, protocol::CloseCode::signed_out});
  CHECK(presence.online() == 0);
  peer.closed.reset();  // as if the close frame were never answered
  CHECK_FALSE(subscriptions.sign_in(peer, caller(UserId{1}, SessionId{2}), {RoomId{5}}));
  subscriptions.apply(ToUser{UserId{1}, frame("x")});
  subscriptions.apply(ToRoom{RoomId{5}, frame("x")});
  CHECK(heard(peer).empty());
  PlainPeer closing({0, 2});
  subscriptions.add(closing);
  closing.close(protocol::CloseCode::flood, "");
  CHECK_FALSE(subscriptions.sign_in(closing, caller(UserId{1}, SessionId{2}), {}));
  CHECK(presence.online() == 0);
}

TEST_CASE("a guest hears of nobody's presence with whom they share no room any more") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  Connected guest(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  subscriptions.set_watched(guest.peer, {UserId{2}, UserId{3}});
  subscriptions.apply(ApartFrom{UserId{1}, {UserId{3}, UserId{4}}});
  subscriptions.apply(ToWatchers{UserId{2}, frame("two")});
  subscriptions.apply(ToWatchers{UserId{3}, frame("three")});
  CHECK(heard(guest.peer) == Texts{"two"});
}

TEST_CASE("what one peer couldn't do for want of memory ends that peer and nothing else") {
  class Straight final : public Executor {
    void post(std::function<void()> work) override { work(); }
  } thread;
  PresenceBoard presence;
  Hub hub(presence);
  hub.attach({&thread});
  PlainPeer poor({0, 1}), rich({0, 2});
  for (PlainPeer* peer : {&poor, &rich}) hub.local(0).add(*peer);
  hub.publish({ToPeer{poor.id, [](Peer&) { throw std::bad_alloc(); }},
               ToPeer{rich.id, [](Peer& peer) { peer.deliver(plain_frame("answer")); }}});
  CHECK(poor.closed == protocol::CloseCode::failed);
  CHECK(heard(rich) == Texts{"answer"});
  hub.run_on(rich.id, [](Peer&) { throw std::bad_alloc(); });
  CHECK(rich.closed == protocol::CloseCode::failed);
}

TEST_CASE("a person with a duty hears of nothing but it, and of every room from where it is done") {
  PresenceBoard presence;
  Subscriptions subscriptions(presence);
  Connected a(subscriptions, 1, UserId{1}, SessionId{1}, {RoomId{5}});
  const auto change = [&](Duties duties, std::vector<RoomId> rooms) {
    subscriptions.apply(
        CallerChanged{UserId{1}, protocol::Role::member, duties, std::move(rooms), frame("duty")});
  };
  change({.change_password = true}, {RoomId{5}});
  const auto version = subscriptions.version();
  subscriptions.apply(MemberIn{RoomId{6}, UserId{1}});
  CHECK(subscriptions.has_changed(UserId{1}, version));
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
  const TimePoint now = from_unix_ms(1000);
  CHECK(board.take_changes(now).empty());
  board.connected(UserId{1}, SessionId{1});
  board.connected(UserId{1}, SessionId{1});
  board.set(UserId{1}, protocol::Presence::busy, {"until 11", {}});
  const auto changes = board.take_changes(now);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].state == protocol::Presence::busy);
  CHECK(changes[0].text == "until 11");
  board.disconnected(UserId{1}, SessionId{1});
  CHECK(board.take_changes(now).empty());  // another device is still there
  board.disconnected(UserId{1}, SessionId{1});
  CHECK(board.take_changes(now).at(0).state == protocol::Presence::offline);
  CHECK(board.find({UserId{1}}).empty());
}

TEST_CASE("a status ends at its time, unless there is another by then") {
  PresenceBoard board;
  const auto text_at = [&](std::int64_t ms) {
    const auto changes = board.take_changes(from_unix_ms(ms));
    return changes.empty() ? std::string("as it was") : changes.back().text.value_or("");
  };
  board.connected(UserId{1}, SessionId{1});
  board.set(UserId{1}, protocol::Presence::online, {"lunch", from_unix_ms(100)});
  CHECK(text_at(50) == "lunch");
  board.set(UserId{1}, protocol::Presence::online, {"a long lunch", from_unix_ms(200)});
  CHECK(text_at(100) == "a long lunch");
  CHECK(text_at(199) == "as it was");
  CHECK(text_at(200).empty());
  CHECK(board.status_of(UserId{1}) == PresenceBoard::Status{});
  board.set(UserId{1}, protocol::Presence::online, {"at last", std::nullopt});
  CHECK(text_at(100'000) == "at last");
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
