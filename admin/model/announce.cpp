#include "admin/model/announce.hpp"

#include "admin/model/list_order.hpp"

namespace wardroom::admin {
namespace {

using Entry = protocol::AdminAnnounceStatus::Entry;

OrderKey entry_key(const Entry& entry, AcknowledgementsColumn column) {
  switch (column) {
    case AcknowledgementsColumn::person:
      return words_key(entry.user.display_name);
    case AcknowledgementsColumn::name:
      return {entry.user.name};
    case AcknowledgementsColumn::at:
      return time_key(entry.at);
  }
  return {};
}

void arrange_entries(std::vector<Entry>& entries, const ListSort& sort) {
  const auto by = [&](AcknowledgementsColumn column, bool descending) {
    put_in_order(entries, descending, [&](const Entry& entry) { return entry_key(entry, column); });
  };
  by(AcknowledgementsColumn::name, false);
  by(static_cast<AcknowledgementsColumn>(sort.column), sort.descending);
}

void ask_page(Turn& turn, std::optional<std::string> after) {
  auto& announce = turn.state.announce;
  announce.loading =
      turn.call<protocol::AdminAnnounceStatus>({announce.missing, std::move(after), rows_at_once(announce)});
}

}  // namespace

const std::vector<std::chrono::seconds>& announcement_lengths() {
  using std::chrono::days, std::chrono::hours;
  static const std::vector<std::chrono::seconds> kLengths{hours{1}, days{1}, days{7}, days{30}, days{60}};
  return kLengths;
}

std::vector<std::string> announcement_length_words() {
  return {"1 hour", "1 day", "7 days", "30 days", "60 days"};
}

void load_announcement(Turn& turn) {
  ask_page(turn, std::nullopt);
}

void sort_acknowledgements(Turn& turn, std::size_t column) {
  if (!press_title(turn.state.announce, column, arrange_entries)) load_announcement(turn);
}

void fold(Turn& turn, const Announce& action) {
  auto& announce = turn.state.announce;
  if (announce.busy) return;
  announce.form_error.clear();
  const auto& lengths = announcement_lengths();
  const auto lasts = lengths[action.form.lasts < lengths.size() ? action.form.lasts : 0];
  announce.busy =
      turn.call<protocol::AdminAnnounce>({action.form.text, action.form.must_acknowledge, lasts.count()});
  if (!announce.busy)
    announce.form_error = "There is no connection to the server now. Nothing was announced.";
}

void fold(Turn& turn, const EndAnnouncement&) {
  auto& announce = turn.state.announce;
  if (!announce.busy) announce.busy = turn.call<protocol::AdminAnnounceEnd>({});
}

void fold(Turn& turn, const ShowAcknowledged& action) {
  auto& announce = turn.state.announce;
  announce.missing = action.missing;
  announce.rows.clear();
  announce.gathered.clear();
  ++announce.list_number;
  load_announcement(turn);
}

void fold(Turn& turn, const LoadMoreAcknowledged&) {
  const auto& announce = turn.state.announce;
  if (!announce.loading && announce.more && !announce.rows.empty())
    ask_page(turn, announce.rows.back().user.name);
}

void fold(Turn& turn, const RefreshAnnouncement&) {
  if (!turn.state.announce.loading) load_announcement(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminAnnounce>& answer) {
  auto& announce = turn.state.announce;
  announce.busy = false;
  if (!answer.result) {
    announce.form_error = answer.result.error().message;
    return;
  }
  ++announce.sent;
  show_toast(turn, "It is on everybody's screen.", false);
  load_announcement(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminAnnounceEnd>& answer) {
  turn.state.announce.busy = false;
  if (!answer.result) show_toast(turn, answer.result.error().message);
  load_announcement(turn);
}

void fold(Turn& turn, const Answer<protocol::AdminAnnounceStatus>& answer) {
  auto& announce = turn.state.announce;
  const auto& asked = answer.params;
  if (asked.missing != announce.missing || asked.limit != rows_at_once(announce)) return;
  if (asked.after && (announce.coming().empty() || announce.coming().back().user.name != *asked.after))
    return;
  announce.loading = false;
  if (!answer.result) {
    give_up_order(announce);
    if (turn.state.online()) announce.error = answer.result.error().message;
    return;
  }
  announce.status = *answer.result;
  if (take_page(announce, !asked.after, answer.result->entries, answer.result->more, arrange_entries))
    ask_page(turn, announce.coming().back().user.name);
}

}  // namespace wardroom::admin
