#include "admin/session/evidence_maker.hpp"

#include <condition_variable>
#include <mutex>
#include <optional>

#include "common/evidence/bundle_export.hpp"

namespace wardroom::admin {
namespace {

Error stopped() {
  return make_error(ErrorCode::unavailable, "The bundle was given up.", "stopped");
}

std::string summary_of(const evidence::BundleReport& report) {
  const std::string range = "records " + std::to_string(report.first) + " to " + std::to_string(report.last);
  if (!report.is_sound())
    return "The bundle was written, but it doesn't hold: what the server gave for " + range +
           " isn't what it has signed. Its README says where. Tell your auditor.";
  std::string text = "Checked: " + std::to_string(report.shown) + " records and " +
                     std::to_string(report.messages) +
                     " messages stand under the server's signed head, and "
                     "nothing is missing in " +
                     range + ".";
  if (!report.is_proven()) text += " But not all of it is proven: its README says what.";
  if (report.erased > 0) text += " The texts of " + std::to_string(report.erased) + " states were erased.";
  return text;
}

}  // namespace

// What the thread and the window's thread share.
struct EvidenceMaker::Work {
  Work(Inbox& the_inbox, const Handlers& the_handlers) : inbox(the_inbox), handlers(the_handlers) {}

  Inbox& inbox;
  const Handlers& handlers;
  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  std::optional<Result<boost::json::value>> answer;

  // The work's thread: waits for the answer.
  static Result<boost::json::value> ask(const std::shared_ptr<Work>& work, std::string method,
                                        std::string params) {
    std::unique_lock lock(work->mutex);
    if (work->stopping) return stopped();
    work->answer.reset();
    work->inbox.post([work, method = std::move(method), params = std::move(params)]() mutable {
      if (work->is_stopping()) return;
      work->handlers.call(std::move(method), std::move(params), [work](Result<boost::json::value> came) {
        const std::lock_guard guard(work->mutex);
        work->answer = std::move(came);
        work->changed.notify_all();
      });
    });
    work->changed.wait(lock, [&] { return work->stopping || work->answer; });
    if (work->stopping) return stopped();
    return std::move(*work->answer);
  }

  static void tell(const std::shared_ptr<Work>& work, Event event) {
    work->inbox.post([work, event = std::move(event)] {
      if (!work->is_stopping()) work->handlers.tell(event);
    });
  }

  bool is_stopping() {
    const std::lock_guard guard(mutex);
    return stopping;
  }
};

EvidenceMaker::EvidenceMaker(Inbox& inbox, Handlers handlers)
    : inbox_(inbox), handlers_(std::move(handlers)) {}

// The work gives up at its next line, and takes its files along: nothing outlives the program.
EvidenceMaker::~EvidenceMaker() {
  stop();
  if (thread_.joinable()) thread_.join();
}

// The one before ends on the new one's thread: the window doesn't wait for it.
void EvidenceMaker::begin(protocol::AuditExport::Params scope, std::filesystem::path target) {
  stop();
  work_ = std::make_shared<Work>(inbox_, handlers_);
  thread_ = std::thread([before = std::move(thread_), work = work_, scope = std::move(scope),
                         target = std::move(target)]() mutable {
    if (before.joinable()) before.join();
    make(work, scope, target);
  });
}

void EvidenceMaker::stop() {
  if (!work_) return;
  const std::lock_guard guard(work_->mutex);
  work_->stopping = true;
  work_->changed.notify_all();
}

void EvidenceMaker::make(const std::shared_ptr<Work>& work, const protocol::AuditExport::Params& scope,
                         const std::filesystem::path& target) {
  const auto report = evidence::export_bundle(
      [&](std::string method, std::string params) {
        return Work::ask(work, std::move(method), std::move(params));
      },
      scope, target,
      [&](std::int64_t done, std::int64_t total) {
        Work::tell(work, EvidenceProgress{done, total});
        return true;
      },
      [&] { return work->is_stopping(); });
  if (!report) return Work::tell(work, EvidenceMade{report.error()});
  Work::tell(work,
             EvidenceMade{EvidenceMade::Bundle{target.string(), report->is_sound(), summary_of(*report)}});
}

}  // namespace wardroom::admin
