#include "server/ops/served_chain.hpp"

#include <algorithm>

#include "server/ops/certificate_issue.hpp"

namespace wardroom::ops {
namespace {

std::string describe_left(const CertificateInfo& info, TimePoint now) {
  const int days = days_left(info, now);
  if (days < 0) return "and clients refuse it since then";
  return days == 1 ? "1 more day" : std::to_string(days) + " more days";
}

Result<ServedChain> describe_chain(const DataDir& dir, const Chain& chain, const std::string& file) {
  const auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  ServedChain served;
  for (const auto& certificate : chain) served.certificates.push_back(describe(*certificate));
  // Where no way leads to the authority, which check_served() says, any of them may be the one that counts.
  const auto found = find_path(chain, authority->get());
  const Chain& path = found ? *found : chain;
  served.first_to_end = served.certificates.front();
  served.not_before = served.first_to_end.not_before;
  served.where = file;
  for (auto at = path.begin() + 1; at != path.end(); ++at) {
    CertificateInfo info = describe(**at);
    served.not_before = std::max(served.not_before, info.not_before);
    // The office's own authority ends with the last certificate that it issued: then that one is named.
    if (info.not_after >= served.first_to_end.not_after) continue;
    served.is_own = false;
    served.where = "\"" + info.subject + "\", which vouches for the server's certificate in " + file + ",";
    served.first_to_end = std::move(info);
  }
  return served;
}

std::string remedy_for(const ServedChain& served, bool renews) {
  if (!served.is_own)
    return " From then on clients refuse the server, whatever its own certificate says. Have who issued it "
           "give you the certificates that follow, and put them in: wardroomctl certificate replace FILE";
  return renews ? " The server couldn't renew it: its log says why (certificate.renewal_failed)."
                : " keys/ca.key isn't here, so nothing renews it: make another one where the key is "
                  "(certs/make-ca.sh renew) and put it in, or bring the key back; then: systemctl reload "
                  "wardroomd";
}

}  // namespace

Result<ServedChain> load_served(const DataDir& dir) {
  const auto chain = load_chain(dir.server_certificate());
  if (!chain) return chain.error();
  return describe_chain(dir, *chain, dir.server_certificate().string());
}

Result<ServedChain> read_served(const DataDir& dir, std::string_view pem) {
  const Chain chain = parse_chain(pem);
  if (chain.empty()) return unavailable("Which certificate is served can't be read.");
  const bool is_file = check_shown(dir, pem).has_value();
  return describe_chain(dir, chain, is_file ? dir.server_certificate().string() : "What is served");
}

Result<void> check_shown(const DataDir& dir, std::string_view pem) {
  const Chain shown = parse_chain(pem);
  const auto file = load_chain(dir.server_certificate());
  if (!file) return file.error();
  const auto is_same = [](const CertificatePtr& a, const CertificatePtr& b) {
    return X509_cmp(a.get(), b.get()) == 0;
  };
  if (std::equal(shown.begin(), shown.end(), file->begin(), file->end(), is_same)) return ok();
  return conflict("certificate_not_served",
                  dir.server_certificate().string() +
                      " holds other certificates than those that are served, which go on until the server "
                      "takes these up: systemctl reload wardroomd");
}

Result<void> check_dates(const DataDir& dir, TimePoint now) {
  const auto served = load_served(dir);
  if (!served) return served.error();
  const TimePoint ends = served->first_to_end.not_after;
  if (now >= served->not_before && now < ends) return ok();
  return conflict(
      "certificate_dates",
      served->where + " holds from " + to_rfc3339(served->not_before) + " to " + to_rfc3339(ends) +
          ", and it is " + to_rfc3339(now) +
          ". Clients refuse it. Look at the machine's clock; if it is right, bring keys/ca.key back or "
          "put in another certificate, then: systemctl reload wardroomd");
}

Result<void> check_expiry(const DataDir& dir, const ServedChain& served, TimePoint now) {
  const CertificateInfo& info = served.first_to_end;
  const auto alarm = alarm_of(info, now);
  std::error_code why;
  const bool renews = served.is_own && std::filesystem::exists(dir.ca_key(), why);
  // One that the server renews by itself has been due since its 30th day.
  if (!alarm || (renews && *alarm > 14)) return ok();
  return conflict("certificate_expiring", served.where + " holds until " + to_rfc3339(info.not_after) + ", " +
                                              describe_left(info, now) + "." + remedy_for(served, renews));
}

Result<void> check_expiry(const DataDir& dir, TimePoint now) {
  const auto served = load_served(dir);
  if (!served) return served.error();
  return check_expiry(dir, *served, now);
}

}  // namespace wardroom::ops
