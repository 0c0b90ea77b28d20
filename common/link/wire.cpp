#include "common/link/wire.hpp"

#include <algorithm>
#include <deque>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <openssl/bio.h>
#include <openssl/ssl.h>

#include "common/link/link_error.hpp"
#include "common/link/trust.hpp"
#include "common/link/upgrade.hpp"
#include "protocol/close_codes.hpp"

namespace wardroom::link {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

// A buffer that grew for one large text is given back after it.
constexpr std::size_t kKeptBufferBytes = 64 * 1024;

Loss closed_by_server(std::uint16_t code) {
  for (const auto& row : protocol::kCloseCodes)
    if (static_cast<std::uint16_t>(row.code) == code)
      return {link_error(row.name, std::string(row.meaning)), row.resumable};
  return {link_error(reason::kConnectionLost, "The server closed the connection."),
          protocol::is_resumable(code)};
}

class TlsWire final : public Wire, public std::enable_shared_from_this<TlsWire> {
 public:
  TlsWire(asio::io_context& io, protocol::Introduction introduction, Limits limits, Events events,
          FindAddresses find_addresses)
      : introduction_(std::move(introduction)),
        limits_(limits),
        events_(std::move(events)),
        tls_([this](X509* leaf, stack_st_X509* shown) { return check(leaf, shown); },
             std::move(find_addresses)),
        stream_(io, tls_.context()),
        silence_timer_(io),
        goodbye_timer_(io),
        reading_wanted_(io) {}

  void start() { asio::co_spawn(stream_.get_executor(), run(shared_from_this()), asio::detached); }

  void send(std::string text) override {
    queued_bytes_ += text.size();
    queue_.push_back(std::move(text));
    if (!writing_) write_next();
  }

  std::size_t queued_bytes() const override { return queued_bytes_; }

  // What OpenSSL took is counted: a text, a record even, tells of itself only once it is whole.
  SteadyPoint heard() override {
    const auto received = BIO_number_read(SSL_get_rbio(stream_.next_layer().native_handle()));
    if (std::exchange(received_, received) != received || !reading_) heard_ = Clock::now();
    return heard_;
  }

  void set_reading(bool reading) override {
    if (reading == reading_) return;
    reading_ = reading;
    heard_ = Clock::now();
    if (reading) reading_wanted_.cancel();
  }

  void hang_up() override {
    if (ended_) return;
    end();
    if (!stream_.is_open()) return cut();
    set_reading(true);  // the server's goodbye must be read
    goodbye_timer_.expires_after(limits_.goodbye);
    goodbye_timer_.async_wait([self = shared_from_this()](error_code cancelled) {
      if (!cancelled) self->cut();
    });
    if (!writing_) write_goodbye();
  }

  void drop() override {
    if (ended_) return;
    end();
    cut();
  }

 private:
  // Keeps itself alive until the socket is closed.
  static asio::awaitable<void> run(std::shared_ptr<TlsWire> self) {
    auto loss = co_await self->open();
    if (!loss && !self->ended_) {
      self->events_.opened(self->checked_);
      self->watch_silence();
      loss = co_await self->read_all();
    }
    self->lose(std::move(loss));
  }

  Result<void> check(X509* leaf, stack_st_X509* shown) {
    auto checked = check_chain(leaf, shown, introduction_);
    if (!checked) return checked.error();
    checked_ = *std::move(checked);
    return ok();
  }

  // Nothing: open. Otherwise why not.
  asio::awaitable<std::optional<Loss>> open() {
    if (auto dialled = co_await tls_.dial(stream_.next_layer(), introduction_.host, introduction_.port);
        !dialled)
      co_return Loss{std::move(dialled).error()};
    stream_.read_message_max(limits_.incoming_bytes);
    stream_.control_callback([this](websocket::frame_type, boost::beast::string_view) { heard(); });
    stream_.text(true);
    stream_.auto_fragment(false);  // one request, one frame
    if (auto refused = co_await upgrade(stream_, introduction_)) co_return Loss{*std::move(refused)};
    // A server that says goodbye has this long to close its end.
    stream_.set_option({limits_.goodbye, websocket::stream_base::none(), false});
    co_return std::nullopt;
  }

