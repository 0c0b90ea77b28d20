#pragma once

#include <string>
#include <utility>
#include <vector>

#include "server/commands/services.hpp"
#include "tests/harness/office.hpp"

// What a served office has and one in a test's memory hasn't: options, certificates, backups and figures,
// without a file of them.
namespace wardroom::testing {

class MadeUpSettings final : public commands::ServerSettings {
 public:
  protocol::AdminSettingsList::Result load() const override { return {}; }
  Result<Change> change(const std::vector<protocol::SettingChange>& changes) override {
    return Change{{{changes.front().name, "5", changes.front().value, protocol::SettingTaken::at_reload}},
                  [] {}};
  }
  Result<Change> add_host(const std::string& host) override {
    return Change{{{"server.hosts", "[]", "[\"" + host + "\"]", protocol::SettingTaken::at_reload}}, [] {}};
  }
};

class MadeUpCertificates final : public commands::Certificates {
 public:
  Result<protocol::CertificateState> load(TimePoint) const override { return state_; }
  Result<protocol::CertificateState> renew(TimePoint) override { return put("02"); }
  Result<protocol::CertificateState> replace(const std::string&, TimePoint) override { return put("03"); }

 private:
  Result<protocol::CertificateState> put(std::string serial) {
    protocol::Certificate served;
    served.serial = std::move(serial);
    state_.chain = {served};
    return state_;
  }
  protocol::CertificateState state_;
};

class MadeUpBackups final : public commands::Backups {
 public:
  Result<protocol::AdminBackupList::Result> load(sqlite::Connection&) const override {
    return protocol::AdminBackupList::Result{};
  }
  Result<protocol::BackupWork> claim(protocol::BackupAct act, const std::string& name,
                                     audit::Record) override {
    protocol::BackupWork work;
    work.act = act;
    work.name = name;
    return work;
  }
  void begin() override {}
  void give_up() override {}
};

class MadeUpFigures final : public commands::LiveFigures {
 public:
  protocol::AdminStats::Result load() const override { return {}; }
};

// All of them, for an office that outlives it.
class MadeUpServer {
 public:
  explicit MadeUpServer(Office& office) : office_(office) {
    commands::Services& services = office_.services();
    services.server_settings = &settings_;
    services.certificates = &certificates_;
    services.backups = &backups_;
    services.figures = &figures_;
  }
  ~MadeUpServer() {
    commands::Services& services = office_.services();
    services.server_settings = nullptr;
    services.certificates = nullptr;
    services.backups = nullptr;
    services.figures = nullptr;
  }
  MadeUpServer(const MadeUpServer&) = delete;
  MadeUpServer& operator=(const MadeUpServer&) = delete;

 private:
  Office& office_;
  MadeUpSettings settings_;
  MadeUpCertificates certificates_;
  MadeUpBackups backups_;
  MadeUpFigures figures_;
};

}  // namespace wardroom::testing
