#include "tests/harness/scenario.hpp"

#include <fstream>
#include <sstream>

#include <catch2/catch.hpp>

#include "common/base/uuid.hpp"
#include "tests/harness/office.hpp"

namespace wardroom::testing {
namespace {

namespace json = boost::json;

// The words of a line; a quoted word keeps its quote in front, so that texts and names stay apart.
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < line.size();) {
    if (line[at] == ' ') {
      ++at;
    } else if (line[at] == '"') {
      const auto end = line.find('"', at + 1);
      words.push_back(line.substr(at, end - at));
      at = end == std::string::npos ? line.size() : end + 1;
    } else if (line[at] == '{') {
      const auto end = line.rfind('}');
      words.push_back(line.substr(at, end - at + 1));
      at = end + 1;
    } else {
      const auto end = std::min(line.find(' ', at), line.size());
      words.push_back(line.substr(at, end - at));
      at = end;
    }
  }
  return words;
}

std::string unquoted(const std::string& word) {
  return word.starts_with('"') ? word.substr(1) : word;
}

std::chrono::milliseconds parse_duration(const std::string& text) {
  std::size_t used = 0;
  const auto number = std::stoll(text, &used);
  const std::string unit = text.substr(used);
  const std::map<std::string, std::int64_t> units{
      {"ms", 1}, {"s", 1000}, {"m", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}};
  return std::chrono::milliseconds{number * units.at(unit)};
}

class Story {
 public:
  explicit Story(std::filesystem::path file) : file_(std::move(file)) {}

  void run() {
    std::ifstream in(file_);
    REQUIRE(in);
    for (std::string line; std::getline(in, line);) {
      ++line_;
      if (line.empty() || line.starts_with('#')) continue;
      INFO(file_.filename().string() << ":" << line_ << ": " << line);
      run_line(line);
    }
  }

 private:
  struct Person {
    Office::Person account;
    std::shared_ptr<TestPeer> peer;
    json::object last_post;
    std::map<std::string, std::int64_t> known;  // room id → seq, as the client would keep it
    json::object resumed;
    json::object first_answer;  // to the last post
  };

  void run_line(const std::string& line) {
    const auto words = split(line);
    const std::string& first = words[0];
    if (first == "person") return add_person(words);
    if (first == "restart") return restart();
    if (first == "tick") return office_.tick();
    if (first == "clock") return office_.clock.advance(parse_duration(words.at(1).substr(1)));
    if (first == "audit") return expect_audit(words);
    if (first.ends_with('>'))
      return act(person(first.substr(0, first.size() - 1)), {words.begin() + 1, words.end()});
    if (first.ends_with('<'))
      return expect_event(person(first.substr(0, first.size() - 1)), {words.begin() + 1, words.end()});
    Person& who = person(first);
    const std::string& what = words.at(1);
    if (what == "connects") return connect(who);
    if (what == "leaves") return leave(who);
    if (what == "sees") return expect_history(who, words);
    if (what == "missed") return expect_changes(who, words);
    if (what == "unread") return expect_unread(who, words);
    if (what == "closed") {
      office_.run_ready();
      REQUIRE(who.peer->closed);
      CHECK(std::to_string(static_cast<int>(*who.peer->closed)) == words.at(2));
      return;
    }
    FAIL("nobody understands this line");
  }

  Person& person(const std::string& name) {
    const auto found = people_.find(name);
    if (found == people_.end()) FAIL("there is no person " << name);
    return found->second;
  }

  std::int64_t room(const std::string& name) {
    const auto found = rooms_.find(name);
    if (found == rooms_.end()) FAIL("there is no room " << name);
    return found->second;
  }

  std::string name_of(std::int64_t user) {
    for (const auto& [name, who] : people_)
      if (who.account.id.value == user) return name;
    return "?" + std::to_string(user);
  }

  std::string room_name(std::int64_t id) {
    for (const auto& [name, room_id] : rooms_)
      if (room_id == id) return name;
    return "#" + std::to_string(id);
  }

  void add_person(const std::vector<std::string>& words) {
    const auto role =
        words.size() > 2 ? protocol::parse_enum<protocol::Role>(words[2]) : protocol::Role::member;
    REQUIRE(role);
    people_[words.at(1)].account = office_.add_person(words[1], *role);
  }

  void restart() {
    for (auto& [name, who] : people_) who.peer.reset();
    office_.restart();
  }

  void connect(Person& who) {
    who.peer = office_.connect();
    json::object rooms;
    for (const auto& [id, seq] : who.known) rooms[id] = seq;
    auto response = office_.call(*who.peer, "session.resume",
                                 {{"token", who.account.token}, {"epoch", 1}, {"rooms", rooms}});
    if (!response.contains("result")) FAIL("session.resume: " << json::serialize(response));
    who.resumed = response["result"].as_object();
    for (const auto& changes : who.resumed["rooms"].as_array())
      who.known[std::to_string(changes.at("room").as_int64())] = changes.at("seq").as_int64();
  }

