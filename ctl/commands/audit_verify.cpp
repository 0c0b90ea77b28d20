#include <algorithm>
#include <ostream>
#include <thread>

#include "common/evidence/database_check.hpp"
#include "common/evidence/tables_check.hpp"
#include "common/evidence/time_check.hpp"
#include "common/tlog/wire.hpp"
#include "ctl/commands/audit.hpp"
#include "ctl/commands/audit_bundle.hpp"
#include "ctl/commands/client.hpp"
#include "ctl/commands/witness.hpp"
#include "protocol/invite_link.hpp"
#include "protocol/limits.hpp"

namespace wardroom::ctl {
namespace {

using protocol::AuditQuery;

Error not_sound() {
  return make_error(ErrorCode::conflict, "The audit log does not hold.", "log_not_sound");
}

evidence::TablesReport with_further(evidence::TablesReport report, const evidence::TablesReport& further) {
  for (const auto& finding : further.findings) report.findings.push_back(finding);
  report.wrong += further.wrong;
  report.unproven += further.unproven;
  for (const auto& line : further.confirmed) report.confirmed.push_back(line);
  for (const auto& line : further.not_proven) report.not_proven.push_back(line);
  return report;
}

Result<void> compare_tables(const Context& context, sqlite::Connection& db) {
  evidence::TablesReport pages;
  evidence::check_pages(db, pages);
  const auto tables = evidence::check_tables(db);
  if (!tables && pages.is_sound()) return tables.error();
  // What is damaged may be what can't be read.
  if (!tables) pages.add("The tables can't be read: " + tables.error().message);
  const evidence::TablesReport report = tables ? with_further(std::move(pages), *tables) : std::move(pages);
  for (const auto& finding : report.findings) context.out << "WRONG   " << finding << "\n";
  if (report.wrong > static_cast<std::int64_t>(report.findings.size()))
    context.out << "WRONG   … " << report.wrong << " findings in all.\n";
  context.out << "The other tables, against the log:\n";
  for (const auto& line : report.confirmed) context.out << "  compared: " << line << "\n";
  for (const auto& line : report.not_proven) context.out << "  not proven: " << line << "\n";
  if (report.is_sound()) return ok();
  return make_error(ErrorCode::conflict,
                    "The tables don't hold against the audit log: " + std::to_string(report.wrong) +
                        " findings, " + std::to_string(report.unproven) +
                        " rows or states of messages unproven.",
                    "tables_not_sound");
}

// What can't be checked at all ends with status 2, as in verify.py.
Error cannot_check(const Error& error) {
  return usage_error(error.message);
}

Result<void> verify_data(const Context& context, const AuditVerifyArguments& arguments) {
  const auto heads = read_heads(arguments.heads);
  if (!heads) return cannot_check(heads.error());
  auto db = sqlite::Connection::open(arguments.data / "wardroom.db", sqlite::Connection::Mode::inspect);
  if (!db) return cannot_check(db.error());
  evidence::CheckOptions options{*heads, std::nullopt};
  if (!arguments.key.empty()) options.key = arguments.key;
  if (const auto check = evidence::DatabaseCheck::make(options); !check) return cannot_check(check.error());
  if (!(*db)->find<std::int64_t>("SELECT 1 FROM sqlite_schema WHERE name = 'audit_records'"))
    return cannot_check(
        unavailable((arguments.data / "wardroom.db").string() + " isn't the database of a server."));
  const auto report = evidence::check_database(**db, options);
  if (!report) return report.error();
  const auto printed = print_report(context, *report, arguments.data.string());
  if (!report->is_sound() || arguments.log_only) return printed;
  const auto tables = compare_tables(context, **db);
  return tables ? printed : tables;
}

// Waits as long as the server asks for.
Result<AuditQuery::Result> query_patiently(link::BlockingClient& client, const AuditQuery::Params& params) {
  for (;;) {
    auto page = client.call<AuditQuery>(params);
    if (page || page.error().code != ErrorCode::rate_limited) return page;
    std::this_thread::sleep_for(page.error().retry_after);
  }
}

// The records from `first` on.
Result<AuditQuery::Result> load_page(link::BlockingClient& client, std::int64_t first) {
  AuditQuery::Params params;
  if (first == 0)  // nothing comes after "before the first"
    params.before = AuditIndex{1};
  else
    params.after = AuditIndex{first - 1};
  params.limit = protocol::kMaxPage;
  return query_patiently(client, params);
}

// The whole log of the server, record by record, against every head that is known.
class ServersLog {
 public:
  ServersLog(std::int64_t size, evidence::LogCheck& log, evidence::LogReport& report)
      : size_(size), log_(log), report_(report) {}

