#pragma once

#include "bench/entrance.hpp"

namespace wardroom::bench {

// Messages in one room or in many, as fast as answers come or at a fixed rate. Every connection follows its
// room by the sequence numbers and counts what is skipped or repeated; at the end each must have all that was
// acknowledged.
class MessageLoad final : public Entrance {
 public:
  using Entrance::Entrance;
  // Signs in, sends, reports. The error is what kept the test from running; faults are in the report.
  Result<void> run();

 private:
  struct Follower {
    std::int64_t first = 0;  // the first number seen
    std::int64_t last = 0;
  };
  struct Sender {
    LoadConnection* connection = nullptr;
    std::size_t index = 0;
    std::size_t outstanding = 0;
    std::vector<std::uint64_t> sent_at;  // by request id modulo its size
    std::int64_t next_id = 2;            // 1 was the sign-in
  };
  struct Mark {  // counters at one moment
    std::uint64_t time = 0;
    std::uint64_t deliveries = 0;
    std::uint64_t acknowledged = 0;
    double server_cpu = 0;
    double own_cpu = 0;
  };

  void on_received(LoadConnection& connection, std::string_view text) override;
  void on_left(std::size_t index, std::uint16_t code) override;
  bool is_stalled(std::size_t connection) const;
  void set_stalled_reading(bool reads);
  void follow(std::size_t connection, std::int64_t seq);
  void on_answer(std::size_t connection, std::int64_t id, std::int64_t seq);
  void choose_senders();
  void send(Sender& sender);
  void send_due();
  void run_until(std::uint64_t end);
  bool is_complete() const;
  void drain();
  Mark mark() const;
  void print_report(const Mark& from, const Mark& to);

  std::vector<Follower> followers_;         // by connection
  std::vector<std::int64_t> acknowledged_;  // highest number, by room
  std::vector<Sender> senders_;
  std::vector<std::size_t> sender_of_;  // by connection; senders_.size(): none
  std::string filler_;
  std::uint64_t deliveries_ = 0;
  std::uint64_t answers_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t rate_began_ = 0;
  std::size_t next_sender_ = 0;
  std::uint64_t closed_as_slow_ = 0;
  bool measuring_ = false;
  bool sending_ = false;
  Latency delivery_time_;
  Latency answer_time_;
};

}  // namespace wardroom::bench
