#include "common/link/read_pin.hpp"

#include <memory>

#include <openssl/err.h>
#include <openssl/pem.h>

#include "common/link/trust.hpp"

namespace wardroom::link {

Result<Digest> read_pin(std::string_view pem) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> source(
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr), X509_free);
  if (!certificate) ERR_clear_error();
  if (!certificate) return params_error("ca", "The CA's certificate isn't in PEM form.");
  return pin_of(certificate.get());
}

}  // namespace wardroom::link
