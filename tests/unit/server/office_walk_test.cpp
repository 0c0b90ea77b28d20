#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "protocol/json_rpc.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"
#include "tests/unit/server/sign_in.hpp"

// Walks of random orders through a whole server, as tests/unit/realtime/walk_test.cpp has them through the
// subscriptions alone: people come in with their password and with a session, several requests at once and on
// several connections, while an administrator revokes, disables, demotes and moves them. What a reader found
// is heard at any later time. At the end presence, rooms and roles are what the tables say.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;

namespace {

constexpr int kWalkSteps = 40;
constexpr std::size_t kWalkPeople = 3;
constexpr std::size_t kWalkRooms = 2;

struct WalkedConnection {
  std::shared_ptr<TestPeer> peer;
  std::optional<SessionId> session;  // that was signed in on it
};

struct WalkedPerson {
  std::string name;
  UserId id;
  std::vector<std::string> tokens;
  bool disabled = false, guest = false, held = false;
};

class OfficeWalk {
 public:
  OfficeWalk(Office& office, TestPeer& admin, unsigned seed)
      : office_(office),
        admin_(admin),
        random_(seed),
        ip_("2001:db8:0:" + std::to_string(seed % 10'000) + "::1") {
    for (std::size_t i = 0; i < kWalkPeople; ++i) {
      const std::string name = "p" + std::to_string(seed) + "_" + std::to_string(i);
      const auto made = office_.add_person(name);
      office_.set_password(made.id, kPassword);
      people_.push_back({name, made.id, {made.token}});
    }
    for (std::size_t i = 0; i < kWalkRooms; ++i) {
      const std::string name = "r" + std::to_string(seed) + "-" + std::to_string(i);
      const auto made = office_.call(admin_, "room.create", {{"name", name}, {"kind", "private"}});
      REQUIRE(made.contains("result"));
      rooms_.push_back(RoomId{made.at("result").at("room").at("id").as_int64()});
      for (const auto& person : people_)
        if (pick(2) == 0) move(i, person, "room.add_member");
    }
  }

  void step() {
    switch (pick(14)) {
      case 0:
      case 1:
        connect();
        break;
      case 2:
        open();
        break;
      case 3:
      case 4:
        resume();
        break;
      case 5:
        watch();
        break;
      case 6:
      case 7:
        hear(pick(2) == 0);
        break;
      case 8:
        drop();
        break;
      default:
        act();
    }
    for (auto& connection : connections_)
      if (const auto& caller = connection.peer->caller()) connection.session = caller->session;
  }

  // Hears all that is still to be heard.
  void catch_up() {
    while (!held_.empty()) hear(false);
    for (int i = 0; i < 4; ++i) settle();
  }

  void check() {
    auto db = office_.open_database();
    std::set<SessionId> connected;
    std::set<UserId> online;
    for (const auto& connection : connections_) {
      check_connection(*db, connection);
      const auto& caller = connection.peer->caller();
      if (!caller) continue;
      connected.insert(caller->session);
      online.insert(caller->user);
    }
    const auto& presence = office_.services().presence;
    expect(presence.online() == online.size() + 1, "the number of those present");  // and the administrator
    for (const auto& person : people_)
      for (const auto& session :
           store::load_sessions(*db, person.id, std::nullopt, 1000, office_.clock.now()))
        expect(presence.is_connected(session.id) == connected.contains(session.id), "who is present");
    check_watchers(*db);
  }

  void leave() {
    for (const auto& connection : connections_) office_.disconnect(connection.peer);
    settle();
  }

  // What was wrong first; empty: nothing.
  const std::string& wrong() const { return wrong_; }

 private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  WalkedPerson& a_person() { return people_[pick(people_.size())]; }
  std::string a_token() {
    const auto& tokens = a_person().tokens;
    return tokens[pick(tokens.size())];
  }
  // An open one.
  WalkedConnection* a_connection() {
    if (connections_.empty()) return nullptr;
    auto& chosen = connections_[pick(connections_.size())];
    return chosen.peer->closed ? nullptr : &chosen;
  }
  // Nothing is under way any more but what is held.
  void settle() {
    for (auto more = office_.take_read_work(); more; more = office_.take_read_work()) more();
    office_.settle();
  }
  std::int64_t send(TestPeer& peer, const std::string& method, const object& params) {
    office_.send_text(peer,
                      protocol::compose_request(++last_request_, method, boost::json::serialize(params)));
    return last_request_;
  }

  void connect() {
    if (connections_.size() < 6) connections_.push_back({office_.connect(ip_), std::nullopt});
  }

  void drop() {
    if (connections_.empty()) return;
    const auto at = connections_.begin() + static_cast<std::ptrdiff_t>(pick(connections_.size()));
    office_.disconnect(at->peer);
    connections_.erase(at);
  }

  // With more requests right behind it, and an administrator who does something meanwhile.
  void open() {
    WalkedConnection* connection = a_connection();
    if (!connection) return;
    TestPeer& peer = *connection->peer;
    WalkedPerson& person = a_person();
    const auto opened = send(
        peer, "session.open",
        {{"user", person.name}, {"password", kPassword}, {"device", {{"name", "PC"}, {"client", "test 1"}}}});
    if (pick(2) == 0) send(peer, "session.resume", {{"token", a_token()}});
    if (pick(2) == 0) send(peer, "room.list", {});
    if (pick(2) == 0) act();
    const auto find_answer = [&] {
      return std::ranges::find_if(peer.results,
                                  [&](const object& result) { return result.at("id") == opened; });
    };
    office_.wait_until([&] { return find_answer() != peer.results.end() || peer.closed; });
    settle();
    const auto answer = find_answer();
    if (answer != peer.results.end() && answer->contains("result"))
      person.tokens.emplace_back(answer->at("result").at("token").as_string());
  }

  void resume() { ask_reader("session.resume", {{"token", a_token()}}); }

  void watch() {
    boost::json::array all;
    for (const auto& person : people_) all.emplace_back(person.id.value);
    ask_reader("presence.watch", {{"users", std::move(all)}});
  }

  // What the reader finds is held, and heard when the walk comes to it.
  void ask_reader(const std::string& method, const object& params) {
    settle();
    WalkedConnection* connection = a_connection();
    if (!connection) return;
    send(*connection->peer, method, params);
    hold();
  }
  void hold() {
    if (auto work = office_.take_read_work()) held_.push_back(std::move(work));
  }
  // `holds`: what comes of it is held, too.
  void hear(bool holds) {
    settle();
    if (held_.empty()) return;
    const auto at = held_.begin() + static_cast<std::ptrdiff_t>(pick(held_.size()));
    const auto work = std::move(*at);
    held_.erase(at);
    work();
    if (holds) hold();
  }

  void act() {
    WalkedPerson& person = a_person();
    const std::int64_t id = person.id.value;
    switch (pick(8)) {
      case 0:
        return revoke(person);
      case 1:
        person.disabled = !person.disabled;
        if (person.disabled)
          tell("admin.user_disable", {{"user", id}, {"reason", "walk"}});
        else
          tell("admin.user_enable", {{"user", id}});
        return;
      case 2:
        person.guest = !person.guest;
        return tell("admin.user_update",
                    {{"user", id}, {"role", std::string(person.guest ? "guest" : "member")}});
      case 3:
        person.held = !person.held;
        return tell("admin.user_update", {{"user", id}, {"must_change_password", person.held}});
      case 4:
        return move(pick(kWalkRooms), person, "room.remove_member");
      case 5:
        return tell("moderation.kick",
                    {{"room", rooms_[pick(kWalkRooms)].value}, {"user", id}, {"reason", "walk"}});
      default:
        return move(pick(kWalkRooms), person, "room.add_member");
    }
  }
  void move(std::size_t room, const WalkedPerson& person, const std::string& method) {
    tell(method, {{"room", rooms_[room].value}, {"user", person.id.value}});
  }
  // Refused where it changes nothing.
  void tell(const std::string& method, const object& params) { office_.call(admin_, method, params); }

  // By the administrator, or by the person from somewhere else.
  void revoke(const WalkedPerson& person) {
    auto db = office_.open_database();
    const auto sessions = store::load_sessions(*db, person.id, std::nullopt, 1000, office_.clock.now());
    if (sessions.empty()) return;
    const std::int64_t session = sessions[pick(sessions.size())].id.value;
    if (pick(2) == 0) return tell("admin.session_revoke", {{"session", session}, {"reason", "walk"}});
    const auto& token = person.tokens[pick(person.tokens.size())];
    office_.post("session.revoke", R"({"session":)" + std::to_string(session) + "}", token);
  }

  // One line for a whole walk: Catch takes its time for each.
  void expect(bool good, const char* what) {
    if (!good && wrong_.empty()) wrong_ = what;
  }

  void check_connection(sqlite::Connection& db, const WalkedConnection& connection) {
    const TestPeer& peer = *connection.peer;
    const auto& caller = peer.caller();
    std::set<RoomId> heard;
    if (peer.closed) {
      expect(!caller, "a connection that is closed and signed in");
      expect(peer.closed == protocol::CloseCode::revoked, "why a connection was closed");
      expect(!connection.session || !store::find_session(db, *connection.session, office_.clock.now()),
             "a connection that was closed though its session holds");
    } else if (caller) {
      const auto session = store::find_session(db, caller->session, office_.clock.now());
      expect(session.has_value(), "a session that is over");
      if (!session) return;
      expect(caller->role == session->user.role, "somebody's role");
      expect(caller->duties.change_password == session->must_change_password, "somebody's duty");
      if (!session->must_change_password)
        for (const RoomId room : store::load_room_ids(db, caller->user)) heard.insert(room);
    } else {
      expect(!connection.session, "somebody who was signed out and isn't told");
    }
    for (const RoomId room : rooms_)
      expect(office_.services().hub.local(0).hears(peer, room) == heard.contains(room), "who hears a room");
  }

  // Nobody hears of somebody of whom they may not know.
  void check_watchers(sqlite::Connection& db) {
    for (const auto& person : people_)
      office_.services().presence.set(person.id, protocol::Presence::busy,
                                      "walk " + std::to_string(++texts_));
    for (const auto& connection : connections_) connection.peer->events.clear();
    office_.tick();
    for (const auto& connection : connections_) {
      const auto& caller = connection.peer->caller();
      for (const auto& event : connection.peer->events) {
        if (event.at("method") != "presence.changed") continue;
        const UserId user{event.at("params").at("user").as_int64()};
        expect(caller && !caller->duties.any(), "a watcher who is nobody");
        expect(caller && (caller->role != protocol::Role::guest || user == caller->user ||
                          store::share_a_room(db, caller->user, user)),
               "a watch that outlived its right");
      }
    }
  }

  Office& office_;
  TestPeer& admin_;
  std::mt19937 random_;
  const std::string ip_;
  std::vector<WalkedPerson> people_;
  std::vector<RoomId> rooms_;
  std::vector<WalkedConnection> connections_;
  std::vector<std::function<void()>> held_;
  std::int64_t last_request_ = 1'000'000;
  int texts_ = 0;
  std::string wrong_;
};

}  // namespace

// More walks: WARDROOM_WALKS=10000.
TEST_CASE("in whatever order a server hears of people, it ends up with what its tables say") {
  const char* wanted = std::getenv("WARDROOM_WALKS");
  const unsigned walks = wanted ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : 60;
  Office office;
  const auto root = office.add_person("root", protocol::Role::admin);
  const auto admin = office.connect();
  REQUIRE(office.call(*admin, "session.resume", {{"token", root.token}}).contains("result"));
  for (unsigned seed = 1; seed <= walks; ++seed) {
    INFO("seed " << seed);
    office.clock.advance(std::chrono::seconds{10});  // for the rates
    OfficeWalk walk(office, *admin, seed);
    for (int step = 0; step < kWalkSteps; ++step) walk.step();
    walk.catch_up();
    walk.check();
    walk.leave();
    INFO(walk.wrong());
    REQUIRE(walk.wrong().empty());
  }
}
