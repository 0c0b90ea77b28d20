#include "server/ops/authority_rotation.hpp"

#include <algorithm>

#include "server/ops/certificate_builder.hpp"
#include "server/ops/certificate_issue.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"

namespace wardroom::ops {
namespace {

// Clocks of PCs differ a little.
constexpr std::chrono::hours kWordMargin{1};

bool has_file(const std::filesystem::path& file) {
  std::error_code unknown;
  return std::filesystem::exists(file, unknown);
}

Error no_rotation() {
  return conflict("no_rotation", "The authority isn't being rotated. Begin with: wardroomd authority rotate");
}

Result<Digest> pin_in(const X509& certificate) {
  if (const auto pin = pin_of(certificate)) return *pin;
  return unavailable("The certificate has no public key that can be read.");
}

// keys/next-ca.key and tls/next-ca.crt, which go together and with the statement.
Result<Authority> load_next_authority(const DataDir& dir) {
  if (!has_file(dir.next_ca_key()) || !has_file(dir.next_ca_certificate()))
    return not_found(
        "The next authority isn't on this machine (keys/next-ca.key and tls/next-ca.crt). Finish where its "
        "key is: certs/make-ca.sh finish");
  auto key = load_key(dir.next_ca_key());
  if (!key) return key.error();
  auto certificate = load_certificate(dir.next_ca_certificate());
  if (!certificate) return certificate.error();
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  if (X509_check_private_key(certificate->get(), key->get()) != 1 || !*statement ||
      X509_check_private_key((*statement)->next.get(), key->get()) != 1)
    return conflict("authority_mismatch",
                    "keys/next-ca.key, tls/next-ca.crt and tls/new-with-old.crt aren't of one authority. "
                    "Bring them back from one backup, or take the rotation back: wardroomd authority cancel");
  return Authority{*std::move(certificate), *std::move(key)};
}

// As the client of today and one with the old key alone will look at it.
Result<void> check_both_ways(const Chain& chain, const Authority& next, const Statement& statement,
                             TimePoint now) {
  if (auto led = check_chain(chain, next.certificate.get(), now); !led) return led;
  return holds_at(statement, now) ? check_chain(chain, statement.former.get(), now) : ok();
}

// The rename removes the old key's file; what the disk keeps of it isn't wiped.
Result<void> take_over_key(const DataDir& dir) {
  if (!has_file(dir.next_ca_key())) return ok();
  const auto key = load_key(dir.next_ca_key());
  if (!key) return key.error();
  const auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  if (X509_check_private_key(authority->get(), key->get()) != 1)
    return conflict("authority_mismatch",
                    "keys/next-ca.key isn't the key of tls/ca.crt. Bring both back from one backup.");
  if (auto moved = replace_durably(dir.next_ca_key(), dir.ca_key()); !moved) return moved;
  return remove_durably(dir.next_ca_certificate());
}

// What a rotation that was broken off, or taken back, left.
Result<void> drop_next_authority(const DataDir& dir) {
  for (const auto& file : {dir.next_ca_key(), dir.next_ca_certificate()})
    if (has_file(file))
      if (auto removed = remove_durably(file); !removed) return removed;
  return ok();
}

// tls/server.crt as the state wants it: issued anew where its authority is another one, else with what
// belongs after it.
Result<void> settle_chain(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  if (!has_file(dir.server_certificate())) return ok();
  const auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  auto chain = load_chain(dir.server_certificate());
  // Without a rotation this isn't the place to say that the file can't be read.
  if (!chain) return *statement ? Result<void>(chain.error()) : ok();
  const bool has_remains = std::any_of(chain->begin(), chain->end(),
                                       [](const CertificatePtr& sent) { return is_of_statement(*sent); });
  if (!*statement && !has_remains) return ok();
  const bool is_own = X509_verify(chain->front().get(), X509_get0_pubkey(authority->get())) == 1;
  if (*statement && !is_own && has_file(dir.ca_key())) return issue_certificate(dir, hosts, now);
  const std::string before = to_pem(*chain);
  const std::string after = to_pem(compose_served(*std::move(chain), **authority, *statement));
  return before == after ? ok() : write_durably(dir.server_certificate(), after, 0644);
}

// What was issued last stays a whole chain at each step: the old one's word goes when nothing needs it.
Result<void> end_word(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  if (auto settled = settle_chain(dir, hosts, now); !settled) return settled;
  return remove_durably(dir.new_with_old());
}

}  // namespace

bool is_word_over(const Rotation& rotation, TimePoint now) {
  return rotation.phase == RotationPhase::switched && now >= rotation.statement_ends - kWordMargin;
}

TimePoint ends_of(const Rotation& rotation) {
  return rotation.phase == RotationPhase::switched
             ? std::min(rotation.authority_ends, rotation.statement_ends)
             : rotation.authority_ends;
}

Result<Rotation> load_rotation(const DataDir& dir) {
  const auto authority = load_certificate(dir.ca_certificate());
  if (!authority) return authority.error();
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  const auto own = pin_in(**authority);
  if (!own) return own.error();
  Rotation rotation;
  rotation.pin = *own;
  rotation.authority_ends = to_time_point(X509_get0_notAfter(authority->get()));
  if (!*statement) return rotation;
  const auto next = pin_in(*(*statement)->next);
  if (!next) return next.error();
  const auto former = pin_in(*(*statement)->former);
  if (!former) return former.error();
  if (*own != *next && *own != *former)
    return conflict("statement_foreign",
                    dir.new_with_old().string() +
                        " isn't of the authority in tls/ca.crt. Bring both back from one backup, or remove "
                        "the former to end the rotation.");
  rotation.phase = *own == *next ? RotationPhase::switched : RotationPhase::announced;
  rotation.pin = *former;
  rotation.next_pin = *next;
  rotation.statement_ends = to_time_point(X509_get0_notAfter((*statement)->next.get()));
  return rotation;
}

Result<void> check_authority_end(const DataDir& dir, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  const bool is_shown = rotation->phase == RotationPhase::switched;
  const TimePoint end = ends_of(*rotation);
  if (end - now > kAuthorityAlarm) return ok();
  const std::string remedy =
      is_shown ? " PCs that know the old one alone are refused from then on; when nobody is left: wardroomd "
                 "authority retire"
      : rotation->phase == RotationPhase::announced
          ? " Let the next one issue before: wardroomd authority finish"
          : " Every PC refuses the server from then on, and only a new link helps: rotate it before, with "
            "wardroomd authority rotate, or where its key is (certs/make-ca.sh rotate).";
  return conflict("authority_expiring", std::string(is_shown ? "The old authority's word for the new one"
                                                             : dir.ca_certificate().string()) +
                                            " holds until " + to_rfc3339(end) + "." + remedy);
}

Result<void> settle_rotation(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  if (rotation->phase == RotationPhase::none)
    if (auto dropped = drop_next_authority(dir); !dropped) return dropped;
  if (rotation->phase == RotationPhase::switched)
    if (auto taken = take_over_key(dir); !taken) return taken;
  if (is_word_over(*rotation, now))
    if (auto ended = end_word(dir, hosts, now); !ended) return ended;
  return settle_chain(dir, hosts, now);
}

Result<void> announce_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  if (rotation->phase == RotationPhase::announced) return settle_rotation(dir, hosts, now);
  if (rotation->phase == RotationPhase::switched)
    return conflict("rotation_unfinished",
                    "The last rotation hasn't ended: the authority before still vouches for this one. End it "
                    "first: wardroomd authority retire");
  if (!has_file(dir.ca_key()))
    return not_found("keys/ca.key isn't on this machine. Rotate where it is: certs/make-ca.sh rotate");
  const auto old = load_authority(dir);
  if (!old) return old.error();
  if (now >= rotation->authority_ends)
    return conflict("authority_expired",
                    "The authority ended at " + to_rfc3339(rotation->authority_ends) +
                        ", so its word for another one is worth nothing. Every PC needs a new link.");
  const KeyPtr key{EVP_EC_gen("P-256")};
  auto next = build_next_authority(*key, *old->certificate, now, now + kAuthorityLifetime);
  if (!next) return next.error();
  const auto statement = build_statement(*old->certificate, *old->key, **next, now);
  if (!statement) return statement.error();
  if (auto saved = save_key(dir.next_ca_key(), key.get()); !saved) return saved;
  if (auto saved = write_durably(dir.next_ca_certificate(), to_pem(next->get()), 0644); !saved) return saved;
  if (auto stated = write_durably(dir.new_with_old(), to_pem(*statement), 0644); !stated) return stated;
  return settle_rotation(dir, hosts, now);
}

