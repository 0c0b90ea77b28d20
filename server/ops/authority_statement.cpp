#include "server/ops/authority_statement.hpp"

#include <algorithm>

#include "protocol/introduction.hpp"
#include "server/ops/certificate_builder.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

constexpr std::string_view kFormerMark = "Wardroom: the authority before, signed anew for the next one";

bool is_marked(const X509& certificate, std::string_view mark) {
  const StringPtr comment{
      static_cast<ASN1_IA5STRING*>(X509_get_ext_d2i(&certificate, NID_netscape_comment, nullptr, nullptr))};
  if (!comment) return false;
  const auto* data = reinterpret_cast<const char*>(ASN1_STRING_get0_data(comment.get()));
  return std::string_view{data, static_cast<std::size_t>(ASN1_STRING_length(comment.get()))} == mark;
}

bool have_one_key(const X509& a, const X509& b) {
  return EVP_PKEY_eq(X509_get0_pubkey(&a), X509_get0_pubkey(&b)) == 1;
}

CertificatePtr copy_of(const X509& certificate) {
  return CertificatePtr{X509_dup(&certificate)};
}

}  // namespace

Result<Statement> build_statement(X509& old, EVP_PKEY& old_key, X509& next, TimePoint now) {
  const TimePoint until = to_time_point(X509_get0_notAfter(&old));
  auto vouched = vouch_for_authority(next, old, old_key, protocol::kNextAuthorityMark, now, until);
  if (!vouched) return vouched.error();
  auto former = lengthen_authority(old, old_key, kFormerMark);
  if (!former) return former.error();
  return Statement{*std::move(vouched), *std::move(former)};
}

Result<std::optional<Statement>> load_statement(const DataDir& dir) {
  std::error_code why;
  const bool is_there = std::filesystem::exists(dir.new_with_old(), why);
  if (why) return file_error(dir.new_with_old(), why.value());
  if (!is_there) return std::optional<Statement>{};
  auto chain = load_chain(dir.new_with_old());
  if (!chain) return chain.error();
  if (chain->size() != 2 || !is_marked(*chain->front(), protocol::kNextAuthorityMark) ||
      !is_marked(*chain->back(), kFormerMark) ||
      X509_verify(chain->front().get(), X509_get0_pubkey(chain->back().get())) != 1)
    return conflict("statement_invalid",
                    dir.new_with_old().string() +
                        " isn't what an authority signed for the next one. Bring it back from where it was "
                        "made, or from a backup.");
  return std::optional(Statement{std::move(chain->front()), std::move(chain->back())});
}

std::string to_pem(const Statement& statement) {
  return to_pem(statement.next.get()) + to_pem(statement.former.get());
}

bool holds_at(const Statement& statement, TimePoint at) {
  for (const X509* part : {statement.next.get(), statement.former.get()})
    if (at < to_time_point(X509_get0_notBefore(part)) || at >= to_time_point(X509_get0_notAfter(part)))
      return false;
  return true;
}

bool is_of_statement(const X509& certificate) {
  return is_marked(certificate, protocol::kNextAuthorityMark) || is_marked(certificate, kFormerMark);
}

Chain compose_served(Chain path, const X509& authority, const std::optional<Statement>& statement) {
  const auto is_appended = [&](const CertificatePtr& sent) {
    return is_of_statement(*sent) ||
           (statement && (have_one_key(*sent, authority) || have_one_key(*sent, *statement->former)));
  };
  path.erase(std::remove_if(path.begin() + 1, path.end(), is_appended), path.end());
  if (statement) {
    path.push_back(copy_of(*statement->next));
    // Before the new one issues, the old one is sent as it always was.
    const X509& former = *statement->former;
    path.push_back(copy_of(have_one_key(authority, former) ? authority : former));
    return path;
  }
  const bool is_there = std::any_of(path.begin() + 1, path.end(), [&](const CertificatePtr& sent) {
    return have_one_key(*sent, authority);
  });
  if (!is_there) path.push_back(copy_of(authority));
  return path;
}

}  // namespace wardroom::ops
