#include "server/ops/certificates.hpp"

#include <algorithm>
#include <ctime>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "common/base/secret.hpp"
#include "server/ops/certificate_builder.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/openssl_handles.hpp"

namespace wardroom::ops {
namespace {

Result<KeyPtr> load_key(const std::filesystem::path& file) {
  auto pem = read_small_file(file);
  if (!pem) return pem.error();
  const Secret wiped{*std::move(pem)};
  const BioPtr bio{BIO_new_mem_buf(wiped.reveal().data(), static_cast<int>(wiped.size()))};
  KeyPtr key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  if (!key) return unavailable(file.string() + ": there is no private key in PEM form.");
  return key;
}

Result<CertificatePtr> load_certificate(const std::filesystem::path& file) {
  const auto pem = read_small_file(file);
  if (!pem) return pem.error();
  const BioPtr bio{BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size()))};
  CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
  if (!certificate) return unavailable(file.string() + ": there is no certificate in PEM form.");
  return certificate;
}

using Chain = std::vector<CertificatePtr>;

// All certificates of the text; none when there is none.
Chain parse_chain(std::string_view pem) {
  const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  Chain chain;
  while (CertificatePtr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
    chain.push_back(std::move(next));
  ERR_clear_error();  // the end of the text is one to OpenSSL
  return chain;
}

// All certificates of the file, at least one.
Result<Chain> load_chain(const std::filesystem::path& file) {
  const auto pem = read_small_file(file);
  if (!pem) return pem.error();
  auto chain = parse_chain(*pem);
  if (chain.empty()) return unavailable(file.string() + ": there is no certificate in PEM form.");
  return chain;
}

std::string contents_of(const BioPtr& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(const X509* certificate) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  PEM_write_bio_X509(bio.get(), certificate);
  return contents_of(bio);
}

Result<void> save_key(const std::filesystem::path& file, const EVP_PKEY* key) {
  const BioPtr bio{BIO_new(BIO_s_secmem())};
  PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
  const Secret pem{contents_of(bio)};
  return write_durably(file, pem.reveal(), 0600);
}

TimePoint to_time_point(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return from_unix_ms(static_cast<std::int64_t>(::timegm(&parts)) * 1000);
}

// A time at which the certificate holds: `now` where it does, for a look at everything but the dates.
TimePoint middle_of(const X509& certificate, TimePoint now) {
  const TimePoint from = to_time_point(X509_get0_notBefore(&certificate));
  const TimePoint until = to_time_point(X509_get0_notAfter(&certificate));
  return now >= from && now < until ? now : from + (until - from) / 2;
}

// The machine's own names, then the office's: what the certificate and the constraints list.
std::vector<HostName> with_loopback(std::vector<HostName> hosts) {
  for (const HostName& own :
       {HostName{"localhost", HostName::Kind::name}, HostName{"127.0.0.1", HostName::Kind::ipv4},
        HostName{"::1", HostName::Kind::ipv6}})
    if (std::find(hosts.begin(), hosts.end(), own) == hosts.end()) hosts.push_back(own);
  return hosts;
}

// What a client will do with it, done before anybody is given it: finds a host outside the authority's
// constraints.
Result<void> check_chain(X509* certificate, X509* authority, STACK_OF(X509) * others, TimePoint now) {
  const StorePtr store{X509_STORE_new()};
  X509_STORE_add_cert(store.get(), authority);
  const StoreContextPtr context{X509_STORE_CTX_new()};
  X509_STORE_CTX_init(context.get(), store.get(), certificate, others);
  X509_STORE_CTX_set_time(context.get(), 0, static_cast<std::time_t>(to_unix_ms(now) / 1000));
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  if (X509_verify_cert(context.get()) == 1) return ok();
  const int why = X509_STORE_CTX_get_error(context.get());
  if (why == X509_V_ERR_PERMITTED_VIOLATION)
    return conflict(
        "host_not_permitted",
        "The office's certificate authority was made for other host names and can't vouch for one of "
        "these. Add it with: wardroomd hosts add NAME");
  return conflict("certificate_refused",
                  std::string{"The certificate isn't valid: "} + X509_verify_cert_error_string(why) + ".");
}

// The same for a whole chain, its own certificate first.
Result<void> check_chain(const Chain& chain, X509* authority, TimePoint now) {
  const StackPtr others{sk_X509_new_null()};
  for (auto at = chain.begin() + 1; at != chain.end(); ++at) sk_X509_push(others.get(), at->get());
  return check_chain(chain.front().get(), authority, others.get(), now);
}

// Whether the authority is among what is sent: clients know the server by its key.
bool contains_authority(const Chain& chain, const X509* authority) {
  return std::any_of(chain.begin() + 1, chain.end(), [&](const CertificatePtr& sent) {
    return EVP_PKEY_eq(X509_get0_pubkey(sent.get()), X509_get0_pubkey(authority)) == 1;
  });
}

bool stands_for(X509* certificate, const HostName& host) {
  return host.kind == HostName::Kind::name
             ? X509_check_host(certificate, host.text.data(), host.text.size(), 0, nullptr) == 1
             : X509_check_ip_asc(certificate, host.text.c_str(), 0) == 1;
}

std::string describe_left(const CertificateInfo& info, TimePoint now) {
  const int days = days_left(info, now);
  if (days < 0) return "and clients refuse it since then";
  return days == 1 ? "1 more day" : std::to_string(days) + " more days";
}

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

Result<KeyPtr> load_or_make_server_key(const DataDir& dir) {
  std::error_code why;
  if (std::filesystem::exists(dir.server_key(), why)) return load_key(dir.server_key());
  KeyPtr key{EVP_EC_gen("P-256")};
  if (auto saved = save_key(dir.server_key(), key.get()); !saved) return saved.error();
  return key;
}

struct Authority {
  CertificatePtr certificate;
  KeyPtr key;
};

Result<Authority> load_authority(const DataDir& dir) {
  std::error_code why;
  if (!std::filesystem::exists(dir.ca_key(), why))
    return not_found(
        "keys/ca.key isn't on this machine. Bring it back for this, or make the certificate where the key "
        "is (certs/make-ca.sh) and copy it to " +
        dir.server_certificate().string());
  auto key = load_key(dir.ca_key());
  if (!key) return key.error();
  auto certificate = load_certificate(dir.ca_certificate());
  if (!certificate) return certificate.error();
  if (X509_check_private_key(certificate->get(), key->get()) != 1)
    return conflict("authority_mismatch",
                    "keys/ca.key isn't the key of tls/ca.crt. Bring both back from one backup.");
  return Authority{*std::move(certificate), *std::move(key)};
}

// The text of a new tls/server.crt.
Result<std::string> issue_by(const DataDir& dir, const Authority& authority,
                             const std::vector<HostName>& hosts, TimePoint now) {
  const auto key = load_or_make_server_key(dir);
  if (!key) return key.error();
  // A certificate that outlives its authority is worthless from then on, and some clients refuse it at once.
  const TimePoint until =
      std::min(now + kCertificateLifetime, to_time_point(X509_get0_notAfter(authority.certificate.get())));
  const auto certificate = build_server_certificate(**key, *authority.certificate, *authority.key,
                                                    with_loopback(hosts), now, until);
  if (!certificate) return certificate.error();
  if (auto checked = check_chain(certificate->get(), authority.certificate.get(), nullptr, now); !checked)
    return checked.error();
  return to_pem(certificate->get()) + to_pem(authority.certificate.get());
}

}  // namespace

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
  return write_durably(dir.server_certificate(), *chain, 0644);
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
  // The authority first: the certificate of before holds with it, too, should a crash come in between.
  if (auto written = write_durably(dir.ca_certificate(), to_pem(authority->certificate.get()), 0644);
      !written)
    return written;
  return write_durably(dir.server_certificate(), *chain, 0644);
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
                    "wardroomd reload");
  if (auto checked = check_chain(chain, authority->get(), now); !checked) return checked;
  for (const auto& host : hosts)
    if (!stands_for(chain.front().get(), host))
      return conflict("host_not_in_certificate",
                      "This certificate isn't for " + host.text +
                          ", under which clients reach the server. Have one made that names it.");
  if (!contains_authority(chain, authority->get())) chain.push_back(*std::move(authority));
  std::string text;
  for (const auto& certificate : chain) text += to_pem(certificate.get());
  return write_durably(dir.server_certificate(), text, 0644);
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
  if (!contains_authority(*chain, authority->get()))
    return conflict(
        "chain_incomplete",
        dir.server_certificate().string() +
            " lacks the certificate of the authority in tls/ca.crt, which clients know the server by. "
            "Append it: cat ca.crt >> server.crt");
  return check_chain(*chain, authority->get(), middle_of(*leaf, now));
}

