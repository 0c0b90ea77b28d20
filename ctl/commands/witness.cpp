#include "ctl/commands/witness.hpp"

#include <ostream>

#include "common/link/witness_file.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/profiles.hpp"

namespace wardroom::ctl {
namespace {

constexpr std::string_view kAlarm = "audit_log_alarm";

TimePoint now() {
  return SystemClock().now();
}

void ask_log(link::BlockingClient& client, tlog::Watch& watch,
             const protocol::AuditCheckpoint::Params& params) {
  watch.answer(client.call<protocol::AuditCheckpoint>(params), now());
}
template <class M>
void ask_about(link::BlockingClient& client, tlog::Watch& watch, const typename M::Params& params) {
  watch.answer(params, client.call<M>(params), now());
}
void ask_log(link::BlockingClient& client, tlog::Watch& watch,
             const protocol::AuditConsistency::Params& params) {
  ask_about<protocol::AuditConsistency>(client, watch, params);
}
void ask_log(link::BlockingClient& client, tlog::Watch& watch,
             const protocol::AuditAddWitness::Params& params) {
  ask_about<protocol::AuditAddWitness>(client, watch, params);
}
void ask_log(link::BlockingClient& client, tlog::Watch& watch, const protocol::AuditCosign::Params& params) {
  ask_about<protocol::AuditCosign>(client, watch, params);
}

Error explain_refusal(Error error) {
  if (error.code == ErrorCode::forbidden)
    error.message +=
        " The alarm stays. Let one of them sign in on this PC in a profile of their own "
        "(wardroomctl --profile NAME login …) and run this there: it ends for every profile.";
  return error;
}

// In this program's turn.
Result<void> keep(const Context& context, const Digest& ca_pin, tlog::Watch& watch) {
  return watch.take_unsaved() ? link::save_witness(memory_file(context), ca_pin, watch.memory()) : ok();
}

// In this program's turn.
Result<tlog::Watch> look_at_log(const Context& context, link::BlockingClient& client, const Digest& ca_pin,
                                Vouching vouching) {
  tlog::Watch watch;
  watch.load(link::load_witness(memory_file(context), ca_pin), now());
  if (vouching == Vouching::no) watch.vouch_for_nothing();
  while (const auto question = watch.next_question(now()))
    std::visit([&](const auto& params) { ask_log(client, watch, params); }, *question);
  if (const auto trouble = watch.take_clock_trouble(); !trouble.empty())
    context.err << trouble << " Until then it can't vouch for the audit log.\n";
  if (auto kept = keep(context, ca_pin, watch); !kept) return kept.error();
  return watch;
}

}  // namespace

std::filesystem::path memory_file(const Context& context) {
  return context.profiles_file.parent_path() / "witness.json";
}

Result<tlog::Watch> watch_log(const Context& context, link::BlockingClient& client, const Digest& ca_pin,
                              Vouching vouching) {
  const auto turn = link::WitnessTurn::take(memory_file(context));
  if (!turn) return turn.error();
  return look_at_log(context, client, ca_pin, vouching);
}

Result<void> refuse_alarm(const tlog::Watch& watch) {
  if (const auto& alarm = watch.memory().alarm)
    return log_alarm(alarm->sentence +
                     "\nNothing was done. `wardroomctl audit verify` shows both heads; when it is "
                     "explained, `wardroomctl audit accept-head --reason \"…\"` takes the new one.");
  return ok();
}

Error log_alarm(std::string sentence) {
  return make_error(ErrorCode::conflict, std::move(sentence), std::string(kAlarm));
}

Result<void> check_watch(const Context& context, link::BlockingClient& client, const Digest& ca_pin) {
  const auto watch = watch_log(context, client, ca_pin);
  if (!watch) return watch.error();
  return refuse_alarm(*watch);
}

bool is_alarm(const Error& error) {
  return error.reason == kAlarm;
}

Result<void> audit_accept_head(const Context& context, const AuditAcceptHeadArguments& arguments) {
  auto session = connect_unwatched(context);
  if (!session) return session.error();
  // Its turn lasts until the new head is saved: nothing that another program saw in between is overwritten.
  const auto turn = link::WitnessTurn::take(memory_file(context));
  if (!turn) return turn.error();
  auto watch = look_at_log(context, *session->client, session->ca_pin, Vouching::yes);
  if (!watch) return watch.error();
  if (!watch->memory().alarm) {
    context.out << "There is no alarm to settle.\n";
    return ok();
  }
  const auto asked = watch->ask_to_settle(arguments.reason);
  if (!asked) return unavailable("The server shows no head that could be taken. Try again in a moment.");
  const auto settled = watch->answer(*asked, session->client->call<protocol::AuditAcceptHead>(*asked), now());
  if (!settled) return explain_refusal(settled.error());
  if (auto kept = keep(context, session->ca_pin, *watch); !kept) return kept;
  context.out << "The log that the server shows is the one that is watched from now on. "
                 "The head that was seen before is kept in "
              << memory_file(context).string()
              << (*settled == tlog::Watch::Settled::on_record
                      ? ".\n"
                      : ". This server is too old to put that on record: tell your auditor.\n");
  return ok();
}

}  // namespace wardroom::ctl
