#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "server/app/options.hpp"
#include "server/app/trust_page.hpp"
#include "server/app/web_files.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// What a browser is shown besides the calls: the page, and how it gets to know the office. Any thread.
class WebPages {
 public:
  explicit WebPages(ops::DataDir dir) : dir_(std::move(dir)) {}

  // What is shown goes by these options from now on. Reads the folder when it is another one, or the first
  // time; nothing here keeps a server from starting.
  void take_up(const Options& options);
  // Reads the folder again, and what load_trust reads; not on a network's thread. Files that can't be read
  // leave those of before; where there were none, a page says that they are missing.
  void read_anew();
  // The certificates are others.
  void take_up_trust();
  // What is wrong with the folder, for who had it read; empty: nothing, or the package isn't installed.
  std::string problem() const;

  // Nothing: there is no such page, or none are to be.
  std::optional<realtime::HttpAnswer> answer(const realtime::PageRequest& request) const;

 private:
  struct Shown {
    bool is_on = false;
    std::string folder;
    std::string office;
    std::string host;
    std::uint16_t port = 0;
    std::shared_ptr<const WebFiles> files;
    std::shared_ptr<const Trust> trust;
    std::string problem;  // as problem()
  };
  Shown shown() const;

  const ops::DataDir dir_;
  mutable std::mutex mutex_;
  Shown shown_;
};

}  // namespace wardroom::app
