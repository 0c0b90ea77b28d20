#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <thread>

#include <boost/json/value.hpp>

#include "admin/model/model_events.hpp"
#include "common/base/inbox.hpp"

namespace wardroom::admin {

// Makes one evidence bundle at a time on a thread of its own, which asks the server through the window's
// connection. Lives on the window's thread; what comes of it is told through the inbox.
class EvidenceMaker {
 public:
  using Done = std::function<void(Result<boost::json::value>)>;
  struct Handlers {
    std::function<void(std::string method, std::string params, Done done)> call;  // on the window's thread
    std::function<void(Event)> tell;
  };

  // `inbox` and what the handlers refer to outlive it.
  EvidenceMaker(Inbox& inbox, Handlers handlers);
  ~EvidenceMaker();
  EvidenceMaker(const EvidenceMaker&) = delete;
  EvidenceMaker& operator=(const EvidenceMaker&) = delete;

  // One that is still being made is given up, and has ended before this one asks; nobody waits for it here.
  void begin(protocol::AuditExport::Params scope, std::filesystem::path target);
  // It ends soon, and leaves no file.
  void stop();

 private:
  struct Work;
  static void make(const std::shared_ptr<Work>& work, const protocol::AuditExport::Params& scope,
                   const std::filesystem::path& target);

  Inbox& inbox_;
  const Handlers handlers_;
  std::shared_ptr<Work> work_;
  std::thread thread_;
};

}  // namespace wardroom::admin