  void leave(Person& who) {
    see_everything(who);
    office_.disconnect(who.peer);
    who.peer.reset();
  }

  // Takes note of the positions in events that the story doesn't look at.
  void see_everything(Person& who) {
    office_.run_ready();
    for (const auto& event : who.peer->events) note(who, event);
  }

  void note(Person& who, const json::object& event) {
    const auto& params = event.at("params").as_object();
    if (params.contains("seq") && params.contains("room"))
      who.known[std::to_string(params.at("room").as_int64())] = params.at("seq").as_int64();
  }

  // Replaces {#ops} and {bob} by ids.
  std::string with_ids(std::string text) {
    for (const auto& [name, id] : rooms_) replace(text, "{" + name + "}", std::to_string(id));
    for (const auto& [name, who] : people_)
      replace(text, "{" + name + "}", std::to_string(who.account.id.value));
    return text;
  }
  static void replace(std::string& text, const std::string& from, const std::string& to) {
    for (std::size_t at; (at = text.find(from)) != std::string::npos;) text.replace(at, from.size(), to);
  }

  void act(Person& who, std::vector<std::string> words) {
    REQUIRE(who.peer);
    std::vector<std::string> failure;
    if (const auto bang = std::find(words.begin(), words.end(), "!"); bang != words.end()) {
      failure.assign(bang + 1, words.end());
      words.erase(bang, words.end());
    }
    const auto [method, params] = to_call(who, words);
    auto response = office_.call(*who.peer, method, params);
    if (failure.empty()) {
      if (!response.contains("result")) FAIL(method << " failed: " << json::serialize(response));
      return remember(who, words, method, response["result"].as_object());
    }
    if (!response.contains("error")) FAIL(method << " succeeded: " << json::serialize(response));
    const auto incoming = protocol::parse_incoming(json::serialize(response));
    CHECK(std::string(to_string(incoming->error->code)) == failure[0]);
    if (failure.size() > 1) CHECK(incoming->error->reason == failure[1]);
  }

  std::pair<std::string, json::object> to_call(Person& who, const std::vector<std::string>& w) {
    const std::string& verb = w.at(0);
    if (verb.find('.') != std::string::npos)
      return {verb, w.size() > 1 ? json::parse(with_ids(w[1])).as_object() : json::object()};
    if (verb == "create")
      return {"room.create", {{"name", w.at(1).substr(1)}, {"kind", w.size() > 2 ? w[2] : "public"}}};
    if (verb == "join" || verb == "leave") return {"room." + verb, {{"room", room(w.at(1))}}};
    if (verb == "add")
      return {"room.add_member", {{"room", room(w.at(1))}, {"user", person(w.at(2)).account.id.value}}};
    if (verb == "topic") return {"room.update", {{"room", room(w.at(1))}, {"topic", unquoted(w.at(2))}}};
    if (verb == "name") return {"room.update", {{"room", room(w.at(1))}, {"name", w.at(2).substr(1)}}};
    if (verb == "typing") return {"typing.send", {{"room", room(w.at(1))}}};
    if (verb == "presence")
      return {"presence.set", {{"state", w.at(1)}, {"text", w.size() > 2 ? unquoted(w[2]) : ""}}};
    if (verb == "mark") return {"marker.set", {{"room", room(w.at(1))}, {"seq", 1'000'000}}};
    if (verb == "disable")
      return {"admin.user_disable",
              {{"user", person(w.at(1)).account.id.value}, {"reason", unquoted(w.at(2))}}};
    if (verb == "enable") return {"admin.user_enable", {{"user", person(w.at(1)).account.id.value}}};
    if (verb == "role")
      return {"admin.user_update", {{"user", person(w.at(1)).account.id.value}, {"role", w.at(2)}}};
    if (verb == "again") return {"message.post", who.last_post};
    if (verb == "post") {
      who.last_post = {{"room", room(w.at(1))},
                       {"client_id", to_string(make_uuid7(office_.clock.now()))},
                       {"text", unquoted(w.at(2))}};
      return {"message.post", who.last_post};
    }
    json::array users;
    for (std::size_t i = 1; i < w.size(); ++i) users.emplace_back(person(w[i]).account.id.value);
    if (verb == "direct") return {"direct.open", {{"users", users}}};
    if (verb == "watch") return {"presence.watch", {{"users", users}}};
    FAIL("nobody knows how to " << verb);
    return {};
  }

  void remember(Person& who, const std::vector<std::string>& w, const std::string& method,
                const json::object& result) {
    if (method == "room.create") rooms_[w[1]] = result.at("room").at("id").as_int64();
    if (method == "room.update" && w[0] == "name") rooms_[w[2]] = room(w[1]);
    if (method == "direct.open") {
      std::string name = "@";
      for (std::size_t i = 1; i < w.size(); ++i) name += (i > 1 ? "+" : "") + w[i];
      rooms_[name] = result.at("room").at("id").as_int64();
    }
    if (method == "room.create" || method == "room.join" || method == "direct.open")
      who.known[std::to_string(result.at("room").at("id").as_int64())] =
          result.at("room").at("seq").as_int64();
    if (method == "message.post" && w[0] == "post") who.first_answer = result;
    if (method == "message.post" && w[0] == "again")
      CHECK(json::serialize(result) == json::serialize(who.first_answer));
  }

