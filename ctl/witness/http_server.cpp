#include "ctl/witness/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>

namespace wardroom::witness {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

constexpr int kMaxConnections = 100;
constexpr std::size_t kMaxBody = 128 * 1024;
constexpr std::chrono::seconds kPatience{30};

http::response<http::string_body> to_response(const http::request<http::string_body>& request,
                                              Answer answer) {
  http::response<http::string_body> response{static_cast<http::status>(answer.status), request.version()};
  response.set(http::field::content_type, answer.content_type);
  response.keep_alive(request.keep_alive());
  response.body() = std::move(answer.body);
  response.prepare_payload();
  return response;
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::open(asio::io_context& context, StandingWitness& witness,
                                                     const Clock& clock, const std::string& host,
                                                     std::uint16_t port) {
  const auto cannot = [&](const error_code& why) {
    return unavailable("Nothing can be listened for on " + host + ":" + std::to_string(port) + ": " +
                       why.message() + ".");
  };
  error_code failed;
  const auto address = asio::ip::make_address(host, failed);
  if (failed)
    return make_error(ErrorCode::params, "--listen must be an IP address and a port, such as 127.0.0.1:7444.",
                      "usage");
  const tcp::endpoint endpoint(address, port);
  tcp::acceptor acceptor(context);
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(tcp::acceptor::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  if (!failed) acceptor.listen(asio::socket_base::max_listen_connections, failed);
  if (failed) return cannot(failed);
  std::unique_ptr<HttpServer> server(new HttpServer(std::move(acceptor), witness, clock));
  asio::co_spawn(context, server->accept(), asio::detached);
  return server;
}

std::uint16_t HttpServer::port() const {
  error_code failed;
  return acceptor_.local_endpoint(failed).port();
}

asio::awaitable<void> HttpServer::accept() {
  for (;;) {
    error_code failed;
    tcp::socket socket = co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, failed));
    if (failed == asio::error::operation_aborted) co_return;
    if (failed) {
      // Out of descriptors, for example: what is open must end first.
      asio::steady_timer pause(acceptor_.get_executor(), std::chrono::seconds{1});
      co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, failed));
      continue;
    }
    if (open_ < kMaxConnections)
      asio::co_spawn(acceptor_.get_executor(), serve(std::move(socket)), asio::detached);
  }
}

asio::awaitable<void> HttpServer::serve(tcp::socket socket) {
  struct Counted {
    int& count;
    explicit Counted(int& all) : count(all) { ++count; }
    ~Counted() { --count; }
  };
  const Counted counted(open_);
  beast::tcp_stream stream(std::move(socket));
  beast::flat_buffer buffer;
  for (bool more = true; more;) {
    http::request_parser<http::string_body> parser;
    parser.body_limit(kMaxBody);
    error_code failed;
    stream.expires_after(kPatience);
    co_await http::async_read(stream, buffer, parser, asio::redirect_error(asio::use_awaitable, failed));
    const auto& request = parser.get();
    Answer answer;
    if (failed == http::error::body_limit)
      answer = {413, "The request is too long.\n"};
    else if (failed)
      co_return;
    else if (request.target() != "/add-checkpoint")
      answer = {404, "There is only /add-checkpoint here.\n"};
    else if (request.method() != http::verb::post)
      answer = {405, "Use POST.\n"};
    else
      answer = witness_.add_checkpoint(request.body(), clock_.now());
    more = !failed && request.keep_alive();
    const auto response = to_response(request, std::move(answer));
    stream.expires_after(kPatience);
    co_await http::async_write(stream, response, asio::redirect_error(asio::use_awaitable, failed));
    if (failed) co_return;
  }
  error_code ignored;
  stream.socket().shutdown(tcp::socket::shutdown_send, ignored);
}

}  // namespace wardroom::witness
