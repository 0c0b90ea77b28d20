#include "bench/entrance.hpp"

#include "protocol/json_rpc.hpp"

namespace wardroom::bench {

std::string compose_resume(std::string_view token, std::int64_t epoch, std::string_view rooms_json) {
  std::string params = "{\"token\":";
  protocol::append_json_string(params, token);
  if (!rooms_json.empty()) {
    params += ",\"epoch\":" + std::to_string(epoch) + ",\"rooms\":";
    params += rooms_json;
  }
  params += "}";
  return protocol::compose_request(1, "session.resume", params);
}

Result<void> Entrance::bring_in(std::size_t count) {
  newcomers_.resize(count);
  inside_.resize(count, nullptr);
  std::size_t started = 0;
  while (signed_in_ < count) {
    while (started < count && started - signed_in_ < options_.connecting) {
      newcomers_[started].began = now_ns();
      auto opened = reactor_.open(started, *this);
      if (!opened) return opened.error();
      inside_[started++] = *opened;
    }
    reactor_.turn(std::chrono::milliseconds{1000});
    if (!failure_.empty()) return unavailable(failure_);
  }
  return ok();
}

void Entrance::on_open(LoadConnection& connection) {
  connection.send_text(compose_resume(ground_.people[ground_.person_of(connection.index())].token));
}

void Entrance::on_text(LoadConnection& connection, std::string_view text) {
  Newcomer& newcomer = newcomers_[connection.index()];
  if (newcomer.inside) return on_received(connection, text);
  if (!text.starts_with(R"({"jsonrpc":"2.0","id":1,"result")")) {
    if (text.starts_with(R"({"jsonrpc":"2.0","id":1,"error")"))
      failure_ = "The server refused a sign-in: " + std::string(text);
    return;  // an event before the answer
  }
  newcomer.inside = true;
  ++signed_in_;
  sign_in_time.add(now_ns() - newcomer.began);
}

void Entrance::on_closed(LoadConnection& connection, std::uint16_t code) {
  inside_[connection.index()] = nullptr;
  if (newcomers_[connection.index()].inside) return on_left(connection.index(), code);
  ++faults.closed;
  failure_ = "The server closed connection " + std::to_string(connection.index()) +
             " before it was signed in (code " + std::to_string(code) + ").";
}

void Entrance::on_left(std::size_t, std::uint16_t) {
  ++faults.closed;
}

}  // namespace wardroom::bench
