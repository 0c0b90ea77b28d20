#include <cstdlib>
#include <map>
#include <memory>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "server/realtime/hub.hpp"
#include "tests/unit/realtime/plain_peer.hpp"

// Walks of random orders: people sign in (by a commit, as session.open and account.accept_invite do, or with
// what a reader found, as session.resume does), are moved in and out of rooms, demoted, given duties, signed
// out, disabled; connections close and go. Each network thread lags behind the commits as it likes. After
// each step, who is present, who hears which room and who watches whom must be what the history allows: a
// right that was there at no moment between the thread's place in the stream and the newest commit is not
// used, and one that was there all that time is.

using namespace wardroom;
using namespace wardroom::realtime;

namespace {

constexpr std::size_t kLoops = 2;
constexpr std::int64_t kPeople = 3;
constexpr std::int64_t kRooms = 3;
constexpr int kSteps = 60;

// The database as of one commit.
struct State {
  std::map<UserId, std::set<RoomId>> rooms;
  std::map<UserId, protocol::Role> roles;
  std::map<UserId, bool> duty;
  std::map<SessionId, UserId> sessions;  // those that hold

  std::vector<RoomId> rooms_of(UserId user) const {
    const auto found = rooms.find(user);
    if (found == rooms.end()) return {};
    return {found->second.begin(), found->second.end()};
  }
  bool is_in(UserId user, RoomId room) const {
    const auto found = rooms.find(user);
    return found != rooms.end() && found->second.contains(room);
  }
  bool share(UserId a, UserId b) const {
    for (const RoomId room : rooms_of(a))
      if (is_in(b, room)) return true;
    return false;
  }
  bool may_watch(UserId user, UserId other) const {
    return roles.at(user) != protocol::Role::guest || share(user, other);
  }
  bool is_held(UserId user) const { return duty.at(user); }
  Caller caller_of(SessionId session) const {
    const UserId user = sessions.at(session);
    return {user, session, "p", roles.at(user), "", "", {.change_password = duty.at(user)}};
  }
};

struct Commit {
  State state;
  Batch batch;
};

// A reader's answer on its way to a peer.
struct Reading {
  std::uint64_t version = 0;
  std::size_t snapshot = 0;  // index of the commit that the reader saw last
  SessionId session;         // of a resumption
  std::vector<UserId> wish;  // of a watch; empty: a resumption
};

struct Connection {
  std::unique_ptr<PlainPeer> peer;
  std::optional<Reading> reading;
  std::vector<UserId> watched;  // as last asked for
};

class Walk {
 public:
  explicit Walk(unsigned seed) : random_(seed) {
    for (std::size_t i = 0; i < kLoops; ++i) loops_.push_back(std::make_unique<Subscriptions>(presence_));
    State first;
    for (std::int64_t i = 1; i <= kPeople; ++i) {
      first.roles[UserId{i}] = protocol::Role::member;
      first.duty[UserId{i}] = false;
    }
    commits_.push_back({std::move(first), {}});
  }

  void step() {
    switch (pick(16)) {
      case 0:
        return connect();
      case 1:
        return open_session();
      case 2:
        return resume();
      case 3:
      case 4:
        return hear_reader();
      case 5:
        return move_member();
      case 6:
        return end_session();
      case 7:
        return disable();
      case 8:
        return change_role();
      case 9:
        return change_duty();
      case 10:
        return watch();
      case 11:
        return close();
      case 12:
        return drop();
      default:
        return advance(pick(kLoops));
    }
  }

  void catch_up() {
    for (std::size_t loop = 0; loop < kLoops; ++loop)
      while (at_[loop] + 1 < commits_.size()) advance(loop);
  }

