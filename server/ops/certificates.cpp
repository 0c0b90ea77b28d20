#include "server/ops/certificates.hpp"

#include <algorithm>

#include "server/ops/certificate_builder.hpp"
#include "server/ops/certificate_issue.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

// A time at which the certificate holds: `now` where it does, for a look at everything but the dates.
TimePoint middle_of(const X509& certificate, TimePoint now) {
  const TimePoint from = to_time_point(X509_get0_notBefore(&certificate));
  const TimePoint until = to_time_point(X509_get0_notAfter(&certificate));
  return now >= from && now < until ? now : from + (until - from) / 2;
}

bool stands_for(X509* certificate, const HostName& host) {
  // As clients have it (RFC 6125): a name in the subject doesn't count, nor a star that is a part of one.
  constexpr unsigned kStrict = X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  return host.kind == HostName::Kind::name
             ? X509_check_host(certificate, host.text.data(), host.text.size(), kStrict, nullptr) == 1
             : X509_check_ip_asc(certificate, host.text.c_str(), 0) == 1;
}

// As clients with today's key, and those who know the one before alone. Once the old authority has ended,
// nobody can come in by it, and the next settle_rotation() puts tls/ca.crt where its word was.
Result<void> check_for_clients(const Chain& chain, X509* authority, const std::optional<Statement>& statement,
                               TimePoint at) {
  if (statement && !holds_at(*statement, at)) return check_chain(chain, authority, at);
  if (auto led = check_sent(chain, authority, at); !led) return led;
  return statement ? check_sent(chain, statement->former.get(), at) : ok();
}

bool holds_at(const Chain& chain, TimePoint at) {
  return std::all_of(chain.begin(), chain.end(), [&](const CertificatePtr& certificate) {
    const auto info = describe(*certificate);
    return info.not_before <= at && at < info.not_after;
  });
}

// The authority that is to follow, where its key is here; nothing to do where there is none.
Result<void> widen_next_authority(const DataDir& dir, const HostName& host) {
  std::error_code why;
  if (!std::filesystem::exists(dir.next_ca_certificate(), why) ||
      !std::filesystem::exists(dir.next_ca_key(), why))
    return ok();
  const auto next = load_certificate(dir.next_ca_certificate());
  if (!next) return next.error();
  const auto key = load_key(dir.next_ca_key());
  if (!key) return key.error();
  const auto wider = widen_authority(**next, **key, host);
  if (!wider) return wider.error();
  return write_durably(dir.next_ca_certificate(), to_pem(wider->get()), 0644);
}

}  // namespace

CertificateInfo describe(const X509& x509) {
  CertificateInfo info;
  info.subject = common_name(x509);
  info.issuer = issuer_name(x509);
  info.hosts = host_names(x509);
  info.not_before = to_time_point(X509_get0_notBefore(&x509));
  info.not_after = to_time_point(X509_get0_notAfter(&x509));
  const BignumPtr serial{ASN1_INTEGER_to_BN(X509_get0_serialNumber(&x509), nullptr)};
  if (char* hex = BN_bn2hex(serial.get())) {
    info.serial = hex;
    OPENSSL_free(hex);
  }
  return info;
}

Result<void> create_authority(const DataDir& dir, std::string_view office_name,
                              const std::vector<HostName>& hosts, TimePoint now) {
  std::error_code why;
  if (std::filesystem::exists(dir.ca_certificate(), why) || std::filesystem::exists(dir.ca_key(), why))
    return conflict("authority_exists",
                    dir.root.string() +
                        " already has a certificate authority, and every PC of the office trusts "
                        "that one. It isn't replaced.");
  const KeyPtr key{EVP_EC_gen("P-256")};
  const auto authority =
      build_authority(*key, office_name, with_loopback(hosts), now, now + kAuthorityLifetime);
  if (!authority) return authority.error();
  if (auto saved = save_key(dir.ca_key(), key.get()); !saved) return saved;
  return write_durably(dir.ca_certificate(), to_pem(authority->get()), 0644);
}

Result<void> issue_certificate(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto authority = load_authority(dir);
  if (!authority) return authority.error();
  const auto chain = issue_by(dir, *authority, hosts, now);
  if (!chain) return chain.error();
  return write_durably(dir.server_certificate(), to_pem(*chain), 0644);
}