  asio::awaitable<std::optional<Loss>> read_all() {
    for (;;) {
      error_code failure;
      while (!reading_) {
        reading_wanted_.expires_at(Clock::time_point::max());
        co_await reading_wanted_.async_wait(asio::redirect_error(asio::use_awaitable, failure));
      }
      co_await stream_.async_read(buffer_, asio::redirect_error(asio::use_awaitable, failure));
      // The server's own word counts, however the sockets ended after it.
      if (failure && stream_.reason().code != websocket::close_code::none)
        co_return closed_by_server(stream_.reason().code);
      if (failure) co_return Loss{silent_ ? silence_error() : lost_error(introduction_, failure)};
      heard();  // what is whole was heard now, not when somebody next looks
      if (!ended_) events_.text({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
      buffer_.consume(buffer_.size());
      if (buffer_.capacity() > kKeptBufferBytes) buffer_.shrink_to_fit();
    }
  }

  void watch_silence() {
    silence_timer_.expires_at(heard() + limits_.silence);
    silence_timer_.async_wait([self = weak_from_this()](error_code cancelled) {
      const auto wire = self.lock();
      if (cancelled || !wire) return;
      if (Clock::now() < wire->heard() + wire->limits_.silence) return wire->watch_silence();
      wire->silent_ = true;
      wire->cut();
    });
  }

  void write_next() {
    if (queue_.empty()) {
      if (ended_) write_goodbye();
      return;
    }
    writing_ = true;
    stream_.async_write(asio::buffer(queue_.front()),
                        [self = shared_from_this()](error_code failure, std::size_t) {
                          self->writing_ = false;
                          self->queued_bytes_ -= self->queue_.front().size();
                          self->queue_.pop_front();
                          // The reader hears of a broken connection too, and tells.
                          if (!failure) self->write_next();
                        });
  }

  void write_goodbye() {
    writing_ = true;
    stream_.async_close(websocket::close_code::normal,
                        [self = shared_from_this()](error_code) { self->cut(); });
  }

  void lose(std::optional<Loss> loss) {
    if (ended_) return;  // hanging up: async_close cuts
    end();
    cut();
    events_.lost(loss ? std::move(*loss) : Loss{lost_error(introduction_, {})});
  }

  void end() {
    ended_ = true;
    silence_timer_.cancel();
  }

  void cut() {
    error_code ignored;
    tls_.give_up();
    goodbye_timer_.cancel();
    silence_timer_.cancel();
    reading_ = true;
    reading_wanted_.cancel();
    boost::beast::get_lowest_layer(stream_).close(ignored);
  }

  Error silence_error() const {
    return link_error(reason::kTimeout, "Nothing was heard from " + to_string(introduction_) + " for " +
                                            std::to_string(limits_.silence.count() / 1000) + " s.");
  }

  const protocol::Introduction introduction_;
  protocol::Introduction checked_ = introduction_;  // as the handshake left it
  const Limits limits_;
  Events events_;
  TlsClient tls_;  // before the stream that uses its context
  WebSocket stream_;
  asio::steady_timer silence_timer_;
  asio::steady_timer goodbye_timer_;
  asio::steady_timer reading_wanted_;
  boost::beast::flat_buffer buffer_;
  std::deque<std::string> queue_;
  std::size_t queued_bytes_ = 0;
  std::uint64_t received_ = 0;  // bytes, with what TLS adds
  Clock::time_point heard_ = Clock::now();
  bool reading_ = true;
  bool writing_ = false;
  bool silent_ = false;
  bool ended_ = false;  // nobody wants to hear of it any more
};

}  // namespace

std::shared_ptr<Wire> dial_wire(asio::io_context& io, protocol::Introduction introduction,
                                Wire::Limits limits, Wire::Events events, FindAddresses find_addresses) {
  auto wire = std::make_shared<TlsWire>(io, std::move(introduction), limits, std::move(events),
                                        std::move(find_addresses));
  wire->start();
  return wire;
}

}  // namespace wardroom::link
