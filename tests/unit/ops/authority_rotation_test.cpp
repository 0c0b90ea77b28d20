#include "server/ops/authority_rotation.hpp"

#include <fstream>

#include <catch2/catch.hpp>
#include <openssl/pem.h>

#include "common/link/trust.hpp"
#include "server/ops/certificate_builder.hpp"
#include "server/ops/certificate_issue.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/ops/served_chain.hpp"
#include "tests/unit/ops/scratch.hpp"

using namespace wardroom;
using namespace wardroom::ops;

namespace {

namespace fs = std::filesystem;
using protocol::Introduction;

const std::vector<HostName> kChat = *parse_hosts("chat.example.org");

TimePoint now_here() {
  return SystemClock{}.now();  // OpenSSL reads the machine's clock
}

struct RotatedOffice {
  explicit RotatedOffice(const std::string& folder = "data", TimePoint made = now_here())
      : dir(*create_data_dir(scratch.path / folder)) {
    REQUIRE(create_authority(dir, "Harbour", kChat, made));
    REQUIRE(issue_certificate(dir, kChat, now_here()));
  }
  Introduction introduction() const {
    return {"chat.example.org", 7443, *load_pin(dir.ca_certificate()), {}};
  }
  RotationPhase phase() const { return load_rotation(dir).value().phase; }
  bool has(const fs::path& file) const { return fs::exists(file); }

  Scratch scratch;
  DataDir dir;
};

// What a client makes of a chain, its own certificate first; the program's own code.
Result<Introduction> meet(const Chain& chain, const Introduction& known) {
  const StackPtr shown{sk_X509_new_null()};
  for (const auto& certificate : chain) sk_X509_push(shown.get(), certificate.get());
  return link::check_chain(chain.front().get(), shown.get(), known);
}
Result<Introduction> meet(const RotatedOffice& office, const Introduction& known) {
  return meet(*load_chain(office.dir.server_certificate()), known);
}

std::string reason_of(const Result<Introduction>& met) {
  return met ? "let in" : met.error().reason;
}

// Served as it should be, to whoever knows the old key alone, and still after the next renewal.
void check_whole(const RotatedOffice& office, const Introduction& old, RotationPhase phase) {
  CHECK(office.phase() == phase);
  for (int renewals = 0; renewals < 2; ++renewals) {
    CHECK(check_served(office.dir, now_here()));
    const auto met = meet(office, old);
    REQUIRE(met);
    CHECK(met->ca_pin == old.ca_pin);
    CHECK(met->next_pin == load_rotation(office.dir).value().next_pin);
    REQUIRE(issue_certificate(office.dir, kChat, now_here()));
  }
  CHECK(office.has(office.dir.next_ca_key()) == (phase == RotationPhase::announced));
  CHECK(office.has(office.dir.next_ca_certificate()) == (phase == RotationPhase::announced));
}

Chain chain_of(CertificatePtr first, std::initializer_list<const X509*> others) {
  Chain chain;
  chain.push_back(std::move(first));
  for (const X509* other : others) chain.emplace_back(X509_dup(other));
  return chain;
}

}  // namespace

TEST_CASE("through a rotation everybody comes in: who follows it, who was away, and who joined meanwhile") {
  RotatedOffice office;
  const DataDir& dir = office.dir;
  const Introduction away = office.introduction();
  Introduction follows = away;
  const auto follow = [&](const Introduction& known) {
    const auto met = meet(office, known);
    INFO(reason_of(met));
    REQUIRE(met);
    return *met;
  };
  follows = follow(follows);
  CHECK_FALSE(follows.next_pin);

  REQUIRE(announce_authority(dir, kChat, now_here()));
  check_whole(office, away, RotationPhase::announced);
  const Digest next = load_rotation(dir).value().next_pin.value();
  CHECK(load_rotation(dir).value().pin == away.ca_pin);
  CHECK(*load_pin(dir.ca_certificate()) == away.ca_pin);
  follows = follow(follows);
  CHECK(follows.next_pin == next);
  // A link that was made now.
  Introduction invited{"chat.example.org", 7443, away.ca_pin, next};
  invited = follow(invited);

  REQUIRE(switch_authority(dir, kChat, now_here()));
  check_whole(office, away, RotationPhase::switched);
  CHECK(*load_pin(dir.ca_certificate()) == next);
  CHECK(load_certificate_info(dir.ca_certificate())->subject == "Harbour Wardroom CA 2");
  CHECK(mode_of(dir.ca_key()) == 0600);
  follows = follow(follows);
  CHECK(follows.ca_pin == away.ca_pin);
  CHECK(follow(away).next_pin == next);
  CHECK(follow({"chat.example.org", 7443, next, {}}).ca_pin == next);

  REQUIRE(retire_authority(dir, kChat, now_here()));
  CHECK(office.phase() == RotationPhase::none);
  CHECK(check_served(dir, now_here()));
  CHECK(load_chain(dir.server_certificate())->size() == 2);
  for (Introduction* known : {&follows, &invited}) {
    *known = follow(*known);
    CHECK(known->ca_pin == next);
    CHECK_FALSE(known->next_pin);
  }
  CHECK(reason_of(meet(office, away)) == "pin_mismatch");
  CHECK_FALSE(office.has(dir.new_with_old()));

  // The next one begins where this one ended.
  REQUIRE(announce_authority(dir, kChat, now_here()));
  REQUIRE(switch_authority(dir, kChat, now_here()));
  CHECK(load_certificate_info(dir.ca_certificate())->subject == "Harbour Wardroom CA 3");
  CHECK(follow(follows).ca_pin == next);
}

