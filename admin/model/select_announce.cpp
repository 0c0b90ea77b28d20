#include "admin/model/announce.hpp"
#include "admin/model/select_console.hpp"
#include "admin/model/words.hpp"

namespace wardroom::admin {
namespace {

std::string made_words(const State& state, const protocol::AdminAnnounceStatus::Result& status) {
  const auto& announcement = *status.announcement;
  std::string text = past_text(state.zone, announcement.at, state.wall);
  if (status.by) text = "by " + status.by->display_name + ", " + text;
  return text + (status.stands ? "; stands until " : "; it is off the screens, and was to end on ") +
         moment_text(state.zone, announcement.until);
}

}  // namespace

AnnounceProps select_announce(const State& state) {
  const auto& announce = state.announce;
  AnnounceProps props;
  props.loading = announce.loading;
  props.busy = announce.busy;
  props.error = announce.error;
  props.form_error = announce.form_error;
  props.sent = announce.sent;
  props.last_choices = announcement_length_words();
  props.missing = announce.missing;
  if (!announce.status || !announce.status->announcement) return props;
  const auto& status = *announce.status;
  props.stands = status.stands;
  props.standing = status.announcement->text;
  props.made = made_words(state, status);
  props.counted = status.announcement->must_acknowledge;
  if (!props.counted) return props;
  props.summary =
      grouped(status.acknowledged) + " of " + grouped(status.people) + " people have acknowledged it";
  for (const auto& entry : announce.rows)
    props.rows.push_back({entry.user.display_name, entry.user.name,
                          entry.at ? past_text(state.zone, *entry.at, state.wall) : ""});
  props.more = announce.more;
  props.sort = announce.shown;
  props.list = announce.list_number;
  return props;
}

}  // namespace wardroom::admin
