#include <chrono>

#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

std::string days_sentence(const protocol::Certificate& certificate, TimePoint now) {
  const auto days = std::chrono::floor<std::chrono::days>(certificate.not_after - now).count();
  if (days < 0) return "has expired: clients refuse it";
  return "good for " + counted(days, "more day");
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const auto& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

CertificateCard card_of(const State& state, const protocol::Certificate& certificate, std::size_t i,
                        std::size_t count) {
  CertificateCard card;
  card.title = i == 0 ? "This server" : i + 1 == count ? "The authority" : "Between";
  card.name = certificate.subject;
  card.hosts = joined(certificate.hosts);
  if (certificate.issuer != certificate.subject) card.issuer = certificate.issuer;
  card.holds = "from " + moment_text(state.zone, certificate.not_before) + " to " +
               moment_text(state.zone, certificate.not_after);
  card.serial = certificate.serial;
  return card;
}

std::string renewal_sentence(const State& state, const protocol::CertificateState& shown) {
  if (!shown.renews_at)
    return "The authority's key isn't on the server, so nothing renews it by itself. Make the next one where "
           "the key is (make-ca.sh renew), and put it in with: wardroomctl certificate replace FILE";
  if (*shown.renews_at <= state.wall) return "The server renews it by itself, and it is due now.";
  return "The server renews it by itself on " + moment_text(state.zone, *shown.renews_at) + ".";
}

std::string rotation_sentence(const State& state, const protocol::AuthorityRotation& rotation) {
  const std::string way = "PCs that know the old one alone find the way until it is retired, at most until " +
                          moment_text(state.zone, rotation.holds_until) + ".";
  if (rotation.finished)
    return "The next authority, " + rotation.next_fingerprint + ", issues this server's certificates. " +
           way + " To retire the old one: wardroomd authority retire";
  return "The next authority, " + rotation.next_fingerprint +
         ", is announced: PCs learn it as they connect. To let it issue: wardroomd authority finish. To take "
         "it "
         "back: wardroomd authority cancel";
}

}  // namespace

CertificatesProps select_certificates(const State& state) {
  const auto& certificates = state.certificates;
  CertificatesProps props;
  props.loading = certificates.loading;
  props.busy = certificates.busy;
  props.adding = certificates.adding;
  props.error = certificates.error;
  props.form_error = certificates.form_error;
  props.added = certificates.added;
  if (!certificates.shown || certificates.shown->chain.empty()) return props;
  const auto& shown = *certificates.shown;
  props.summary = days_sentence(shown.chain.front(), state.wall);
  props.problems = shown.problems;
  for (std::size_t i = 0; i < shown.chain.size(); ++i)
    props.chain.push_back(card_of(state, shown.chain[i], i, shown.chain.size()));
  props.names = joined(shown.hosts);
  props.link = shown.link;
  props.fingerprint = shown.fingerprint;
  props.renewal = renewal_sentence(state, shown);
  if (shown.rotation) props.rotation = rotation_sentence(state, *shown.rotation);
  props.can_renew = shown.renews_at.has_value();
  return props;
}

}  // namespace wardroom::admin
