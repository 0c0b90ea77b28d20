#include <algorithm>
#include <cstdlib>
#include <memory>
#include <random>
#include <set>
#include <sodium.h>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "common/link/blocking_client.hpp"
#include "common/link/link_error.hpp"
#include "protocol/catalogue.hpp"
#include "protocol/invite_link.hpp"
#include "server/app/appliance.hpp"
#include "server/app/initialise.hpp"
#include "server/app/setup_code.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "tests/harness/temp_dir.hpp"

// Walks as tests/unit/server/office_walk_test.cpp has them, through a server with sockets and several network
// threads: people come, go, watch and post, each on a thread of its own, while an administrator shuts them
// out, lets them in again and moves them. The order is the machine's, so a seed doesn't repeat a walk. At the
// end who is still connected may be, and hears the rooms that they are in.
using namespace wardroom;
using namespace wardroom::testing;
using boost::json::object;
using link::BlockingClient;

namespace {

constexpr unsigned kServedWalks = 20;  // unless WARDROOM_SERVED_WALKS says another number
constexpr int kActs = 40, kStepsOfAPerson = 12;
constexpr std::size_t kPeopleOfAWalk = 4, kConnectionsOfAPerson = 2, kRoomsOfAWalk = 2;
constexpr std::chrono::seconds kPatience{60};

Result<boost::json::value> ask(BlockingClient& client, const std::string& method, const object& params) {
  return client.call_raw(method, boost::json::serialize(params));
}
// Refused or not: what counts is what it leads to.
void tell(BlockingClient& client, const std::string& method, const object& params) {
  static_cast<void>(ask(client, method, params));
}

struct ServedPlace {
  ServedPlace() {
    REQUIRE(sodium_init() >= 0);
    options.server.hosts = {"localhost"};
    options.server.listen = {"127.0.0.1"};
    options.server.port = 0;
    options.server.network_threads = 4;
    options.hashing.admin_memory_mib = 19;
    options.hashing.admin_passes = 2;
    options.limits.messages_per_second = options.limits.messages_burst = 100'000;
    options.limits.requests_per_second = options.limits.requests_burst = 100'000;
    REQUIRE(app::initialise(temp.path() / "data", options, clock));
    const auto dir = *ops::open_data_dir(temp.path() / "data");
    auto started = app::Appliance::start(dir, options, clock);
    INFO((started ? "" : started.error().message));
    REQUIRE(started);
    appliance = std::move(*started);
    server = {"localhost", appliance->port(), *ops::load_pin(dir.ca_certificate())};
    const auto code = ops::read_small_file(app::setup_code_file(dir));
    REQUIRE(code);
    admin = std::make_unique<BlockingClient>(server);
    REQUIRE(accept(*admin, Secret(code->substr(0, code->find('\n'))), "lena"));
  }
  static Result<protocol::SignedIn> accept(BlockingClient& client, const Secret& token,
                                           const std::optional<std::string>& name) {
    return client.accept_invite(
        {token, name, std::nullopt, Secret(std::string("correct horse battery")), {}, {"PC", "test", {}}});
  }

  TempDir temp;
  SystemClock clock;  // clients go by the machine's
  app::Options options;
  std::unique_ptr<app::Appliance> appliance;
  protocol::Introduction server;
  std::unique_ptr<BlockingClient> admin;
};

struct ServedPerson {
  std::int64_t id = 0;
  Secret token;
};

// One connection of a person, lost and made again. Its thread checks nothing: Catch isn't made for that.
class Wanderer {
 public:
  Wanderer(const ServedPlace& place, Secret token) : place_(place), token_(std::move(token)) {}

  void wander(unsigned seed, const std::vector<std::int64_t>& rooms,
              const std::vector<ServedPerson>& people) {
    std::mt19937 random(seed);
    const auto pick = [&random](std::size_t below) {
      return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
    };
    for (int step = 0; step < kStepsOfAPerson; ++step) {
      if (!client_ || pick(5) == 0) come();
      if (!client_) continue;
      Result<boost::json::value> answer = boost::json::value();
      switch (pick(3)) {
        case 0:
          answer = ask(*client_, "room.list", {});
          break;
        case 1: {
          boost::json::array all;
          for (const auto& person : people) all.emplace_back(person.id);
          answer = ask(*client_, "presence.watch", {{"users", std::move(all)}});
          break;
        }
        default:
          answer = ask(*client_, "message.post",
                       {{"room", rooms[pick(rooms.size())]},
                        {"client_id", to_string(make_uuid7(place_.clock.now()))},
                        {"text", "on the way"}});
      }
      if (is_lost(answer)) client_.reset();
    }
    if (!client_) come();
  }

  // Whether the session is over for this connection; what is under way is waited for.
  bool is_shut_out(bool should_be) {
    const auto until = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      if (client_ && is_lost(ask(*client_, "room.list", {}))) client_.reset();
      if (!client_ || !should_be || std::chrono::steady_clock::now() > until) return !client_;
      std::this_thread::sleep_for(std::chrono::milliseconds{5});  // the server hears of its end by itself
    }
  }

  // The rooms of which this connection hears `text`, `least` of them at least where it can be waited for.
  std::set<std::int64_t> heard(const std::string& text, std::size_t least) {
    std::set<std::int64_t> rooms;
    const auto until = std::chrono::steady_clock::now() + kPatience;
    const auto listen = [&](std::chrono::milliseconds wait) {
      const auto event = client_->next_event(wait);
      if (!event || !*event) return false;
      if ((*event)->method != "message.posted") return true;
      const auto& params = (*event)->body.as_object();
      if (std::string(params.at("text").as_string()) == text) rooms.insert(params.at("room").as_int64());
      return true;
    };
    while (rooms.size() < least && std::chrono::steady_clock::now() < until)
      listen(std::chrono::milliseconds{100});
    // What was sent before this answer has come with it.
    tell(*client_, "room.list", {});
    while (listen(std::chrono::milliseconds{0})) {
    }
    return rooms;
  }