Result<void> check_dates(const DataDir& dir, TimePoint now) {
  const auto info = load_certificate_info(dir.server_certificate());
  if (!info) return info.error();
  if (now >= info->not_before && now < info->not_after) return ok();
  return conflict("certificate_dates",
                  dir.server_certificate().string() + " holds from " + to_rfc3339(info->not_before) + " to " +
                      to_rfc3339(info->not_after) + ", and it is " + to_rfc3339(now) +
                      ". Clients refuse it. Look at the machine's clock, or put in another certificate.");
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
          host + " --data " + dir.root.string());
}

Result<Digest> load_pin(const std::filesystem::path& file) {
  const auto certificate = load_certificate(file);
  if (!certificate) return certificate.error();
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate->get()), &der);
  if (size <= 0) return unavailable(file.string() + ": the certificate has no public key that can be read.");
  const Digest pin = sha256(std::as_bytes(std::span{der, static_cast<std::size_t>(size)}));
  OPENSSL_free(der);
  return pin;
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

Result<void> check_expiry(const DataDir& dir, TimePoint now) {
  const auto info = load_certificate_info(dir.server_certificate());
  if (!info) return info.error();
  const auto alarm = alarm_of(*info, now);
  std::error_code why;
  const bool renews = std::filesystem::exists(dir.ca_key(), why);
  // One that the server renews by itself has been due since its 30th day.
  if (!alarm || (renews && *alarm > 14)) return ok();
  const std::string remedy =
      renews ? " The server couldn't renew it: its log says why (certificate.renewal_failed)."
             : " keys/ca.key isn't here, so nothing renews it: make another one where the key is "
               "(certs/make-ca.sh renew), or bring the key back; then reload the server.";
  return conflict("certificate_expiring", dir.server_certificate().string() + " holds until " +
                                              to_rfc3339(info->not_after) + ", " + describe_left(*info, now) +
                                              "." + remedy);
}

bool is_due_for_renewal(const CertificateInfo& info, TimePoint now) {
  return info.not_after - now < kRenewBefore;
}

}  // namespace wardroom::ops
