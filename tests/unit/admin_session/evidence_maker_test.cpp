#include "admin/session/evidence_maker.hpp"

#include <condition_variable>
#include <mutex>

#include <catch2/catch.hpp>

#include "common/base/random.hpp"

using namespace wardroom;
using namespace wardroom::admin;

namespace {

// The window's thread: takes turns until what is awaited is there.
struct Window {
  std::mutex mutex;
  std::condition_variable something;
  bool posted = false;
  Inbox inbox{[this] {
    const std::lock_guard guard(mutex);
    posted = true;
    something.notify_one();
  }};
  std::vector<std::string> asked;
  EvidenceMaker::Done waiting;
  std::optional<EvidenceMade> made;
  EvidenceMaker maker{inbox,
                      {[this](std::string method, std::string, EvidenceMaker::Done done) {
                         asked.push_back(std::move(method));
                         waiting = std::move(done);
                       },
                       [this](Event event) {
                         if (const auto* end = std::get_if<EvidenceMade>(&event)) made = *end;
                       }}};
  std::filesystem::path target =
      std::filesystem::temp_directory_path() / ("wardroom-bundle-" + to_hex(random_bytes<8>()));

  void wait_until(const std::function<bool()>& done) {
    while (!done()) {
      std::unique_lock lock(mutex);
      REQUIRE(something.wait_for(lock, std::chrono::seconds{60}, [this] { return posted; }));
      posted = false;
      lock.unlock();
      inbox.drain();
    }
  }
};

}  // namespace

TEST_CASE("a refusal of the server ends the bundle with its sentence, and leaves no file") {
  Window window;
  protocol::AuditExport::Params scope;
  scope.reason = "case 17";
  window.maker.begin(scope, window.target);
  window.wait_until([&] { return !window.asked.empty(); });
  CHECK(window.asked.front() == "audit.export");
  window.waiting(forbidden("", "Only auditors take evidence."));
  window.wait_until([&] { return window.made.has_value(); });
  REQUIRE_FALSE(window.made->bundle);
  CHECK(window.made->bundle.error().message == "Only auditors take evidence.");
  CHECK_FALSE(std::filesystem::exists(window.target));
}

TEST_CASE("stopping doesn't wait for an answer, and nothing is told any more") {
  Window window;
  window.maker.begin({}, window.target);
  window.wait_until([&] { return !window.asked.empty(); });
  window.maker.stop();
  window.maker.begin({}, window.target);  // the first has ended by then
  window.wait_until([&] { return window.asked.size() == 2; });
  CHECK_FALSE(window.made);
}
