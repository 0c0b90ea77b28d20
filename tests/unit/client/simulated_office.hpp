#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "tests/unit/client/driver.hpp"

namespace wardroom::client::test {

// A server with one room, a cache, and the client's model between them, all in memory. Everything takes its
// time in a random order: answers overtake events, connections break with requests under way, events come
// twice or not at all, the program is killed and started again.
class SimulatedOffice {
 public:
  explicit SimulatedOffice(unsigned seed);

  void step();
  // Connects and lets everything arrive that is under way.
  void settle();

  struct Stored {
    std::string text;
    std::string client_id;  // empty: somebody else's
    UserId author;
    bool is_message = true;
    std::optional<MessageChange> change;  // of an earlier message
    std::optional<bool> lock;             // the room was locked, or unlocked
  };
  // By sequence number, from 1.
  const std::vector<Stored>& stored() const { return log_; }
  std::vector<std::string> server_texts() const;  // as they were posted
  bool locked() const { return locked_; }
  // What the window holds: texts, marks, reactions.
  std::vector<std::string> shown_messages();
  const std::vector<std::string>& said() const { return said_; }
  const RoomState& room() { return driver_->room(); }
  // The cache as a restart would find it: everything that it says it covers.
  std::vector<std::string> covered_messages() const;
  std::vector<std::string> server_messages(Coverage coverage) const;
  std::vector<std::string> server_messages() const;
  Coverage cached_coverage() const { return cached_.coverage; }
  std::size_t unsent() const { return driver_->state.outbox.size(); }

 private:
  using Job = std::function<void()>;

  unsigned pick(unsigned below) { return static_cast<unsigned>(random_() % below); }
  void start_program();
  void take_effects();
  void take(const Effect& effect);
  void answer_load(const LoadPage& load);
  void store(const StoreMessages& store);

  template <class... Ms>
  void ask(const Effect& effect);
  void append(Stored what);
  Event event_of(std::size_t index) const;
  void serve(const Call<protocol::MessagePost>& call);
  void serve(const Call<protocol::MessageHistory>& call);
  void serve(const Call<protocol::MessageChanges>& call);
  void serve(const Call<protocol::RoomList>& call);
  template <class M>
  void reply(const Call<M>& call, const typename M::Result& result);
  std::vector<protocol::Message> changes_since(Seq since, std::size_t limit, Seq& until) const;
  protocol::MyRoom listed_room() const;
  void connect();
  void disconnect();
  void let_arrive();
  void deliver();
  void someone_does_something();
  void someone_changes_something();
  std::optional<MessageChange> random_change(const protocol::Message& target, Seq seq);

  std::mt19937 random_;
  std::unique_ptr<Driver> driver_;
  int restarts_ = 0;
  int sayings_ = 0;
  // The server.
  std::vector<Stored> log_;
  std::map<Seq, protocol::Message> messages_;  // as they are now
  bool locked_ = false;
  std::vector<std::string> said_;
  // Under way.
  bool connected_ = false;
  std::deque<Event> events_;    // in order
  std::vector<Event> replies_;  // in any order
  std::vector<Job> requests_;   // not yet served
  std::deque<Job> disk_;        // in order
  // The cache.
  bool cached_room_ = false;
  CachedRoom cached_;
  std::map<Seq, protocol::Message> cached_messages_;
  std::vector<OutboxRow> cached_outbox_;
};

}  // namespace wardroom::client::test
