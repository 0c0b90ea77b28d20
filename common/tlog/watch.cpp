#include "common/tlog/watch.hpp"

#include <algorithm>

#include "common/tlog/cosignature.hpp"
#include "protocol/invite_link.hpp"

namespace wardroom::tlog {
namespace {

using Kind = Finding::Kind;

constexpr std::chrono::minutes kBetween{10};
constexpr std::chrono::seconds kRetryAfter{2};
constexpr int kMostDoublings = 6;
// The server signs once a second at most; comparing each time would be a second log of its own.
constexpr std::chrono::seconds kLeastBetween{2};
// A cosignature is a write to the server's disk: one with each comparison of a PC that is left alone, not
// with each head that a reader of the log is shown.
constexpr std::chrono::minutes kLeastBetweenCosignatures{9};
// To the end of the longest day, on which summer time ends.
constexpr std::chrono::hours kLongestHidden{25};
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

// Whoever sets the PC's clock back doesn't switch the comparison off: what waits goes back with it.
void Watch::follow_clock(TimePoint now) {
  if (now < latest_) {
    const auto back = latest_ - now;
    next_at_ -= back;
    saved_at_ -= back;
    if (last_compared_) *last_compared_ -= back;
  }
  latest_ = now;
}

std::optional<Watch::Question> Watch::next_question(TimePoint now) {
  follow_clock(now);
  if (!loaded_ || asking_) return std::nullopt;
  if (check_) {
    asking_ = true;
    return *check_->question();
  }
  if (cosignature_) {
    asking_ = true;
    if (is_unknown_) return protocol::AuditAddWitness::Params{cosignature_->key};
    return *cosignature_;
  }
  if (*due() > now) return std::nullopt;
  asking_ = true;
  again_ = false;
  return protocol::AuditCheckpoint::Params{};
}

void Watch::disconnect() {
  asking_ = false;
  settling_.reset();
  check_.reset();
  cosignature_.reset();
  next_at_ = {};
  failures_ = 0;
}

void Watch::answer(const Result<protocol::AuditCheckpoint::Result>& answer, TimePoint now) {
  if (!asking_ || check_ || cosignature_) return;
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

void Watch::answer(const protocol::AuditAddWitness::Params& asked, const Result<protocol::Empty>& answer,
                   TimePoint) {
  if (!asking_ || !cosignature_ || cosignature_->key != asked.key) return;
  asking_ = false;
  is_unknown_ = false;
  if (!answer) give_up_cosigning(answer.error());
}

void Watch::answer(const protocol::AuditCosign::Params& asked, const Result<protocol::Empty>& answer,
                   TimePoint now) {
  if (!asking_ || !cosignature_ || cosignature_->size != asked.size) return;
  asking_ = false;
  if (!answer && answer.error().reason == "unknown_witness" && !was_added_) {
    is_unknown_ = was_added_ = true;
    return;
  }
  if (!answer) return give_up_cosigning(answer.error());
  cosignature_.reset();
  clock_trouble_.clear();
  memory_.cosigned_at = now;
  memory_.cosigned_size = asked.size;
  unsaved_ = true;
}

// Nothing depends on it: the next comparison tries again.
void Watch::give_up_cosigning(const Error& why) {
  cosignature_.reset();
  if (is_lasting(why)) may_cosign_ = false;
  if (why.reason != "clock_wrong") return;
  // Only a person can do something about it.
  if (clock_trouble_.empty()) untold_ = why.message;
  clock_trouble_ = why.message;
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
  prepare_cosignature(now);
  if (finding.kind == Kind::grown && now < saved_at_ + kLeastBetweenSaves) return;
  saved_at_ = now;
  unsaved_ = true;
}

bool Watch::is_cosigning_due(TimePoint now) const {
  if (!may_cosign_ || memory_.alarm || !head_) return false;
  if (head_->size <= memory_.cosigned_size.value_or(0)) return false;
  // Also when the clock was set back since.
  const auto& last = memory_.cosigned_at;
  return !last || now < *last || now >= *last + kLeastBetweenCosignatures;
}

const Secret& Watch::cosigner_seed() {
  const auto usable = [](const Secret& text) {
    const auto bytes = parse_base64url(text.reveal());
    return bytes && bytes->size() == sizeof(Digest);
  };
  if (!memory_.cosigner || !usable(*memory_.cosigner)) {
    memory_.cosigner = Secret(to_base64url(as_bytes(SigningKey::make_seed().reveal())));
    unsaved_ = true;
  }
  return *memory_.cosigner;
}

// What this PC found to be in order it vouches for: others can hold it against what they are shown.
void Watch::prepare_cosignature(TimePoint now) {
  if (!is_cosigning_due(now)) return;
  const auto parts = split_note(offer_->note);
  const auto seed = parse_base64url(cosigner_seed().reveal());
  if (!parts || !seed) return;
  const auto cosigner = Cosigner::of_device(head_->origin, Secret(std::string(as_text(*seed))));
  cosignature_ = {cosigner.key().to_string(), head_->size, cosigner.cosign_line(parts->text, now)};
  is_unknown_ = was_added_ = false;
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
  if (!finding.cosigned.empty()) alarm.cosigned = finding.cosigned;
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

std::optional<protocol::AuditAcceptHead::Params> Watch::ask_to_settle(const std::string& reason) {
  if (!can_settle()) return std::nullopt;
  const auto shown = read_note(offer_->note);
  if (!shown || (!at_peace_ && !accept_shown(memory_.witness, *offer_, {}, reason))) return std::nullopt;
  protocol::AuditAcceptHead::Params params;
  params.reason = reason;
  const auto& alarm = *memory_.alarm;
  if (const auto seen = read_note(alarm.seen.note))
    params.seen = protocol::GivenUpHead{seen->size, to_hex(seen->root), alarm.seen_key};
  params.shown = {shown->size, to_hex(shown->root)};
  settling_ = Settling{params, *offer_, at_peace_};
  return params;
}

Result<Watch::Settled> Watch::answer(const protocol::AuditAcceptHead::Params& asked,
                                     const Result<protocol::Empty>& answer, TimePoint now) {
  const bool is_awaited = settling_ && settling_->asked.reason == asked.reason &&
                          settling_->asked.shown.size == asked.shown.size &&
                          settling_->asked.shown.root == asked.shown.root;
  if (!is_awaited || !memory_.alarm)
    return unavailable("The connection was lost meanwhile, and the alarm stays. Try again.");
  Settling settling = *std::exchange(settling_, std::nullopt);
  const bool is_too_old = !answer && answer.error().code == ErrorCode::unknown_method;
  if (!answer && !is_too_old) return answer.error();
  if (auto done = settle(std::move(settling), now); !done) return done.error();
  return is_too_old ? Settled::not_on_record : Settled::on_record;
}

Result<void> Watch::settle(Settling settling, TimePoint now) {
  const std::string& reason = settling.asked.reason;
  if (settling.at_peace != at_peace_)
    return unavailable("The server shows something else by now, and the alarm stays. Look at it again.");
  if (at_peace_) {
    // The server shows what this PC saw; what it showed in between stays as evidence.
    const auto& alarm = *memory_.alarm;
    memory_.witness.contradicted.push_back({alarm.shown, alarm.at, alarm.shown_note});
    if (!reason.empty()) memory_.witness.contradicted.back().reason = reason;
  } else {
    auto accepted = accept_shown(memory_.witness, settling.offer, now, reason);
    if (!accepted) return accepted.error();
    memory_.witness = std::move(*accepted);
    offer_ = std::move(settling.offer);
    head_ = read_note(offer_->note);
    if (!memory_.since) memory_.since = now;
    // A key vouches for one history only: for this one there will be another.
    memory_.cosigner.reset();
    memory_.cosigned_at.reset();
    memory_.cosigned_size.reset();
    // A comparison that is under way began with what was given up.
    if (check_) {
      check_.reset();
      asking_ = false;
      next_at_ = now;
    }
  }
  memory_.alarm.reset();
  memory_.hidden_until.reset();
  damaged_ = at_peace_ = false;
  unsaved_ = true;
  return ok();
}

bool Watch::alarm_shown(TimePoint now) const {
  const auto& until = memory_.hidden_until;
  // Farther off than a day's end, the clock was set back since: an alarm isn't hidden for a year by that.
  return memory_.alarm && (!until || *until <= now || *until > now + kLongestHidden);
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
    if (alarm.cosigned)
      add_head(text, "What another device vouched for, as the server showed it:", alarm.shown_key,
               *alarm.cosigned);
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