Result<void> cancel_rotation(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  if (rotation->phase == RotationPhase::none) return no_rotation();
  if (rotation->phase == RotationPhase::switched)
    return conflict("rotation_finished",
                    "The next authority issues already, and the old one's key is gone: that can't be taken "
                    "back.");
  if (auto removed = remove_durably(dir.new_with_old()); !removed) return removed;
  return settle_rotation(dir, hosts, now);
}

Result<void> switch_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  if (rotation->phase == RotationPhase::none) return no_rotation();
  if (rotation->phase == RotationPhase::switched) return settle_rotation(dir, hosts, now);
  const auto next = load_next_authority(dir);
  if (!next) return next.error();
  const auto statement = load_statement(dir);
  if (!statement) return statement.error();
  // What will be served, looked at before anything changes.
  const auto chain = issue_by(dir, *next, hosts, now);
  if (!chain) return chain.error();
  if (auto led = check_both_ways(*chain, *next, **statement, now); !led) return led;
  if (auto moved = replace_durably(dir.next_ca_certificate(), dir.ca_certificate()); !moved) return moved;
  return settle_rotation(dir, hosts, now);
}

Result<void> retire_authority(const DataDir& dir, const std::vector<HostName>& hosts, TimePoint now) {
  const auto rotation = load_rotation(dir);
  if (!rotation) return rotation.error();
  if (rotation->phase == RotationPhase::none) return no_rotation();
  if (rotation->phase == RotationPhase::announced)
    return conflict("rotation_unfinished",
                    "The old authority still issues. First: wardroomd authority finish. To take the rotation "
                    "back: wardroomd authority cancel");
  if (auto removed = remove_durably(dir.new_with_old()); !removed) return removed;
  return settle_rotation(dir, hosts, now);
}

}  // namespace wardroom::ops
