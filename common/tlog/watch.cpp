#include "common/tlog/watch.hpp"

#include <algorithm>

#include "protocol/invite_link.hpp"

namespace wardroom::tlog {
namespace {

using Kind = Finding::Kind;

constexpr std::chrono::minutes kBetween{10};
constexpr std::chrono::seconds kRetryAfter{2};
constexpr int kMostDoublings = 6;
// The server signs once a second at most; comparing each time would be a second log of its own.
constexpr std::chrono::seconds kLeastBetween{2};
// The disk is spared: a head that is kept a little later is only seen a little less.
constexpr std::chrono::seconds kLeastBetweenSaves{30};

// A server that is older than heads, or wants a new password first, isn't asked again and again.
bool is_lasting(const Error& error) {
  return error.code == ErrorCode::unknown_method || error.code == ErrorCode::forbidden;
}

std::optional<Checkpoint> read_note(const std::string& note) {
  auto checkpoint = parse_checkpoint(note);
  return checkpoint ? std::optional(std::move(*checkpoint)) : std::nullopt;
}

void add_head(std::string& text, const std::string& title, const std::string& key, const std::string& note) {
  text += "\n" + title + "\n";
  if (note.empty()) {
    text += "Nothing that can be read.\n";
    return;
  }
  text += "To be read aloud: " + spoken_root(note) + "\nKey: " + key + "\n----\n" + note;
  if (!text.ends_with('\n')) text += '\n';
  text += "----\n";
}

}  // namespace

void Watch::load(Result<std::optional<WatchMemory>> loaded, TimePoint now) {
  *this = {};
  loaded_ = true;
  if (loaded) {
    if (*loaded) memory_ = std::move(**loaded);
    return;
  }
  damaged_ = true;
  memory_.alarm = WatchAlarm{};
  memory_.alarm->at = now;
  memory_.alarm->sentence = loaded.error().message;
}

std::optional<TimePoint> Watch::due() const {
  if (!loaded_ || asking_) return std::nullopt;
  if (again_ && last_compared_) return std::min(next_at_, *last_compared_ + kLeastBetween);
  return next_at_;
}

std::optional<Watch::Question> Watch::next_question(TimePoint now) {
  if (!loaded_ || asking_) return std::nullopt;
  if (check_) {
    asking_ = true;
    return *check_->question();
  }
  if (*due() > now) return std::nullopt;
  asking_ = true;
  again_ = false;
  return protocol::AuditCheckpoint::Params{};
}

void Watch::disconnect() {
  asking_ = false;
  check_.reset();
  next_at_ = {};
  failures_ = 0;
}

void Watch::answer(const Result<protocol::AuditCheckpoint::Result>& answer, TimePoint now) {
  if (!asking_ || check_) return;
  asking_ = false;
  if (!answer) {
    trouble_ = answer.error().message;
    if (!is_lasting(answer.error())) return retry(now);
    next_at_ = now + kBetween;
    return;
  }
  offer_ = *answer;
  check_.emplace(memory_.witness, *answer, now);
  go_on(now);
}

void Watch::answer(const protocol::AuditConsistency::Params& asked,
                   const Result<protocol::AuditConsistency::Result>& answer, TimePoint now) {
  if (!asking_ || !check_) return;
  const auto question = check_->question();
  if (!question || question->from != asked.from || question->to != asked.to) return;
  asking_ = false;
  check_->answer(answer);
  go_on(now);
}

void Watch::go_on(TimePoint now) {
  if (check_->question()) return;
  const Finding finding = check_->finding();
  if (finding.kind == Kind::undecided) {
    check_.reset();
    trouble_ = finding.sentence;
    return retry(now);
  }
  last_compared_ = now;
  next_at_ = now + kBetween;
  failures_ = 0;
  trouble_.clear();
  take(finding, now);
  check_.reset();
}

void Watch::take(const Finding& finding, TimePoint now) {
  if (damaged_) {
    // Without what was seen before, nothing that the server shows can be called right.
    auto& alarm = *memory_.alarm;
    alarm.shown = finding.shown;
    alarm.shown_note = offer_->note;
    alarm.shown_key = offer_->key;
    return;
  }
  if (finding.is_alarm()) return raise(finding, now);
  at_peace_ = memory_.alarm.has_value();
  memory_.witness = check_->memory();
  if (!memory_.since) memory_.since = now;
  head_ = read_note(offer_->note);
  if (finding.kind == Kind::grown && now < saved_at_ + kLeastBetweenSaves) return;
  saved_at_ = now;
  unsaved_ = true;
}

void Watch::raise(const Finding& finding, TimePoint now) {
  at_peace_ = false;
  head_.reset();
  // The first contradiction is the evidence; what the server shows later may be another lie.
  if (memory_.alarm) return;
  WatchAlarm alarm;
  alarm.at = now;
  alarm.sentence = finding.sentence;
  if (!memory_.witness.heads.empty()) alarm.seen = memory_.witness.heads.back();
  alarm.seen_key = memory_.witness.key;
  alarm.shown = finding.shown;
  alarm.shown_note = offer_->note;
  alarm.shown_key = offer_->key;
  memory_.alarm = std::move(alarm);
  memory_.hidden_until.reset();
  unsaved_ = true;
}

void Watch::retry(TimePoint now) {
  next_at_ = now + std::min<std::chrono::seconds>(kRetryAfter * (1 << failures_), kBetween);
  failures_ = std::min(failures_ + 1, kMostDoublings);
}

void Watch::hide_until(TimePoint t) {
  if (!memory_.alarm) return;
  memory_.hidden_until = t;
  unsaved_ = !damaged_;
}

bool Watch::settle_alarm(TimePoint now, const std::string& reason) {
  if (!can_settle()) return false;
  if (at_peace_) {
    // The server shows what this PC saw; what it showed in between stays as evidence.
    const auto& alarm = *memory_.alarm;
    memory_.witness.contradicted.push_back({alarm.shown, alarm.at, alarm.shown_note});
    if (!reason.empty()) memory_.witness.contradicted.back().reason = reason;
  } else {
    auto accepted = accept_shown(memory_.witness, *offer_, now, reason);
    if (!accepted) return false;
    memory_.witness = std::move(*accepted);
    head_ = read_note(offer_->note);
    if (!memory_.since) memory_.since = now;
  }
  memory_.alarm.reset();
  memory_.hidden_until.reset();
  damaged_ = at_peace_ = false;
  unsaved_ = true;
  return true;
}

bool Watch::alarm_shown(TimePoint now) const {
  return memory_.alarm && (!memory_.hidden_until || *memory_.hidden_until <= now);
}

std::string compose_report(const WatchMemory& memory, const std::string& place) {
  std::string text =
      "Wardroom: what a computer of the office saw of the audit log\n\nServer: " + place + "\n";
  if (memory.alarm) {
    const auto& alarm = *memory.alarm;
    text += "Found: " + to_rfc3339(alarm.at) + "\n" + alarm.sentence + "\n";
    add_head(text,
             "What this computer saw: " + std::to_string(alarm.seen.size) + " records, " +
                 to_rfc3339(alarm.seen.at),
             alarm.seen_key, alarm.seen.note);
    add_head(text,
             "What the server showed instead: " + std::to_string(alarm.shown) + " records, " +
                 to_rfc3339(alarm.at),
             alarm.shown_key, alarm.shown_note);
  } else if (!memory.witness.heads.empty()) {
    const auto& head = memory.witness.heads.back();
    add_head(text,
             "What this computer saw: " + std::to_string(head.size) + " records, " + to_rfc3339(head.at),
             memory.witness.key, head.note);
  }
  text +=
      "\nEach head is a signed note (c2sp.org/tlog-checkpoint): the log's name, its number of records, the "
      "SHA-256 root of its Merkle tree (RFC 6962), and an Ed25519 signature by the key above it.\n";
  return text;
}

std::string spoken_root(const std::string& note) {
  const auto head = read_note(note);
  return head ? protocol::fingerprint(head->root) : "";
}

}  // namespace wardroom::tlog
