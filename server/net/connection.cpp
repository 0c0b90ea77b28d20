#include "server/net/connection.hpp"

#include <algorithm>
#include <cassert>
#include <limits>
#include <unistd.h>
#include <utility>

#include <boost/asio/error.hpp>
#include <linux/sockios.h>
#include <sys/ioctl.h>

#include "protocol/limits.hpp"
#include "server/net/loop.hpp"

namespace wardroom::net {
namespace {

using protocol::CloseCode;
using Outcome = TlsConnection::Outcome;

// Records that one connection may read or write in a turn before the others have theirs.
constexpr int kRecordsPerTurn = 8;

}  // namespace

Connection::Connection(Loop& loop, int socket, realtime::Source from, bool is_proxy)
    : loop_(loop),
      socket_(loop.context()),
      tls_(loop.shared().tls.current().get(), loop.bio(), socket),
      decoder_(protocol::Side::server, protocol::kMaxRequestBytesBeforeSignIn) {
  source = std::move(from);
  if (is_proxy) {
    header_ = std::make_unique<std::string>();
    state_ = State::proxy_header;
  }
  boost::system::error_code error;
  socket_.assign(boost::asio::ip::tcp::v6(), socket, error);
  if (error) ::close(socket);  // the kernel watches no more sockets; begin() finds it closed
  // accept4 made it non-blocking; this only tells Asio.
  if (!error) socket_.native_non_blocking(true, error);
}

Connection::~Connection() = default;

void Connection::begin() {
  if (!socket_.is_open()) return drop();
  heard_ = ticks();
  deadline_ = heard_ + to_ticks(loop_.shared().options.handshake_timeout);
  arm_timer();
  wait_readable();
}

void Connection::drop() {
  if (state_ == State::gone) return;
  const bool was_counted = !header_ && counted_;
  if (!opened_ && tls_.has_heard()) {
    loop_.counters().handshakes_failed.add();
    spdlog::debug("net.handshake_failed address={}", source.ip);
  } else {
    spdlog::debug("net.closed address={} web_socket={} signed_in={}", source.ip, is_web_socket_, signed_in_);
  }
  state_ = State::gone;
  end_transfers();
  tls_.finish();
  boost::system::error_code ignored;
  socket_.close(ignored);
  if (is_web_socket_) loop_.counters().web_sockets.subtract();
  if (opened_) loop_.shared().sink.on_closed(*this);
  loop_.shared().admission.closed(source.ip, was_counted);
  loop_.remove(*this);
}

void Connection::stop() {
  if (!opened_) return drop();
  if (answering_) {  // the answer is on its way; the connection ends behind it
    form_.keep_alive = false;
    drop_when_sent_ = true;
    return;
  }
  drop_when_sent_ = !is_web_socket_;
  close(CloseCode::stopping, "The server is stopping.");
}

// ---- Reading

void Connection::wait_readable() {
  if (waits_readable_) return;
  waits_readable_ = true;
  socket_.async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code) {
    self->waits_readable_ = false;
    if (self->state_ == State::gone) return;
    if (!self->signed_in_) return self->loop_.queue_newcomer(self);
    self->contain([&] { self->read_available(); });
  });
}

void Connection::wait_writable() {
  if (blocked_) return;
  blocked_ = true;
  socket_.async_wait(Socket::wait_write, [self = shared_from_this()](boost::system::error_code) {
    self->blocked_ = false;
    // The other end has taken something: it is there, and reads as fast as it can.
    self->heard_ = self->ticks();
    if (self->state_ == State::handshake) {
      self->loop_.queue_newcomer(self);
    } else if (self->state_ != State::gone && !self->dirty_) {
      self->dirty_ = true;
      self->loop_.mark_dirty(*self);
    }
  });
}

