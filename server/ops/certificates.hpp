#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"

namespace wardroom::ops {

inline constexpr std::chrono::days kAuthorityLifetime{3650};
inline constexpr std::chrono::days kCertificateLifetime{90};
// With so much left a server certificate is renewed by itself.
inline constexpr std::chrono::days kRenewBefore{30};

// The office's own certificate authority: P-256, ten years, path length 0, and name constraints: it can vouch
// for these hosts and this machine (localhost, 127.0.0.1, ::1) and for nothing else, until add_host(). Writes
// keys/ca.key (0600) and tls/ca.crt. Refuses to replace an authority: every PC would lose its
// trust.
Result<void> create_authority(const DataDir& dir, std::string_view office_name,
                              const std::vector<HostName>& hosts, TimePoint now);

// A server certificate of the office's authority for these hosts and this machine, 90 days. Writes
// tls/server.crt (the certificate, then the authority's). The first time it makes tls/server.key (0600); a
// renewal keeps the key, so that it is one atomic rename and a crash can't leave a certificate without its
// key. Fails when keys/ca.key was moved away, when the authority has expired, or when it may not vouch for a
// host.
Result<void> issue_certificate(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now);

// One more host: the authority is signed again with the same key, so that the pin in every link and on every
// PC stays what it is, and may vouch for `added` as well; then a certificate for `hosts`, of which `added` is
// one.
Result<void> add_host(const DataDir& dir, const std::vector<HostName>& hosts, const HostName& added,
                      TimePoint now);

// Puts in a certificate that was made elsewhere for the server's key, with those between it and the authority
// in tls/ca.crt; the authority's own is appended where it is missing. What else stands in `pem` isn't kept.
// Refused unless clients would take it now and under each of the hosts.
Result<void> replace_certificate(const DataDir& dir, std::string_view pem, const std::vector<HostName>& hosts,
                                 TimePoint now);

// What is served, verified as a client does: tls/server.crt leads to tls/ca.crt and has it in what is sent
// (the pin), it is a server's, and tls/server.key is its key. During a rotation it leads to the old
// authority, too, for who knows no other, while that one holds. Dates and names are asked separately.
Result<void> check_served(const DataDir& dir, TimePoint now);
// Whether it stands for the host.
Result<void> check_served_name(const DataDir& dir, const std::string& host);

// SHA-256 of the SubjectPublicKeyInfo of the certificate in the file: what invite links carry.
Result<Digest> load_pin(const std::filesystem::path& certificate);

struct CertificateInfo {
  std::string subject;             // common name
  std::string issuer;              // the common name of who vouches for it
  std::string serial;              // upper-case hexadecimal
  std::vector<std::string> hosts;  // the names and addresses it stands for
  TimePoint not_before;
  TimePoint not_after;
};

// Of the first certificate in the file.
Result<CertificateInfo> load_certificate_info(const std::filesystem::path& certificate);
// Of all of them, in their order; at least one.
Result<std::vector<CertificateInfo>> load_chain_info(const std::filesystem::path& certificate);

// Whole days until it expires; negative afterwards.
int days_left(const CertificateInfo& info, TimePoint now);
// The nearest of 30, 14, 3 and 0 days that it has come to; nothing while it is good for more.
std::optional<int> alarm_of(const CertificateInfo& info, TimePoint now);
bool is_due_for_renewal(const CertificateInfo& info, TimePoint now);

}  // namespace wardroom::ops
