#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include <boost/json.hpp>

#include "server/realtime/peer.hpp"

namespace wardroom::realtime {

// A connection without a socket: remembers what it was given and that it was closed.
class PlainPeer final : public Peer {
 public:
  explicit PlainPeer(PeerId at) { id = at; }
  void deliver(const FramePtr& frame) override {
    if (!closed) frames.push_back(frame);
  }
  void answer(HttpAnswer) override {}
  void send_more(std::string) override {}
  void receive() override {}
  void close(protocol::CloseCode code, std::string_view) override {
    if (!closed) closed = code;
  }
  void set_max_request(std::size_t) override {}
  bool is_open() const override { return !closed; }

  // The field `t` of each event, or its name; forgets them.
  std::vector<std::string> take_heard() {
    std::vector<std::string> texts;
    for (const auto& frame : frames) {
      const auto event = boost::json::parse(frame->bytes.substr(2)).as_object();
      const auto& params = event.at("params").as_object();
      texts.push_back(std::string((params.contains("t") ? params.at("t") : event.at("method")).as_string()));
    }
    frames.clear();
    return texts;
  }

  std::vector<FramePtr> frames;
  std::optional<protocol::CloseCode> closed;
};

// A short event: its frame's header has two bytes.
inline FramePtr plain_frame(const std::string& text) {
  return make_frame(R"({"method":"m","params":{"t":")" + text + "\"}}");
}

}  // namespace wardroom::realtime