  void check() {
    std::set<SessionId> connected;
    std::set<UserId> online;
    for (const auto& connection : connections_) {
      check_connection(connection);
      if (const auto& caller = connection.peer->caller()) {
        connected.insert(caller->session);
        online.insert(caller->user);
      }
    }
    expect(presence_.online() == online.size(), "the number of those present");
    for (std::int64_t session = 1; session <= last_session_; ++session)
      expect(presence_.is_connected(SessionId{session}) == connected.contains(SessionId{session}),
             "who is present");
    check_deliveries();
  }

  // What was wrong first; empty: nothing.
  const std::string& wrong() const { return wrong_; }

 private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  UserId a_user() { return UserId{static_cast<std::int64_t>(pick(kPeople)) + 1}; }
  RoomId a_room() { return RoomId{static_cast<std::int64_t>(pick(kRooms)) + 1}; }
  Connection* a_connection() {
    return connections_.empty() ? nullptr : &connections_[pick(connections_.size())];
  }
  std::optional<SessionId> a_session() {
    const auto& sessions = now().sessions;
    if (sessions.empty()) return std::nullopt;
    return std::next(sessions.begin(), static_cast<std::ptrdiff_t>(pick(sessions.size())))->first;
  }
  const State& now() const { return commits_.back().state; }
  Subscriptions& loop_of(const Connection& connection) { return *loops_[connection.peer->id.loop]; }
  void commit(State state, Batch batch) { commits_.push_back({std::move(state), std::move(batch)}); }

  void connect() {
    if (connections_.size() >= 6) return;
    Connection made;
    made.peer = std::make_unique<PlainPeer>(PeerId{static_cast<std::uint16_t>(pick(kLoops)), ++last_serial_});
    loop_of(made).add(*made.peer);
    connections_.push_back(std::move(made));
  }

  // Committed for a connection, which learns of it at this place in the stream, if it is still there.
  void open_session() {
    const Connection* connection = a_connection();
    if (!connection) return;
    State next = now();
    const SessionId session{++last_session_};
    next.sessions[session] = a_user();
    Subscriptions* loop = &loop_of(*connection);
    const ToPeer sign_in{connection->peer->id, [loop, caller = next.caller_of(session),
                                                rooms = next.rooms_of(next.sessions[session])](Peer& peer) {
                           loop->sign_in(peer, caller, rooms);
                         }};
    commit(std::move(next), {sign_in});
  }

  void resume() {
    Connection* connection = a_connection();
    const auto session = a_session();
    if (!connection || connection->reading || !session) return;
    connection->reading = Reading{loop_of(*connection).version(), read_now(*connection), *session, {}};
  }

  // Sees everything that was published to the peer's thread, perhaps more.
  std::size_t read_now(const Connection& connection) {
    const std::size_t from = at_[connection.peer->id.loop];
    return from + pick(commits_.size() - from);
  }

  void hear_reader() {
    Connection* connection = a_connection();
    if (!connection || !connection->reading) return;
    Reading reading = *std::exchange(connection->reading, std::nullopt);
    const State& seen = commits_[reading.snapshot].state;
    PlainPeer& peer = *connection->peer;
    Subscriptions& loop = loop_of(*connection);
    UserId user;
    if (reading.wish.empty()) {
      const auto found = seen.sessions.find(reading.session);
      if (found == seen.sessions.end()) return;  // refused
      user = found->second;
    } else if (peer.caller()) {
      user = peer.caller()->user;
    } else {
      return;
    }
    if (loop.has_changed(user, reading.version)) {
      reading.version = loop.version();
      reading.snapshot = read_now(*connection);
      connection->reading = reading;
      return;
    }
    if (reading.wish.empty()) {
      loop.sign_in(peer, seen.caller_of(reading.session), seen.rooms_of(user));
      return;
    }
    std::erase_if(reading.wish, [&](UserId other) { return !seen.may_watch(user, other); });
    loop.set_watched(peer, reading.wish);
    connection->watched = reading.wish;
  }