void Connection::give_up() noexcept {
  if (state_ == State::gone) return;
  state_ = State::closing;  // nothing more is queued or sent; the next tick drops it
  queue_ = {};
  answering_ = false;
  end_transfers();
  deadline_ = ticks();
  loop_.wheel().schedule(*this, deadline_);
}

void Connection::serve_newcomer() {
  // Its time may have been over while it waited for its turn.
  if (state_ == State::gone) return;
  contain([this] {
    if (state_ == State::proxy_header) return read_proxy_header();
    state_ == State::handshake ? step_handshake() : read_available();
  });
}

void Connection::step_handshake() {
  switch (tls_.handshake()) {
    case Outcome::done:
      break;
    case Outcome::want_read:
      return wait_readable();
    case Outcome::want_write:
      return wait_writable();
    case Outcome::closed:
    case Outcome::failed:
      return drop();
  }
  loop_.counters().handshakes_ok.add();
  source.tls = tls_.version();
  state_ = State::http;
  exchange_ = std::make_unique<HttpExchange>(loop_.shared().options);
  heard_ = ticks();
  deadline_ = heard_ + to_ticks(loop_.shared().options.request_timeout);
  arm_timer();
  opened_ = true;
  loop_.shared().sink.on_open(*this);
  // The first request may have come with the client's last handshake message and wait inside OpenSSL.
  read_available();
}

void Connection::read_available() {
  for (int records = 0; records < kRecordsPerTurn; ++records) {
    if (state_ == State::gone) return;
    if ((answering_ && !receiving_) || queue_.bytes() > kReadPauseBytes)
      return;  // goes on after the answer, or when it is sent
    const auto buffer = loop_.read_buffer();
    const auto [outcome, bytes] = tls_.read(buffer);
    switch (outcome) {
      case Outcome::done:
        break;
      case Outcome::want_read:
        return wait_readable();
      case Outcome::want_write:
        return wait_writable();
      case Outcome::closed:
        return on_read_end();
      case Outcome::failed:
        return drop();
    }
    loop_.counters().bytes_in.add(bytes);
    heard_ = ticks();
    pinged_ = false;
    take(buffer.first(bytes));
  }
  // There may be more inside OpenSSL, which the socket wouldn't tell.
  loop_.post([self = shared_from_this()] {
    if (self->state_ != State::gone && !self->waits_readable_) self->contain([&] { self->read_available(); });
  });
}

// The other end sends no more; what it still waits for it gets.
void Connection::on_read_end() {
  if (queue_.empty()) return drop();
  drop_when_sent_ = true;
  if (state_ != State::closing) begin_closing();
}

void Connection::take(std::span<char> bytes) {
  if (state_ == State::http)
    take_http({bytes.data(), bytes.size()});
  else if (is_web_socket_)
    take_frames(bytes);
}

// ---- Sending

void Connection::deliver(const realtime::FramePtr& frame) {
  assert(loop_.is_this_thread());
  if (state_ != State::web_socket) return;
  try {
    queue(frame);
  } catch (const std::exception& e) {
    spdlog::error("net.frame_lost what=\"{}\"", e.what());
    give_up();
  }
}

void Connection::queue(realtime::FramePtr frame) {
  const Options& options = loop_.shared().options;
  if (frame->delivery == realtime::Delivery::ephemeral &&
      queue_.backlog() > options.ephemeral_backlog_bytes) {
    loop_.counters().ephemeral_dropped.add();
    return;
  }
  if (queue_.empty()) progress_ = ticks();
  queue_.push(std::move(frame));
  if (blocked_) {
    // It had its chance; before the first attempt to write nobody is called slow.
    if (is_over_backlog()) close(CloseCode::too_slow, "Events queued up faster than they were read.");
  } else if (!dirty_) {
    dirty_ = true;
    loop_.mark_dirty(*this);
  }
}

void Connection::queue_bytes(std::string bytes, realtime::Delivery delivery) {
  auto frame = std::make_shared<realtime::Frame>();
  frame->bytes = std::move(bytes);
  frame->delivery = delivery;
  queue(std::move(frame));
}

