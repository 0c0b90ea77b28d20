#include "server/commands/audit/index_texts.hpp"

#include "common/base/log.hpp"
#include "server/audit/text_index.hpp"
#include "server/commands/services.hpp"

namespace wardroom::commands {
namespace {

// A turn of about 50 ms at most: changes wait behind it.
constexpr std::int64_t kAtOnce = 500;

class IndexJob final : public store::WriteJob {
 public:
  Result<void> run(store::WriteTx& tx) override {
    audit::index_texts(tx.db, kAtOnce);
    return ok();
  }
  void finished(const Result<void>& outcome) override {
    if (!outcome) spdlog::error("audit.texts_not_indexed message=\"{}\"", outcome.error().message);
  }
};

}  // namespace

void submit_text_index(Services& services) {
  if (services.writer.is_saving()) return;  // waits for room on the disk; the writer has said so
  services.writer.submit(std::make_unique<IndexJob>());
}

}  // namespace wardroom::commands
