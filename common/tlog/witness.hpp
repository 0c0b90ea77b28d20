#pragma once

#include <optional>

#include "common/tlog/checkpoint.hpp"
#include "protocol/methods/audit.hpp"

// A PC as a witness of the office's audit log: it keeps the newest head that it saw, and at each connection
// has the server prove that the log only grew since. Pure: whoever has the connection asks and answers.
namespace wardroom::tlog {

struct SeenHead {
  std::int64_t size = 0;
  TimePoint at;      // when this PC saw it
  std::string note;  // as the server signed it: evidence, should the server deny it
  // Only of a head that was given up: why, as the person said.
  std::optional<std::string> reason = std::nullopt;
};

// What is kept between connections, for one server.
struct WitnessMemory {
  std::string key;                     // that signs the log's heads; empty: nothing was seen yet
  std::vector<SeenHead> heads;         // the last of each day, the newest at the end
  std::vector<std::string> restores;   // leaf hashes of the restorations that are known
  std::vector<SeenHead> contradicted;  // heads that a person gave up for what the server showed instead
};
BOOST_DESCRIBE_STRUCT(SeenHead, (), (size, at, note, reason))
BOOST_DESCRIBE_STRUCT(WitnessMemory, (), (key, heads, restores, contradicted))

struct Finding {
  enum class Kind {
    first_seen,
    grown,      // or the same
    undecided,  // the server had no time: ask again later
    // Alarms:
    restored,  // from a backup, as the log says itself: whoever rewrites a log can write that into it, too
    shrunk,
    forked,
    another_key,
    bad_head,
  };
  Kind kind = Kind::undecided;
  std::string sentence;    // for the person
  std::int64_t seen = 0;   // records that this PC saw
  std::int64_t shown = 0;  // records that the server shows now
  std::string cosigned;    // of an alarm: the note that another device cosigned and that doesn't go with it

  bool is_alarm() const { return kind >= Kind::restored; }
};

// One comparison of what is remembered with what the server shows.
//   for (HeadCheck check(memory, offer, now); auto question = check.question();)
//   check.answer(ask(*question));
class HeadCheck {
 public:
  HeadCheck(WitnessMemory memory, protocol::AuditCheckpoint::Result offer, TimePoint now);

  // What to ask the server; nothing once the finding stands.
  std::optional<protocol::AuditConsistency::Params> question() const;
  void answer(const Result<protocol::AuditConsistency::Result>& answer);

  const Finding& finding() const { return finding_; }
  // What is to be kept from now on. After an alarm it is what it was, so that the alarm comes back.
  const WitnessMemory& memory() const { return memory_; }

 private:
  void begin();
  Result<VerifierKey> follow_rotations() const;
  void explain_by_restore();
  std::optional<std::size_t> find_unknown_restore() const;
  void report_restore(std::string_view what_stood_before);
  const protocol::CosignedHead* find_contradiction() const;
  void accept(Finding::Kind kind, std::string sentence);
  void refuse(Finding::Kind kind, std::string sentence);

  WitnessMemory memory_;
  protocol::AuditCheckpoint::Result offer_;
  TimePoint now_;
  Checkpoint shown_;
  std::optional<SeenHead> asked_;                 // the head whose consistency is asked about
  std::optional<protocol::AuditRecord> restore_;  // that would explain a lost head
  Finding finding_;
};

// `first` and the keys to which it handed over, one after the other, up to the one that signed what is shown.
// Empty: it doesn't lead there.
std::vector<VerifierKey> follow_keys(const VerifierKey& first,
                                     const protocol::AuditCheckpoint::Result& offer);

// Gives up the remembered heads for the one that the server shows, on a person's word; they stay as evidence,
// the newest one with the person's reason, if there is one.
// An error when that head isn't signed by the key that came with it.
Result<WitnessMemory> accept_shown(WitnessMemory memory, const protocol::AuditCheckpoint::Result& offer,
                                   TimePoint now, const std::string& reason = "");

}  // namespace wardroom::tlog
