#include "common/base/utf8.hpp"
#include "protocol/limits.hpp"
#include "server/net/connection.hpp"
#include "server/net/loop.hpp"

// A connection after the upgrade to WebSocket.
namespace wardroom::net {

using protocol::CloseCode;
using protocol::Decoded;

namespace {

// Of a request, for a control frame and for a fragment over the free share: a client that keeps its
// connection alive sends one in many seconds.
constexpr double kSmallFrameCost = 0.1;

}  // namespace

void Connection::take_frames(std::span<char> bytes) {
  for (;;) {
    const Decoded found = decoder_.next(bytes);
    if (state_ == State::web_socket && !charge_fragments()) return;
    if (found.kind == Decoded::Kind::need_more) return;
    loop_.counters().frames_in.add();
    if (state_ == State::closing) {  // only the other end's close frame matters now
      if (found.kind == Decoded::Kind::close) return drop();
      if (found.kind == Decoded::Kind::malformed || found.kind == Decoded::Kind::too_large) return;
      continue;
    }
    if (state_ != State::web_socket) return;
    switch (found.kind) {
      case Decoded::Kind::need_more:
        return;
      case Decoded::Kind::text:
        if (!is_valid_utf8(found.payload)) return close(CloseCode::not_utf8, "A text must be UTF-8.");
        loop_.shared().sink.on_text(*this, found.payload);
        note_sign_in();
        break;
      case Decoded::Kind::binary:
        return close(CloseCode::protocol_error, "Only text frames are spoken here.");
      case Decoded::Kind::malformed:
        return close(CloseCode::protocol_error, found.reason);
      case Decoded::Kind::too_large:
        return close(CloseCode::too_large, found.reason);
      case Decoded::Kind::ping:
      case Decoded::Kind::pong:
      case Decoded::Kind::close:
        on_control(found);
        break;
    }
  }
}

// Empty ones add nothing to a message's length, and a thousand of them would cost one request. False: it was
// a flood, and the connection is being closed.
bool Connection::charge_fragments() {
  const std::uint32_t extra = decoder_.take_extra_fragments();
  if (extra == 0) return true;
  using Verdict = realtime::TokenBucket::Verdict;
  const SteadyPoint now = loop_.shared().clock.steady();
  for (std::uint32_t i = 0; i < extra; ++i)
    if (requests.take(now, kSmallFrameCost) == Verdict::flood) {
      close(CloseCode::flood, "too many fragments");
      return false;
    }
  return true;
}

void Connection::on_control(const Decoded& frame) {
  if (frame.kind == Decoded::Kind::close) return on_close_frame(frame);
  using Verdict = realtime::TokenBucket::Verdict;
  const auto verdict = requests.take(loop_.shared().clock.steady(), kSmallFrameCost);
  if (verdict == Verdict::flood) return close(CloseCode::flood, "too many pings");
  if (verdict == Verdict::refused || frame.kind == Decoded::Kind::pong) return;
  std::string pong;
  protocol::append_frame(pong, protocol::Opcode::pong, frame.payload);
  // Ephemeral: a flood of pings must not fill the queue, and RFC 6455 section 5.5.3 lets us answer only the
  // last.
  queue_bytes(std::move(pong), realtime::Delivery::ephemeral);
}

void Connection::on_close_frame(const Decoded& frame) {
  constexpr std::uint16_t kNoStatus = 1005;
  std::string reply;
  protocol::append_frame(
      reply, protocol::Opcode::close,
      frame.close_code == kNoStatus ? std::string() : protocol::compose_close_payload(frame.close_code, {}));
  queue_bytes(std::move(reply));
  drop_when_sent_ = true;
  begin_closing();
}

}  // namespace wardroom::net
