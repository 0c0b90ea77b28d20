#pragma once

#include <cstdint>
#include <string_view>

namespace wardroom::protocol {

// WebSocket close codes 4000–4015 (RFC 6455 section 7.4.2 leaves 4000–4999 to the application).
// Resumable: connect again and send session.resume. Final: the person must act first.
enum class CloseCode : std::uint16_t {
  normal = 1000,                // final: the client said goodbye
  not_utf8 = 1007,              // a text that isn't UTF-8 (RFC 6455 section 8.1)
  failed = 1011,                // the server couldn't go on with this connection (section 7.4.1)
  signed_out = 4001,            // final: session.close
  sign_in_timeout = 4002,       // resumable: nothing signed in within 10 s
  revoked = 4003,               // final: the session was revoked or the account disabled
  expired = 4004,               // final: the session's time is over
  too_many_connections = 4005,  // resumable later: this address or account holds too many
  flood = 4006,                 // resumable: three times the rate limit
  too_slow = 4008,              // resumable: over 1 MiB queued, or 10 s without progress
  stopping = 4009,              // resumable: the server stops or restarts
  protocol_error = 4010,        // final: frames or JSON that no client of ours sends
  too_large = 4011,             // final: a frame over the limit
  idle = 4012,                  // resumable: 100 s of silence
};

struct CloseCodeRow {
  CloseCode code;
  std::string_view name;
  bool resumable;
  std::string_view meaning;
};

// Every application code, for the documentation and for clients that decide whether to reconnect.
inline constexpr CloseCodeRow kCloseCodes[] = {
    {CloseCode::signed_out, "signed_out", false, "The session was closed by session.close."},
    {CloseCode::sign_in_timeout, "sign_in_timeout", true, "Nobody signed in within 10 s."},
    {CloseCode::revoked, "revoked", false, "The session was revoked or the account was disabled."},
    {CloseCode::expired, "expired", false, "The session's time is over."},
    {CloseCode::too_many_connections, "too_many_connections", true,
     "This address holds too many connections."},
    {CloseCode::flood, "flood", true, "Requests came at three times the allowed rate."},
    {CloseCode::too_slow, "too_slow", true, "Events queued up faster than they were read."},
    {CloseCode::stopping, "stopping", true, "The server stops or restarts."},
    {CloseCode::protocol_error, "protocol_error", false, "A frame or a text broke the protocol."},
    {CloseCode::too_large, "too_large", false, "A frame was larger than the limit."},
    {CloseCode::idle, "idle", true, "Nothing was heard for 100 s."},
};

// Unknown and standard codes count as resumable: the network broke.
constexpr bool is_resumable(std::uint16_t code) {
  for (const auto& row : kCloseCodes)
    if (static_cast<std::uint16_t>(row.code) == code) return row.resumable;
  return true;
}

}  // namespace wardroom::protocol