  void watch() {
    Connection* connection = a_connection();
    if (!connection || connection->reading || !connection->peer->caller()) return;
    Reading reading{loop_of(*connection).version(), read_now(*connection), {}, {}};
    for (std::int64_t i = 1; i <= kPeople; ++i)
      if (pick(2) == 0) reading.wish.push_back(UserId{i});
    if (!reading.wish.empty()) connection->reading = reading;
  }

  void move_member() {
    const UserId user = a_user();
    const RoomId room = a_room();
    State next = now();
    if (next.rooms[user].insert(room).second) return commit(std::move(next), {MemberIn{room, user}});
    next.rooms[user].erase(room);
    Batch batch{MemberOut{room, user}};
    for (std::int64_t i = 1; i <= kPeople; ++i) {
      const UserId other{i};
      if (other == user || next.share(user, other)) continue;
      if (next.roles[user] == protocol::Role::guest) batch.push_back(ApartFrom{user, {other}});
      if (next.roles[other] == protocol::Role::guest) batch.push_back(ApartFrom{other, {user}});
    }
    commit(std::move(next), std::move(batch));
  }

  void end_session() {
    const auto session = a_session();
    if (!session) return;
    State next = now();
    const UserId user = next.sessions[*session];
    next.sessions.erase(*session);
    commit(std::move(next), {SessionEnded{*session, user, protocol::CloseCode::revoked}});
  }

  void disable() {
    const UserId user = a_user();
    State next = now();
    Batch batch;
    for (const auto& [session, owner] : now().sessions)
      if (owner == user) batch.push_back(SessionEnded{session, user, protocol::CloseCode::revoked});
    std::erase_if(next.sessions, [&](const auto& entry) { return entry.second == user; });
    commit(std::move(next), std::move(batch));
  }

  void change_role() {
    const UserId user = a_user();
    State next = now();
    auto& role = next.roles[user];
    role = role == protocol::Role::guest ? protocol::Role::member : protocol::Role::guest;
    publish_caller(std::move(next), user);
  }

  void change_duty() {
    const UserId user = a_user();
    State next = now();
    next.duty[user] = !next.duty[user];
    publish_caller(std::move(next), user);
  }

  void publish_caller(State next, UserId user) {
    CallerChanged changed{user, next.roles[user], {.change_password = next.duty[user]}, {}, plain_frame("c")};
    if (!next.duty[user]) changed.rooms = next.rooms_of(user);
    Batch batch{std::move(changed)};
    if (next.roles[user] == protocol::Role::guest) {
      ApartFrom apart{user, {}};
      for (std::int64_t i = 1; i <= kPeople; ++i)
        if (!next.share(user, UserId{i})) apart.people.push_back(UserId{i});
      batch.push_back(std::move(apart));
    }
    commit(std::move(next), std::move(batch));
  }

  // The network closes it; it goes when the other end answers, or later.
  void close() {
    if (Connection* connection = a_connection()) connection->peer->close(protocol::CloseCode::flood, "");
  }

  void drop() {
    if (connections_.empty()) return;
    const auto at = connections_.begin() + static_cast<std::ptrdiff_t>(pick(connections_.size()));
    loop_of(*at).remove(*at->peer);
    connections_.erase(at);
  }

  // One network thread takes the next commit.
  void advance(std::size_t loop) {
    if (at_[loop] + 1 >= commits_.size()) return;
    for (const auto& publication : commits_[++at_[loop]].batch) {
      const auto* to_peer = std::get_if<ToPeer>(&publication);
      if (!to_peer || to_peer->peer.loop == loop) loops_[loop]->apply(publication);
    }
  }

  // Whether something was so at every, at some moment that the thread may go by.
  template <class Is>
  std::pair<bool, bool> ask(std::size_t loop, const Is& is) const {
    bool always = true;
    bool ever = false;
    for (std::size_t i = at_[loop]; i < commits_.size(); ++i) {
      always = always && is(commits_[i].state);
      ever = ever || is(commits_[i].state);
    }
    return {always, ever};
  }

