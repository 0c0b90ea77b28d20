#include "common/base/sha256.hpp"

#include <memory>
#include <new>

#include <openssl/evp.h>

#include "common/base/per_thread.hpp"

namespace wardroom {
namespace {

// Looked up once: for few bytes the look costs more than the sum.
const EVP_MD* algorithm() {
  static const EVP_MD* const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return fetched;
}

// With what is asked of it here these fail only where there is no memory.
void require(int outcome) {
  if (outcome != 1) throw std::bad_alloc();
}

Digest finish(EVP_MD_CTX* context) {
  Digest digest;
  require(EVP_DigestFinal_ex(context, reinterpret_cast<unsigned char*>(digest.data()), nullptr));
  return digest;
}

}  // namespace

void Sha256::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new()) {
  if (!context_) throw std::bad_alloc();
  require(EVP_DigestInit_ex2(context_.get(), algorithm(), nullptr));
}

Sha256::~Sha256() = default;
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;

void Sha256::update(std::span<const std::byte> bytes) {
  require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()));
}

Digest Sha256::digest() const {
  const Context copy(EVP_MD_CTX_new());
  if (!copy) throw std::bad_alloc();
  require(EVP_MD_CTX_copy_ex(copy.get(), context_.get()));
  return finish(copy.get());
}

Digest sha256(std::span<const std::byte> bytes) {
  return sha256({bytes});
}

Digest sha256(std::initializer_list<std::span<const std::byte>> parts) {
  // A context costs as much as a short text, and sums come by the thousand.
  const auto& context = per_thread([] {
    return std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  });
  if (!context) throw std::bad_alloc();
  require(EVP_DigestInit_ex2(context.get(), algorithm(), nullptr));
  for (const auto part : parts) require(EVP_DigestUpdate(context.get(), part.data(), part.size()));
  return finish(context.get());
}

}  // namespace wardroom