TEST_CASE("a rotation that is taken back leaves the authority, and clients forget the other key") {
  RotatedOffice office;
  const Introduction old = office.introduction();
  const std::string before = *read_small_file(office.dir.server_certificate());
  REQUIRE(announce_authority(office.dir, kChat, now_here()));
  const auto learned = meet(office, old);
  REQUIRE(cancel_rotation(office.dir, kChat, now_here()));
  CHECK(*read_small_file(office.dir.server_certificate()) == before);
  check_whole(office, old, RotationPhase::none);
  CHECK_FALSE(meet(office, *learned)->next_pin);
  CHECK(cancel_rotation(office.dir, kChat, now_here()).error().reason == "no_rotation");
}

TEST_CASE("a step out of its turn changes nothing, and says which one is due") {
  RotatedOffice office;
  const DataDir& dir = office.dir;
  CHECK(switch_authority(dir, kChat, now_here()).error().reason == "no_rotation");
  CHECK(retire_authority(dir, kChat, now_here()).error().reason == "no_rotation");
  REQUIRE(announce_authority(dir, kChat, now_here()));
  const Digest next = load_rotation(dir).value().next_pin.value();
  REQUIRE(announce_authority(dir, kChat, now_here()));  // said twice, done once
  CHECK(load_rotation(dir).value().next_pin == next);
  CHECK(retire_authority(dir, kChat, now_here()).error().reason == "rotation_unfinished");
  REQUIRE(switch_authority(dir, kChat, now_here()));
  REQUIRE(switch_authority(dir, kChat, now_here()));
  CHECK(announce_authority(dir, kChat, now_here()).error().reason == "rotation_unfinished");
  CHECK(cancel_rotation(dir, kChat, now_here()).error().reason == "rotation_finished");
  check_whole(office, {"chat.example.org", 7443, load_rotation(dir).value().pin, {}},
              RotationPhase::switched);
}

TEST_CASE("a step that was broken off at any point is taken back or completed by the next start") {
  RotatedOffice office;
  const DataDir& dir = office.dir;
  const Introduction old = office.introduction();
  const std::string plain = *read_small_file(dir.server_certificate());
  REQUIRE(announce_authority(dir, kChat, now_here()));
  const std::string announced = *read_small_file(dir.server_certificate());
  const auto settle = [&] { REQUIRE(settle_rotation(dir, kChat, now_here())); };

  SECTION("announced, and not served yet") {
    REQUIRE(write_durably(dir.server_certificate(), plain, 0644));
    settle();
    CHECK(*read_small_file(dir.server_certificate()) == announced);
    check_whole(office, old, RotationPhase::announced);
  }
  SECTION("the next authority was made, and nothing signed") {
    fs::remove(dir.new_with_old());
    REQUIRE(write_durably(dir.server_certificate(), plain, 0644));
    settle();
    check_whole(office, old, RotationPhase::none);
  }
  SECTION("only its key was made") {
    fs::remove(dir.new_with_old());
    fs::remove(dir.next_ca_certificate());
    settle();
    check_whole(office, old, RotationPhase::none);
  }
  SECTION("taken back, and still served") {
    fs::remove(dir.new_with_old());
    settle();
    CHECK(*read_small_file(dir.server_certificate()) == plain);
    check_whole(office, old, RotationPhase::none);
  }
  SECTION("switched, with the old key and certificate") {
    fs::rename(dir.next_ca_certificate(), dir.ca_certificate());
    settle();
    check_whole(office, old, RotationPhase::switched);
  }
  SECTION("switched, with the old certificate") {
    fs::rename(dir.next_ca_certificate(), dir.ca_certificate());
    fs::rename(dir.next_ca_key(), dir.ca_key());
    settle();
    check_whole(office, old, RotationPhase::switched);
  }
  SECTION("retired, and still served") {
    REQUIRE(switch_authority(dir, kChat, now_here()));
    const auto next = meet(office, old);
    fs::remove(dir.new_with_old());
    settle();
    CHECK(office.phase() == RotationPhase::none);
    CHECK(meet(office, *next)->ca_pin == *next->next_pin);
    CHECK(reason_of(meet(office, old)) == "pin_mismatch");
  }
  // Once more changes nothing.
  const std::string settled = *read_small_file(dir.server_certificate());
  settle();
  CHECK(*read_small_file(dir.server_certificate()) == settled);
}

