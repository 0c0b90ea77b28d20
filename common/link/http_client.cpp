#include "common/link/http_client.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include "common/link/link_error.hpp"
#include "common/link/tls_client.hpp"
#include "common/link/trust.hpp"
#include "protocol/json_rpc.hpp"

namespace wardroom::link {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;

constexpr std::size_t kPieceBytes = 32 * 1024;
constexpr std::size_t kMostRefusalBytes = 64 * 1024;
// How soon a request ends that nobody wants any more.
constexpr std::chrono::milliseconds kLookAround{200};

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

}  // namespace

struct HttpClient::State {
  // One connection; a broken one is replaced.
  struct Line {
    explicit Line(const protocol::Introduction& to)
        : tls([to](X509* leaf, stack_st_X509* shown) -> Result<void> {
            const auto checked = check_chain(leaf, shown, to);
            return checked ? ok() : Result<void>(checked.error());
          }),
          stream(io, tls.context()) {}
    asio::io_context io;
    TlsClient tls;
    TlsStream stream;
    boost::beast::flat_buffer buffer;
    bool is_open = false;
  };

  State(protocol::Introduction to, Secret with, std::chrono::milliseconds patience)
      : introduction(std::move(to)), token(std::move(with)), silence(patience) {}

  Error lost(const error_code& failure) const {
    return link_error(reason::kConnectionLost, "The connection to " + to_string(introduction) +
                                                   " broke off (" + failure.message() + ").");
  }

  std::string head_of(const Request& request) const {
    std::string head = request.verb + " " + request.path + " HTTP/1.1\r\nHost: " + to_string(introduction) +
                       "\r\nUser-Agent: wardroom\r\nAuthorization: Bearer " + std::string(token.reveal()) +
                       "\r\nContent-Length: " + std::to_string(request.body_bytes) + "\r\n";
    for (const auto& [name, value] : request.headers) head += name + ": " + value + "\r\n";
    return head + "\r\n";
  }

  // Nothing: all of it is sent, or the server said something before.
  asio::awaitable<std::optional<Error>> write_body(Line& to, const Request& request) {
    std::int64_t left = request.body_bytes;
    while (left > 0) {
      Result<std::string> piece = request.body();
      if (!piece) co_return piece.error();
      if (piece->empty()) co_return unavailable("The file got shorter while it was being sent.");
      left -= static_cast<std::int64_t>(piece->size());
      error_code failure;
      co_await asio::async_write(to.stream, asio::buffer(*piece),
                                 asio::redirect_error(asio::use_awaitable, failure));
      // A refusal may be on its way: it says more than the broken line.
      if (failure) co_return std::nullopt;
    }
    co_return std::nullopt;
  }

  asio::awaitable<Result<HttpReply>> read_reply(Line& from, const Request& request) {
    http::response_parser<http::buffer_body> parser;
    parser.body_limit(boost::none);
    if (request.verb == "HEAD") parser.skip(true);
    error_code failure;
    co_await http::async_read_header(from.stream, from.buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return lost(failure);
    HttpReply reply;
    reply.status = static_cast<int>(parser.get().result_int());
    for (const auto& field : parser.get()) {
      const auto name = field.name_string();
      const auto value = field.value();
      reply.headers[lower_case({name.data(), name.size()})] = std::string(value.data(), value.size());
    }
    const bool is_taken = request.take && reply.status / 100 == 2;
    std::array<char, kPieceBytes> block;
    while (!parser.is_done()) {
      parser.get().body().data = block.data();
      parser.get().body().size = block.size();
      // Some at a time: of a connection that breaks off, what came before counts.
      co_await http::async_read_some(from.stream, from.buffer, parser,
                                     asio::redirect_error(asio::use_awaitable, failure));
      if (failure == http::error::need_buffer) failure = {};
      if (failure) co_return lost(failure);
      const std::string_view got(block.data(), block.size() - parser.get().body().size);
      if (is_taken && !got.empty()) {
        Result<void> taken = request.take(reply, got);
        if (!taken) co_return taken.error();
      } else if (reply.body.size() + got.size() <= kMostRefusalBytes) {
        reply.body += got;
      }
    }
    if (!parser.keep_alive()) from.is_open = false;
    co_return reply;
  }

  asio::awaitable<Result<HttpReply>> exchange(Line& over, const Request& request) {
    if (!over.is_open) {
      Result<void> dialled = co_await over.tls.dial(over.stream, introduction.host, introduction.port);
      if (!dialled) co_return dialled.error();
      over.is_open = true;
    }
    const std::string head = head_of(request);
    error_code failure;
    co_await asio::async_write(over.stream, asio::buffer(head),
                               asio::redirect_error(asio::use_awaitable, failure));
    if (failure) co_return lost(failure);
    std::optional<Error> broken = co_await write_body(over, request);
    if (broken) co_return *broken;
    co_return co_await read_reply(over, request);
  }

  // As a coroutine that is spawned: what it returns would have to be made out of nothing.
  asio::awaitable<void> run(Line& over, const Request& request, std::optional<Result<HttpReply>>& into) {
    into = co_await exchange(over, request);
  }

  const protocol::Introduction introduction;
  const Secret token;
  const std::chrono::milliseconds silence;
  std::unique_ptr<Line> line;
};

HttpClient::HttpClient(protocol::Introduction introduction, Secret token, std::chrono::milliseconds silence)
    : state_(std::make_unique<State>(std::move(introduction), std::move(token), silence)) {}
HttpClient::~HttpClient() = default;

Result<HttpReply> HttpClient::send(Request request) {
  State& state = *state_;
  if (!state.line || !state.line->is_open) state.line = std::make_unique<State::Line>(state.introduction);
  State::Line& line = *state.line;
  std::optional<Result<HttpReply>> reply;
  line.io.restart();
  asio::co_spawn(line.io, state.run(line, request, reply), [&reply](std::exception_ptr thrown) {
    if (thrown)
      reply = make_error(ErrorCode::internal, "Something is wrong with this program, or there is no memory.");
  });
  // Whatever runs is a sign of life: bytes that went out, or came.
  std::chrono::milliseconds silent{0};
  bool unwanted = false;
  while (!reply && silent < state.silence && !unwanted) {
    if (line.io.run_one_for(std::min(kLookAround, state.silence)) > 0)
      silent = {};
    else
      silent += kLookAround;
    unwanted = request.is_unwanted && request.is_unwanted();
  }
  if (!reply && unwanted) {
    line.tls.give_up();
    reply = make_error(ErrorCode::unavailable, "It was stopped.", std::string(kUnwanted));
  }
  if (!reply) {
    line.tls.give_up();
    reply = link_error(reason::kTimeout, "No answer from " + to_string(state.introduction) + " for " +
                                             std::to_string(state.silence.count() / 1000) + " s.");
  }
  if (!*reply) state.line.reset();  // what of it is still on its way isn't known
  return *std::move(reply);
}

Error refusal_of(const HttpReply& reply) {
  return protocol::parse_problem(reply.body, reply.status);
}

}  // namespace wardroom::link