bool Connection::is_over_backlog() const {
  return state_ != State::closing && queue_.backlog() > loop_.shared().options.max_backlog_bytes;
}

void Connection::flush() {
  contain([this] { write_some(); });
}

void Connection::write_some() {
  dirty_ = false;
  if (state_ == State::gone || blocked_) return;
  note_sign_in();
  auto& counters = loop_.counters();
  for (int records = 0; !queue_.empty(); ++records) {
    if (records == kRecordsPerTurn && !is_over_backlog()) {
      dirty_ = true;
      return loop_.mark_dirty(*this);
    }
    const auto bytes = loop_.write_buffer().first(queue_.copy_front(loop_.write_buffer()));
    const auto [outcome, written] = tls_.write(bytes);
    switch (outcome) {
      case Outcome::done:
        break;
      case Outcome::want_write:
      case Outcome::want_read:
        offered_ = static_cast<std::uint32_t>(bytes.size());
        outcome == Outcome::want_write ? wait_writable() : wait_readable();
        taken_at_progress_ = count_taken();
        arm_timer();  // a stall is now counted
        if (is_over_backlog()) close(CloseCode::too_slow, "Events queued up faster than they were read.");
        return;
      case Outcome::closed:
      case Outcome::failed:
        return drop();
    }
    offered_ = 0;
    progress_ = ticks();
    sent_ += written;
    counters.flushes.add();
    counters.bytes_out.add(written);
    counters.frames_out.add(queue_.consume(written));
  }
  on_written_out();
}

void Connection::on_written_out() {
  if (state_ == State::closing) {
    if (drop_when_sent_) return drop();
    if (!is_web_socket_) {  // HTTP: the end of the response is the end of the stream
      tls_.finish();
      boost::system::error_code ignored;
      socket_.shutdown(Socket::shutdown_send, ignored);
      // The other end's time to close begins now, however long it read.
      deadline_ = ticks() + to_ticks(loop_.shared().options.close_timeout);
      arm_timer();
    }
  }
  if (state_ == State::http) ask_for_more();
  if (state_ == State::http && waits_for_room_ && !answering_) return take_next_request();
  if (!waits_readable_ && (!answering_ || receiving_) && state_ != State::handshake) read_available();
}

void Connection::close(CloseCode code, std::string_view reason) {
  assert(loop_.is_this_thread());
  if (state_ == State::closing || state_ == State::gone) return;
  if (code == CloseCode::too_slow) {
    loop_.counters().slow_closes.add();
    queue_.drop_unstarted(offered_);
  }
  const bool says_so = state_ == State::web_socket;
  try {
    begin_closing();
    if (!says_so) return;
    std::string frame;
    protocol::append_frame(frame, protocol::Opcode::close,
                           protocol::compose_close_payload(static_cast<std::uint16_t>(code), reason));
    queue_bytes(std::move(frame));
  } catch (const std::exception& e) {
    spdlog::error("net.close_failed what=\"{}\"", e.what());
    give_up();
  }
}

void Connection::begin_closing() {
  state_ = State::closing;
  answering_ = false;
  end_transfers();
  deadline_ = ticks() + to_ticks(loop_.shared().options.close_timeout);
  arm_timer();
  if (!dirty_ && !blocked_) {
    dirty_ = true;
    loop_.mark_dirty(*this);
  }
}

void Connection::set_max_request(std::size_t bytes) {
  decoder_.set_max_message(bytes);
}

void Connection::note_sign_in() {
  if (signed_in_ || !caller()) return;
  signed_in_ = true;
  end_count();
  arm_timer();
}

// Somebody's session is behind it: signed in, or a file of theirs is on its way. Else everybody behind one
// address could have so few files under way together as strangers may have connections. Such a connection
// goes on waiting for its turn with the newcomers: messages come first.
void Connection::end_count() {
  if (std::exchange(counted_, false)) loop_.shared().admission.signed_in(source.ip);
}