  void check_connection(const Connection& connection) {
    const PlainPeer& peer = *connection.peer;
    const std::size_t at = peer.id.loop;
    const auto& caller = peer.caller();
    if (caller)
      expect(ask(at, [&](const State& s) { return s.sessions.contains(caller->session); }).second,
             "a session that is over");
    for (std::int64_t i = 1; i <= kRooms; ++i) {
      const RoomId room{i};
      const bool hears = loops_[at]->hears(peer, room);
      const auto [always, ever] = ask(at, [&](const State& s) {
        return caller && !s.is_held(caller->user) && s.is_in(caller->user, room);
      });
      expect(hears || !always, "a room that isn't heard");
      expect(!hears || ever, "a room that is heard still");
    }
  }

  void check_deliveries() {
    for (std::size_t loop = 0; loop < kLoops; ++loop) {
      for (std::int64_t i = 1; i <= kRooms; ++i)
        check_heard(loop, ToRoom{RoomId{i}, mark_},
                    [&](const PlainPeer& peer) { return loops_[loop]->hears(peer, RoomId{i}); });
      for (std::int64_t i = 1; i <= kPeople; ++i) {
        check_heard(loop, ToUser{UserId{i}, mark_}, [&](const PlainPeer& peer) {
          return peer.caller() && peer.caller()->user == UserId{i} && !peer.caller()->duties.any();
        });
        check_watchers(loop, UserId{i});
      }
    }
  }

  // One line for a whole walk: Catch takes its time for each.
  void expect(bool good, const char* what) {
    if (!good && wrong_.empty()) wrong_ = what;
  }

  template <class Hears>
  void check_heard(std::size_t loop, const Publication& publication, const Hears& hears) {
    loops_[loop]->apply(publication);
    for (const auto& connection : connections_) {
      PlainPeer& peer = *connection.peer;
      const bool here = peer.id.loop == loop && peer.is_open() && hears(peer);
      expect(count_marks(peer) == (here ? 1 : 0), "a delivery");
    }
  }

  void check_watchers(std::size_t loop, UserId user) {
    loops_[loop]->apply(ToWatchers{user, mark_});
    for (const auto& connection : connections_) {
      PlainPeer& peer = *connection.peer;
      const auto marks = count_marks(peer);
      expect(marks <= 1, "presence told twice");
      if (marks == 0) continue;
      if (!peer.caller()) return expect(false, "a watcher who is nobody");
      const UserId watcher = peer.caller()->user;
      expect(
          ask(loop, [&](const State& s) { return !s.is_held(watcher) && s.may_watch(watcher, user); }).second,
          "a watch that outlived its right");
    }
  }

  std::ptrdiff_t count_marks(PlainPeer& peer) const {
    const auto count = std::count(peer.frames.begin(), peer.frames.end(), mark_);
    peer.frames.clear();
    return count;
  }

  std::string wrong_;
  std::mt19937 random_;
  const FramePtr mark_ = plain_frame("mark");
  PresenceBoard presence_;
  std::vector<std::unique_ptr<Subscriptions>> loops_;
  std::vector<Commit> commits_;
  std::array<std::size_t, kLoops> at_{};  // the commit that each thread took last
  std::vector<Connection> connections_;
  std::uint64_t last_serial_ = 0;
  std::int64_t last_session_ = 0;
};

// More walks: WARDROOM_WALKS=100000.
unsigned walks() {
  const char* wanted = std::getenv("WARDROOM_WALKS");
  return wanted ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 1000;
}

}  // namespace

TEST_CASE("in whatever order people sign in, are moved, ended and go, they hear what the history says") {
  for (unsigned seed = 1; seed <= walks(); ++seed) {
    Walk walk(seed);
    int step = 0;
    for (; step < kSteps && walk.wrong().empty(); ++step) {
      walk.step();
      walk.check();
    }
    walk.catch_up();
    walk.check();
    INFO("seed " << seed << ", step " << step << ": " << walk.wrong());
    REQUIRE(walk.wrong().empty());
  }
}
