#pragma once

#include <deque>
#include <map>
#include <unordered_map>

#include "bench/ground.hpp"
#include "bench/latency.hpp"
#include "bench/reactor.hpp"
#include "bench/report.hpp"
#include "protocol/catalogue.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::bench {

// Real conversation, said again: each line goes through the client of its author, every client checks that it
// gets every line of its room once, in one order, with the text, author and number that all others got. The
// server may be killed and started again meanwhile: clients reconnect, catch up, and send again what wasn't
// acknowledged, under the same client_id.
class ReplayLoad final : public LoadEvents {
 public:
  ReplayLoad(const LoadOptions& options, const Ground& ground, Reactor& reactor)
      : options_(options), ground_(ground), reactor_(reactor) {}
  Result<void> run();

  void on_open(LoadConnection& connection) override;
  void on_text(LoadConnection& connection, std::string_view text) override;
  void on_closed(LoadConnection& connection, std::uint16_t code) override;

  Faults faults;

 private:
  struct Line {
    std::size_t room = 0;
    std::size_t client = 0;
    std::string text;
    std::string client_id;
    std::int64_t seq = 0;  // as the first who learnt it was told; 0: nobody was
    std::uint64_t sent_at = 0;
  };
  enum class Stage { away, signing_in, listing, catching_up, inside };
  struct Client {
    LoadConnection* connection = nullptr;
    Stage stage = Stage::away;
    std::uint64_t reconnect_at = 0;
    std::uint64_t pause_until = 0;
    std::int64_t user = 0;
    std::int64_t last = -1;  // the room's number up to which it has everything; -1: unknown
    std::int64_t caught_up_to =
        0;  // events up to here may come once more: catching up overlaps (docs/protocol.md)
    std::deque<std::size_t> to_say;               // lines, in their order
    std::map<std::int64_t, std::size_t> waiting;  // lines without an answer, by request id
    std::int64_t next_id = 10;                    // below: sign-in and catching up
    std::vector<std::string> held;                // events that came before the answer to the sign-in
    std::vector<bool> seen;                       // by line
  };

  Result<void> load_lines();
  void turn();
  void connect_those_away();
  void speak(Client& client);
  void send_line(Client& client, std::size_t line);
  void on_signed_in(Client& client, const protocol::Incoming& answer);
  void on_listed(Client& client, const protocol::Incoming& answer);
  void on_changes(Client& client, const protocol::Incoming& answer);
  void ask_changes(Client& client);
  void enter(Client& client);
  void on_answer(Client& client, const protocol::Incoming& answer);
  void on_event(Client& client, std::string_view text);
  void take_message(Client& client, std::int64_t seq, UserId author,
                    const std::optional<std::string>& client_id, const std::string& text);
  void mismatch(const Client& client, std::string_view what, std::int64_t seq);
  bool is_complete() const;
  void count_missing();
  RoomId room_of(const Client& client) const;

  const LoadOptions& options_;
  const Ground& ground_;
  Reactor& reactor_;
  std::vector<Line> lines_;
  std::unordered_map<std::string, std::size_t> line_of_;  // by client_id
  std::vector<Client> clients_;
  std::int64_t epoch_ = 0;
  std::uint64_t began_ = 0;
  std::uint64_t progress_at_ = 0;
  std::uint64_t said_ = 0;
  std::uint64_t received_ = 0;
  std::uint64_t reconnects_ = 0;
  std::uint64_t caught_up_ = 0;  // messages that came by catching up
  std::uint64_t said_again_ = 0;
  Latency answer_time_;
};

}  // namespace wardroom::bench
