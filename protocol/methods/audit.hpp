#pragma once

#include "protocol/methods/session.hpp"

namespace wardroom::protocol {

struct AuditQuery {
  static constexpr std::string_view kName = "audit.query";
  static constexpr std::string_view kSummary =
      "A page of audit records, newest first unless `after` is given, with filters. Reading the log is "
      "itself logged.";
  struct Params {
    std::optional<AuditIndex> before;
    std::optional<AuditIndex> after;
    std::optional<TimePoint> since;
    std::optional<TimePoint> until;
    std::optional<UserId> actor;
    std::optional<std::string> actor_name;  // account name, instead of the id
    std::optional<std::string> type;        // exact, or a subject with a star: "auth.*"
    std::optional<RoomId> room;
    std::optional<std::string> outcome;  // success, failure, denied, error
    std::optional<std::string> text;     // anywhere in the record, case-insensitive in every script (accents
                                         // count), at least 3 characters; not in records that only hold
                                         // numbers, such as messages.committed
    std::optional<std::int64_t> limit;
    std::optional<UserId> target;                   // the person whom it was done to
    std::optional<std::string> target_name;         // account name, instead of the id
    std::optional<std::vector<std::string>> types;  // any of these, each like `type`
    std::optional<std::string> severity;            // info, notice, warning
    std::optional<std::string> address;  // where it came from, in any spelling: "192.0.2.7", "2001:DB8::1",
                                         // or a network: "192.0.2.0/24", "2001:db8::/32", "192.0.2."
  };
  struct Result {
    std::vector<AuditRecord> records;  // descending idx; ascending when `after` was given
    bool more = false;
    std::int64_t size = 0;  // records in the whole log
  };
};
BOOST_DESCRIBE_STRUCT(AuditQuery::Params, (),
                      (before, after, since, until, actor, actor_name, type, room, outcome, text, limit,
                       target, target_name, types, severity, address))
BOOST_DESCRIBE_STRUCT(AuditQuery::Result, (), (records, more, size))

// What the server's last check of its log and tables came to (server.integrity_checked).
struct LastCheck {
  AuditIndex record;          // that names what was found, what was compared, and what wasn't proven
  std::int64_t age_s = 0;     // how long ago
  std::int64_t wrong = 0;     // things that don't hold
  std::int64_t unproven = 0;  // states of messages of which no hash is stored
};
BOOST_DESCRIBE_STRUCT(LastCheck, (), (record, age_s, wrong, unproven))
// A head that a device of the office cosigned, with the proof that the head which is shown extends it.
struct CosignedHead {
  std::string key;                 // of the witness: NAME+ID+BASE64, type 4
  std::string note;                // the head, with the log's signature and the witness's cosignature
  std::vector<std::string> proof;  // hexadecimal hashes (RFC 6962 section 2.1.2)
};
BOOST_DESCRIBE_STRUCT(CosignedHead, (), (key, note, proof))

// Every signed-in person may ask for heads and their consistency: each PC of the office is a witness.
struct AuditCheckpoint {
  static constexpr std::string_view kName = "audit.checkpoint";
  static constexpr std::string_view kSummary =
      "The newest signed head of the audit log (c2sp.org/tlog-checkpoint), the key, what explains a head "
      "that was seen before: changes of the key and restored backups, and what a few other devices saw.";
  using Params = Empty;
  struct Result {
    std::string note;
    std::int64_t size = 0;               // records that it covers
    TimePoint at;                        // when it was signed
    std::string key;                     // that signed it: NAME+ID+BASE64
    std::vector<std::string> rotations;  // signed notes, oldest first: each key hands over to the next
    std::vector<ProvenRecord> restores;  // server.backup_restored, oldest first, in the tree of this head
    // The machine's clock jumped and isn't believed yet: how far it is ahead, negative when it is behind.
    std::optional<std::int64_t> clock_doubt_ms = {};
    std::optional<LastCheck> check = {};  // nothing: none is in the log
    // What some of the office's devices saw, others each time. None: no device has cosigned a head.
    std::optional<std::vector<CosignedHead>> cosigned = {};
  };
};
BOOST_DESCRIBE_STRUCT(AuditCheckpoint::Result, (),
                      (note, size, at, key, rotations, restores, clock_doubt_ms, check, cosigned))

struct AuditProof {
  static constexpr std::string_view kName = "audit.proof";
  static constexpr std::string_view kSummary =
      "That records are in the tree of a signed head: the nodes that, with the records' own hashes, give its "
      "root. For a single record their hashes are its audit path (RFC 6962 section 2.1.1).";
  struct Params {
    std::vector<AuditIndex> records;   // 1 to 200
    std::optional<std::int64_t> size;  // of the tree; the newest head's when it is left out
  };
  struct Result {
    std::int64_t size = 0;
    std::vector<TreeNode> nodes;
  };
};
BOOST_DESCRIBE_STRUCT(AuditProof::Params, (), (records, size))
BOOST_DESCRIBE_STRUCT(AuditProof::Result, (), (size, nodes))

struct AuditConsistency {
  static constexpr std::string_view kName = "audit.consistency";
  static constexpr std::string_view kSummary =
      "That the log of `from` records is the beginning of that of `to` (RFC 6962 section 2.1.2).";
  struct Params {
    std::int64_t from = 0;
    std::int64_t to = 0;
  };
  struct Result {
    std::vector<std::string> proof;  // hexadecimal hashes
  };
};
BOOST_DESCRIBE_STRUCT(AuditConsistency::Params, (), (from, to))
BOOST_DESCRIBE_STRUCT(AuditConsistency::Result, (), (proof))

struct AuditAddWitness {
  static constexpr std::string_view kName = "audit.add_witness";
  static constexpr std::string_view kSummary =
      "Makes a device's key known, with which it cosigns heads of the audit log from then on "
      "(audit.cosign). The device belongs to who calls; a person's newest 32 are kept.";
  struct Params {
    std::string key;  // NAME+ID+BASE64 of 0x04 and an Ed25519 key; a name of at most 200 bytes
  };
  using Result = Empty;
};
BOOST_DESCRIBE_STRUCT(AuditAddWitness::Params, (), (key))

struct AuditCosign {
  static constexpr std::string_view kName = "audit.cosign";
  static constexpr std::string_view kSummary =
      "Leaves a device's cosignature (c2sp.org/tlog-cosignature) on a head of which it proved that the log "
      "only grew up to it. The newest of each device is kept, handed out with heads, and put into evidence.";
  struct Params {
    std::string key;          // as it was given to audit.add_witness
    std::int64_t size = 0;    // records of the head, one of the newest 1000
    std::string cosignature;  // one signature line of a note, with its line feed
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"unknown_witness", "head_gone", "clock_wrong"};
};
BOOST_DESCRIBE_STRUCT(AuditCosign::Params, (), (key, size, cosignature))

// A head as it is named on the record.
struct NamedHead {
  std::int64_t size = 0;
  std::string root;  // hexadecimal
};
BOOST_DESCRIBE_STRUCT(NamedHead, (), (size, root))
// One that contradicts it, as a PC says that it saw it.
struct GivenUpHead {
  std::int64_t size = 0;
  std::string root;  // hexadecimal
  std::string key;   // that signed it: NAME+ID+BASE64
};
BOOST_DESCRIBE_STRUCT(GivenUpHead, (), (size, root, key))

struct AuditAcceptHead {
  static constexpr std::string_view kName = "audit.accept_head";
  static constexpr std::string_view kSummary =
      "Puts on record that somebody ends the alarm of a PC which saw another log, and why. The PC's alarm "
      "ends "
      "only with the answer. What the PC says that it saw is written down, and neither believed nor "
      "compared.";
  struct Params {
    std::string reason;
    std::optional<GivenUpHead> seen;  // nothing: what the PC saw can't be read any more
    NamedHead shown;                  // what it takes for the log from now on: one of the newest 1000 heads
  };
  using Result = Empty;
  static constexpr std::string_view kErrors[] = {"head_gone"};
};
BOOST_DESCRIBE_STRUCT(AuditAcceptHead::Params, (), (reason, seen, shown))

struct AuditRotateKey {
  static constexpr std::string_view kName = "audit.rotate_key";
  static constexpr std::string_view kSummary =
      "Makes a new key for the heads; the old one signs it and is then deleted. For when somebody may have "
      "seen "
      "it.";
  struct Params {
    std::string reason;
  };
  struct Result {
    std::string key;  // the new one: NAME+ID+BASE64
  };
};
BOOST_DESCRIBE_STRUCT(AuditRotateKey::Params, (), (reason))
BOOST_DESCRIBE_STRUCT(AuditRotateKey::Result, (), (key))

}  // namespace wardroom::protocol
