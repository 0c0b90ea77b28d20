#include "server/app/certificate_watch.hpp"

#include "common/base/log.hpp"
#include "server/app/office_check.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificates.hpp"

namespace wardroom::app {

void CertificateWatch::look(TimePoint now, std::chrono::seconds up) {
  const auto renewed = renew(now);
  if (renewed && *renewed) {
    spdlog::info("certificate.renewed");
    parts_.append(certificate_record(parts_.dir));
  }
  std::string shown;
  // Not while somebody has written the file and serves it in a moment.
  const auto is_file = parts_.certificates.change([&] {
    shown = parts_.certificates.shown();
    return ops::check_shown(parts_.dir, shown);
  });
  const auto served = ops::read_served(parts_.dir, shown);
  if (!served) return spdlog::error("certificate.unreadable message=\"{}\"", served.error().message);
  show(*served);
  const bool failed = renewed && !*renewed;
  parts_.figures.certificate_not_served = !is_file;
  if (is_file)
    told_not_served_ = false;
  else
    tell_not_served(is_file.error().message + (failed ? " (" + renewed->error().message + ")" : ""));
  std::string why =
      failed && ops::alarm_of(served->first_to_end, now) ? renewed->error().message : std::string();
  if (const auto checked = ops::check_expiry(parts_.dir, *served, now); !checked && !failed)
    why = checked.error().message;
  if (why.empty())
    told_alarm_.reset();
  else
    tell_expiry(served->first_to_end, now, up, why);
}

std::optional<Result<void>> CertificateWatch::renew(TimePoint now) {
  std::optional<Result<void>> renewed;
  static_cast<void>(parts_.certificates.change([&]() -> Result<void> {
    if (parts_.certificates.is_waiting()) renewed = serve_again(now);
    // Looked at here, because somebody else may have renewed it a moment ago. A company's own certificate, or
    // a CA key that was moved off the machine: nothing that could be renewed here.
    std::error_code missing;
    const auto info = ops::load_certificate_info(parts_.dir.server_certificate());
    if (!info || !std::filesystem::exists(parts_.dir.ca_key(), missing) ||
        !ops::is_due_for_renewal(*info, now))
      return ok();
    renewed = ops::issue_certificate(parts_.dir, parts_.hosts(), now);
    if (*renewed) renewed = parts_.certificates.serve();
    return ok();
  }));
  return renewed;
}

// The files may be others by now: looked at as a reload does.
Result<void> CertificateWatch::serve_again(TimePoint now) {
  if (auto led = ops::check_served(parts_.dir, now); !led) return led;
  if (auto holds = ops::check_dates(parts_.dir, now); !holds) return holds;
  return parts_.certificates.serve();
}

void CertificateWatch::show(const ops::ServedChain& served) {
  Figures& figures = parts_.figures;
  figures.certificate_ends = to_unix_ms(served.first_to_end.not_after);
  figures.certificate_between.set(served.is_own ? "" : served.first_to_end.subject);
  std::error_code missing;
  figures.certificate_renews = served.is_own && std::filesystem::exists(parts_.dir.ca_key(), missing);
  if (const auto rotation = ops::load_rotation(parts_.dir)) {
    figures.authority_ends = to_unix_ms(ops::ends_of(*rotation));
    figures.rotation_phase = static_cast<int>(rotation->phase);
  }
}

// A line each hour, and one record.
void CertificateWatch::tell_not_served(const std::string& why) {
  spdlog::error("certificate.not_served message=\"{}\"", why);
  if (told_not_served_) return;
  told_not_served_ = true;
  parts_.append({.type = audit::Type::certificate_failed, .outcome = audit::Outcome::error, .reason = why});
}

// A line each day, in the last three each hour; a record when 30, 14, 3 and 0 days are reached.
void CertificateWatch::tell_expiry(const ops::CertificateInfo& info, TimePoint now, std::chrono::seconds up,
                                   const std::string& why) {
  const auto alarm = ops::alarm_of(info, now);
  const bool is_new = told_alarm_ != alarm;
  const bool is_urgent = alarm && *alarm <= 3;
  if (!is_new && !is_urgent && up - told_at_ < std::chrono::days{1}) return;
  told_at_ = up;
  spdlog::log(is_urgent ? spdlog::level::err : spdlog::level::warn,
              "certificate.renewal_failed days_left={} message=\"{}\"", ops::days_left(info, now), why);
  if (!is_new) return;
  told_alarm_ = alarm;
  parts_.append({.type = audit::Type::certificate_failed, .outcome = audit::Outcome::error, .reason = why});
}

}  // namespace wardroom::app
