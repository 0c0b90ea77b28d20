#pragma once

#include <optional>

#include "server/ops/certificate_files.hpp"
#include "server/ops/data_dir.hpp"

// By what an authority vouches for the one after it (RFC 4210 section 4.4, "NewWithOld"), so that whoever
// knows the office by the old key alone can verify the way to the new one.
namespace wardroom::ops {

// tls/new-with-old.crt. Neither certificate has name constraints: a client demands its host by itself, and a
// name that the office gets later must not break the way.
struct Statement {
  CertificatePtr next;    // of the next authority's key, signed by the old one, and marked
  CertificatePtr former;  // the old one, signed anew by itself with room for one below it (path length 1)
};

// Good until the old authority ends.
Result<Statement> build_statement(X509& old, EVP_PKEY& old_key, X509& next, TimePoint now);

// Nothing: no rotation is under way.
Result<std::optional<Statement>> load_statement(const DataDir& dir);
std::string to_pem(const Statement& statement);

// Whether it is a way for who knows the old key alone: outside these dates clients refuse it.
bool holds_at(const Statement& statement, TimePoint at);

// Whether the certificate is one of a statement's.
bool is_of_statement(const X509& certificate);

// What is sent with a server certificate. `path` begins with it, and may hold those between it and its
// authority, and what was sent before. During a rotation the old authority comes last, since by its key the
// office is known until the rotation ends.
Chain compose_served(Chain path, const X509& authority, const std::optional<Statement>& statement);

}  // namespace wardroom::ops
