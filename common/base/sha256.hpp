#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "common/base/bytes.hpp"

struct evp_md_ctx_st;

namespace wardroom {

// SHA-256 (FIPS 180-4) of bytes that come in parts; sha256() of bytes.hpp is for those that are there. By
// OpenSSL, which uses the instructions that a processor has for it. Throws std::bad_alloc. Not thread-safe.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(Sha256&&) noexcept;
  Sha256& operator=(Sha256&&) noexcept;

  void update(std::span<const std::byte> bytes);
  void update(std::string_view bytes) { update(std::as_bytes(std::span(bytes))); }
  // Of what came so far; more may come.
  Digest digest() const;

 private:
  struct Free {
    void operator()(evp_md_ctx_st* context) const;
  };
  using Context = std::unique_ptr<evp_md_ctx_st, Free>;

  Context context_;
};

}  // namespace wardroom
