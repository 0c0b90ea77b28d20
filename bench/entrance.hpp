#pragma once

#include <functional>
#include <vector>

#include "bench/ground.hpp"
#include "bench/latency.hpp"
#include "bench/reactor.hpp"
#include "bench/report.hpp"

namespace wardroom::bench {

// The text of session.resume with request id 1; `rooms_json` is the object of rooms and sequence numbers, or
// empty.
std::string compose_resume(std::string_view token, std::int64_t epoch = 0, std::string_view rooms_json = {});

// Brings connections in: connects, upgrades, signs in with a token, so many at the same time. Texts that come
// after the sign-in go to the test.
class Entrance : public LoadEvents {
 public:
  Entrance(const LoadOptions& options, const Ground& ground, Reactor& reactor)
      : options_(options), ground_(ground), reactor_(reactor) {}

  // Until all are signed in. The error says which one failed.
  Result<void> bring_in(std::size_t count);
  const std::vector<LoadConnection*>& inside() const { return inside_; }

  void on_open(LoadConnection& connection) final;
  void on_text(LoadConnection& connection, std::string_view text) final;
  void on_closed(LoadConnection& connection, std::uint16_t code) final;

  Latency sign_in_time;  // from connect to the answer
  Faults faults;

 protected:
  // Of a connection that is signed in.
  virtual void on_received(LoadConnection& connection, std::string_view text) = 0;
  // A connection that was signed in has ended; unless a test expects it, that is a fault.
  virtual void on_left(std::size_t index, std::uint16_t code);

  const LoadOptions& options_;
  const Ground& ground_;
  Reactor& reactor_;

 private:
  struct Newcomer {
    std::uint64_t began = 0;
    bool inside = false;
  };
  std::vector<Newcomer> newcomers_;      // by index
  std::vector<LoadConnection*> inside_;  // by index
  std::size_t signed_in_ = 0;
  std::string failure_;
};

}  // namespace wardroom::bench
