#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/host_name.hpp"
#include "server/ops/openssl_handles.hpp"

namespace wardroom::ops {

// The two kinds of certificate that the office's authority knows, as OpenSSL objects; nothing is read or
// written. Profiles: RFC 5280; certs/ca.cnf and certs/server.cnf say the same to the openssl command.

// Self-signed, from an hour ago (clocks differ) until `until`, allowed to vouch for `permitted` alone.
Result<CertificatePtr> build_authority(EVP_PKEY& key, std::string_view office_name,
                                       const std::vector<HostName>& permitted, TimePoint now,
                                       TimePoint until);

// The same authority, with the same key, name and dates, allowed to vouch for the host as well.
Result<CertificatePtr> widen_authority(const X509& authority, EVP_PKEY& key, const HostName& host);

// The one after it: another key, the same hosts, and the name with the next number.
Result<CertificatePtr> build_next_authority(EVP_PKEY& key, const X509& old, TimePoint now, TimePoint until);

// A certificate of `next`'s key and name, signed by the old authority, with the comment.
Result<CertificatePtr> vouch_for_authority(X509& next, X509& old, EVP_PKEY& old_key, std::string_view comment,
                                           TimePoint now, TimePoint until);

// The same authority, with the same key, name and dates, with room for one authority below it, without name
// constraints, and with the comment.
Result<CertificatePtr> lengthen_authority(const X509& authority, EVP_PKEY& key, std::string_view comment);

Result<CertificatePtr> build_server_certificate(EVP_PKEY& key, X509& authority, EVP_PKEY& authority_key,
                                                const std::vector<HostName>& hosts, TimePoint now,
                                                TimePoint until);

std::string common_name(const X509& certificate);
std::string issuer_name(const X509& certificate);
// DNS names and addresses of the subjectAltName.
std::vector<std::string> host_names(const X509& certificate);

}  // namespace wardroom::ops