TEST_CASE("nobody but the old authority can name the next one") {
  RotatedOffice office;
  RotatedOffice thief("thief");
  const Introduction old = office.introduction();
  const auto authority = load_authority(office.dir);
  const auto own = load_authority(thief.dir);
  REQUIRE((authority && own));
  const auto key = load_key(thief.dir.server_key());
  const TimePoint soon = now_here() + std::chrono::days{1};
  const auto leaf_of = [&](const Authority& issuer) {
    auto leaf = build_server_certificate(**key, *issuer.certificate, *issuer.key, kChat, now_here(), soon);
    REQUIRE(leaf);
    return *std::move(leaf);
  };
  const X509* real = authority->certificate.get();
  const X509* stolen = own->certificate.get();

  SECTION("a key of their own, with the old authority shown beside it") {
    CHECK(reason_of(meet(chain_of(leaf_of(*own), {stolen, real}), old)) == "certificate_invalid");
    CHECK(reason_of(meet(chain_of(leaf_of(*own), {stolen}), old)) == "pin_mismatch");
  }
  SECTION("a statement that they signed in the old authority's name") {
    auto forged = build_statement(*authority->certificate, *own->key, *own->certificate, now_here());
    REQUIRE(forged);
    const auto met = meet(chain_of(leaf_of(*own), {forged->next.get(), forged->former.get(), real}), old);
    CHECK(reason_of(met) == "certificate_invalid");
    // Shown by whoever has the server's own certificate and key: nothing is learned from it.
    auto good = load_chain(office.dir.server_certificate());
    good->push_back(std::move(forged->next));
    CHECK_FALSE(meet(*good, old)->next_pin);
  }
  SECTION("another office's statement, shown with this office's certificates") {
    REQUIRE(announce_authority(thief.dir, kChat, now_here()));
    const auto statement = load_statement(thief.dir);
    auto good = load_chain(office.dir.server_certificate());
    for (const X509* other : {(*statement)->next.get(), (*statement)->former.get()})
      good->emplace_back(X509_dup(other));
    CHECK_FALSE(meet(*good, old)->next_pin);
    CHECK(reason_of(meet(thief, old)) == "pin_mismatch");
  }
  SECTION("the next authority's key, without the old one's word for it") {
    REQUIRE(announce_authority(office.dir, kChat, now_here()));
    Authority next{*load_certificate(office.dir.next_ca_certificate()), *load_key(office.dir.next_ca_key())};
    CHECK(reason_of(meet(chain_of(leaf_of(next), {next.certificate.get()}), old)) == "pin_mismatch");
    CHECK(reason_of(meet(chain_of(leaf_of(next), {next.certificate.get(), real}), old)) ==
          "certificate_invalid");
  }
  SECTION("an authority that the old one signed as a part of its chain") {
    auto between = vouch_for_authority(*own->certificate, *authority->certificate, *authority->key,
                                       "a branch", now_here(), soon);
    REQUIRE(between);
    auto good = load_chain(office.dir.server_certificate());
    good->push_back(*std::move(between));
    CHECK_FALSE(meet(*good, old)->next_pin);
  }
  SECTION("a word that has ended") {
    auto over = vouch_for_authority(*own->certificate, *authority->certificate, *authority->key,
                                    protocol::kNextAuthorityMark, now_here() - std::chrono::days{3},
                                    now_here() - std::chrono::days{1});
    REQUIRE(over);
    auto good = load_chain(office.dir.server_certificate());
    good->push_back(*std::move(over));
    CHECK_FALSE(meet(*good, old)->next_pin);
  }
}

TEST_CASE("a name that is added during a rotation holds before and after it") {
  RotatedOffice office;
  const DataDir& dir = office.dir;
  Introduction old = office.introduction();
  REQUIRE(announce_authority(dir, kChat, now_here()));
  const auto both = *parse_hosts("chat.example.org,later.example.org");
  REQUIRE(add_host(dir, both, both.back(), now_here()));
  old.host = "later.example.org";
  CHECK(meet(office, old));
  REQUIRE(switch_authority(dir, both, now_here()));
  CHECK(meet(office, old));
  const auto three = *parse_hosts("chat.example.org,later.example.org,last.example.org");
  REQUIRE(add_host(dir, three, three.back(), now_here()));
  old.host = "last.example.org";
  CHECK(meet(office, old));
}

