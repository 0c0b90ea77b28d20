#include "server/ops/certificate_builder.hpp"

#include <ctime>

#include <arpa/inet.h>
#include <openssl/err.h>

#include "common/base/random.hpp"
#include "common/base/utf8.hpp"

namespace wardroom::ops {
namespace {

constexpr std::chrono::hours kClockSkew{1};
constexpr std::size_t kMaxCommonName = 64;  // RFC 5280 appendix A.1, ub-common-name
constexpr std::size_t kSerialBytes = 16;

Error openssl_error(std::string_view what) {
  char text[256];
  ERR_error_string_n(ERR_get_error(), text, sizeof text);
  return make_error(ErrorCode::internal, std::string{what} + ": " + text);
}

// "DNS:chat.example.org,IP:192.0.2.7": host names were checked by parse_host, so nothing in them has a
// meaning here.
std::string alternative_names(const std::vector<HostName>& hosts) {
  std::string text;
  for (const HostName& host : hosts) {
    if (!text.empty()) text += ',';
    text += (host.kind == HostName::Kind::name ? "DNS:" : "IP:") + host.text;
  }
  return text;
}

// One address is a network with all bits set in its mask.
std::string permitted_names(const std::vector<HostName>& hosts) {
  std::string text = "critical";
  for (const HostName& host : hosts) {
    text += host.kind == HostName::Kind::name ? ",permitted;DNS:" : ",permitted;IP:";
    text += host.text;
    if (host.kind == HostName::Kind::ipv4) text += "/255.255.255.255";
    if (host.kind == HostName::Kind::ipv6) text += "/ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
  }
  return text;
}

bool set_validity(X509* certificate, TimePoint from, TimePoint until) {
  const auto seconds = [](TimePoint t) { return static_cast<std::time_t>(to_unix_ms(t) / 1000); };
  return ASN1_TIME_set(X509_getm_notBefore(certificate), seconds(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), seconds(until)) != nullptr;
}

bool set_serial(X509* certificate) {
  auto bytes = random_bytes<kSerialBytes>();
  bytes[0] &= std::byte{0x7F};  // RFC 5280 section 4.1.2.2: positive
  const BignumPtr number{
      BN_bin2bn(reinterpret_cast<const unsigned char*>(bytes.data()), kSerialBytes, nullptr)};
  return BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_common_name(X509* certificate, std::string_view name) {
  return X509_NAME_add_entry_by_NID(X509_get_subject_name(certificate), NID_commonName, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(name.data()),
                                    static_cast<int>(name.size()), -1, 0) == 1;
}

std::string common_name_in(X509_NAME* name) {
  char text[kMaxCommonName * 4 + 1] = "";
  X509_NAME_get_text_by_NID(name, NID_commonName, text, sizeof text);
  return text;
}

// "Harbour Wardroom CA", "Harbour Wardroom CA 2", … 3.
std::string next_name(const std::string& name) {
  const auto space = name.rfind(' ');
  const std::string last = space == std::string::npos ? "" : name.substr(space + 1);
  const bool has_number =
      !last.empty() && last.size() < 6 && last.find_first_not_of("0123456789") == std::string::npos;
  const std::string suffix = " " + std::to_string(has_number ? std::stoi(last) + 1 : 2);
  const std::string stem = has_number ? name.substr(0, space) : name;
  return std::string{truncate_utf8(stem, kMaxCommonName - suffix.size())} + suffix;
}

bool add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509V3_set_ctx_nodb(&context);
  const ExtensionPtr extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

struct Extension {
  int nid;
  std::string value;
};

Result<CertificatePtr> build(EVP_PKEY& key, std::string_view name, X509* issuer, EVP_PKEY& issuer_key,
                             TimePoint now, TimePoint until, const std::vector<Extension>& extensions) {
  CertificatePtr certificate{X509_new()};
  X509* x509 = certificate.get();
  const bool is_filled = x509 != nullptr && X509_set_version(x509, X509_VERSION_3) == 1 && set_serial(x509) &&
                         set_validity(x509, now - kClockSkew, until) && set_common_name(x509, name) &&
                         X509_set_pubkey(x509, &key) == 1;
  if (!is_filled) return openssl_error("The certificate can't be made");
  X509* signer = issuer != nullptr ? issuer : x509;
  if (X509_set_issuer_name(x509, X509_get_subject_name(signer)) != 1)
    return openssl_error("The certificate can't be made");
  for (const auto& [nid, value] : extensions)
    if (!add_extension(x509, signer, nid, value)) return openssl_error("The certificate can't be made");
  if (X509_sign(x509, &issuer_key, EVP_sha256()) == 0)
    return openssl_error("The certificate can't be signed");
  return certificate;
}

}  // namespace

Result<CertificatePtr> build_authority(EVP_PKEY& key, std::string_view office_name,
                                       const std::vector<HostName>& permitted, TimePoint now,
                                       TimePoint until) {
  constexpr std::string_view kSuffix = " Wardroom CA";
  const std::string name = std::string{truncate_utf8(office_name, kMaxCommonName - kSuffix.size())} +
                           std::string{office_name.empty() ? kSuffix.substr(1) : kSuffix};
  return build(key, name, nullptr, key, now, until,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"},
                {NID_name_constraints, permitted_names(permitted)}});
}

Result<CertificatePtr> widen_authority(const X509& authority, EVP_PKEY& key, const HostName& host) {
  CertificatePtr wider{X509_dup(&authority)};
  ConstraintsPtr constraints{
      static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(&authority, NID_name_constraints, nullptr, nullptr))};
  // One without constraints vouches for everything already.
  if (!wider) return openssl_error("The authority can't be read");
  if (!constraints) return wider;
  const ExtensionPtr extension{
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_name_constraints, permitted_names({host}).c_str())};
  const ConstraintsPtr more{extension ? static_cast<NAME_CONSTRAINTS*>(X509V3_EXT_d2i(extension.get()))
                                      : nullptr};
  if (!more) return openssl_error("The name can't be permitted");
  if (constraints->permittedSubtrees == nullptr)
    constraints->permittedSubtrees = sk_GENERAL_SUBTREE_new_null();
  while (sk_GENERAL_SUBTREE_num(more->permittedSubtrees) > 0)
    sk_GENERAL_SUBTREE_push(constraints->permittedSubtrees, sk_GENERAL_SUBTREE_pop(more->permittedSubtrees));
  if (!set_serial(wider.get()) ||
      X509_add1_ext_i2d(wider.get(), NID_name_constraints, constraints.get(), 1, X509V3_ADD_REPLACE) != 1)
    return openssl_error("The name can't be permitted");
  if (X509_sign(wider.get(), &key, EVP_sha256()) == 0)
    return openssl_error("The certificate can't be signed");
  return wider;
}

