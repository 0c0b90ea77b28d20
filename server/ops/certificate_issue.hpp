#pragma once

#include <vector>

#include "server/ops/authority_statement.hpp"
#include "server/ops/certificate_files.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/data_dir.hpp"
#include "server/ops/host_name.hpp"

// Issuing, and looking at a chain as a client will: with OpenSSL's objects, for certificates.cpp and
// authority_rotation.cpp.
namespace wardroom::ops {

struct Authority {
  CertificatePtr certificate;
  KeyPtr key;
};
// keys/ca.key and tls/ca.crt, which go together.
Result<Authority> load_authority(const DataDir& dir);

// The machine's own names, then the office's: what the certificate and the constraints list.
std::vector<HostName> with_loopback(std::vector<HostName> hosts);

// A new server certificate, with what is sent after it. Nothing is written but tls/server.key, where there is
// none.
Result<Chain> issue_by(const DataDir& dir, const Authority& authority, const std::vector<HostName>& hosts,
                       TimePoint now);

// What a client will do with it, done before anybody is given it: finds a host outside the authority's
// constraints.
Result<void> check_chain(X509* certificate, X509* authority, STACK_OF(X509) * others, TimePoint now);
// The same for a whole chain, its own certificate first.
Result<void> check_chain(const Chain& chain, X509* authority, TimePoint now);
// What a client that was introduced with the authority's key does with what is sent: it takes the first
// certificate of that key in it, and the chain must lead there. Not to tls/ca.crt, which no client sees: its
// certificate may be another than the one that is sent.
Result<void> check_sent(const Chain& chain, X509* authority, TimePoint now);
CertificateInfo describe(const X509& certificate);

// The way from the chain's own certificate to the authority, which is the last of it, whatever the dates say.
// The same errors.
Result<Chain> find_path(const Chain& chain, X509* authority);

}  // namespace wardroom::ops
