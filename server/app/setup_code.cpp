#include "server/app/setup_code.hpp"

#include "common/base/log.hpp"
#include "server/audit/log.hpp"
#include "server/credentials/token.hpp"
#include "server/ops/durable_file.hpp"
#include "server/store/sessions.hpp"
#include "server/store/users.hpp"

namespace wardroom::app {
namespace {

constexpr std::chrono::minutes kLifetime{30};

class SetupCodeJob final : public store::WriteJob {
 public:
  explicit SetupCodeJob(ops::DataDir dir) : dir_(std::move(dir)) {}

  Result<void> run(store::WriteTx& tx) override {
    needed_ = store::count_active_admins(tx.db) == 0;
    if (!needed_ || is_valid(tx)) return ok();
    code_ = issue_setup_code(tx);
    return ok();
  }

  bool is_vital() const override { return true; }
  void finished(const Result<void>& outcome) override {
    if (!outcome) return;
    if (!code_.empty()) {
      const auto written =
          ops::write_durably(setup_code_file(dir_), std::string(code_.reveal()) + "\n", 0600);
      if (written)
        spdlog::info("setup.code_ready file={} minutes={}", setup_code_file(dir_).string(),
                     kLifetime.count());
      else
        spdlog::error("setup.code_failed message=\"{}\"", written.error().message);
    } else if (!needed_) {
      std::error_code ignored;
      std::filesystem::remove(setup_code_file(dir_), ignored);
    }
  }

 private:
  bool is_valid(store::WriteTx& tx) const {
    const auto text = ops::read_small_file(setup_code_file(dir_), 256);
    if (!text) return false;
    const auto digest = credentials::parse_code(std::string_view(*text).substr(0, text->find('\n')));
    const auto invite = digest ? store::find_invite(tx.db, *digest) : std::nullopt;
    return invite && !invite->spent && invite->expires_at > tx.trusted &&
           invite->expires_at <= tx.trusted + kLifetime;
  }

  ops::DataDir dir_;
  Secret code_;
  bool needed_ = false;
};

}  // namespace

std::filesystem::path setup_code_file(const ops::DataDir& dir) {
  return dir.run() / "setup-code";
}

Secret issue_setup_code(store::WriteTx& tx) {
  store::revoke_setup_codes(tx.db, tx.now);
  const credentials::Issued code = credentials::make_code();
  const TimePoint expires_at = tx.trusted + kLifetime;
  const InviteId id = store::insert_invite(
      tx.db,
      {.token_hash = code.digest, .setup = true, .role = protocol::Role::admin, .expires_at = expires_at},
      tx.now);
  audit::Record record{.type = audit::Type::invite_created};
  record.target = {"setup_code", id.value, {}};
  record.after = {{"role", "admin"}, {"expires_at", expires_at}, {"token_sha256", to_hex(code.digest)}};
  audit::append_record(tx, record);
  return code.text;
}

void submit_setup_code(store::Writer& writer, const ops::DataDir& dir) {
  writer.submit(std::make_unique<SetupCodeJob>(dir));
}

}  // namespace wardroom::app
