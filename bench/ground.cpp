#include "bench/ground.hpp"

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

#include "common/base/bytes.hpp"
#include "protocol/catalogue.hpp"

namespace wardroom::bench {
namespace {

// The state file: what an earlier run made. Tokens are secrets; the file belongs to a test server.
struct State {
  struct Person {
    std::string name;
    std::string token;
  };
  struct RoomSet {
    std::string name;  // "load-<number of rooms>"
    std::vector<RoomId> rooms;
    std::int64_t joined = 0;  // the first so many people are members
  };
  std::string admin_token;
  std::vector<Person> people;
  std::vector<RoomSet> sets;
};
BOOST_DESCRIBE_STRUCT(State::Person, (), (name, token))
BOOST_DESCRIBE_STRUCT(State::RoomSet, (), (name, rooms, joined))
BOOST_DESCRIBE_STRUCT(State, (), (admin_token, people, sets))

const protocol::Device kDevice{"load generator", "wardroom-load", std::nullopt};

State load_state(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  const auto json = protocol::parse_json(text.str());
  if (!json) return {};
  auto state = protocol::decode<State>(*json, "state");
  return state ? std::move(*state) : State{};
}

void save_state(const std::filesystem::path& file, const State& state) {
  if (file.empty()) return;
  std::ofstream stream(file, std::ios::trunc);
  stream << protocol::encode(state) << "\n";
}

Result<std::string> sign_in_admin(const LoadOptions& options, HttpClient& http) {
  if (!options.setup_code.empty()) {
    protocol::AccountAcceptInvite::Params params;
    params.token = Secret(options.setup_code);
    params.user = options.admin_user;
    params.password = Secret(options.admin_password);
    params.device = kDevice;
    auto made = http.call<protocol::AccountAcceptInvite>(params);
    if (!made) return made.error();
    return std::string(made->token.reveal());
  }
  protocol::SessionOpen::Params params;
  params.user = options.admin_user;
  params.password = Secret(options.admin_password);
  params.device = kDevice;
  auto opened = http.call<protocol::SessionOpen>(params);
  if (!opened) return opened.error();
  return std::string(opened->token.reveal());
}

// The one-use token at the end of an invite link, or the text itself when it isn't a link.
std::string token_of(std::string_view invite) {
  const auto at = invite.find("t=");
  if (!invite.starts_with("wardroom://") || at == std::string_view::npos) return std::string(invite);
  return std::string(invite.substr(at + 2, invite.find('&', at) - at - 2));
}

Result<void> add_people(std::size_t wanted, HttpClient& http, State& state) {
  const std::size_t before = state.people.size();
  while (state.people.size() < wanted) {
    // Names of their own for each state file: another one may have made people on this server before.
    static const std::string prefix =
        "load-" + to_hex(sha256(as_bytes(state.admin_token))).substr(0, 6) + "-";
    const std::string name = prefix + std::to_string(state.people.size());
    protocol::AdminUserCreate::Params create;
    create.name = name;
    auto created = http.call<protocol::AdminUserCreate>(create, state.admin_token);
    if (!created) return created.error();
    protocol::AccountAcceptInvite::Params accept;
    accept.token = Secret(token_of(created->invite.reveal()));
    accept.password = Secret(kGroundPassword);
    accept.device = kDevice;
    auto accepted = http.call<protocol::AccountAcceptInvite>(accept);
    if (!accepted) return accepted.error();
    state.people.push_back({name, std::string(accepted->token.reveal())});
    if (state.people.size() % 50 == 0)
      std::cerr << "made " << state.people.size() << " of " << wanted << " people\n";
  }
  if (state.people.size() > before) std::cerr << "made " << state.people.size() - before << " people\n";
  return ok();
}

Result<State::RoomSet*> add_rooms(const LoadOptions& options, HttpClient& http, State& state) {
  const std::string prefix = to_hex(sha256(as_bytes(state.admin_token))).substr(0, 6);
  const std::string name = "load-" + std::to_string(options.rooms);
  auto found =
      std::find_if(state.sets.begin(), state.sets.end(), [&](const auto& set) { return set.name == name; });
  if (found == state.sets.end()) {
    State::RoomSet set;
    set.name = name;
    const std::string first_part = name + "-" + prefix + "-";
    for (std::size_t i = 0; i < options.rooms; ++i) {
      protocol::RoomCreate::Params params;
      params.name = first_part;
      params.name += std::to_string(i);
      params.kind = protocol::RoomKind::public_;
      auto made = http.call<protocol::RoomCreate>(params, state.admin_token);
      if (!made) return made.error();
      set.rooms.push_back(made->room.id);
    }
    found = state.sets.insert(state.sets.end(), std::move(set));
  }
  for (; found->joined < static_cast<std::int64_t>(options.users); ++found->joined) {
    const auto person = static_cast<std::size_t>(found->joined);
    protocol::RoomParams params;
    params.room = found->rooms[person % found->rooms.size()];
    auto joined = http.call<protocol::RoomJoin>(params, state.people[person].token);
    if (!joined) return joined.error();
  }
  return &*found;
}

}  // namespace

std::size_t Ground::person_of(std::size_t connection) const {
  const std::size_t room = room_of(connection);
  const std::size_t members = (people.size() - room + rooms.size() - 1) / rooms.size();
  return room + connection / rooms.size() % members * rooms.size();
}

Result<Ground> prepare_ground(const LoadOptions& options, const Target& target, ClientTls& tls) {
  auto http = HttpClient::connect(tls, target);
  if (!http) return http.error();
  State state = load_state(options.state_file);
  if (!options.admin_token.empty()) state.admin_token = options.admin_token;
  if (state.admin_token.empty()) {
    auto token = sign_in_admin(options, *http);
    if (!token) return token.error();
    state.admin_token = std::move(*token);
  }
  auto people = add_people(options.users, *http, state);
  save_state(options.state_file, state);
  if (!people) return people.error();
  auto set = add_rooms(options, *http, state);
  save_state(options.state_file, state);
  if (!set) return set.error();
  Ground ground;
  ground.admin_token = state.admin_token;
  ground.rooms = (*set)->rooms;
  for (std::size_t i = 0; i < options.users; ++i)
    ground.people.push_back({state.people[i].name, state.people[i].token});
  return ground;
}

}  // namespace wardroom::bench
