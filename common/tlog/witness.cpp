#include "common/tlog/witness.hpp"

#include <algorithm>

#include "common/tlog/cosignature.hpp"
#include "common/tlog/wire.hpp"
#include "protocol/codec.hpp"

namespace wardroom::tlog {
namespace {

using Kind = Finding::Kind;
using std::to_string;

constexpr std::size_t kMaxHeads = 32;
constexpr std::string_view kTellAuditor =
    " Tell your auditor, and don't rely on this server until it is explained.";
constexpr std::string_view kAskAdministrator =
    " Either a backup was put back, or somebody rewrote the log and claims that. Ask the administrator "
    "whether and why it was done, and tell your auditor.";

// The text of a note that this PC has already checked.
std::optional<Checkpoint> read_own(const SeenHead& head) {
  auto checkpoint = parse_checkpoint(head.note);
  return checkpoint ? std::optional(std::move(*checkpoint)) : std::nullopt;
}

// One head a day is enough of the past.
void keep_head(WitnessMemory& memory, SeenHead head) {
  const auto day = [](TimePoint at) { return std::chrono::floor<std::chrono::days>(at); };
  if (!memory.heads.empty() && day(memory.heads.back().at) == day(head.at)) memory.heads.pop_back();
  memory.heads.push_back(std::move(head));
  if (memory.heads.size() > kMaxHeads) memory.heads.erase(memory.heads.begin());
}

bool contains(const std::vector<std::string>& all, const std::string& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

std::string text_at(const boost::json::value& json, const char* name) {
  const auto* object = json.if_object();
  const auto* value = object ? object->if_contains(name) : nullptr;
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace

HeadCheck::HeadCheck(WitnessMemory memory, protocol::AuditCheckpoint::Result offer, TimePoint now)
    : memory_(std::move(memory)), offer_(std::move(offer)), now_(now) {
  begin();
}

void HeadCheck::begin() {
  if (!memory_.heads.empty()) finding_.seen = memory_.heads.back().size;
  const auto key = follow_rotations();
  if (!key)
    return refuse(
        Kind::another_key,
        "The heads of the server's audit log are signed with another key than this computer knows, and "
        "the old key didn't hand over to it.");
  const auto shown = open_checkpoint(offer_.note, *key);
  if (!shown)
    return refuse(Kind::bad_head,
                  "The server shows a head of its audit log that doesn't hold: " + shown.error().message);
  shown_ = *shown;
  finding_.shown = shown_.size;
  if (memory_.heads.empty())
    return accept(Kind::first_seen,
                  "This computer watches the audit log from now on: " + to_string(shown_.size) + " records.");
  if (shown_.size < finding_.seen) return explain_by_restore();
  asked_ = memory_.heads.back();
  if (shown_.size == asked_->size) answer(protocol::AuditConsistency::Result{});
}

// The key that must have signed what is shown: the one that is known, or one to which it handed over.
Result<VerifierKey> HeadCheck::follow_rotations() const {
  auto shown = VerifierKey::parse(offer_.key);
  if (!shown || memory_.key.empty()) return shown;
  auto known = VerifierKey::parse(memory_.key);
  if (!known) return known;
  if (follow_keys(*known, offer_).empty()) return make_error(ErrorCode::params, "", "another_key");
  return shown;
}

std::optional<protocol::AuditConsistency::Params> HeadCheck::question() const {
  if (!asked_) return std::nullopt;
  return protocol::AuditConsistency::Params{asked_->size, shown_.size};
}

void HeadCheck::answer(const Result<protocol::AuditConsistency::Result>& answer) {
  const auto asked = *std::exchange(asked_, std::nullopt);
  // Only the server's word that it can't prove it counts as such; a lost connection proves nothing.
  const bool refused = !answer && answer.error().code == ErrorCode::params;
  if (!answer && !refused) {
    finding_.kind = Kind::undecided;
    finding_.sentence = "The audit log couldn't be compared just now: " + answer.error().message;
    return;
  }
  const auto before = read_own(asked);
  const auto proof = answer ? from_wire(answer->proof) : Result<std::vector<Digest>>(answer.error());
  const bool consistent =
      before && proof && is_consistent(before->size, before->root, shown_.size, shown_.root, *proof);
  if (restore_) {
    if (!consistent)
      return refuse(
          Kind::forked,
          "The server says that it was restored from a backup, but its audit log isn't the one that "
          "this computer saw: records from before the backup were changed.");
    return report_restore("The first " + to_string(asked.size) + " records were not changed.");
  }
  if (consistent)
    return accept(Kind::grown,
                  "The audit log still holds everything that this computer saw: " + to_string(finding_.seen) +
                      " records then, " + to_string(shown_.size) + " now.");
  explain_by_restore();
}

// The log no longer holds what was seen. Either it says itself, under its own head, that a backup was
// restored, or it was tampered with in plain sight. Both are alarms; the first one tells what to ask.
void HeadCheck::explain_by_restore() {
  const auto which = find_unknown_restore();
  if (!which) {
    if (shown_.size < finding_.seen)
      return refuse(Kind::shrunk,
                    "The server's audit log has lost records: this computer saw " + to_string(finding_.seen) +
                        ", the server shows " + to_string(shown_.size) +
                        ". Somebody cut the log off, or put an old copy of the server's files in "
                        "place without saying so.");
    return refuse(Kind::forked,
                  "The server's audit log isn't the one that this computer saw: records among the "
                  "first " +
                      to_string(finding_.seen) + " were changed, removed or replaced.");
  }
  restore_ = offer_.restores[*which].record;
  const auto older = std::find_if(memory_.heads.rbegin(), memory_.heads.rend(),
                                  [&](const SeenHead& head) { return head.size <= restore_->idx.value; });
  if (older == memory_.heads.rend())
    return report_restore("Whether records from before were changed, this computer can't tell.");
  asked_ = *older;
}

std::optional<std::size_t> HeadCheck::find_unknown_restore() const {
  for (std::size_t i = 0; i < offer_.restores.size(); ++i) {
    const auto& [record, nodes] = offer_.restores[i];
    if (contains(memory_.restores, record.leaf) || record.idx.value > finding_.seen) continue;
    const auto json = protocol::parse_json(record.line);
    if (!json || text_at(*json, "type") != "server.backup_restored") continue;
    const auto root = root_with(shown_.size, std::span(&record, 1), nodes);
    if (root && *root == shown_.root) return i;
  }
  return std::nullopt;
}

void HeadCheck::report_restore(std::string_view what_stood_before) {
  const auto json = protocol::parse_json(restore_->line);
  const std::string when = json ? text_at(*json, "ts") : std::string();
  finding_.kind = Kind::restored;
  finding_.sentence = "The server's audit log says that a backup was put back (record " +
                      to_string(restore_->idx.value) + ", " + when + "). This computer saw " +
                      to_string(finding_.seen) + " records: those after the first " +
                      to_string(restore_->idx.value) + " are gone. " + std::string(what_stood_before) +
                      std::string(kAskAdministrator);
}

// What the server itself hands out as seen by another device. One whose cosignature doesn't hold says
// nothing.
const protocol::CosignedHead* HeadCheck::find_contradiction() const {
  if (!offer_.cosigned) return nullptr;
  for (const auto& other : *offer_.cosigned) {
    const auto key = CosignerKey::parse(other.key);
    const auto head = parse_checkpoint(other.note);
    if (!key || !head || head->origin != shown_.origin || !open_cosignature(other.note, *key)) continue;
    const auto proof = from_wire(other.proof);
    if (!proof || !is_consistent(head->size, head->root, shown_.size, shown_.root, *proof)) return &other;
  }
  return nullptr;
}

void HeadCheck::accept(Kind kind, std::string sentence) {
  if (const auto* other = find_contradiction()) {
    finding_.cosigned = other->note;
    const auto head = parse_checkpoint(other->note);
    return refuse(Kind::forked, "Another device of the office vouched for an audit log of " +
                                    to_string(head->size) +
                                    " records that isn't the one which the server shows here: it shows "
                                    "different people different logs, or the log was rewritten.");
  }
  finding_.kind = kind;
  finding_.sentence = std::move(sentence);
  memory_.key = offer_.key;
  for (const auto& restore : offer_.restores)
    if (!contains(memory_.restores, restore.record.leaf)) memory_.restores.push_back(restore.record.leaf);
  keep_head(memory_, {shown_.size, now_, offer_.note});
}

void HeadCheck::refuse(Kind kind, std::string sentence) {
  finding_.kind = kind;
  finding_.sentence = std::move(sentence) + std::string(kTellAuditor);
}

std::vector<VerifierKey> follow_keys(const VerifierKey& first,
                                     const protocol::AuditCheckpoint::Result& offer) {
  const auto shown = VerifierKey::parse(offer.key);
  if (!shown) return {};
  std::vector<VerifierKey> keys{first};
  for (const auto& note : offer.rotations) {
    if (keys.back() == *shown) break;
    if (auto next = open_rotation(note, keys.back())) keys.push_back(std::move(*next));
  }
  if (!(keys.back() == *shown)) return {};
  return keys;
}

Result<WitnessMemory> accept_shown(WitnessMemory memory, const protocol::AuditCheckpoint::Result& offer,
                                   TimePoint now, const std::string& reason) {
  const auto key = VerifierKey::parse(offer.key);
  if (!key) return key.error();
  const auto shown = open_checkpoint(offer.note, *key);
  if (!shown) return shown.error();
  if (!memory.heads.empty() && !reason.empty()) memory.heads.back().reason = reason;
  memory.contradicted.insert(memory.contradicted.end(), memory.heads.begin(), memory.heads.end());
  memory.heads = {{shown->size, now, offer.note}};
  memory.key = offer.key;
  memory.restores.clear();
  for (const auto& restore : offer.restores) memory.restores.push_back(restore.record.leaf);
  return memory;
}

}  // namespace wardroom::tlog