  Result<void> load(link::BlockingClient& client) {
    while (log_.size() < size_) {
      const auto page = load_page(client, log_.size());
      if (!page) return page.error();
      if (page->records.empty()) break;
      for (const auto& record : page->records) add(record);
    }
    if (auto done = look_behind(client); !done) return done;
    report_pruned();
    times_.report(report_);
    return ok();
  }

 private:
  void add(const protocol::AuditRecord& record) {
    if (log_.size() >= size_) return;
    const auto claimed = to_digest(parse_hex(record.leaf));
    if (record.idx.value != log_.size())
      report_.add("Record " + std::to_string(log_.size()) + " is missing: the server shows record " +
                  std::to_string(record.idx.value) + " in its place.");
    if (record.line.empty()) {
      ++report_.pruned;
      empty_.push_back(log_.size());
      times_.skip();
      return log_.add(claimed.value_or(Digest{}));
    }
    const Digest leaf = tlog::leaf_hash(as_bytes(record.line));
    if (claimed != leaf)
      report_.add("Record " + std::to_string(record.idx.value) +
                  " isn't what was written: its hash differs.");
    log_.add(leaf);
    const auto line = evidence::parse_record_line(record.line);
    if (!line)
      return report_.add("Record " + std::to_string(record.idx.value) +
                         " isn't a record: " + line.error().message);
    times_.meet(record.idx.value, line->ts, line->type, report_);
    if (line->type == "audit.pruned" && line->pruned) prunings_.push_back(*line);
  }

  // Whether records were pruned while they were being read.
  Result<void> look_behind(link::BlockingClient& client) {
    AuditQuery::Params params;
    params.type = "audit.pruned";
    params.after = AuditIndex{size_ - 1};
    const auto page = query_patiently(client, params);
    if (!page) return page.error();
    pruned_meanwhile_ = !page->records.empty();
    return ok();
  }

  // Exactly those are empty of which records say so.
  void report_pruned() {
    if (pruned_meanwhile_)
      return report_.doubt("Records were pruned while they were being read: check again.");
    std::int64_t said = 0;
    for (const auto& pruning : prunings_) said += pruning.pruned_count;
    for (const std::int64_t idx : empty_)
      if (std::ranges::none_of(prunings_, [idx](const evidence::RecordLine& p) {
            return p.idx > idx && p.pruned->first <= idx && idx <= p.pruned->second;
          }))
        report_.add("Record " + std::to_string(idx) +
                    " is empty, and no later record says that it was pruned.");
    if (report_.pruned != said)
      report_.add(std::to_string(report_.pruned) + " records have lost their bytes, and by the log " +
                  std::to_string(said) + " were pruned.");
  }