  // An event as the story writes it.
  std::vector<std::string> describe(const json::object& event) {
    const std::string method(event.at("method").as_string());
    const auto& p = event.at("params").as_object();
    const auto number = [&](const char* key) { return p.at(key).as_int64(); };
    const auto at_room = [&] { return room_name(number("room")); };
    const auto text = [](const json::value& value) { return "\"" + std::string(value.as_string()); };
    if (method == "message.posted")
      return {"message", at_room(), name_of(number("author")), text(p.at("text"))};
    if (method == "member.joined") return {"joined", at_room(), name_of(p.at("user").at("id").as_int64())};
    if (method == "member.left") return {"left", at_room(), name_of(number("user"))};
    if (method == "member.changed") return {"changed", at_room(), name_of(p.at("user").at("id").as_int64())};
    if (method == "room.created") return {"room", room_name(p.at("room").at("id").as_int64())};
    if (method == "room.updated") return {"topic", at_room(), text(p.at("topic"))};
    if (method == "marker.moved")
      return {"read", at_room(), std::to_string(p.at("marker").at("seq").as_int64())};
    if (method == "mention.counted") return {"mentioned", at_room(), std::to_string(number("mentions"))};
    if (method == "typing") return {"typing", at_room(), name_of(number("user"))};
    if (method == "presence.changed")
      return {"presence", name_of(number("user")), std::string(p.at("state").as_string())};
    if (method == "session.revoked") return {"revoked"};
    return {method};
  }

  void expect_event(Person& who, const std::vector<std::string>& expected) {
    REQUIRE(who.peer);
    office_.run_ready();
    if (expected == std::vector<std::string>{"nothing"}) {
      if (!who.peer->events.empty()) FAIL("there is an event: " << json::serialize(who.peer->events.front()));
      return;
    }
    if (who.peer->events.empty()) FAIL("there is no event");
    const json::object event = who.peer->events.front();
    who.peer->events.pop_front();
    note(who, event);
    CHECK(describe(event) == expected);
  }

  void expect_history(Person& who, const std::vector<std::string>& words) {
    auto response = office_.call(*who.peer, "message.history", {{"room", room(words.at(2))}, {"limit", 200}});
    REQUIRE(response.contains("result"));
    check_texts(response["result"].at("messages").as_array(), words);
  }

  void expect_changes(Person& who, const std::vector<std::string>& words) {
    for (const auto& changes : who.resumed["rooms"].as_array())
      if (changes.at("room").as_int64() == room(words.at(2)))
        return check_texts(changes.at("changes").as_array(), words);
    FAIL("the answer says nothing of " << words.at(2));
  }

  static void check_texts(const json::array& messages, const std::vector<std::string>& words) {
    std::vector<std::string> texts;
    for (const auto& message : messages) texts.push_back("\"" + std::string(message.at("text").as_string()));
    CHECK(texts == std::vector<std::string>(words.begin() + 3, words.end()));
  }

  void expect_unread(Person& who, const std::vector<std::string>& words) {
    auto response = office_.call(*who.peer, "room.list", {});
    REQUIRE(response.contains("result"));
    for (const auto& entry : response["result"].at("rooms").as_array()) {
      if (entry.at("id").as_int64() != room(words.at(2))) continue;
      CHECK(entry.at("count").as_int64() - entry.at("marker").at("count").as_int64() ==
            std::stoll(words.at(3)));
      if (words.size() > 5) CHECK(entry.at("mentions").as_int64() == std::stoll(words.at(5)));
      return;
    }
    FAIL("room.list has no " << words.at(2));
  }

  void expect_audit(const std::vector<std::string>& words) {
    auto db = office_.open_database();
    protocol::AuditQuery::Params filter;
    filter.type = words.at(1);
    audit::QueryPage page;
    // Denials are recorded behind the answer's back.
    office_.wait_until([&] { return !(page = audit::query_records(*db, filter, 1)).records.empty(); });
    const auto record = json::parse(page.records[0].line).as_object();
    CHECK(std::string(record.at("actor").at("name").as_string()) == words.at(2));
    if (words.size() > 3) CHECK(std::string(record.at("target").at("name").as_string()) == words[3]);
  }

  std::filesystem::path file_;
  int line_ = 0;
  Office office_;
  std::map<std::string, Person> people_;
  std::map<std::string, std::int64_t> rooms_;
};

}  // namespace

void run_scenario(const std::filesystem::path& file) {
  Story(file).run();
}

}  // namespace wardroom::testing