TEST_CASE("without the keys here nothing is rotated, and what was put in from elsewhere is served") {
  RotatedOffice office;
  const DataDir& dir = office.dir;
  const Introduction old = office.introduction();
  const fs::path safe = office.scratch.path / "safe";
  fs::create_directory(safe);
  fs::rename(dir.ca_key(), safe / "ca.key");
  const auto refused = announce_authority(dir, kChat, now_here());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("make-ca.sh rotate") != std::string::npos);
  CHECK_FALSE(office.has(dir.next_ca_key()));

  // What certs/make-ca.sh makes: the statement alone comes to the server.
  fs::copy_file(safe / "ca.key", dir.ca_key());
  REQUIRE(announce_authority(dir, kChat, now_here()));
  for (const auto& file : {dir.ca_key(), dir.next_ca_key(), dir.next_ca_certificate()}) fs::remove(file);
  CHECK(meet(office, old)->next_pin);
  CHECK(switch_authority(dir, kChat, now_here()).error().message.find("make-ca.sh finish") !=
        std::string::npos);
  REQUIRE(settle_rotation(dir, kChat, now_here()));
  CHECK(office.phase() == RotationPhase::announced);
  REQUIRE(cancel_rotation(dir, kChat, now_here()));
  CHECK_FALSE(meet(office, old)->next_pin);
}

TEST_CASE("a statement that can't be right is named, and never served") {
  RotatedOffice office;
  RotatedOffice other("other");
  REQUIRE(announce_authority(other.dir, kChat, now_here()));
  fs::copy_file(other.dir.new_with_old(), office.dir.new_with_old());
  CHECK(load_rotation(office.dir).error().reason == "statement_foreign");
  std::ofstream(office.dir.new_with_old()) << *read_small_file(office.dir.ca_certificate());
  CHECK(load_rotation(office.dir).error().reason == "statement_invalid");
  CHECK_FALSE(settle_rotation(office.dir, kChat, now_here()));
}

TEST_CASE("the end of an authority is told in time, and its word is worth nothing after it") {
  RotatedOffice office;
  const TimePoint end = load_rotation(office.dir).value().authority_ends;
  CHECK(check_authority_end(office.dir, end - std::chrono::days{91}));
  const auto near = check_authority_end(office.dir, end - std::chrono::days{89});
  REQUIRE_FALSE(near);
  CHECK(near.error().message.find("wardroomd authority rotate") != std::string::npos);
  CHECK(announce_authority(office.dir, kChat, end).error().reason == "authority_expired");
  REQUIRE(announce_authority(office.dir, kChat, now_here()));
  REQUIRE(switch_authority(office.dir, kChat, now_here()));
  const auto shown = check_authority_end(office.dir, end - std::chrono::days{89});
  REQUIRE_FALSE(shown);
  CHECK(shown.error().message.find("wardroomd authority retire") != std::string::npos);
}

TEST_CASE(
    "an old authority that ends while it is still shown is retired by itself, and nobody else is shut out") {
  RotatedOffice office("data", now_here() - std::chrono::days{3600});
  const DataDir& dir = office.dir;
  REQUIRE(announce_authority(dir, kChat, now_here()));
  const TimePoint end = load_rotation(dir).value().statement_ends;
  const Digest next = *load_rotation(dir).value().next_pin;
  REQUIRE(end == load_rotation(dir).value().authority_ends);

  SECTION("switched in time") {
    REQUIRE(switch_authority(dir, kChat, now_here()));
    const Rotation rotation = *load_rotation(dir);
    CHECK(ends_of(rotation) == end);
    CHECK_FALSE(is_word_over(rotation, end - std::chrono::hours{2}));
    REQUIRE(settle_rotation(dir, kChat, end - std::chrono::hours{2}));
    CHECK(office.phase() == RotationPhase::switched);
    // A start on the day after, with what was renewed then.
    REQUIRE(issue_certificate(dir, kChat, end + std::chrono::days{1}));
    CHECK(check_served(dir, end + std::chrono::days{1}));
    REQUIRE(settle_rotation(dir, kChat, end + std::chrono::days{1}));
  }
  SECTION("switched within the last hour") {
    REQUIRE(switch_authority(dir, kChat, now_here()));
    REQUIRE(settle_rotation(dir, kChat, end - std::chrono::minutes{59}));
  }
  SECTION("switched afterwards") {
    REQUIRE(switch_authority(dir, kChat, end + std::chrono::days{1}));
    CHECK(check_dates(dir, end + std::chrono::days{1}));
  }
  CHECK(office.phase() == RotationPhase::none);
  CHECK_FALSE(office.has(dir.new_with_old()));
  CHECK_FALSE(office.has(dir.next_ca_key()));
  CHECK(load_rotation(dir).value().pin == next);
  CHECK(load_chain(dir.server_certificate())->size() == 2);
  CHECK(check_served(dir, end + std::chrono::days{1}));
}
