#include "tests/unit/net/echo_server.hpp"

#include <algorithm>
#include <future>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "common/base/bytes.hpp"

using namespace wardroom;
using realtime::Delivery;

namespace {

void deliver_many(realtime::Peer& peer, std::istringstream words, Delivery delivery) {
  std::size_t count = 0;
  std::size_t size = 0;
  words >> count >> size;
  const auto frame = realtime::make_frame(std::string(size, 'x'), delivery);
  for (std::size_t i = 0; i < count; ++i) peer.deliver(frame);
}

}  // namespace

void EchoSink::on_text(realtime::Peer& peer, std::string_view text) {
  std::istringstream words{std::string(text)};
  std::string first;
  words >> first;
  if (text == "sign in") {
    const std::lock_guard lock(mutex_);
    subscriptions_.sign_in(peer, {}, {});
    signed_in_.insert(&peer);
    peer.set_max_request(64 * 1024);
    peer.deliver(realtime::make_frame("signed in"));
  } else if (text == "signing in" || text == "not signed in") {
    peer.signing_in = text == "signing in" ? 1 : 0;
    peer.deliver(realtime::make_frame(std::string(text)));
  } else if (first == "flood") {
    for (auto* each : signed_in_)
      deliver_many(*each, std::istringstream(std::string(text.substr(6))), Delivery::durable);
  } else if (first == "flood-me") {
    deliver_many(peer, std::move(words), Delivery::durable);
  } else if (first == "ephemeral") {
    deliver_many(peer, std::move(words), Delivery::ephemeral);
    peer.deliver(realtime::make_frame("end"));
  } else if (text == "cookie") {
    peer.deliver(realtime::make_frame("cookie " + std::string(peer.cookie_token.reveal())));
  } else if (text == "throw") {
    throw std::bad_alloc();
  } else if (text == "bye") {
    peer.deliver(realtime::make_frame("goodbye"));
    peer.close(protocol::CloseCode::revoked, "The session was revoked.");
  } else {
    peer.deliver(realtime::make_frame(text));
  }
}

void EchoSink::on_open(realtime::Peer& peer) {
  const std::lock_guard lock(mutex_);
  subscriptions_.add(peer);
  peer.requests = realtime::TokenBucket({20, 60}, {});
  ++open;
}

void EchoSink::on_closed(realtime::Peer& peer) noexcept {
  const std::lock_guard lock(mutex_);
  signed_in_.erase(&peer);
  subscriptions_.remove(peer);
  --open;
}

void EchoSink::on_call(realtime::Peer& peer, const realtime::HttpCall& call) {
  if (call.method == "later") {
    waiting = &peer;
    return;
  }
  realtime::HttpAnswer answer;
  answer.body = std::string(call.method) + "|" + std::string(call.token) + "|" + std::string(call.body);
  if (call.cookie != realtime::HttpCall::Cookie::none)
    answer.headers = "X-Cookie: " + std::to_string(static_cast<int>(call.cookie)) + "\r\n";
  if (call.method == "busy") {
    answer.status = 503;
    answer.retry_after_s = 7;
  }
  peer.answer(std::move(answer));
}

void EchoSink::on_get(realtime::Peer& peer, const realtime::PageRequest& request) {
  if (request.target == "/large") {
    ++large_answers;
    return peer.answer({200, "text/plain", std::string(kLargeAnswer, 'x'), 0});
  }
  peer.answer({200, "text/plain", std::string(request.target) + "|" + std::string(request.token), 0});
}

void EchoSink::on_file(realtime::Peer& peer, realtime::FileRequest request) {
  if (request.verb == "GET" || request.verb == "HEAD") {
    realtime::HttpAnswer answer;
    answer.content_type = "application/octet-stream";
    answer.headers =
        "ETag: \"x\"\r\nX-Token: " + request.token + (request.is_by_cookie ? " (cookie)" : "") + "\r\n";
    answer.length = std::stoll(request.path.substr(realtime::kFilesPath.size() + 1));
    // Never from within the question.
    answer.more = [left = answer.length, this](realtime::Peer& asking) mutable {
      const auto size = std::min<std::int64_t>(left, 1000);
      left -= size;
      const std::lock_guard lock(mutex_);
      questions_.push_back({&asking, std::string(static_cast<std::size_t>(size), 'y')});
    };
    return peer.answer(std::move(answer));
  }
  if (request.path.ends_with("/refuse")) return peer.answer({413, "text/plain", "too much", 0});
  body_.clear();
  received = 0;
  largest_piece = 0;
  is_slow_ = request.path.ends_with("/slow");
  waiting = &peer;
  peer.receive();
}

bool EchoSink::on_body(realtime::Peer&, std::string_view piece) {
  body_ += piece;
  received = body_.size();
  largest_piece = std::max(largest_piece.load(), piece.size());
  return !is_slow_;
}

void EchoSink::on_body_end(realtime::Peer& peer) {
  peer.answer({200, "text/plain", std::to_string(body_.size()) + " " + to_hex(sha256(as_bytes(body_))), 0});
}

bool EchoSink::answer_question() {
  std::pair<realtime::Peer*, std::string> question;
  {
    const std::lock_guard lock(mutex_);
    if (questions_.empty()) return false;
    question = std::move(questions_.front());
    questions_.pop_front();
  }
  question.first->send_more(std::move(question.second));
  return true;
}

EchoServer::EchoServer(const std::function<void(net::Options&)>& change) {
  options.listen = {{"127.0.0.1", 0}};
  options.certificate_file = certificate.certificate();
  options.key_file = certificate.key();
  if (change) change(options);
  server = std::make_unique<net::Server>(options, sink, clock);
  if (auto done = server->start(); !done) throw std::runtime_error(done.error().message);
}

EchoServer::~EchoServer() {
  server->stop(std::chrono::milliseconds{0});
}

void EchoServer::pass(std::chrono::seconds time) {
  clock.advance(time);
  server->tick();
  settle();
}

void EchoServer::settle() {
  for (std::size_t i = 0; i < server->loop_count(); ++i) {
    std::promise<void> reached;
    server->executor(i).post([&] { reached.set_value(); });
    reached.get_future().wait();
  }
}

void EchoServer::wait_for_connections(std::uint64_t count) {
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (server->stats().connections != count) {
    if (std::chrono::steady_clock::now() > patience)
      throw std::runtime_error("the connections didn't come or go");
    std::this_thread::sleep_for(std::chrono::milliseconds{1});
  }
}
