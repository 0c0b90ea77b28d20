#include "server/app/forgetting.hpp"

#include <memory>

#include "server/store/devices.hpp"
#include "server/store/witnesses.hpp"

namespace wardroom::app {
namespace {

// After it, a device is one that signs in for the first time.
constexpr std::chrono::days kDeviceMemory{180};
// What no longer looks at the log isn't counted among those who do.
constexpr std::chrono::days kWitnessMemory{90};

class ForgettingJob final : public store::WriteJob {
 public:
  Result<void> run(store::WriteTx& tx) override {
    store::delete_old_devices(tx.db, tx.trusted - kDeviceMemory);
    store::delete_old_witnesses(tx.db, tx.trusted - kWitnessMemory);
    return ok();
  }
  void finished(const Result<void>&) override {}
};

}  // namespace

void submit_forgetting(store::Writer& writer) {
  writer.submit(std::make_unique<ForgettingJob>());
}

}  // namespace wardroom::app
