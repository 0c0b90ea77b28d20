#pragma once

#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "common/base/clock.hpp"
#include "ctl/witness/standing_witness.hpp"

namespace wardroom::witness {

// Answers POST /add-checkpoint over HTTP/1.1, on the thread that runs `context`. Without TLS: what is asked
// and answered is signed; whoever wants it hidden puts a proxy in front.
class HttpServer {
 public:
  // `witness` and `clock` outlive the context's run. An error when the address can't be listened on.
  static Result<std::unique_ptr<HttpServer>> open(boost::asio::io_context& context, StandingWitness& witness,
                                                  const Clock& clock, const std::string& host,
                                                  std::uint16_t port);
  std::uint16_t port() const;

 private:
  HttpServer(boost::asio::ip::tcp::acceptor acceptor, StandingWitness& witness, const Clock& clock)
      : acceptor_(std::move(acceptor)), witness_(witness), clock_(clock) {}
  boost::asio::awaitable<void> accept();
  boost::asio::awaitable<void> serve(boost::asio::ip::tcp::socket socket);

  boost::asio::ip::tcp::acceptor acceptor_;
  StandingWitness& witness_;
  const Clock& clock_;
  int open_ = 0;  // connections
};

}  // namespace wardroom::witness
