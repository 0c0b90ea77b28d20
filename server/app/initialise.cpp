#include "server/app/initialise.hpp"

#include "common/sqlite/transaction.hpp"
#include "protocol/invite_link.hpp"
#include "protocol/key_words.hpp"
#include "server/app/opening.hpp"
#include "server/app/setup_code.hpp"
#include "server/audit/log.hpp"
#include "server/credentials/seal.hpp"
#include "server/credentials/token.hpp"
#include "server/ops/certificates.hpp"
#include "server/ops/durable_file.hpp"
#include "server/store/database.hpp"
#include "server/store/sessions.hpp"

namespace wardroom::app {
namespace {

constexpr std::chrono::days kFirstInvite{7};

struct Codes {
  Secret invite_token;
  Secret setup_code;
};

// The key that signs the log is made here, and not by the first start: between its file and its row a start
// that is killed would leave an office that looks like one whose database is another's. An init that is
// killed leaves none. The first head is in the database, too: from there a restored backup has it.
Result<Codes> fill_database(const ops::DataDir& dir, const Options& options, const Clock& clock) {
  auto db = store::open_database(dir.database());
  if (!db) return db.error();
  sqlite::Transaction transaction(**db, sqlite::Transaction::Kind::write);
  store::WriteTx tx{**db, clock.now(), {}};
  // Any number that a later restore will not repeat.
  store::store_epoch(tx.db, to_unix_ms(tx.now));
  audit::append_record(tx, {.type = audit::Type::server_initialised});
  const credentials::Issued invite = credentials::make_token();
  const InviteId id =
      store::insert_invite(tx.db, {.token_hash = invite.digest, .expires_at = tx.now + kFirstInvite}, tx.now);
  audit::Record record{.type = audit::Type::invite_created};
  record.target = {"invite", id.value, {}};
  record.after = {
      {"role", "member"}, {"expires_at", tx.now + kFirstInvite}, {"token_sha256", to_hex(invite.digest)}};
  audit::append_record(tx, record);
  Codes codes{invite.text, issue_setup_code(tx)};
  if (auto done = transaction.commit(); !done) return done.error();
  if (const auto signer = open_signer(**db, dir, options, tx.now); !signer) return signer.error();
  return codes;
}

}  // namespace

Result<Initialised> initialise(const std::filesystem::path& root, const Options& options,
                               const Clock& clock) {
  // Before anything is made: what init writes, run must be able to read.
  if (auto checked = check_options(options); !checked) return checked.error();
  std::vector<ops::HostName> hosts;
  for (const auto& text : options.server.hosts) {
    auto host = ops::parse_host(text);
    if (!host) return host.error();
    hosts.push_back(std::move(*host));
  }
  const auto dir = ops::create_data_dir(root);
  if (!dir) return dir.error();
  if (auto done = ops::create_authority(*dir, options.server.name, hosts, clock.now()); !done)
    return done.error();
  if (auto done = ops::issue_certificate(*dir, hosts, clock.now()); !done) return done.error();
  if (auto done = credentials::create_seal_key(dir->seal_key()); !done) return done.error();
  const auto codes = fill_database(*dir, options, clock);
  if (!codes) return codes.error();
  if (auto done =
          ops::write_durably(setup_code_file(*dir), std::string(codes->setup_code.reveal()) + "\n", 0600);
      !done)
    return done.error();
  // Last: a directory with a configuration is a whole one.
  if (auto done = ops::write_durably(dir->config(), compose_options_file(options), 0600); !done)
    return done.error();
  const auto pin = ops::load_pin(dir->ca_certificate());
  if (!pin) return pin.error();
  return Initialised{
      protocol::fingerprint(*pin), protocol::spell(protocol::key_words(*pin)),
      protocol::compose_invite_link({hosts.front().text, options.server.port, *pin, codes->invite_token}),
      codes->setup_code};
}

}  // namespace wardroom::app