// ---- Time

Tick Connection::ticks() const {
  return loop_.wheel().now();
}

Tick Connection::next_due() const {
  const Options& options = loop_.shared().options;
  Tick due = std::numeric_limits<Tick>::max();
  if (state_ == State::web_socket) {
    if (!signed_in_) due = deadline_;
    due = std::min(due, heard_ + to_ticks(pinged_ ? options.idle_timeout : options.ping_after));
  } else if (has_deadline()) {
    due = deadline_;
  }
  if (receiving_) due = std::min(due, heard_ + to_ticks(options.idle_timeout));
  if (!queue_.empty()) due = std::min(due, progress_ + to_ticks(options.stall_timeout));
  return due;
}

void Connection::arm_timer() {
  const Tick due = next_due();
  if (due != std::numeric_limits<Tick>::max()) loop_.wheel().schedule(*this, due);
}

// Of all that was sent, how many bytes the other end's system has taken.
std::int64_t Connection::count_taken() {
  int waiting = 0;
  ioctl(socket_.native_handle(), SIOCOUTQ, &waiting);
  return static_cast<std::int64_t>(sent_) - waiting;
}

// Whether the other end's system has taken more since `mark` than our pings: it reads, slowly, and answers a
// ping only when it comes to it. Moves the mark.
bool Connection::is_draining(std::int64_t& mark) {
  constexpr std::int64_t kPings = 256;
  const std::int64_t before = std::exchange(mark, count_taken());
  return mark > before + kPings;
}

void Connection::on_timer(Tick now) {
  contain([&] { take_timer(now); });
}

void Connection::take_timer(Tick now) {
  const Options& options = loop_.shared().options;
  if (state_ == State::gone) return;
  note_sign_in();
  const bool speaks = state_ == State::web_socket;
  if (is_stalled(now) && is_draining(taken_at_progress_)) progress_ = now;
  // Whoever waits for the hash of a password waits for us: the time is theirs again with the answer.
  if (speaks && signing_in != 0) deadline_ = std::max(deadline_, now + to_ticks(std::chrono::seconds{1}));
  if (speaks && now >= heard_ + to_ticks(options.idle_timeout) && is_draining(taken_at_ping_)) heard_ = now;
  if (speaks) {
    if (is_stalled(now)) {
      close(CloseCode::too_slow, "Nothing was read for 10 s.");
    } else if (!signed_in_ && now >= deadline_) {
      close(CloseCode::sign_in_timeout, "Nobody signed in within 10 s.");
    } else if (now >= heard_ + to_ticks(options.idle_timeout)) {
      close(CloseCode::idle, "Nothing was heard for 100 s.");
    } else if (!pinged_ && now >= heard_ + to_ticks(options.ping_after)) {
      pinged_ = true;
      taken_at_ping_ = count_taken();
      std::string ping;
      protocol::append_frame(ping, protocol::Opcode::ping, {});
      queue_bytes(std::move(ping));
    }
  } else if ((has_deadline() && now >= deadline_) || is_stalled(now)) {
    return drop();
  } else if (receiving_ && now >= heard_ + to_ticks(options.idle_timeout)) {
    return drop();  // of an upload nothing came; what did stays, and can be gone on with
  }
  arm_timer();
}

bool Connection::is_stalled(Tick now) const {
  return !queue_.empty() && now >= progress_ + to_ticks(loop_.shared().options.stall_timeout);
}

// Outside a WebSocket: not while a request is worked on, and not while its answer is read, however slowly,
// also when the connection ends with it. Who reads nothing is stalled.
bool Connection::has_deadline() const {
  if (answering_) return false;
  const bool is_answer = state_ == State::http || (state_ == State::closing && !is_web_socket_);
  return queue_.empty() || !is_answer;
}

}  // namespace wardroom::net
