#include "tests/unit/link/test_certificates.hpp"

#include <openssl/evp.h>
#include <openssl/x509v3.h>

namespace wardroom::link {
namespace {

std::shared_ptr<EVP_PKEY> make_key() {
  return {EVP_EC_gen("P-256"), EVP_PKEY_free};
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

std::shared_ptr<X509> make_certificate(const std::string& name, EVP_PKEY* key, long from_s, long until_s) {
  static long serial = 1;
  std::shared_ptr<X509> certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), serial++);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), from_s);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), until_s);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

}  // namespace

namespace {

// `root`: nothing for one that signs itself.
Identity make_authority(const std::string& name, const Identity* root) {
  Identity ca{make_key(), nullptr};
  ca.certificate = make_certificate(name, ca.key.get(), -7200, 7200);
  X509* certificate = ca.certificate.get();
  X509* issuer = root ? root->certificate.get() : certificate;
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer));
  add_extension(certificate, issuer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(certificate, issuer, NID_key_usage, "critical,keyCertSign,cRLSign");
  X509_sign(certificate, (root ? root : &ca)->key.get(), EVP_sha256());
  return ca;
}

}  // namespace

Identity make_ca(const std::string& name) {
  return make_authority(name, nullptr);
}

Identity make_ca_below(const Identity& root, const std::string& name) {
  return make_authority(name, &root);
}

Identity make_leaf(const Identity& issuer, const LeafWishes& wishes, const Identity* signer) {
  Identity leaf{make_key(), nullptr};
  leaf.certificate =
      make_certificate("Wardroom server", leaf.key.get(), wishes.valid_from_s, wishes.valid_until_s);
  X509* certificate = leaf.certificate.get();
  X509_set_issuer_name(certificate, X509_get_subject_name(issuer.certificate.get()));
  add_extension(certificate, issuer.certificate.get(), NID_subject_alt_name, wishes.san);
  add_extension(certificate, issuer.certificate.get(), NID_ext_key_usage, "serverAuth");
  X509_sign(certificate, (signer ? signer : &issuer)->key.get(), EVP_sha256());
  return leaf;
}

}  // namespace wardroom::link
