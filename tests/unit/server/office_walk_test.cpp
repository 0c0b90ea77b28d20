#include <algorithm>
#include <cstdlib>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "protocol/invite_link.hpp"
#include "protocol/json_rpc.hpp"
#include "server/store/rooms.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"
#include "tests/unit/server/sign_in.hpp"

// Walks of random orders through a whole server, as tests/unit/realtime/walk_test.cpp has them through the
// subscriptions alone: people come in with their password and with a session, several requests at once and on
// several connections, with invites and the codes of resets, and sign out, while an administrator revokes,
// disables, demotes, resets, offboards and moves them. What a reader found is heard at any later time. At the
// end presence, rooms, roles and invites are what the tables say.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;

namespace {

constexpr unsigned kOfficeWalks = 1'000;  // unless WARDROOM_WALKS says another number
constexpr int kWalkSteps = 48;
constexpr std::size_t kWalkPeople = 3, kMostWalkPeople = 6;
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

// What lets somebody in once: a reset's code, or an invite.
struct WalkedCode {
  std::string token;
  std::optional<std::size_t> person;  // none: whoever comes makes an account
};

// What all walks share, so that one of them costs little.
struct WalkedOffice {
  WalkedOffice() : db(office.open_database()), admin(office.connect()) {
    const auto root = office.add_person("root", protocol::Role::admin);
    REQUIRE(office.call(*admin, "session.resume", {{"token", root.token}}).contains("result"));
    const auto hashed = credentials::hash_password(Secret(kPassword), office.settings.member_cost);
    REQUIRE(hashed);
    phc = *hashed;
  }
  Office office;
  const std::unique_ptr<sqlite::Connection> db;
  const std::shared_ptr<TestPeer> admin;
  std::string phc;  // everybody's password
};

class OfficeWalk {
 public:
  OfficeWalk(WalkedOffice& shared, unsigned seed)
      : office_(shared.office),
        db_(*shared.db),
        admin_(*shared.admin),
        random_(seed),
        name_("p" + std::to_string(seed) + "_"),
        ip_("2001:db8:0:" + std::to_string(seed % 10'000) + "::1") {
    people_.reserve(kMostWalkPeople);  // somebody may be referred to while another one comes
    for (std::size_t i = 0; i < kWalkPeople; ++i) {
      const std::string name = name_ + std::to_string(++names_);
      const auto made = office_.add_person(db_, name, protocol::Role::member);
      store::update_password(db_, made.id, office_.seal().seal(made.id, shared.phc), false);
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
    switch (pick(17)) {
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
      case 9:
        accept();
        break;
      case 10:
        sign_out();
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
    std::set<SessionId> connected;
    std::set<UserId> online;
    for (const auto& connection : connections_) {
      check_connection(connection);
      const auto& caller = connection.peer->caller();
      if (!caller) continue;
      connected.insert(caller->session);
      online.insert(caller->user);
    }
    const auto& presence = office_.services().presence;
    expect(presence.online() == online.size() + 1, "the number of those present");  // and the administrator
    for (const auto& person : people_)
      for (const auto& session :
           store::load_sessions(db_, person.id, std::nullopt, 1000, office_.clock.now()))
        expect(presence.is_connected(session.id) == connected.contains(session.id), "who is present");
    check_watchers();
    check_invites();
  }

  void leave() {
    while (!connections_.empty()) disconnect(connections_.begin());
    settle();
    admin_.events.clear();
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
    disconnect(connections_.begin() + static_cast<std::ptrdiff_t>(pick(connections_.size())));
  }
  // The office keeps the peer; what it heard is worth nothing any more.
  void disconnect(std::vector<WalkedConnection>::iterator at) {
    office_.disconnect(at->peer);
    at->peer->results.clear();
    at->peer->events.clear();
    connections_.erase(at);
  }

  void open() {
    WalkedConnection* connection = a_connection();
    if (!connection) return;
    WalkedPerson& person = a_person();
    const auto opened = come_in(*connection->peer, "session.open", {{"user", person.name}});
    if (opened) person.tokens.emplace_back(opened->at("token").as_string());
  }

  // With a code or an invite that may be used up, or over.
  void accept() {
    WalkedConnection* connection = a_connection();
    if (!connection || codes_.empty()) return;
    const WalkedCode code = codes_[pick(codes_.size())];
    if (!code.person && people_.size() == kMostWalkPeople) return;
    object params{{"token", code.token}};
    const std::string name = name_ + std::to_string(++names_);
    if (!code.person) params["user"] = name;
    const auto accepted = come_in(*connection->peer, "account.accept_invite", std::move(params));
    if (!accepted) return;
    std::string token(accepted->at("token").as_string());
    if (code.person) return people_[*code.person].tokens.push_back(std::move(token));
    people_.push_back({name, UserId{accepted->at("user").at("id").as_int64()}, {std::move(token)}});
  }

  // With more requests right behind it, and an administrator who does something meanwhile. Nothing: they were
  // refused.
  std::optional<object> come_in(TestPeer& peer, const std::string& method, object params) {
    params["password"] = kPassword;
    params["device"] = object{{"name", "PC"}, {"client", "test 1"}};
    const auto opened = send(peer, method, params);
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
    if (answer == peer.results.end() || !answer->contains("result")) return std::nullopt;
    return answer->at("result").as_object();
  }

  // Here, and wherever else the session is open.
  void sign_out() {
    settle();
    WalkedConnection* connection = a_connection();
    if (!connection || !connection->peer->caller()) return;
    signed_out_.insert(connection->peer->caller()->session);
    send(*connection->peer, "session.close", {});
    if (pick(2) == 0) act();
    settle();
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
    switch (pick(13)) {
      case 0:
        return revoke(person);
      case 1:
        person.disabled = !person.disabled;
        if (!person.disabled) return tell("admin.user_enable", {{"user", id}});
        return tell("admin.user_disable", {{"user", id}, {"reason", "walk"}});
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
      case 6:
        person.disabled = true;
        return tell("admin.user_offboard", {{"user", id}, {"reason", "walk"}});
      case 7:  // else most of them would be shut out at any time
        person.disabled = false;
        return tell("admin.user_enable", {{"user", id}});
      case 8:
        return keep_code("admin.user_reset_password", {{"user", id}, {"reason", "walk"}}, index_of(person));
      case 9:
        return keep_code("admin.invite_create", {{"user", id}}, index_of(person));
      case 10:
        return keep_code("admin.invite_create", {}, std::nullopt);
      default:
        return move(pick(kWalkRooms), person, "room.add_member");
    }
  }
  void move(std::size_t room, const WalkedPerson& person, const std::string& method) {
    tell(method, {{"room", rooms_[room].value}, {"user", person.id.value}});
  }
  std::size_t index_of(const WalkedPerson& person) const {
    return static_cast<std::size_t>(&person - people_.data());
  }
  void keep_code(const std::string& method, const object& params, std::optional<std::size_t> person) {
    const auto answer = office_.call(admin_, method, params);
    if (!answer.contains("result")) return;
    const auto link = protocol::parse_invite_link(answer.at("result").at("invite").as_string().c_str());
    expect(link.has_value(), "an invite's link");
    if (link) codes_.push_back({std::string(link->token.reveal()), person});
  }
  // Refused where it changes nothing.
  void tell(const std::string& method, const object& params) { office_.call(admin_, method, params); }

  // By the administrator, or by the person from somewhere else.
  void revoke(const WalkedPerson& person) {
    const auto sessions = store::load_sessions(db_, person.id, std::nullopt, 1000, office_.clock.now());
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

  void check_connection(const WalkedConnection& connection) {
    const TestPeer& peer = *connection.peer;
    const auto& caller = peer.caller();
    std::set<RoomId> heard;
    if (peer.closed) {
      expect(!caller, "a connection that is closed and signed in");
      const bool may_have_left = !connection.session || signed_out_.contains(*connection.session);
      expect(peer.closed == protocol::CloseCode::revoked ||
                 (peer.closed == protocol::CloseCode::signed_out && may_have_left),
             "why a connection was closed");
      expect(!connection.session || !store::find_session(db_, *connection.session, office_.clock.now()),
             "a connection that was closed though its session holds");
    } else if (caller) {
      const auto session = store::find_session(db_, caller->session, office_.clock.now());
      expect(session.has_value(), "a session that is over");
      if (!session) return;
      expect(caller->role == session->user.role, "somebody's role");
      expect(caller->duties.change_password == session->must_change_password, "somebody's duty");
      if (!session->must_change_password)
        for (const RoomId room : store::load_room_ids(db_, caller->user)) heard.insert(room);
    } else {
      expect(!connection.session, "somebody who was signed out and isn't told");
    }
    for (const RoomId room : rooms_)
      expect(office_.services().hub.local(0).hears(peer, room) == heard.contains(room), "who hears a room");
  }

  // Nobody hears of somebody of whom they may not know.
  void check_watchers() {
    for (const auto& person : people_)
      office_.services().presence.set(person.id, protocol::Presence::busy,
                                      {"walk " + std::to_string(++texts_), {}});
    for (const auto& connection : connections_) connection.peer->events.clear();
    office_.tick();
    for (const auto& connection : connections_) {
      const auto& caller = connection.peer->caller();
      for (const auto& event : connection.peer->events) {
        if (event.at("method") != "presence.changed") continue;
        const UserId user{event.at("params").at("user").as_int64()};
        expect(caller && !caller->duties.any(), "a watcher who is nobody");
        expect(caller && (caller->role != protocol::Role::guest || user == caller->user ||
                          store::share_a_room(db_, caller->user, user)),
               "a watch that outlived its right");
      }
    }
  }

  // Nobody is let in twice: who has a password, or is shut out, has no code, and nobody has two.
  void check_invites() {
    for (const auto& person : people_) {
      const auto row = store::find_user(db_, person.id);
      expect(row.has_value(), "somebody who was let in");
      if (!row) return;
      const bool may_have_one = !row->account.disabled && !row->account.has_password;
      const auto usable = store::count_open_invites_for(db_, person.id, office_.clock.now());
      expect(usable <= (may_have_one ? 1 : 0), "an invite that outlived what it was for");
    }
  }

  Office& office_;
  sqlite::Connection& db_;
  TestPeer& admin_;
  std::mt19937 random_;
  const std::string name_, ip_;
  std::vector<WalkedPerson> people_;
  std::vector<RoomId> rooms_;
  std::vector<WalkedConnection> connections_;
  std::vector<WalkedCode> codes_;
  std::set<SessionId> signed_out_;
  std::vector<std::function<void()>> held_;
  std::int64_t last_request_ = 1'000'000;
  int texts_ = 0, names_ = 0;
  std::string wrong_;
};

}  // namespace

// More or fewer walks: WARDROOM_WALKS=10000.
TEST_CASE("in whatever order a server hears of people, it ends up with what its tables say") {
  const char* wanted = std::getenv("WARDROOM_WALKS");
  const unsigned walks = wanted ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : kOfficeWalks;
  WalkedOffice shared;
  for (unsigned seed = 1; seed <= walks; ++seed) {
    INFO("seed " << seed);
    shared.office.clock.advance(std::chrono::seconds{10});  // for the rates
    OfficeWalk walk(shared, seed);
    for (int step = 0; step < kWalkSteps; ++step) walk.step();
    walk.catch_up();
    walk.check();
    walk.leave();
    INFO(walk.wrong());
    REQUIRE(walk.wrong().empty());
  }
}
