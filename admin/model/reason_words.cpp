#include <algorithm>
#include <array>

#include "admin/model/bulk.hpp"
#include "admin/model/moderation.hpp"
#include "admin/model/reasons.hpp"
#include "admin/model/rooms.hpp"
#include "admin/model/words.hpp"
#include "common/text/boundaries.hpp"

namespace wardroom::admin {
namespace {

using namespace std::chrono_literals;
using protocol::Resolution;

constexpr std::array<std::optional<std::chrono::seconds>, 7> kTimes{600s,    3600s,    8 * 3600s,   86400s,
                                                                    604800s, 2592000s, std::nullopt};
const std::vector<std::string> kTimeWords{"10 minutes", "1 hour",  "8 hours",           "1 day",
                                          "7 days",     "30 days", "until it is lifted"};
constexpr std::size_t kHour = 1;
constexpr std::size_t kDay = 3;

constexpr std::array<Resolution, 7> kResolutions{
    Resolution::dismissed, Resolution::warned, Resolution::deleted, Resolution::muted,
    Resolution::kicked,    Resolution::banned, Resolution::other};
const std::vector<std::string> kResolutionWords{"Dismissed: nothing is wrong with it",
                                                "Warned the author",
                                                "Deleted the message",
                                                "Muted the author",
                                                "Removed the author from the room",
                                                "Banned the author from the room",
                                                "Something else"};

constexpr std::array<std::int64_t, 6> kSlowModes{0, 5, 30, 60, 300, 3600};
const std::vector<std::string> kSlowWords{"off",      "5 seconds", "30 seconds",
                                          "1 minute", "5 minutes", "1 hour"};

std::string person_name(const State& state, UserId person) {
  for (const auto& account : state.people.rows)
    if (account.id == person) return text::isolated(account.display_name);
  for (const auto& session : state.sessions.rows)
    if (session.user.id == person) return text::isolated(session.user.display_name);
  return "this person";
}

// "signed out of 3 devices within a second"; of every one while it isn't known how many there are.
std::string sign_out_words(const State& state, UserId person) {
  const auto& sessions = state.people.sessions;
  std::string devices = "every device";
  if (state.people.selected == person && sessions.loaded) {
    const auto count = static_cast<std::int64_t>(sessions.list.size());
    if (count == 0) return "signed in nowhere now";
    devices = sessions.more ? "more than " + counted(count, "device") : counted(count, "device");
  }
  return "signed out of " + devices + " within a second";
}

const protocol::SessionInfo* find_session(const State& state, SessionId id) {
  for (const auto* list : {&state.people.sessions.list, &state.sessions.rows})
    for (const auto& session : *list)
      if (session.id == id) return &session;
  return nullptr;
}

// Of the report's message: who wrote it and where.
struct Case {
  std::string author = "the author";
  std::string room = "the room";
};
Case case_of(const State& state, ReportId id) {
  const auto* report = find_report(state, id);
  if (!report) return {};
  return {author_of(*report), room_title(state, *report)};
}

ReasonDialogProps describe(const State& state, const DisablePerson& m) {
  const std::string name = person_name(state, m.person);
  return {.title = "Disable " + name + "?",
          .consequence = name + " is " + sign_out_words(state, m.person) +
                         ", open invite links for this account become useless, and nobody "
                         "can sign in with it until it is enabled again. What was written stays.",
          .example = "left the company",
          .confirm = "Disable"};
}

ReasonDialogProps describe(const State& state, const ResetPassword& m) {
  const std::string name = person_name(state, m.person);
  return {.title = "Reset the password of " + name + "?",
          .consequence = name + "'s password stops working now, and they are " +
                         sign_out_words(state, m.person) +
                         ". You get a one-use code to read out, good for 24 hours, with which they choose a "
                         "new password. A second factor is still asked for.",
          .example = "forgot the password, called from their desk",
          .confirm = "Reset password"};
}

ReasonDialogProps describe(const State& state, const RemoveSecondFactor& m) {
  const std::string name = person_name(state, m.person);
  return {.title = "Remove the second factor of " + name + "?",
          .consequence =
              "From then on the password alone opens this account, and the recovery codes become "
              "useless. Make sure that it is " +
              name + " who asks. Where the office requires a second factor, they set a new one up.",
          .example = "lost the phone, came by in person",
          .confirm = "Remove"};
}

ReasonDialogProps describe(const State& state, const ActOnSelected& m) {
  return describe_bulk(state, m.act);
}

ReasonDialogProps describe(const State& state, const EndSession& m) {
  const auto* session = find_session(state, m.session);
  const std::string device = session && !session->device.empty() ? session->device : "this device";
  return {.title = "Sign out " + device + "?",
          .consequence = (session ? session->user.display_name : std::string("Their owner")) +
                         " is signed out there within a second, and can sign in again with the password.",
          .example = "the laptop was lost",
          .confirm = "Sign out"};
}

ReasonDialogProps describe(const State& state, const EndAllSessions& m) {
  const std::string name = person_name(state, m.person);
  return {.title = "Sign " + name + " out everywhere?",
          .consequence =
              name + " is " + sign_out_words(state, m.person) + ", and can sign in again with the password.",
          .example = "the laptop was lost",
          .confirm = "Sign out everywhere"};
}

ReasonDialogProps describe(const State& state, const DeleteMessage& m) {
  const Case c = case_of(state, m.report);
  return {.title = "Delete the message?",
          .consequence = c.author + "'s message in " + c.room +
                         " becomes a line that says it was deleted, with this reason. This report and the "
                         "audit log keep what it was. It can be brought back.",
          .example = "names a customer",
          .confirm = "Delete"};
}

ReasonDialogProps describe(const State& state, const MutePerson& m) {
  const Case c = case_of(state, m.report);
  return {.title = "Mute " + c.author + "?",
          .consequence = c.author + " can still read " + c.room +
                         " but can't post there until then. They are told, with this reason.",
          .example = "insults a colleague",
          .confirm = "Mute",
          .choice_label = "For how long",
          .choices = kTimeWords,
          .choice = kHour};
}

ReasonDialogProps describe(const State& state, const KickPerson& m) {
  const Case c = case_of(state, m.report);
  return {.title = "Remove " + c.author + "?",
          .consequence = c.author + " is out of " + c.room +
                         " at once and told why. They can rejoin where they could join before.",
          .example = "not of this project",
          .confirm = "Remove"};
}

ReasonDialogProps describe(const State& state, const BanPerson& m) {
  const Case c = case_of(state, m.report);
  return {.title = "Ban " + c.author + "?",
          .consequence = c.author + " is out of " + c.room +
                         " at once and can't come back until then. They are told, with this reason.",
          .example = "insults after two warnings",
          .confirm = "Ban",
          .choice_label = "For how long",
          .choices = kTimeWords,
          .choice = kDay};
}

ReasonDialogProps describe(const State& state, const ResolveReport& m) {
  const auto* report = find_report(state, m.report);
  ReasonDialogProps props{
      .title = "Resolve the report",
      .consequence = (report ? report->reporter.display_name : std::string("Who reported")) +
                     " is told what was done and why. The report stays, with its evidence, and "
                     "can be opened again.",
      .example = "deleted, and spoken to the author",
      .confirm = "Resolve",
      .danger = false,
      .choice_label = "What was done",
      .choices = kResolutionWords};
  const auto taken = state.moderation.taken.find(m.report);
  if (taken == state.moderation.taken.end() || taken->second.empty()) return props;
  const auto at = std::find(kResolutions.begin(), kResolutions.end(), taken->second.back());
  props.choice = static_cast<std::size_t>(at - kResolutions.begin());
  return props;
}

ReasonDialogProps describe(const State&, const ReopenReport&) {
  return {.title = "Open the report again?",
          .consequence = "It becomes an open report again. What was done about it stays as it is.",
          .example = "it happened again",
          .confirm = "Open again",
          .danger = false};
}

ReasonDialogProps describe(const State& state, const LiftSanction& m) {
  const bool mute = !m.is_ban;
  const std::string where = m.room ? known_room_title(state, *m.room) : std::string("every room");
  return {
      .title = mute ? "Let " + m.person_name + " write again?" : "Let " + m.person_name + " come in again?",
      .consequence = mute
                         ? "The mute in " + where + " ends now, and they are told."
                         : "The ban from " + where + " ends now, and they are told. They join by themselves.",
      .example = "apologised",
      .confirm = mute ? "Lift the mute" : "Lift the ban",
      .danger = false};
}

std::string members_of(const State& state, RoomId id) {
  const auto* room = find_known_room(state, id);
  if (!room || !room->members) return "Its members";
  return *room->members == 1 ? "Its one member" : "Its " + grouped(*room->members) + " members";
}

ReasonDialogProps describe(const State& state, const LockRoom& m) {
  const std::string room = known_room_title(state, m.room);
  return {.title = (m.on ? "Lock " : "Unlock ") + room + "?",
          .consequence = members_of(state, m.room) +
                         (m.on ? " can still read; only moderators can post until it is unlocked."
                               : " can post again, unless they are muted."),
          .example = m.on ? "calms down until tomorrow" : "calm again",
          .confirm = m.on ? "Lock" : "Unlock",
          .danger = m.on};
}

ReasonDialogProps describe(const State& state, const ArchiveRoom& m) {
  const std::string room = known_room_title(state, m.room);
  return {
      .title = (m.on ? "Archive " : "Open ") + room + (m.on ? "?" : " again?"),
      .consequence = members_of(state, m.room) +
                     (m.on ? " can read and search it, but nobody can post in it until it is opened again."
                           : " can post in it again."),
      .example = m.on ? "the project is over" : "the project goes on",
      .confirm = m.on ? "Archive" : "Open again",
      .danger = m.on};
}

ReasonDialogProps describe(const State& state, const SlowRoom& m) {
  ReasonDialogProps props{.title = "Slow mode of " + known_room_title(state, m.room),
                          .consequence = members_of(state, m.room) +
                                         " wait that long between two messages. Moderators aren't held up.",
                          .example = "too fast to follow",
                          .confirm = "Set",
                          .danger = false,
                          .choice_label = "One message every",
                          .choices = kSlowWords,
                          .choice = 2};
  const auto* room = find_known_room(state, m.room);
  if (!room || !room->manners) return props;
  const auto at = std::find(kSlowModes.begin(), kSlowModes.end(), room->manners->slow_mode_s);
  if (at != kSlowModes.end()) props.choice = static_cast<std::size_t>(at - kSlowModes.begin());
  return props;
}

ReasonDialogProps describe(const State&, const LiftHold& m) {
  return {.title = "Lift the hold \"" + m.name + "\"?",
          .consequence = "From then on retention, erasure and pruning may remove what " + m.covers +
                         " has, as far as no other hold covers it.",
          .example = "the case is closed",
          .confirm = "Lift the hold"};
}

ReasonDialogProps describe(const State& state, const PruneAudit& m) {
  return {
      .title = "Forget the text of old records?",
      .consequence = counted(m.records, "record") + " from before " + moment_text(state.zone, m.before) +
                     " lose their text. Their hashes stay, and the log still verifies. It can't be undone.",
      .example = "kept for as long as the policy says",
      .confirm = "Forget them"};
}

ReasonDialogProps describe(const State& state, const UndoImport& m) {
  std::string counted_words = "The accounts of this import whose people were never here are removed.";
  for (const auto& entry : state.imports.earlier) {
    if (entry.import != m.import) continue;
    counted_words = counted(entry.accounts - entry.signed_in, "account") + " whose people were never here " +
                    (entry.accounts - entry.signed_in == 1 ? "is" : "are") +
                    " removed, with their invites. " +
                    (entry.signed_in == 0 ? "Nobody has signed in yet."
                                          : counted(entry.signed_in, "account") + " in use stay.");
  }
  return {.title = "Undo this import?",
          .consequence = counted_words,
          .example = "the wrong file",
          .confirm = "Undo import"};
}

}  // namespace

std::span<const std::optional<std::chrono::seconds>> sanction_times() {
  return kTimes;
}
std::span<const Resolution> resolutions() {
  return kResolutions;
}
std::span<const std::int64_t> slow_modes() {
  return kSlowModes;
}

std::string_view resolution_word(Resolution resolution) {
  switch (resolution) {
    case Resolution::dismissed:
      return "dismissed";
    case Resolution::warned:
      return "author warned";
    case Resolution::deleted:
      return "message deleted";
    case Resolution::muted:
      return "author muted";
    case Resolution::kicked:
      return "author removed";
    case Resolution::banned:
      return "author banned";
    case Resolution::other:
      break;
  }
  return "resolved";
}

ReasonDialogProps describe_action(const State& state, const ReasonedAction& act) {
  return std::visit([&](const auto& one) { return describe(state, one); }, act);
}

}  // namespace wardroom::admin
