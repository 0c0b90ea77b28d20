#include "server/ops/certificate_files.hpp"

#include <ctime>
#include <span>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "common/base/secret.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

std::string contents_of(const BioPtr& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

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

Chain parse_chain(std::string_view pem) {
  const BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
  Chain chain;
  while (CertificatePtr next{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)})
    chain.push_back(std::move(next));
  ERR_clear_error();  // the end of the text is one to OpenSSL
  return chain;
}

Result<Chain> load_chain(const std::filesystem::path& file) {
  const auto pem = read_small_file(file);
  if (!pem) return pem.error();
  auto chain = parse_chain(*pem);
  if (chain.empty()) return unavailable(file.string() + ": there is no certificate in PEM form.");
  return chain;
}

std::string to_pem(const X509* certificate) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  PEM_write_bio_X509(bio.get(), certificate);
  return contents_of(bio);
}

std::string to_der(const X509* certificate) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  i2d_X509_bio(bio.get(), certificate);
  return contents_of(bio);
}

std::string to_pem(const Chain& chain) {
  std::string text;
  for (const auto& certificate : chain) text += to_pem(certificate.get());
  return text;
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

std::optional<Digest> pin_of(const X509& certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(&certificate), &der);
  if (size <= 0) return std::nullopt;
  const Digest pin = sha256(std::as_bytes(std::span{der, static_cast<std::size_t>(size)}));
  OPENSSL_free(der);
  return pin;
}

}  // namespace wardroom::ops
