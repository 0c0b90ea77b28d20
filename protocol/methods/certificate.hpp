#pragma once

#include <string_view>

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct Certificate {
  std::string subject;             // its common name
  std::string issuer;              // who vouches for it; the same for an authority
  std::string serial;              // upper-case hexadecimal
  std::vector<std::string> hosts;  // the names and addresses it stands for; none of an authority
  TimePoint not_before;
  TimePoint not_after;
};
BOOST_DESCRIBE_STRUCT(Certificate, (), (subject, issuer, serial, hosts, not_before, not_after))

// While the office's authority is rotated.
struct AuthorityRotation {
  bool finished = false;         // the next one issues
  std::string next_fingerprint;  // of the next authority
  TimePoint holds_until;         // until then PCs that know the old one find the way to it
};
BOOST_DESCRIBE_STRUCT(AuthorityRotation, (), (finished, next_fingerprint, holds_until))

struct CertificateState {
  std::vector<Certificate> chain;  // as it is sent: the server's own first
  std::string fingerprint;         // of the authority, by which clients know the office: ABCD-EFGH-…
  std::string link;                // introduces a PC to the office, and invites nobody: wardroom://…
  std::vector<std::string> hosts;  // that the server is asked to serve (server.hosts)
  // When the server renews it by itself. Left out: nothing here can, because the authority's key is
  // elsewhere.
  std::optional<TimePoint> renews_at;
  std::vector<std::string> problems;  // sentences: what is wrong, and what to do
  std::optional<AuthorityRotation> rotation;
};
BOOST_DESCRIBE_STRUCT(CertificateState, (), (chain, fingerprint, link, hosts, renews_at, problems, rotation))

struct AdminCertificateGet {
  static constexpr std::string_view kName = "admin.certificate_get";
  static constexpr std::string_view kSummary =
      "The certificates that the server shows to clients, until when they hold, and what is wrong with them.";
  using Params = Empty;
  using Result = CertificateState;
};

struct AdminCertificateRenew {
  static constexpr std::string_view kName = "admin.certificate_renew";
  static constexpr std::string_view kSummary =
      "Issues a new certificate of the office's authority and serves it from the next connection on. Nobody "
      "is disconnected.";
  using Params = Empty;
  using Result = CertificateState;
  static constexpr std::string_view kErrors[] = {"not_found", "authority_mismatch", "host_not_permitted"};
};

struct AdminCertificateReplace {
  static constexpr std::string_view kName = "admin.certificate_replace";
  static constexpr std::string_view kSummary =
      "Serves this certificate, which was made elsewhere for the server's key. Refused unless clients would "
      "take it. Nobody is disconnected.";
  struct Params {
    std::string certificate;  // PEM: the server's, those between, and its authority's; at most 32 KiB
  };
  using Result = CertificateState;
  static constexpr std::string_view kErrors[] = {"key_mismatch", "certificate_refused", "authority_outdated",
                                                 "host_not_in_certificate"};
};
BOOST_DESCRIBE_STRUCT(AdminCertificateReplace::Params, (), (certificate))

struct AdminCertificateAddName {
  static constexpr std::string_view kName = "admin.certificate_add_name";
  static constexpr std::string_view kSummary =
      "One more name or address by which PCs reach the server: the office's authority may vouch for it, the "
      "certificate has it, and so has server.hosts. Fingerprint, links and invites stay good. Nobody is "
      "disconnected.";
  struct Params {
    std::string name;  // a host name or an IP address, without port
  };
  using Result = CertificateState;
  static constexpr std::string_view kErrors[] = {
      "not_found",     "authority_mismatch",  "host_not_permitted", "host_known",
      "hosts_waiting", "settings_unreadable", "option_not_replaced"};
};
BOOST_DESCRIBE_STRUCT(AdminCertificateAddName::Params, (), (name))

}  // namespace wardroom::protocol
