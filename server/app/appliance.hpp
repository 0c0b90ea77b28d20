#pragma once

#include <memory>
#include <string>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/app/options.hpp"
#include "server/ops/data_dir.hpp"

namespace wardroom::app {

// The running server: everything put together in the order in which it depends on each other. Lives on the
// main thread.
class Appliance {
 public:
  // Opens the database and starts all threads; when it returns, connections are accepted. The clock outlives
  // it.
  static Result<std::unique_ptr<Appliance>> start(const ops::DataDir& dir, const Options& options,
                                                  const Clock& clock);
  // As stop().
  ~Appliance();

  std::uint16_t port() const;
  // It was started on a disk without any room: it serves reading alone, and writes nothing while it runs.
  bool reads_only() const;
  // Then: whether there is room now, so that stopping it and another start bring writing back.
  bool has_room_again() const;
  // Serves new connections with the certificate that the files hold now, and goes by what wardroom.toml has
  // now, as far as that needs no restart; on an error keeps the old ones. Returns what a person is told, such
  // as the options that wait for a start. Any thread.
  Result<std::string> reload();
  // Tells the clients, closes their connections, writes what is queued and the record of the stop.
  // Idempotent.
  void stop();

 private:
  struct Parts;
  explicit Appliance(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace wardroom::app
