#include "tests/harness/story.hpp"

#include <algorithm>
#include <fstream>

#include <catch2/catch.hpp>

namespace wardroom::testing {

namespace json = boost::json;

namespace {

// The words of a line; a quoted word keeps its quote in front, so that texts and names stay apart.
Words split(const std::string& line) {
  Words words;
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

void replace(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at; (at = text.find(from)) != std::string::npos;) text.replace(at, from.size(), to);
}

}  // namespace

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

void Story::run() {
  std::ifstream in(file_);
  REQUIRE(in);
  for (std::string line; std::getline(in, line);) {
    ++line_;
    if (line.empty() || line.starts_with('#')) continue;
    INFO(file_.filename().string() << ":" << line_ << ": " << line);
    run_line(line);
  }
}

void Story::run_line(const std::string& line) {
  const auto words = split(line);
  const std::string& first = words[0];
  if (first == "person") return add_person(words);
  if (first == "policy") return set_policy(words);
  if (first == "device") return add_device(words);
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
  if (arrive(who, words)) return;
  if (what == "connects") return connect(who);
  if (what == "leaves") return leave(who);
  if (what == "sees") return expect_history(who, words);
  if (what == "finds") return expect_message(who, words);
  if (what == "reads") return expect_versions(who, words);
  if (what == "pins") return expect_pins(who, words);
  if (what == "reports") return expect_reports(who, words);
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

Story::Person& Story::person(const std::string& name) {
  const auto found = people_.find(name);
  if (found == people_.end()) FAIL("there is no person " << name);
  return found->second;
}

std::int64_t Story::room(const std::string& name) {
  const auto found = rooms_.find(name);
  if (found == rooms_.end()) FAIL("there is no room " << name);
  return found->second;
}

std::int64_t Story::message(const std::string& room_name, const std::string& text) {
  const auto found = messages_.find({room(room_name), unquoted(text)});
  if (found == messages_.end()) FAIL("nobody posted " << unquoted(text) << " in " << room_name);
  return found->second;
}

std::string Story::name_of(std::int64_t user) {
  for (const auto& [name, who] : people_)
    if (who.account.id.value == user) return name;
  return "?" + std::to_string(user);
}

std::string Story::room_name(std::int64_t id) {
  for (const auto& [name, room_id] : rooms_)
    if (room_id == id) return name;
  return "#" + std::to_string(id);
}

std::string Story::message_name(std::int64_t room, std::int64_t seq) {
  for (const auto& [name, known] : messages_)
    if (name.first == room && known == seq) return "\"" + name.second;
  return std::to_string(seq);
}

std::string Story::with_ids(std::string text) {
  for (const auto& [name, id] : rooms_) replace(text, "{" + name + "}", std::to_string(id));
  for (const auto& [name, who] : people_)
    replace(text, "{" + name + "}", std::to_string(who.account.id.value));
  return text;
}

void Story::add_person(const Words& words) {
  const auto role =
      words.size() > 2 ? protocol::parse_enum<protocol::Role>(words[2]) : protocol::Role::member;
  REQUIRE(role);
  people_[words.at(1)].account = office_.add_person(words[1], *role);
}

// "policy direct request"
void Story::set_policy(const Words& words) {
  REQUIRE(words.at(1) == "direct");
  office_.settings.direct_policy =
      words.at(2) == "request" ? commands::DirectPolicy::request : commands::DirectPolicy::open;
  restart();
}

void Story::restart() {
  for (auto& [name, who] : people_) who.peer.reset();
  office_.restart();
}

void Story::connect(Person& who) {
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

void Story::leave(Person& who) {
  see_everything(who);
  office_.disconnect(who.peer);
  who.peer.reset();
}

void Story::see_everything(Person& who) {
  office_.run_ready();
  for (const auto& event : who.peer->events) note(who, event);
}

void Story::note(Person& who, const json::object& event) {
  const auto& params = event.at("params").as_object();
  if (params.contains("seq") && params.contains("room"))
    who.known[std::to_string(params.at("room").as_int64())] = params.at("seq").as_int64();
}

}  // namespace wardroom::testing
