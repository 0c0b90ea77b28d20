#include "server/ops/certificate_issue.hpp"

#include <algorithm>
#include <ctime>
#include <optional>

#include "server/ops/certificate_builder.hpp"
#include "server/ops/certificates.hpp"

namespace wardroom::ops {
namespace {

Result<KeyPtr> load_or_make_server_key(const DataDir& dir) {
  std::error_code why;
  if (std::filesystem::exists(dir.server_key(), why)) return load_key(dir.server_key());
  KeyPtr key{EVP_EC_gen("P-256")};
  if (auto saved = save_key(dir.server_key(), key.get()); !saved) return saved.error();
  return key;
}

}  // namespace

std::vector<HostName> with_loopback(std::vector<HostName> hosts) {
  for (const HostName& own :
       {HostName{"localhost", HostName::Kind::name}, HostName{"127.0.0.1", HostName::Kind::ipv4},
        HostName{"::1", HostName::Kind::ipv6}})
    if (std::find(hosts.begin(), hosts.end(), own) == hosts.end()) hosts.push_back(own);
  return hosts;
}

namespace {

// At no time: whatever the dates say. The way that was found is in the context.
Result<void> verify(X509_STORE_CTX& context, X509* certificate, X509* authority, STACK_OF(X509) * others,
                    std::optional<TimePoint> at) {
  const StorePtr store{X509_STORE_new()};
  X509_STORE_add_cert(store.get(), authority);
  X509_STORE_CTX_init(&context, store.get(), certificate, others);
  X509_STORE_CTX_set_purpose(&context, X509_PURPOSE_SSL_SERVER);
  // As clients do: the authority may be a company's intermediate one.
  X509_STORE_CTX_set_flags(&context, X509_V_FLAG_PARTIAL_CHAIN);
  if (at)
    X509_STORE_CTX_set_time(&context, 0, static_cast<std::time_t>(to_unix_ms(*at) / 1000));
  else
    X509_STORE_CTX_set_flags(&context, X509_V_FLAG_NO_CHECK_TIME);
  const bool verified = X509_verify_cert(&context) == 1;
  if (verified) return ok();
  const int why = X509_STORE_CTX_get_error(&context);
  if (why == X509_V_ERR_PERMITTED_VIOLATION)
    return conflict(
        "host_not_permitted",
        "The office's certificate authority was made for other host names and can't vouch for one of "
        "these. Add it with: wardroomd hosts add NAME");
  return conflict("certificate_refused",
                  std::string{"The certificate isn't valid: "} + X509_verify_cert_error_string(why) + ".");
}

// What comes after the chain's own; the list refers to it.
StackPtr others_of(const Chain& chain) {
  StackPtr others{sk_X509_new_null()};
  for (auto at = chain.begin() + 1; at != chain.end(); ++at) sk_X509_push(others.get(), at->get());
  return others;
}

}  // namespace

Result<void> check_chain(X509* certificate, X509* authority, STACK_OF(X509) * others, TimePoint now) {
  const StoreContextPtr context{X509_STORE_CTX_new()};
  return verify(*context, certificate, authority, others, now);
}

Result<void> check_chain(const Chain& chain, X509* authority, TimePoint now) {
  return check_chain(chain.front().get(), authority, others_of(chain).get(), now);
}

Result<Chain> find_path(const Chain& chain, X509* authority) {
  const StackPtr others = others_of(chain);
  const StoreContextPtr context{X509_STORE_CTX_new()};
  if (auto led = verify(*context, chain.front().get(), authority, others.get(), std::nullopt); !led)
    return led.error();
  STACK_OF(X509)* found = X509_STORE_CTX_get0_chain(context.get());
  Chain path;
  for (int i = 0; i < sk_X509_num(found); ++i) path.emplace_back(X509_dup(sk_X509_value(found, i)));
  return path;
}

Result<void> check_sent(const Chain& chain, X509* authority, TimePoint now) {
  const auto anchor = std::find_if(chain.begin(), chain.end(), [&](const CertificatePtr& sent) {
    return X509_check_ca(sent.get()) > 0 &&
           EVP_PKEY_eq(X509_get0_pubkey(sent.get()), X509_get0_pubkey(authority)) == 1;
  });
  if (anchor == chain.end())
    return conflict(
        "chain_incomplete",
        "tls/server.crt lacks the certificate of the authority in tls/ca.crt, which clients know the "
        "server by. Append it: cat ca.crt >> server.crt");
  auto led = check_chain(chain, anchor->get(), now);
  if (!led && X509_cmp(anchor->get(), authority) != 0 && check_chain(chain, authority, now))
    return conflict(
        "authority_outdated",
        "What is sent to clients has another certificate of the authority than tls/ca.crt, and with it "
        "clients refuse the server's own (" +
            led.error().message + ") Put the one of tls/ca.crt in its place.");
  return led;
}

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

Result<Chain> issue_by(const DataDir& dir, const Authority& authority, const std::vector<HostName>& hosts,
                       TimePoint now) {
  const auto key = load_or_make_server_key(dir);
  if (!key) return key.error();
  // A certificate that outlives its authority is worthless from then on, and some clients refuse it at once.
  const TimePoint until =
      std::min(now + kCertificateLifetime, to_time_point(X509_get0_notAfter(authority.certificate.get())));
  auto certificate = build_server_certificate(**key, *authority.certificate, *authority.key,
                                              with_loopback(hosts), now, until);
  if (!certificate) return certificate.error();
  if (auto checked = check_chain(certificate->get(), authority.certificate.get(), nullptr, now); !checked)
    return checked.error();
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  Chain path;
  path.push_back(*std::move(certificate));
  return compose_served(std::move(path), *authority.certificate, *statement);
}

}  // namespace wardroom::ops
