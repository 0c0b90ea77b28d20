#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/openssl_handles.hpp"

// Keys and certificates in PEM form, as OpenSSL's objects.
namespace wardroom::ops {

using Chain = std::vector<CertificatePtr>;

Result<KeyPtr> load_key(const std::filesystem::path& file);
// 0600.
Result<void> save_key(const std::filesystem::path& file, const EVP_PKEY* key);

// The first of the file.
Result<CertificatePtr> load_certificate(const std::filesystem::path& file);
// All of the text; none when there is none.
Chain parse_chain(std::string_view pem);
// All of the file, at least one.
Result<Chain> load_chain(const std::filesystem::path& file);
std::string to_pem(const X509* certificate);
// Its bytes (DER), as systems show the SHA-256 of.
std::string to_der(const X509* certificate);
std::string to_pem(const Chain& chain);

TimePoint to_time_point(const ASN1_TIME* time);
// SHA-256 of the SubjectPublicKeyInfo; nothing when the key can't be read.
std::optional<Digest> pin_of(const X509& certificate);

}  // namespace wardroom::ops