Result<void> add_host(const DataDir& dir, const std::vector<HostName>& hosts, const HostName& added,
                      TimePoint now) {
  auto authority = load_authority(dir);
  if (!authority) return authority.error();
  auto wider = widen_authority(*authority->certificate, *authority->key, added);
  if (!wider) return wider.error();
  authority->certificate = *std::move(wider);
  const auto chain = issue_by(dir, *authority, hosts, now);
  if (!chain) return chain.error();
  // The one that is to follow may vouch for it, too, before anything depends on that.
  if (auto widened = widen_next_authority(dir, added); !widened) return widened;
  // The authority first: the certificate of before holds with it, too, should a crash come in between.
  if (auto written = write_durably(dir.ca_certificate(), to_pem(authority->certificate.get()), 0644);
      !written)
    return written;
  return write_durably(dir.server_certificate(), to_pem(*chain), 0644);
}

Result<void> replace_certificate(const DataDir& dir, std::string_view pem, const std::vector<HostName>& hosts,
                                 TimePoint now) {
  Chain chain = parse_chain(pem);
  if (chain.empty())
    return params_error("params.certificate", "There is no certificate in PEM form in params.certificate.");
  auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  const auto key = load_key(dir.server_key());
  if (!key) return key.error();
  if (X509_check_private_key(chain.front().get(), key->get()) != 1)
    return conflict("key_mismatch",
                    "This certificate isn't for the server's key. Have one made for the key in "
                    "tls/server.key; or put certificate and key into tls/ together, on the server, and then: "
                    "systemctl reload wardroomd");
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  chain = compose_served(std::move(chain), **authority, *statement);
  if (auto checked = check_for_clients(chain, authority->get(), *statement, now); !checked) return checked;
  for (const auto& host : hosts)
    if (!stands_for(chain.front().get(), host))
      return conflict("host_not_in_certificate",
                      "This certificate isn't for " + host.text +
                          ", under which clients reach the server. Have one made that names it.");
  return write_durably(dir.server_certificate(), to_pem(chain), 0644);
}

Result<void> check_served(const DataDir& dir, TimePoint now) {
  const auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  const auto chain = load_chain(dir.server_certificate());
  if (!chain) return chain.error();
  const auto key = load_key(dir.server_key());
  if (!key) return key.error();
  X509* leaf = chain->front().get();
  if (X509_check_private_key(leaf, key->get()) != 1)
    return conflict("key_mismatch", dir.server_key().string() + " isn't the key of " +
                                        dir.server_certificate().string() +
                                        ". Bring both back from one backup, or put in both of the new ones.");
  // Dates are asked separately: a certificate that has ended keeps nobody from looking at the server.
  const auto path = find_path(*chain, authority->get());
  if (!path) return path.error();
  const TimePoint then = middle_of(*leaf, now);
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  return holds_at(*path, then) ? check_for_clients(*chain, authority->get(), *statement, then) : ok();
}

Result<void> check_served_name(const DataDir& dir, const std::string& host) {
  const auto certificate = load_certificate(dir.server_certificate());
  if (!certificate) return certificate.error();
  const auto name = parse_host(host);
  if (!name) return name.error();
  if (stands_for(certificate->get(), *name)) return ok();
  return conflict(
      "host_not_in_certificate",
      "server.hosts names " + host + ", which isn't in " + dir.server_certificate().string() +
          ": clients refuse the server under that name, and invites that have it are worth nothing. Add "
          "it: wardroomd hosts add " +
          host + " --data " + dir.root.string() + ", or wardroomctl certificate add-name " + host);
}

Result<Digest> load_pin(const std::filesystem::path& file) {
  const auto certificate = load_certificate(file);
  if (!certificate) return certificate.error();
  const auto pin = pin_of(**certificate);
  if (!pin) return unavailable(file.string() + ": the certificate has no public key that can be read.");
  return *pin;
}

Result<CertificateInfo> load_certificate_info(const std::filesystem::path& file) {
  const auto certificate = load_certificate(file);
  if (!certificate) return certificate.error();
  return describe(**certificate);
}

Result<std::vector<CertificateInfo>> load_chain_info(const std::filesystem::path& file) {
  const auto chain = load_chain(file);
  if (!chain) return chain.error();
  std::vector<CertificateInfo> all;
  for (const auto& certificate : *chain) all.push_back(describe(*certificate));
  return all;
}

int days_left(const CertificateInfo& info, TimePoint now) {
  return static_cast<int>(std::chrono::floor<std::chrono::days>(info.not_after - now).count());
}

std::optional<int> alarm_of(const CertificateInfo& info, TimePoint now) {
  const auto left = info.not_after - now;
  for (const int days : {0, 3, 14, 30})
    if (left <= std::chrono::days{days}) return days;
  return std::nullopt;
}

bool is_due_for_renewal(const CertificateInfo& info, TimePoint now) {
  return info.not_after - now < kRenewBefore;
}

}  // namespace wardroom::ops
