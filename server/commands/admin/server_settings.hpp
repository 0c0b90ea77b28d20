#pragma once

#include <functional>
#include <string>
#include <vector>

#include "common/base/result.hpp"
#include "protocol/methods/settings.hpp"

namespace wardroom::commands {

// The options in wardroom.toml and those that count, as whoever runs the server knows them. All of it reads
// or writes files: the reader threads and the writer may, a network thread may not.
class ServerSettings {
 public:
  virtual ~ServerSettings() = default;
  // Without who changed them when, which the log knows.
  virtual protocol::AdminSettingsList::Result load() const = 0;
  struct Change {
    std::vector<protocol::SettingChanged> changed;  // empty: the server had these values
    std::function<void()> undo;  // puts back file and server, should its record not last; none: as they were
  };
  // Writes them into the file, all or none, and takes up what needs no restart; the error names the field.
  virtual Result<Change> change(const std::vector<protocol::SettingChange>& changes) = 0;
  // One more of server.hosts, for which the certificate that is served has it first; that stays if this is
  // undone, and harms nobody. Nothing changed: it was among the hosts, and only the certificate lacked it.
  virtual Result<Change> add_host(const std::string& host) = 0;
};

}  // namespace wardroom::commands
