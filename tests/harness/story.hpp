#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "tests/harness/office.hpp"

namespace wardroom::testing {

using Words = std::vector<std::string>;

// A quoted word keeps its quote in front, so that texts and names stay apart.
std::string unquoted(const std::string& word);
std::chrono::milliseconds parse_duration(const std::string& text);

// A scenario file while it runs (tests/scenario/README.md): the office, its people, and what the story calls
// things. Fails the running test at the first thing that isn't as it was written.
class Story {
 public:
  explicit Story(std::filesystem::path file) : file_(std::move(file)) {}
  void run();

 private:
  struct Person {
    Office::Person account;
    std::shared_ptr<TestPeer> peer;
    boost::json::object last_post;
    std::map<std::string, std::int64_t> known;  // room id → seq, as the client would keep it
    boost::json::object resumed;
    boost::json::object first_answer;  // to the last post
    std::vector<std::string> recovery_codes;
  };

  void run_line(const std::string& line);

  // Names and ids.
  Person& person(const std::string& name);
  std::int64_t room(const std::string& name);
  // A message is called by the text with which it was posted.
  std::int64_t message(const std::string& room_name, const std::string& text);
  std::int64_t report(const std::string& text);
  std::string name_of(std::int64_t user);
  std::string room_name(std::int64_t id);
  std::string message_name(std::int64_t room, std::int64_t seq);
  // Replaces {#ops} and {bob} by ids.
  std::string with_ids(std::string text);
  // Replaces {code} and {recovery} by what the person's authenticator app and their sheet of codes say.
  std::string with_codes(Person& who, std::string text);

  // Happenings.
  void add_person(const Words& words);
  void set_policy(const Words& words);
  void add_device(const Words& words);  // this and the next: story_sign_in.cpp
  bool arrive(Person& who, const Words& words);
  void restart();
  void connect(Person& who);
  void leave(Person& who);
  // Takes note of the positions in events that the story doesn't look at.
  void see_everything(Person& who);
  void note(Person& who, const boost::json::object& event);

  // What people do: story_acts.cpp.
  void act(Person& who, Words words);
  using Call = std::pair<std::string, boost::json::object>;  // method and params
  Call to_call(Person& who, const Words& w);
  std::optional<Call> to_message_call(const Words& w);
  std::optional<Call> to_moderation_call(const Words& w);  // story_moderation.cpp
  // story_people.cpp
  std::optional<Call> to_people_call(const Words& w);
  void remember_people(Person& who, const Words& w, const std::string& method,
                       const boost::json::object& result);
  void remember_sign_in(Person& who, const std::string& method, const boost::json::object& result);
  void remember(Person& who, const Words& w, const std::string& method, const boost::json::object& result);

  // What people see: story_sights.cpp.
  void expect_event(Person& who, const Words& expected);
  // An event as the story writes it.
  Words describe(const boost::json::object& event);
  std::optional<Words> describe_change(const std::string& method, const boost::json::object& params);
  std::optional<Words> describe_moderation(const std::string& method, const boost::json::object& params);
  void expect_reports(Person& who, const Words& words);
  void expect_history(Person& who, const Words& words);
  void expect_message(Person& who, const Words& words);
  void expect_versions(Person& who, const Words& words);
  void expect_pins(Person& who, const Words& words);
  void expect_changes(Person& who, const Words& words);
  void expect_unread(Person& who, const Words& words);
  void expect_audit(const Words& words);

  std::filesystem::path file_;
  int line_ = 0;
  Office office_;
  std::map<std::string, Person> people_;
  std::map<std::string, std::int64_t> rooms_;
  std::map<std::pair<std::int64_t, std::string>, std::int64_t> messages_;  // room and text → seq
  std::map<std::string, std::string> issued_;                              // name → reset code or invite
  std::int64_t import_ = 0;                                                // the last upload
  std::map<std::string, std::int64_t> reports_;                            // text → id
};

}  // namespace wardroom::testing
