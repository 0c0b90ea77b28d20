#include "bench/floor/peer.hpp"

#include <array>
#include <charconv>
#include <fcntl.h>
#include <unistd.h>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace wardroom::bench {
namespace {

std::array<char, 64 * 1024> g_buffer;  // the one thread's

// What stands behind `name` in a request of the load generator, up to `end`.
std::string_view value_of(std::string_view request, std::string_view name, char end) {
  const auto at = request.find(name);
  if (at == std::string_view::npos) return {};
  request.remove_prefix(at + name.size());
  return request.substr(0, request.find(end));
}

std::int64_t number_of(std::string_view digits) {
  std::int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

bool wants_more(SSL* ssl, int result) {
  const int error = SSL_get_error(ssl, result);
  return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

}  // namespace

void FloorPeer::Free::operator()(SSL* ssl) const {
  SSL_free(ssl);
}

FloorPeer::FloorPeer(int socket, SSL_CTX* context, FloorRooms& rooms)
    : socket_(socket), rooms_(rooms), ssl_(SSL_new(context)) {
  fcntl(socket, F_SETFL, fcntl(socket, F_GETFL) | O_NONBLOCK);
  SSL_set_fd(ssl_.get(), socket);
  SSL_set_accept_state(ssl_.get());
}

FloorPeer::~FloorPeer() {
  if (inside_)
    for (FloorRoom* room : *inside_) std::erase(room->members, this);
  ::close(socket_);
}

bool FloorPeer::take(std::vector<FloorPeer*>& dirty) {
  do {
    std::size_t got = 0;
    ERR_clear_error();
    const int result = SSL_read_ex(ssl_.get(), g_buffer.data(), g_buffer.size(), &got);
    if (result != 1) return wants_more(ssl_.get(), result);
    if (!take_bytes(std::span(g_buffer).first(got), dirty)) return false;
  } while (SSL_has_pending(ssl_.get()));
  return true;
}

bool FloorPeer::take_bytes(std::span<char> bytes, std::vector<FloorPeer*>& dirty) {
  if (!is_web_socket_) {
    head_.append(bytes.data(), bytes.size());
    if (!head_.ends_with("\r\n\r\n")) return true;
    mark(dirty);
    return upgrade(std::exchange(head_, {}));
  }
  using Kind = protocol::Decoded::Kind;
  for (;;) {
    const auto found = decoder_.next(bytes);
    if (found.kind == Kind::need_more) return true;
    if (found.kind != Kind::text) return false;
    answer(found.payload, dirty);
  }
}

// The load generator always sends the same key (RFC 6455, section 1.3) and doesn't look at what comes of it.
bool FloorPeer::upgrade(std::string_view request) {
  is_web_socket_ = request.starts_with("GET ");
  output_ +=
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
  return is_web_socket_;
}

void FloorPeer::answer(std::string_view request, std::vector<FloorPeer*>& dirty) {
  mark(dirty);
  const auto method = value_of(request, R"("method":")", '"');
  if (method == "session.resume")
    sign_in(request);
  else if (method == "message.post")
    post(request, dirty);
}

void FloorPeer::sign_in(std::string_view request) {
  inside_ = rooms_.of(value_of(request, R"("token":")", '"'));
  if (inside_)
    for (FloorRoom* room : *inside_) room->members.push_back(this);
  protocol::append_frame(output_, protocol::Opcode::text,
                         inside_ ? R"({"jsonrpc":"2.0","id":1,"result":{}})"
                                 : R"({"jsonrpc":"2.0","id":1,"error":{"message":"unknown token"}})");
}

void FloorPeer::post(std::string_view request, std::vector<FloorPeer*>& dirty) {
  FloorRoom* room = rooms_.find(number_of(value_of(request, R"("room":)", ',')));
  if (!room) return;
  const std::string seq = std::to_string(++room->seq);
  const std::string said = std::string(R"({"jsonrpc":"2.0","method":"message.posted","params":{"room":)") +
                           std::to_string(room->number) + ",\"seq\":" + seq +
                           R"(,"at":"2026-11-20T16:49:13.123Z","author":1,"client_id":")" +
                           std::string(value_of(request, R"("client_id":")", '"')) + R"(","text":")" +
                           std::string(value_of(request, R"("text":")", '"')) + "\"}}";
  for (FloorPeer* member : room->members) {
    protocol::append_frame(member->output_, protocol::Opcode::text, said);
    member->mark(dirty);
  }
  protocol::append_frame(output_, protocol::Opcode::text,
                         R"({"jsonrpc":"2.0","id":)" + std::string(value_of(request, R"("id":)", ',')) +
                             R"(,"result":{"seq":)" + seq + R"(,"at":"2026-11-20T16:49:13.123Z"}})");
}

void FloorPeer::mark(std::vector<FloorPeer*>& dirty) {
  if (!is_dirty) dirty.push_back(this);
  is_dirty = true;
}

bool FloorPeer::flush() {
  while (!output_.empty()) {
    std::size_t written = 0;
    ERR_clear_error();
    if (SSL_write_ex(ssl_.get(), output_.data(), output_.size(), &written) != 1) return false;
    output_.erase(0, written);
  }
  if (output_.capacity() > 4096) output_ = {};
  return true;
}

}  // namespace wardroom::bench