Result<CertificatePtr> build_next_authority(EVP_PKEY& key, const X509& old, TimePoint now, TimePoint until) {
  auto next = build(key, next_name(common_name(old)), nullptr, key, now, until,
                    {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                     {NID_key_usage, "critical,keyCertSign,cRLSign"},
                     {NID_subject_key_identifier, "hash"}});
  if (!next) return next;
  const ConstraintsPtr constraints{
      static_cast<NAME_CONSTRAINTS*>(X509_get_ext_d2i(&old, NID_name_constraints, nullptr, nullptr))};
  if (constraints &&
      X509_add1_ext_i2d(next->get(), NID_name_constraints, constraints.get(), 1, X509V3_ADD_REPLACE) != 1)
    return openssl_error("The hosts can't be permitted");
  if (X509_sign(next->get(), &key, EVP_sha256()) == 0)
    return openssl_error("The certificate can't be signed");
  return next;
}

Result<CertificatePtr> vouch_for_authority(X509& next, X509& old, EVP_PKEY& old_key, std::string_view comment,
                                           TimePoint now, TimePoint until) {
  return build(*X509_get0_pubkey(&next), common_name(next), &old, old_key, now, until,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid:always"},
                {NID_netscape_comment, std::string{comment}}});
}

Result<CertificatePtr> lengthen_authority(const X509& authority, EVP_PKEY& key, std::string_view comment) {
  CertificatePtr longer{X509_dup(&authority)};
  if (!longer || !set_serial(longer.get())) return openssl_error("The authority can't be read");
  for (const int nid : {NID_basic_constraints, NID_name_constraints})
    if (const int at = X509_get_ext_by_NID(longer.get(), nid, -1); at >= 0)
      X509_EXTENSION_free(X509_delete_ext(longer.get(), at));
  if (!add_extension(longer.get(), longer.get(), NID_basic_constraints, "critical,CA:TRUE,pathlen:1") ||
      !add_extension(longer.get(), longer.get(), NID_netscape_comment, std::string{comment}) ||
      X509_sign(longer.get(), &key, EVP_sha256()) == 0)
    return openssl_error("The certificate can't be signed");
  return longer;
}

Result<CertificatePtr> build_server_certificate(EVP_PKEY& key, X509& authority, EVP_PKEY& authority_key,
                                                const std::vector<HostName>& hosts, TimePoint now,
                                                TimePoint until) {
  const std::string& first = hosts.front().text;
  return build(key, first.size() <= kMaxCommonName ? std::string_view{first} : "Wardroom server", &authority,
               authority_key, now, until,
               {{NID_basic_constraints, "critical,CA:FALSE"},
                {NID_key_usage, "critical,digitalSignature"},
                {NID_ext_key_usage, "serverAuth"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid:always"},
                {NID_subject_alt_name, alternative_names(hosts)}});
}

std::string common_name(const X509& certificate) {
  return common_name_in(X509_get_subject_name(&certificate));
}

std::string issuer_name(const X509& certificate) {
  return common_name_in(X509_get_issuer_name(&certificate));
}

std::vector<std::string> host_names(const X509& certificate) {
  const NamesPtr names{
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(&certificate, NID_subject_alt_name, nullptr, nullptr))};
  std::vector<std::string> hosts;
  for (int i = 0; names && i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS && name->type != GEN_IPADD) continue;
    const ASN1_STRING* value = name->type == GEN_DNS ? name->d.dNSName : name->d.iPAddress;
    const auto* data = ASN1_STRING_get0_data(value);
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(value));
    char address[INET6_ADDRSTRLEN];
    if (name->type == GEN_DNS)
      hosts.emplace_back(reinterpret_cast<const char*>(data), size);
    else if (size == 4 || size == 16)
      hosts.emplace_back(::inet_ntop(size == 4 ? AF_INET : AF_INET6, data, address, sizeof address));
  }
  return hosts;
}

}  // namespace wardroom::ops