  const Secret& token() const { return token_; }

 private:
  static bool is_lost(const Result<boost::json::value>& answer) {
    if (answer) return false;
    const auto& reason = answer.error().reason;
    return reason == link::reason::kConnectionLost || reason == link::reason::kOffline ||
           reason == link::reason::kClosed;
  }
  void come() {
    client_ = std::make_unique<BlockingClient>(place_.server);
    if (!client_->resume(token_)) client_.reset();
  }

  const ServedPlace& place_;
  const Secret token_;
  std::unique_ptr<BlockingClient> client_;
};

class ServedWalk {
 public:
  ServedWalk(ServedPlace& place, unsigned seed) : place_(place), seed_(seed), random_(seed) {
    for (std::size_t i = 0; i < kRoomsOfAWalk; ++i) {
      const std::string name = "r" + std::to_string(seed) + "-" + std::to_string(i);
      const auto made = ask(*place_.admin, "room.create", {{"name", name}, {"kind", "private"}});
      INFO((made ? "" : made.error().message));
      REQUIRE(made);
      rooms_.push_back(made->at("room").at("id").as_int64());
    }
    for (std::size_t i = 0; i < kPeopleOfAWalk; ++i) {
      const std::string name = "p" + std::to_string(seed) + "-" + std::to_string(i);
      const auto made = ask(*place_.admin, "admin.user_create", {{"name", name}});
      INFO((made ? "" : made.error().message));
      REQUIRE(made);
      const auto invite = protocol::parse_invite_link(made->at("invite").as_string().c_str());
      REQUIRE(invite);
      BlockingClient client(place_.server);
      const auto in = ServedPlace::accept(client, invite->token, std::nullopt);
      INFO((in ? "" : in.error().message));
      REQUIRE(in);
      people_.push_back({made->at("user").at("id").as_int64(), in->token});
      for (std::size_t c = 0; c < kConnectionsOfAPerson; ++c)
        wanderers_.push_back(std::make_unique<Wanderer>(place_, in->token));
      for (const auto room : rooms_) move("room.add_member", room, people_.back().id);
    }
  }

  void run() {
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < wanderers_.size(); ++i)
      threads.emplace_back(
          [this, i] { wanderers_[i]->wander(seed_ * 100 + static_cast<unsigned>(i), rooms_, people_); });
    for (int i = 0; i < kActs; ++i) act();
    for (auto& thread : threads) thread.join();
  }

  void check() {
    const std::string text = "the end of walk " + std::to_string(seed_);
    for (const auto room : rooms_) {
      const auto posted =
          ask(*place_.admin, "message.post",
              {{"room", room}, {"client_id", to_string(make_uuid7(place_.clock.now()))}, {"text", text}});
      INFO((posted ? "" : posted.error().message));
      REQUIRE(posted);
    }
    for (std::size_t i = 0; i < wanderers_.size(); ++i) {
      INFO("connection " << i);
      Wanderer& wanderer = *wanderers_[i];
      // By what the tables say to who comes now.
      BlockingClient fresh(place_.server);
      const bool holds = fresh.resume(wanderer.token()).has_value();
      CHECK(wanderer.is_shut_out(!holds) == !holds);
      if (!holds || wanderer.is_shut_out(false)) continue;
      const auto list = fresh.call<protocol::RoomList>();
      REQUIRE(list);
      std::set<std::int64_t> mine;
      for (const auto& room : list->rooms)
        if (std::ranges::find(rooms_, room.id.value) != rooms_.end()) mine.insert(room.id.value);
      CHECK(wanderer.heard(text, mine.size()) == mine);
    }
  }

 private:
  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }
  void move(const std::string& method, std::int64_t room, std::int64_t user) {
    object params{{"room", room}, {"user", user}};
    if (method == "moderation.kick") params["reason"] = "walk";
    tell(*place_.admin, method, params);
  }
  void act() {
    const auto user = people_[pick(people_.size())].id;
    const auto room = rooms_[pick(rooms_.size())];
    switch (pick(16)) {
      case 0:
        tell(*place_.admin, "admin.user_disable", {{"user", user}, {"reason", "walk"}});
        break;
      case 1:
      case 2:
      case 3:
        for (const auto& person : people_) tell(*place_.admin, "admin.user_enable", {{"user", person.id}});
        break;
      case 4:
      case 5:
        tell(*place_.admin, "admin.user_update",
             {{"user", user}, {"role", pick(2) == 0 ? "guest" : "member"}});
        break;
      case 6:
      case 7:
        move("moderation.kick", room, user);
        break;
      case 8:
      case 9:
      case 10:
        move("room.remove_member", room, user);
        break;
      default:
        move("room.add_member", room, user);
    }
  }

  ServedPlace& place_;
  const unsigned seed_;
  std::mt19937 random_;
  std::vector<std::int64_t> rooms_;
  std::vector<ServedPerson> people_;
  std::vector<std::unique_ptr<Wanderer>> wanderers_;
};

}  // namespace

// More or fewer walks: WARDROOM_SERVED_WALKS=200.
TEST_CASE("whatever its threads do at once, a server lets in and tells those whom its tables name") {
  const char* wanted = std::getenv("WARDROOM_SERVED_WALKS");
  const unsigned walks = wanted ? static_cast<unsigned>(std::strtoul(wanted, nullptr, 10)) : kServedWalks;
  ServedPlace place;
  for (unsigned seed = 1; seed <= walks; ++seed) {
    INFO("seed " << seed);
    ServedWalk walk(place, seed);
    walk.run();
    walk.check();
  }
}
