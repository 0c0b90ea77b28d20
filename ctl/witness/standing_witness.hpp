#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "ctl/witness/state_directory.hpp"

namespace wardroom::witness {

// An answer of c2sp.org/tlog-witness.
struct Answer {
  int status = 200;  // as HTTP has it
  std::string body;
  std::string content_type = "text/plain; charset=utf-8";
};

// Cosigns heads of the logs that it was told of, each only when it extends the one before. Any thread.
class StandingWitness {
 public:
  explicit StandingWitness(StateDirectory state) : state_(std::move(state)) {}

  const tlog::CosignerKey& key() const { return state_.cosigner().key(); }
  // A log's heads are taken when one of its keys signed them.
  void trust(const tlog::VerifierKey& log);
  // How many records the newest head of the log has that was cosigned.
  Result<std::int64_t> size_of(const std::string& origin) const;

  // The call add-checkpoint, with the body of its request. 200 and the cosignature; 400, 403, 404, 409 with
  // the size that is known, or 422 as the specification says; 500 when the disk refuses, and then nothing was
  // signed.
  Answer add_checkpoint(std::string_view body, TimePoint now);

 private:
  Answer cosign(const tlog::Checkpoint& head, std::string_view text, TimePoint now);

  mutable std::mutex mutex_;  // from looking at the newest head until the next one is kept
  StateDirectory state_;
  std::map<std::string, std::vector<tlog::VerifierKey>> logs_;  // by name
};

}  // namespace wardroom::witness
