#pragma once

#include <variant>

#include "common/tlog/witness.hpp"

// A PC that watches the office's audit log over time: when it compares, what it holds against the server
// until a person has dealt with it, what it vouches for by its own key, and what it keeps between its starts.
// Pure: whoever has the connection asks, whoever has the disk keeps the memory.
namespace wardroom::tlog {

// What this PC holds against the server. It stays although the server may later show the right log again.
struct WatchAlarm {
  TimePoint at;
  std::string sentence;
  SeenHead seen;           // what this PC had seen; an empty note: it can't tell any more
  std::string seen_key;    // that signed it
  std::int64_t shown = 0;  // records, as the server shows them
  std::string shown_note;
  std::string shown_key;
  // What another device had cosigned and the server showed, when it was that which contradicts.
  std::optional<std::string> cosigned = std::nullopt;
};

// What is kept between connections, for one server.
struct WatchMemory {
  std::optional<TimePoint> since;  // when this PC first saw a head
  WitnessMemory witness;
  std::optional<WatchAlarm> alarm;
  std::optional<TimePoint> hidden_until;  // the person wants to see the alarm again only then
  // This PC's own key for cosigning, as a seed in base64url, and what it last cosigned.
  std::optional<Secret> cosigner = std::nullopt;
  std::optional<TimePoint> cosigned_at = std::nullopt;
  std::optional<std::int64_t> cosigned_size = std::nullopt;
};
BOOST_DESCRIBE_STRUCT(WatchAlarm, (), (at, sentence, seen, seen_key, shown, shown_note, shown_key, cosigned))
BOOST_DESCRIBE_STRUCT(WatchMemory, (),
                      (since, witness, alarm, hidden_until, cosigner, cosigned_at, cosigned_size))

class Watch {
 public:
  using Question = std::variant<protocol::AuditCheckpoint::Params, protocol::AuditConsistency::Params,
                                protocol::AuditAddWitness::Params, protocol::AuditCosign::Params>;

  // What is remembered of this server; nothing: it is seen for the first time. An error is an alarm: what was
  // remembered is lost, and is not forgotten without a word.
  void load(Result<std::optional<WatchMemory>> loaded, TimePoint now);
  bool loaded() const { return loaded_; }

  // What to ask the server now, while it is connected. Each question is asked once and wants its answer.
  std::optional<Question> next_question(TimePoint now);
  // When there is something to ask; nothing while an answer is awaited.
  std::optional<TimePoint> due() const;
  // What was asked will not be answered; the next connection begins with a comparison.
  void disconnect();
  // This run compares and keeps, but cosigns nothing.
  void vouch_for_nothing() { may_cosign_ = false; }
  // The server says that there is a newer head.
  void compare_soon() { again_ = true; }
  void answer(const Result<protocol::AuditCheckpoint::Result>& answer, TimePoint now);
  void answer(const protocol::AuditConsistency::Params& asked,
              const Result<protocol::AuditConsistency::Result>& answer, TimePoint now);
  void answer(const protocol::AuditAddWitness::Params& asked, const Result<protocol::Empty>& answer,
              TimePoint now);
  void answer(const protocol::AuditCosign::Params& asked, const Result<protocol::Empty>& answer,
              TimePoint now);

  // What a person decides.
  void hide_until(TimePoint t);
  // The alarm was looked into: what the server shows is to be the log from now on. That is asked of the
  // server, which puts it on record; the answer goes to answer(). Nothing: the server hasn't shown anything
  // in this run that could be taken, or it was asked already.
  std::optional<protocol::AuditAcceptHead::Params> ask_to_settle(const std::string& reason);
  enum class Settled {
    on_record,
    not_on_record,  // the server is older than that
  };
  // Only with the server's word that the record is on its disk the alarm ends, for just the head that was
  // asked about; what was seen before is kept as evidence, with the reason. After an error, or without an
  // answer, alarm and evidence are what they were.
  Result<Settled> answer(const protocol::AuditAcceptHead::Params& asked,
                         const Result<protocol::Empty>& answer, TimePoint now);
  bool can_settle() const { return memory_.alarm && offer_ && !settling_; }

  const WatchMemory& memory() const { return memory_; }
  // The alarm, when it is to be seen now.
  bool alarm_shown(TimePoint now) const;
  // The newest head that was found to be in order, in this run; the log's own bytes can be held against it.
  const std::optional<Checkpoint>& checked_head() const { return head_; }
  // The same as the server showed it; nothing while checked_head() is nothing.
  const protocol::AuditCheckpoint::Result* checked_offer() const {
    return head_ && offer_ ? &*offer_ : nullptr;
  }
  std::optional<TimePoint> last_compared() const { return last_compared_; }
  // An alarm stands, but since then the server has shown a log that goes with what this PC saw.
  bool at_peace() const { return at_peace_; }
  // Why the last comparison came to nothing; empty: it did.
  const std::string& trouble() const { return trouble_; }
  // What the server said of this PC's clock when it didn't take a cosignature for that; empty: it takes them.
  const std::string& clock_trouble() const { return clock_trouble_; }
  // The same for who is to be told, once until the clock was right again.
  std::string take_clock_trouble() { return std::exchange(untold_, {}); }
  // Whether memory() is to be written to the disk; once for each change.
  bool take_unsaved() { return std::exchange(unsaved_, false); }

 private:
  // What the person saw when they decided.
  struct Settling {
    protocol::AuditAcceptHead::Params asked;
    protocol::AuditCheckpoint::Result offer;
    bool at_peace = false;
  };

  void go_on(TimePoint now);
  Result<void> settle(Settling settling, TimePoint now);
  void follow_clock(TimePoint now);
  void take(const Finding& finding, TimePoint now);
  void raise(const Finding& finding, TimePoint now);
  void retry(TimePoint now);
  void prepare_cosignature(TimePoint now);
  bool is_cosigning_due(TimePoint now) const;
  const Secret& cosigner_seed();
  void give_up_cosigning(const Error& why);

  WatchMemory memory_;
  bool loaded_ = false;
  bool damaged_ = false;  // there was a memory, but it can't be read
  bool unsaved_ = false;
  bool asking_ = false;
  bool again_ = false;
  TimePoint next_at_;  // long ago: at once
  TimePoint saved_at_;
  TimePoint latest_;  // that this run was told
  int failures_ = 0;
  std::optional<HeadCheck> check_;
  std::optional<protocol::AuditCheckpoint::Result> offer_;  // the newest, of this run
  std::optional<Checkpoint> head_;
  std::optional<TimePoint> last_compared_;
  std::string trouble_;
  std::string clock_trouble_;
  std::string untold_;
  bool at_peace_ = false;
  std::optional<Settling> settling_;                          // while the server's answer is awaited
  std::optional<protocol::AuditCosign::Params> cosignature_;  // that the server is to be given
  bool is_unknown_ = false;                                   // the server doesn't know this PC's key yet
  bool was_added_ = false;                                    // it was made known for this cosignature
  bool may_cosign_ = true;                                    // the server takes cosignatures
};

// All that an auditor needs to hold the two heads against each other without this program. `place` is the
// server's address.
std::string compose_report(const WatchMemory& memory, const std::string& place);

// A head's root for two people to read to each other, as the fingerprint of an office is written: the first
// 120 bits in base 32, "ABCD-EFGH-…". Heads of as many records that differ in it are of two different logs.
// Empty: the note is none.
std::string spoken_root(const std::string& note);

}  // namespace wardroom::tlog
