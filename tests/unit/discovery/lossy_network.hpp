#pragma once

#include <cstddef>
#include <functional>
#include <random>
#include <vector>

#include "common/link/discovery_search.hpp"
#include "server/net/discovery_answerer.hpp"

namespace wardroom::test {

inline constexpr SteadyPoint kStart{std::chrono::hours{1}};
inline constexpr Ipv4Endpoint kPc{0xC0A80014, 40'000};  // 192.168.0.20

inline protocol::ServerOffer office(const std::string& name) {
  return {name, "chat.office.example", 7443, protocol::key_words(sha256(as_bytes(name)))};
}

struct LanServer {
  explicit LanServer(protocol::ServerOffer says, std::uint32_t at)
      : offer(std::move(says)), address(at), answerer(4711, kStart) {}
  protocol::ServerOffer offer;
  std::uint32_t address;
  net::DiscoveryAnswerer answerer;
  std::size_t answers = 0;
};

// Carries datagrams between one search and servers, without a clock of its own: some are lost, some come
// twice, each takes its own time, so that later ones overtake earlier ones.
class LossyNetwork {
 public:
  struct Faults {
    double lost = 0.3;
    double doubled = 0.2;
    int most_delay_ms = 150;
  };
  LossyNetwork(unsigned seed, Faults faults) : random_(seed), faults_(faults) {}

  std::vector<LanServer> servers;
  std::size_t question_bytes = 0, answer_bytes = 0;

  void search(link::DiscoverySearch& search) {
    for (SteadyPoint now = kStart; !search.is_over(now); now += std::chrono::milliseconds{1}) {
      if (const auto question = search.take_question(now))
        for (auto& server : servers) {
          send(now, [this, question = *question, &server](SteadyPoint at) { arrive(server, question, at); });
        }
      deliver(now, search);
    }
  }

 private:
  using Arrival = std::function<void(SteadyPoint)>;
  struct OnTheWay {
    SteadyPoint at;
    Arrival arrival;
  };

  double chance() { return std::uniform_real_distribution<>(0, 1)(random_); }

  void send(SteadyPoint now, const Arrival& arrival) {
    if (chance() < faults_.lost) return;
    const int copies = chance() < faults_.doubled ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
      const int delay = std::uniform_int_distribution<>(1, faults_.most_delay_ms)(random_);
      on_the_way_.push_back({now + std::chrono::milliseconds{delay}, arrival});
    }
  }

  void arrive(LanServer& server, const Bytes& question, SteadyPoint at) {
    question_bytes += question.size();
    const auto answer = server.answerer.answer(question, kPc, server.offer, at);
    if (!answer) return;
    ++server.answers;
    answer_bytes += answer->size();
    send(at, [this, answer = *answer, from = server.address](SteadyPoint) {
      search_->take(answer, {from, protocol::kDiscoveryPort});
    });
  }

  void deliver(SteadyPoint now, link::DiscoverySearch& search) {
    search_ = &search;
    std::vector<OnTheWay> due;
    std::erase_if(on_the_way_, [&](const OnTheWay& one) {
      if (one.at > now) return false;
      due.push_back(one);
      return true;
    });
    for (const auto& one : due) one.arrival(now);
  }

  std::mt19937 random_;
  const Faults faults_;
  std::vector<OnTheWay> on_the_way_;
  link::DiscoverySearch* search_ = nullptr;
};

}  // namespace wardroom::test
