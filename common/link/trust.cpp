#include "common/link/trust.hpp"

#include <memory>

#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include "common/link/link_error.hpp"

namespace wardroom::link {
namespace {

template <auto Free>
struct Freed {
  template <class T>
  void operator()(T* pointer) const {
    Free(pointer);
  }
};
using Store = std::unique_ptr<X509_STORE, Freed<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freed<X509_STORE_CTX_free>>;

X509* find_pinned(stack_st_X509* shown, const Digest& pin) {
  for (int i = 0; i < sk_X509_num(shown); ++i) {
    X509* certificate = sk_X509_value(shown, i);
    if (X509_check_ca(certificate) > 0 && pin_of(certificate) == pin) return certificate;
  }
  return nullptr;
}

bool demand_host(X509_VERIFY_PARAM* demands, const std::string& host) {
  if (X509_VERIFY_PARAM_set1_ip_asc(demands, host.c_str()) == 1) return true;
  // A name in the subject's common name has not counted since RFC 6125.
  X509_VERIFY_PARAM_set_hostflags(demands,
                                  X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  return X509_VERIFY_PARAM_set1_host(demands, host.data(), host.size()) == 1;
}

Error chain_error(int failure, const protocol::Introduction& introduction) {
  const std::string server = to_string(introduction);
  switch (failure) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return link_error(
          reason::kCertificateExpired,
          "The certificate of " + server +
              " has expired. Look at this computer's date; if it is right, tell your administrator.");
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return link_error(
          reason::kCertificateNotYetValid,
          "The certificate of " + server +
              " isn't valid yet. Look at this computer's date; if it is right, tell your administrator.");
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return link_error(reason::kWrongHost,
                        "The server's certificate isn't made for " + introduction.host +
                            ". Use the address in your invite link, or ask your administrator to add "
                            "this one to the certificate.");
    default:
      return link_error(reason::kCertificateInvalid, "The certificate of " + server + " isn't right (" +
                                                         X509_verify_cert_error_string(failure) +
                                                         "). Nothing was sent. Tell your administrator.");
  }
}

struct CommentFree {
  void operator()(ASN1_STRING* text) const { ASN1_STRING_free(text); }
};

bool is_named_next(const X509* certificate) {
  const std::unique_ptr<ASN1_STRING, CommentFree> comment(
      static_cast<ASN1_STRING*>(X509_get_ext_d2i(certificate, NID_netscape_comment, nullptr, nullptr)));
  if (!comment) return false;
  const auto* text = reinterpret_cast<const char*>(ASN1_STRING_get0_data(comment.get()));
  return std::string_view(text, static_cast<std::size_t>(ASN1_STRING_length(comment.get()))) ==
         protocol::kNextAuthorityMark;
}

bool holds_now(const X509* certificate) {
  return X509_cmp_current_time(X509_get0_notBefore(certificate)) < 0 &&
         X509_cmp_current_time(X509_get0_notAfter(certificate)) > 0;
}

// The key that the authority, and nobody else, names as the next one. Whoever shows it may be anybody: what
// counts is the authority's signature.
std::optional<Digest> find_next(stack_st_X509* shown, X509* authority) {
  EVP_PKEY* key = X509_get0_pubkey(authority);
  for (int i = 0; i < sk_X509_num(shown); ++i) {
    X509* certificate = sk_X509_value(shown, i);
    if (X509_check_ca(certificate) > 0 && is_named_next(certificate) && holds_now(certificate) &&
        pin_of(certificate) != pin_of(authority) && X509_verify(certificate, key) == 1)
      return pin_of(certificate);
  }
  return std::nullopt;
}

// The introduction by this pin, when the chain leads to its key.
Result<protocol::Introduction> lead_to(X509* leaf, stack_st_X509* shown,
                                       const protocol::Introduction& introduction, const Digest& pin) {
  X509* anchor = find_pinned(shown, pin);
  if (!anchor)
    return link_error(
        reason::kPinMismatch,
        "The server at " + to_string(introduction) +
            " isn't the one that you were invited to: it shows another key. Nothing was sent. Ask your "
            "administrator for a new invite link; if nobody changed the server, someone may be listening "
            "in.");
  const Store store(X509_STORE_new());
  const StoreContext context(X509_STORE_CTX_new());
  if (!store || !context || X509_STORE_add_cert(store.get(), anchor) != 1 ||
      X509_STORE_CTX_init(context.get(), store.get(), leaf, shown) != 1)
    return make_error(ErrorCode::internal, "Out of memory while the server's certificate was checked.");
  X509_VERIFY_PARAM* demands = X509_STORE_CTX_get0_param(context.get());
  X509_STORE_CTX_set_purpose(context.get(), X509_PURPOSE_SSL_SERVER);
  // The pinned CA may be a company's intermediate one: it is trusted by its key, whoever signed it.
  X509_VERIFY_PARAM_set_flags(demands, X509_V_FLAG_PARTIAL_CHAIN);
  if (!demand_host(demands, introduction.host))
    return chain_error(X509_V_ERR_HOSTNAME_MISMATCH, introduction);
  if (X509_verify_cert(context.get()) != 1)
    return chain_error(X509_STORE_CTX_get_error(context.get()), introduction);
  return protocol::Introduction{introduction.host, introduction.port, pin, find_next(shown, anchor)};
}

}  // namespace

Digest pin_of(const X509* certificate) {
  unsigned char* der = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &der);
  if (size <= 0) return {};
  const auto pin = sha256(std::as_bytes(std::span{der, static_cast<std::size_t>(size)}));
  OPENSSL_free(der);
  return pin;
}

Result<protocol::Introduction> check_chain(X509* leaf, stack_st_X509* shown,
                                           const protocol::Introduction& introduction) {
  const auto led = lead_to(leaf, shown, introduction, introduction.ca_pin);
  if (led || !introduction.next_pin) return led;
  auto led_to_next = lead_to(leaf, shown, introduction, *introduction.next_pin);
  // Where neither key is shown, or neither leads anywhere, what is wrong with the first is what counts.
  return led_to_next ? led_to_next : led;
}

}  // namespace wardroom::link
