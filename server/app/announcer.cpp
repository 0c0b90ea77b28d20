#include "server/app/announcer.hpp"

#include <utility>

#include "common/base/log.hpp"
#include "server/ops/authority_rotation.hpp"

namespace wardroom::app {

protocol::ServerOffer Announcer::offer() const {
  const auto current = settings_.load();
  // By the authority's files: what the writer makes of a step that was taken may come later.
  const auto authority = ops::load_rotation(dir_);
  return {current->office_name, current->link_host, current->link_port,
          protocol::key_words(authority ? authority->pin : current->ca_pin)};
}

Result<void> Announcer::answer_with(std::uint16_t port, protocol::ServerOffer says) {
  if (!protocol::can_be_offered(says)) {
    responder_.reset();
    return params_error(
        "server.name",
        "The office isn't announced to the network: server.name has marks that aren't seen, or "
        "server.hosts begins with a name that can't be sent. Change it, then reload.");
  }
  if (responder_ && port_ == port) {
    responder_->set_offer(std::move(says));
    return ok();
  }
  responder_.reset();
  auto opened = net::DiscoveryResponder::open(port, std::move(says));
  if (!opened) {
    Error why = opened.error();
    why.message = "The office isn't announced to the network: " + why.message;
    return why;
  }
  responder_ = *std::move(opened);
  port_ = port;
  spdlog::info("net.announced port={}", port);
  return ok();
}

void Announcer::take_up(const Options& options) {
  const std::lock_guard lock(mutex_);
  problem_.clear();
  if (!options.discovery.announce) {
    responder_.reset();
    return;
  }
  const auto done = answer_with(options.discovery.udp_port, offer());
  if (done) return;
  problem_ = done.error().message;
  spdlog::error("net.not_announced message=\"{}\"", problem_);
}

void Announcer::stop() {
  const std::lock_guard lock(mutex_);
  responder_.reset();
}

std::string Announcer::problem() const {
  const std::lock_guard lock(mutex_);
  return problem_;
}

}  // namespace wardroom::app
