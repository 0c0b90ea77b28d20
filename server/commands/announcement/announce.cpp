#include "server/audit/announcements.hpp"
#include "server/commands/handlers.hpp"
#include "server/commands/page_limit.hpp"
#include "server/domain/names.hpp"
#include "server/store/users.hpp"

namespace wardroom::commands {
namespace {

constexpr std::size_t kMaxAnnouncementBytes = 1000;
constexpr std::chrono::seconds kLeastShown{60};
constexpr std::chrono::seconds kUsuallyShown = std::chrono::days{7};
// Shorter than records are kept at the least, so that pruning never takes one that stands.
constexpr std::chrono::seconds kLongestShown = std::chrono::days{60};

void tell_everybody(WriteContext& context, const std::optional<Announcement>& announcement) {
  context.out.push_back(
      realtime::ToEverybody{realtime::make_frame(compose_event(AnnouncementChanged{announcement}))});
}

audit::Target target_of(AuditIndex announcement) {
  return {"announcement", announcement.value, {}};
}

}  // namespace

Result<AdminAnnounce::Result> announce(WriteContext& context, const AdminAnnounce::Params& params) {
  auto text = domain::check_line("params.text", params.text, kMaxAnnouncementBytes);
  if (!text) return text.error();
  if (text->empty()) return params_error("params.text", "Say what is to be announced.");
  const std::chrono::seconds lasts{params.ends_in_s.value_or(kUsuallyShown.count())};
  if (lasts < kLeastShown || lasts > kLongestShown)
    return params_error("params.ends_in_s", "An announcement lasts from 60 seconds to 60 days.");
  const bool must_acknowledge = params.must_acknowledge.value_or(false);
  const AuditIndex id{audit::count_records(context.db())};
  audit::Record record = context.call.record(audit::Type::announced);
  record.after = {{"text", *text}, {"must_acknowledge", must_acknowledge}, {"ends_in_s", lasts.count()}};
  context.append(record);
  auto made = audit::load_announcement(context.db(), context.trusted());
  if (!made || made->id != id)
    return conflict("clock_wrong",
                    "The server's clock isn't believed now, and an announcement ends by it. Confirm it on "
                    "the server with: wardroomd confirm-clock --data DIR --reason TEXT");
  tell_everybody(context, *made);
  return AdminAnnounce::Result{*std::move(made)};
}

Result<Empty> end_announcement(WriteContext& context, const Empty&) {
  const auto standing = audit::load_announcement(context.db(), context.trusted());
  if (!standing) return conflict("no_announcement", "No announcement stands now.");
  audit::Record record = context.call.record(audit::Type::announcement_ended);
  record.target = target_of(standing->id);
  context.append(record);
  tell_everybody(context, std::nullopt);
  return Empty{};
}

Result<AdminAnnounceStatus::Result> show_announcement_status(ReadContext& context,
                                                             const AdminAnnounceStatus::Params& params) {
  const auto limit = check_limit(params.limit);
  if (!limit) return limit.error();
  AdminAnnounceStatus::Result result;
  result.people = audit::count_people(context.db);
  const auto last = audit::load_last_announcement(context.db);
  if (!last) return result;
  const AuditIndex id = last->announcement.id;
  result.announcement = last->announcement;
  if (const auto row = store::find_user(context.db, last->by)) result.by = row->user();
  result.stands = !last->is_ended && context.trusted() < last->announcement.until;
  result.acknowledged = audit::count_acknowledgements(context.db, id);
  result.entries =
      audit::load_acknowledgements(context.db, id, params.missing, params.after.value_or(""), *limit + 1);
  result.more = trim_page(result.entries, *limit);
  return result;
}

Result<AnnouncementGet::Result> get_announcement(ReadContext& context, const Empty&) {
  AnnouncementGet::Result result;
  result.announcement = audit::load_announcement(context.db, context.trusted());
  if (result.announcement)
    result.acknowledged = audit::is_acknowledged(context.db, result.announcement->id, context.caller().user);
  return result;
}

Result<Empty> acknowledge_announcement(WriteContext& context, const AnnouncementAcknowledge::Params& params) {
  const auto standing = audit::load_announcement(context.db(), context.trusted());
  if (!standing || standing->id != params.announcement)
    return conflict("announcement_over", "This announcement doesn't stand any more.");
  const UserId user = context.caller().user;
  if (audit::is_acknowledged(context.db(), standing->id, user)) return Empty{};
  audit::Record record = context.call.record(audit::Type::announcement_acknowledged);
  record.target = target_of(standing->id);
  context.append(record);
  context.tell_user(user, AnnouncementAcknowledged{standing->id});
  return Empty{};
}

}  // namespace wardroom::commands
