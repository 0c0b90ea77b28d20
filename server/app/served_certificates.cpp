#include "server/app/served_certificates.hpp"

#include "common/base/log.hpp"
#include "protocol/invite_link.hpp"
#include "server/app/office_check.hpp"
#include "server/app/office_hosts.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/served_chain.hpp"

namespace wardroom::app {
namespace {

protocol::Certificate to_wire(ops::CertificateInfo info) {
  return {std::move(info.subject), std::move(info.issuer), std::move(info.serial),
          std::move(info.hosts),   info.not_before,        info.not_after};
}

}  // namespace

Result<protocol::CertificateState> ServedCertificates::load(TimePoint now) const {
  const std::string shown = shown_();
  auto served = ops::read_served(dir_, shown);
  if (!served) return served.error();
  const auto rotation = ops::load_rotation(dir_);
  if (!rotation) return rotation.error();
  protocol::CertificateState state;
  state.fingerprint = protocol::fingerprint(rotation->pin);
  if (rotation->next_pin)
    state.rotation =
        protocol::AuthorityRotation{rotation->phase == ops::RotationPhase::switched,
                                    protocol::fingerprint(*rotation->next_pin), rotation->statement_ends};
  state.hosts = hosts_();
  std::error_code missing;
  if (std::filesystem::exists(dir_.ca_key(), missing))
    state.renews_at = served->certificates.front().not_after - ops::kRenewBefore;
  if (const auto is_file = ops::check_shown(dir_, shown); !is_file) {
    state.problems.push_back(is_file.error().message);
    if (const auto holds = ops::check_expiry(dir_, *served, now); !holds)
      state.problems.push_back(holds.error().message);
  }
  for (auto& info : served->certificates) state.chain.push_back(to_wire(std::move(info)));
  Options options;
  options.server.hosts = state.hosts;
  for (auto& finding : check_certificates(dir_, options, now))
    state.problems.push_back(std::move(finding.error.message));
  return state;
}

Result<protocol::CertificateState> ServedCertificates::renew(TimePoint now) {
  const std::lock_guard lock(changing_);
  if (auto issued = ops::issue_certificate(dir_, parsed_hosts(hosts_()), now); !issued) return issued.error();
  if (auto served = serve(); !served) return served.error();
  spdlog::info("certificate.renewed asked=true");
  return load(now);
}

Result<protocol::CertificateState> ServedCertificates::replace(const std::string& pem, TimePoint now) {
  const std::lock_guard lock(changing_);
  if (auto put = ops::replace_certificate(dir_, pem, parsed_hosts(hosts_()), now); !put) return put.error();
  if (auto served = serve(); !served) return served.error();
  spdlog::info("certificate.replaced");
  return load(now);
}

audit::Record certificate_record(const ops::DataDir& dir) {
  audit::Record record{.type = audit::Type::certificate_renewed};
  if (const auto info = ops::load_certificate_info(dir.server_certificate()))
    record.after = {{"serial", info->serial}, {"not_after", info->not_after}};
  return record;
}

}  // namespace wardroom::app
