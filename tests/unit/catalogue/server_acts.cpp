#include <fstream>

#include "server/app/backup_worker.hpp"
#include "server/app/options_record.hpp"
#include "server/app/watches.hpp"
#include "tests/unit/catalogue/acts.hpp"
#include "tests/unit/rights/made_up_server.hpp"

namespace wardroom::testing {
namespace {

using audit::Type;

// A machine whose clock can be set.
class SetClock final : public Clock {
 public:
  TimePoint now() const override { return now_; }
  SteadyPoint steady() const override { return {}; }
  void set(TimePoint now) { now_ = now; }

 private:
  TimePoint now_ = from_unix_ms(1795160000000);
};

// The server's watches over the office, on a machine that the test makes up.
struct Machine {
  explicit Machine(Stage& s)
      : stage(s),
        watches({s.office.services(), s.office.batch(), believed, s.office.directory() / "wardroom.db",
                 [this] { return space; }},
                busy_options()) {}
  // Nobody else waits for the processor here.
  static app::Options busy_options() {
    app::Options options;
    options.audit.check_share = 100;
    return options;
  }
  void second(std::uint64_t number) {
    watches.each_second(number);
    stage.office.settle();
  }

  Stage& stage;
  SetClock clock;
  TrustedClock believed{clock, std::nullopt};
  std::optional<ops::DiskSpace> space = ops::DiskSpace{std::uint64_t{50} << 30, std::uint64_t{100} << 30};
  app::Watches watches;
};

void fill_disk(Stage& s) {
  Machine machine(s);
  machine.second(1);
  machine.space->free_bytes = std::uint64_t{4} << 30;
  machine.second(61);
}

void set_clock(Stage& s) {
  Machine machine(s);
  machine.clock.set(machine.clock.now() - std::chrono::hours{1});
  machine.second(2);
}

void beat(Stage& s) {
  Machine machine(s);
  machine.second(app::Watches::kHeartbeat);
}

void check_integrity(Stage& s) {
  Machine machine(s);
  machine.second(app::Watches::kFirstCheck);
  const auto db = s.office.open_database();
  s.office.wait_until([&] { return find_record(*db, Type::integrity_checked).has_value(); });
}

void change_options(Stage& s) {
  app::Options options;
  app::submit_options_record(s.office.services().writer, options);
  options.limits.messages_per_second = 7;
  app::submit_options_record(s.office.services().writer, options);
  s.office.settle();
}

void set_option(Stage& s) {
  MadeUpSettings settings;
  s.office.services().server_settings = &settings;
  const object change{{"name", "limits.messages_per_second"}, {"value", "8"}};
  s.call(s.root, "admin.settings_set", {{"changes", boost::json::array{change}}});
  s.office.services().server_settings = nullptr;
}

// A backup that nobody checked is verified, in vain.
void verify_backup(Stage& s) {
  const auto folder = s.office.directory();
  app::Options options;
  options.backup.folder = folder.string();
  std::ofstream(folder / "wardroom.toml") << app::compose_options_file(options);
  std::ofstream(folder / "wardroom-2026-11-29T02-00-00Z.db") << "not one";
  app::Figures figures;
  app::BackupWorker worker(ops::DataDir{folder}, s.office.services().writer, figures, *s.office.believed);
  s.office.services().backups = &worker;
  s.call(s.root, "admin.backup_verify", {{"name", "wardroom-2026-11-29T02-00-00Z.db"}});
  const auto db = s.office.open_database();
  s.office.wait_until([&] { return find_record(*db, Type::backup_rechecked).has_value(); });
  s.office.services().backups = nullptr;
}

void replace_certificate(Stage& s) {
  MadeUpCertificates certificates;
  s.office.services().certificates = &certificates;
  s.call(s.root, "admin.certificate_renew", {});
  s.call(s.root, "admin.certificate_replace", {{"certificate", "-----BEGIN"}});
  s.office.services().certificates = nullptr;
}

void add_name(Stage& s) {
  MadeUpCertificates certificates;
  MadeUpSettings settings;
  s.office.services().certificates = &certificates;
  s.office.services().server_settings = &settings;
  s.call(s.root, "admin.certificate_add_name", {{"name", "chat2.example"}});
  s.office.services().certificates = nullptr;
  s.office.services().server_settings = nullptr;
}

object announce(Stage& s) {
  return s.call(s.root, "admin.announce", {{"text", "Fire drill at three"}, {"must_acknowledge", true}});
}

void end_announcement(Stage& s) {
  announce(s);
  s.call(s.root, "admin.announce_end", {});
}

void acknowledge(Stage& s) {
  const auto made = announce(s);
  s.call(s.tom, "announcement.acknowledge", {{"announcement", made.at("announcement").at("id")}});
}

}  // namespace

std::vector<Act> server_acts() {
  return {
      {Type::certificate_replaced, replace_certificate, "root", ""},
      {Type::certificate_renewed, add_name, "root", ""},
      {Type::announced, announce, "root", ""},
      {Type::announcement_ended, end_announcement, "root", "announcement"},
      {Type::announcement_acknowledged, acknowledge, "tom", "announcement"},
      {Type::disk_low, fill_disk, "", "", false, "failure"},
      {Type::clock_jump, set_clock, "", ""},
      {Type::audit_heartbeat, beat, "", ""},
      {Type::integrity_checked, check_integrity, "", ""},
      {Type::settings_changed, change_options, "", ""},
      {Type::settings_changed, set_option, "root", ""},
      {Type::settings_changed, add_name, "root", ""},
      {Type::backup_rechecked, verify_backup, "root", "", false, "failure"},
  };
}

}  // namespace wardroom::testing