  const std::int64_t size_;
  evidence::LogCheck& log_;
  evidence::LogReport& report_;
  evidence::TimeCheck times_;
  std::vector<std::int64_t> empty_;
  std::vector<evidence::RecordLine> prunings_;
  bool pruned_meanwhile_ = false;
};

// The keys that may have signed what was given: the log's, and those from the given one on that handed over
// to it. Empty: the given one didn't.
std::vector<tlog::VerifierKey> find_keys(const protocol::AuditCheckpoint::Result& offer,
                                         const std::string& given) {
  const auto first = tlog::VerifierKey::parse(given.empty() ? offer.key : given);
  return first ? tlog::follow_keys(*first, offer) : std::vector<tlog::VerifierKey>{};
}

// A head that was given counts only by its signature. `keys` isn't empty.
std::vector<tlog::Checkpoint> open_given(const std::vector<std::string>& notes,
                                         const std::vector<tlog::VerifierKey>& keys,
                                         evidence::LogReport& report) {
  std::vector<tlog::Checkpoint> heads;
  for (const auto& note : notes) {
    auto head = tlog::parse_checkpoint(note);
    if (!head) continue;  // DatabaseCheck::make refused it
    if (std::ranges::none_of(keys,
                             [&](const auto& key) { return tlog::open_checkpoint(note, key).has_value(); }))
      report.add("The head of " + std::to_string(head->size) +
                 " records that you gave isn't signed by a key of this log. If it is from before a change of "
                 "the key, give the key of then, too (--key).");
    heads.push_back(std::move(*head));
  }
  return heads;
}

// Who may not read the records has the server prove that they only grew since the heads that were given.
Result<void> compare_given(link::BlockingClient& client, const std::vector<tlog::Checkpoint>& heads,
                           const tlog::Checkpoint& newest, evidence::LogReport& report) {
  for (const auto& head : heads) {
    const std::string what = "the head of " + std::to_string(head.size) + " records";
    if (head.size > newest.size) {
      report.add("The log is shorter than " + what + ": it has " + std::to_string(newest.size) + ".");
      continue;
    }
    const auto answer = client.call<protocol::AuditConsistency>({head.size, newest.size});
    if (!answer && answer.error().code != ErrorCode::params) return answer.error();
    const auto proof = answer ? tlog::from_wire(answer->proof) : Result<std::vector<Digest>>(answer.error());
    const bool is_met =
        head.size == 0 ? head.root == tlog::root_of({})
                       : proof && tlog::is_consistent(head.size, head.root, newest.size, newest.root, *proof);
    if (!is_met) report.add("The log is not the one of " + what + ".");
  }
  return ok();
}

Result<void> print_head(const Context& context, const tlog::Checkpoint& newest, std::size_t given,
                        const evidence::LogReport& report) {
  for (const auto& finding : report.findings) context.out << "WRONG   " << finding << "\n";
  if (!report.is_sound()) return not_sound();
  context.out << "Head verified: " << newest.size
              << " records, signed, and a continuation of every head that this account saw"
              << (given > 0 ? ", and of those that you gave" : "")
              << ".\nThe records themselves are for auditors and administrators.\n";
  return ok();
}

Result<void> verify_server(const Context& context, const AuditVerifyArguments& arguments) {
  const auto notes = read_heads(arguments.heads);
  if (!notes) return cannot_check(notes.error());
  evidence::CheckOptions options{*notes, std::nullopt};
  if (!arguments.key.empty()) options.key = arguments.key;
  if (const auto check = evidence::DatabaseCheck::make(options); !check) return cannot_check(check.error());
  auto session = connect_unwatched(context);
  if (!session) return session.error();
  const auto watch = watch_log(context, *session->client, session->ca_pin);
  if (!watch) return watch.error();
  if (watch->memory().alarm) {
    context.out << tlog::compose_report(watch->memory(), session->place);
    return make_error(ErrorCode::conflict, watch->memory().alarm->sentence, "audit_log_alarm");
  }
  const auto& newest = watch->checked_head();
  const auto* offer = watch->checked_offer();
  if (!newest || !offer) return unavailable("The audit log couldn't be compared: " + watch->trouble());
  const auto keys = find_keys(*offer, arguments.key);
  if (keys.empty())
    return make_error(ErrorCode::conflict, "The log's heads are signed with the key " + offer->key +
                                               ", and the one that you gave didn't hand over to it.");
  evidence::LogReport report;
  const auto given = open_given(*notes, keys, report);
  auto heads = given;
  for (const auto& seen : watch->memory().witness.heads)
    if (auto head = tlog::parse_checkpoint(seen.note)) heads.push_back(std::move(*head));
  evidence::LogCheck log(heads);
  const auto loaded = ServersLog(newest->size, log, report).load(*session->client);
  if (!loaded && loaded.error().code == ErrorCode::forbidden) {
    if (auto compared = compare_given(*session->client, given, *newest, report); !compared) return compared;
    return print_head(context, *newest, given.size(), report);
  }
  if (!loaded) return loaded.error();
  log.report(report);
  report.confirmed.push_back("heads that were kept here or given, all met: " + std::to_string(heads.size()));
  return print_report(context, report, session->place);
}

}  // namespace

Result<void> print_report(const Context& context, const evidence::LogReport& report,
                          const std::string& what) {
  for (const auto& finding : report.findings) context.out << "WRONG   " << finding << "\n";
  if (report.wrong > static_cast<std::int64_t>(report.findings.size()))
    context.out << "WRONG   … " << report.wrong << " findings in all.\n";
  if (!report.is_sound()) return not_sound();
  for (const auto& doubt : report.doubts) context.out << "NOT PROVEN  " << doubt << "\n";
  context.out << (report.is_proven() ? "Verified: " : "Not wrong: ") << what << "\n"
              << "  " << report.size << " records, none altered, none missing; root " << to_hex(report.root)
              << "\n  to be read aloud: " << protocol::fingerprint(report.root) << "\n";
  if (report.pruned > 0) context.out << "  " << report.pruned << " of them pruned: their hashes are there\n";
  for (const auto& line : report.confirmed) context.out << "  " << line << "\n";
  if (report.is_proven()) return ok();
  return make_error(ErrorCode::conflict,
                    "Nothing in the audit log is wrong, but not all of it is proven: " +
                        std::to_string(report.unproven) + " doubts.",
                    "log_not_proven");
}

Result<void> audit_verify(const Context& context, const AuditVerifyArguments& arguments) {
  if (!arguments.bundle.empty()) return verify_audit_bundle(context, arguments);
  return arguments.data.empty() ? verify_server(context, arguments) : verify_data(context, arguments);
}

}  // namespace wardroom::ctl
