#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "server/app/option_table.hpp"
#include "server/commands/admin/server_settings.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"

namespace wardroom::app {

// The options that the running server goes by, and the one place where it reads and writes wardroom.toml once
// it runs: a reload, a new host and an administrator's change come one after the other, each upon what the
// file holds then. Any thread but a network's.
class ServedSettings final : public commands::ServerSettings {
 public:
  // Of hosts: a certificate for the one that is `added`, if any; whether clients can be served with these;
  // and then `take_up`, before anything else changes the certificate. The error says what is in the way.
  using TakeUp = std::function<Result<void>()>;
  using ChangeHosts = std::function<Result<void>(
      const Options& wanted, const std::optional<ops::HostName>& added, const TakeUp& take_up)>;
  // Serves with these, as far as that needs no restart. Mustn't wait for the writer.
  using Apply = std::function<void(const Options& running)>;
  ServedSettings(ops::DataDir dir, const Options& running, ChangeHosts change_hosts, Apply apply)
      : dir_(std::move(dir)),
        running_(running),
        change_hosts_(std::move(change_hosts)),
        apply_(std::move(apply)) {}

  protocol::AdminSettingsList::Result load() const override;
  Result<Change> change(const std::vector<protocol::SettingChange>& changes) override;
  Result<Change> add_host(const std::string& host) override;

  Options running() const;
  // What the file has now.
  Result<Options> file() const;
  // What is in the file counts from now on, as far as it needs no restart, unless `ready` refuses it. Returns
  // the file's options.
  using Ready = std::function<Result<void>(const Options& file)>;
  Result<Options> take_up(const Ready& ready);
  // For what else writes the file.
  Result<Options> write(const std::function<Result<Options>()>& write_file);

 private:
  // A change, and what was before it.
  struct Taken {
    std::vector<const OptionRow*> rows;
    Options file_before, running_before, wanted;
    std::string text_before, text;
  };
  Result<Taken> begin_change() const;
  Result<void> compose(Taken& change) const;
  Result<void> write_and_apply(const Taken& change);
  void count_from_now(const Taken& change);
  void put_back(const Taken& change);
  Result<void> write_back(const Taken& change) const;

  const ops::DataDir dir_;
  mutable std::mutex mutex_;
  Options running_;
  const ChangeHosts change_hosts_;
  const Apply apply_;
};

}  // namespace wardroom::app
