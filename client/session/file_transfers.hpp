#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <vector>

#include "client/model/effects.hpp"
#include "client/model/model_events.hpp"
#include "client/model/props/files.hpp"
#include "client/pictures/pixels.hpp"
#include "common/base/inbox.hpp"
#include "common/desk/session/job_thread.hpp"
#include "common/link/http_client.hpp"

namespace wardroom::client {

// The bytes of files between this PC and the server: a thread each for what goes up, what comes down, and
// pictures, so that none waits for another's file. Any thread may call it.
class FileTransfers {
 public:
  struct Handlers {
    // Run on the inbox's thread.
    std::function<void(Event)> event;
    // False: there is no room for it.
    std::function<bool(const std::string& key, const pictures::Pixels&)> picture;
  };

  // `inbox` outlives it.
  FileTransfers(Inbox& inbox, Handlers handlers);
  FileTransfers(const FileTransfers&) = delete;
  FileTransfers& operator=(const FileTransfers&) = delete;

  void run(const SendFile& effect);
  void run(const WithdrawFile& effect);
  void run(const FetchFile& effect);
  void run(const StopTransfer& effect);
  void run(const LoadPicture& effect);

 private:
  // A connection, kept as long as server and session stay the same.
  struct Line {
    FileServer server;
    std::unique_ptr<link::HttpClient> http;
    link::HttpClient& to(const FileServer& wanted);
  };

  Result<void> send(const SendFile& effect);
  Result<std::int64_t> find_upload(link::HttpClient& http, const SendFile& effect, std::string& file);
  Result<std::string> fetch(const FetchFile& effect);
  Result<pictures::Pixels> load(const LoadPicture& effect);
  void load_next();

  void begin(std::uint64_t attempt);
  bool is_wanted(std::uint64_t attempt);
  void end(std::uint64_t attempt);
  void tell(Event event);
  std::function<void(std::int64_t)> teller(std::uint64_t attempt);

  Inbox& inbox_;
  const Handlers handlers_;
  std::mutex mutex_;
  std::set<std::uint64_t> wanted_;             // under way or queued, and not stopped
  std::vector<LoadPicture> waiting_pictures_;  // the one that came into sight last is loaded first
  Line up_line_, down_line_, picture_line_;
  // Last: they end before what they use.
  desk::JobThread up_, down_, pictures_;
};

}  // namespace wardroom::client
