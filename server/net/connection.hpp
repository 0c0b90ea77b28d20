#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "common/base/log.hpp"
#include "protocol/websocket.hpp"
#include "server/net/browser.hpp"
#include "server/net/http_exchange.hpp"
#include "server/net/send_queue.hpp"
#include "server/net/timer_wheel.hpp"
#include "server/net/tls_connection.hpp"
#include "server/realtime/peer.hpp"

namespace wardroom::net {

class Loop;

// One client's connection from accept to close: perhaps a proxy's header, TLS handshake, then HTTP requests,
// then perhaps a WebSocket for the rest of its life. Lives on its loop's thread, which it doesn't outlive.
// Idle, it holds no buffer.
class Connection final : public realtime::Peer,
                         public Timer,
                         public std::enable_shared_from_this<Connection> {
 public:
  // `is_proxy`: the source is a proxy, and a header before the handshake says who the client is.
  Connection(Loop& loop, int socket, realtime::Source source, bool is_proxy);
  ~Connection() override;

  // Starts the handshake; the loop's table holds the connection by then.
  void begin();
  // Writes what is queued, as far as the socket takes it. Called at the end of a turn.
  void flush();
  // Ends it at once: the sink is told, the socket is closed, the loop frees it at the end of the turn.
  void drop();
  // The server stops: says so, or ends at once where there is nobody to tell.
  void stop();
  // Whether the loop's list of what to flush still names it.
  bool is_dirty() const { return dirty_; }

  void deliver(const realtime::FramePtr& frame) override;
  void answer(realtime::HttpAnswer answer) override;
  void send_more(std::string piece) override;
  void receive() override;
  void close(protocol::CloseCode code, std::string_view reason) override;
  void set_max_request(std::size_t bytes) override;
  bool is_open() const override { return state_ == State::http || state_ == State::web_socket; }
  void on_timer(Tick now) override;
  // For one who isn't signed in: a step of the TLS handshake, or what was sent since. The loop says when it
  // is this connection's turn.
  void serve_newcomer();

 private:
  enum class State : std::uint8_t {
    proxy_header,  // of a proxy, before TLS
    handshake,     // TLS
    http,          // requests, one at a time
    web_socket,    // after the upgrade
    closing,       // our last bytes are queued or sent; waits for the other end to close
    gone,
  };
  // Over so much unsent, requests aren't read: who doesn't take answers may not ask for more.
  static constexpr std::size_t kReadPauseBytes = 256 * 1024;
  using Socket =
      boost::asio::basic_stream_socket<boost::asio::ip::tcp, boost::asio::io_context::executor_type>;

  // Reading.
  void wait_readable();
  void wait_writable();
  // Runs `act`; what it throws ends this connection and nothing else.
  template <class Act>
  void contain(const Act& act) noexcept;
  void give_up() noexcept;
  void read_proxy_header();
  void step_handshake();
  void read_available();
  void on_read_end();
  void take(std::span<char> bytes);
  // HTTP.
  void take_http(std::string_view bytes);
  void on_request();
  void call_method(const WebCall& web, bool is_browser);
  void begin_web_socket();
  void charge();
  void answer_options(std::string_view allow);
  void refuse(const HttpRefusal& refusal);
  void continue_http();
  void take_next_request();
  void on_file_head();
  void take_body(std::string_view bytes);
  void ask_for_more();
  void end_transfers();
  // WebSocket.
  void take_frames(std::span<char> bytes);
  bool charge_fragments();
  void on_control(const protocol::Decoded& frame);
  void on_close_frame(const protocol::Decoded& frame);
  // Sending.
  void queue(realtime::FramePtr frame);
  void queue_bytes(std::string bytes, realtime::Delivery delivery = realtime::Delivery::durable);
  void on_written_out();
  void begin_closing();
  bool is_over_backlog() const;
  void note_sign_in();
  void end_count();
  // Time.
  std::int64_t count_taken();
  bool is_draining(std::int64_t& mark);
  bool is_stalled(Tick now) const;
  bool has_deadline() const;
  void write_some();
  void take_timer(Tick now);
  void arm_timer();
  Tick next_due() const;
  Tick ticks() const;

  Loop& loop_;
  Socket socket_;
  TlsConnection tls_;
  SendQueue queue_;
  protocol::FrameDecoder decoder_;
  std::unique_ptr<HttpExchange> exchange_;  // while it speaks HTTP
  std::unique_ptr<std::string>
      header_;              // what has come of a proxy's; until it is read, the address doesn't count
  std::uint64_t sent_ = 0;  // bytes that our system took
  std::int64_t taken_at_progress_ = 0;         // of them, what the other end's had taken at the last write
  std::int64_t taken_at_ping_ = 0;             // and at the last ping
  std::int64_t body_left_ = 0;                 // of the request: bytes that haven't come
  std::int64_t more_left_ = 0;                 // of the answer: bytes that weren't given yet
  std::function<void(realtime::Peer&)> more_;  // asks for them; empty: the answer is whole
  std::uint32_t offered_ = 0;                  // bytes of the write that OpenSSL wants repeated
  Tick deadline_ = 0;                          // of the state: handshake, request, sign-in, closing
  Tick heard_ = 0;                             // when the last byte came
  Tick progress_ = 0;                          // when bytes could last be written, or the queue began
  State state_ = State::handshake;
  bool is_web_socket_ = false;
  bool opened_ = false;     // the sink knows of it
  bool signed_in_ = false;  // served before newcomers
  bool counted_ = true;     // as unauthenticated, once its address is known
  bool dirty_ = false;      // in the loop's list
  bool blocked_ = false;    // waits for the socket to take more
  bool waits_readable_ = false;
  bool answering_ = false;       // an HTTP request is with the sink
  bool receiving_ = false;       // and takes its body as it comes
  bool body_ended_ = false;      // the sink knows that it has all of it
  bool asked_for_more_ = false;  // of an answer's body
  ResponseForm form_;            // of the answer
  bool pinged_ = false;          // since the last byte came
  bool served_ = false;          // answered a request
  bool waits_for_room_ = false;  // the next request is taken when what is queued is sent
  bool drop_when_sent_ = false;  // the other end is done: nothing is left to wait for
};

template <class Act>
void Connection::contain(const Act& act) noexcept {
  try {
    act();
  } catch (const std::exception& e) {
    spdlog::error("net.connection_failed what=\"{}\"", e.what());
    drop();
  }
}

}  // namespace wardroom::net
