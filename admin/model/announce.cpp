#include "admin/model/announce.hpp"

namespace wardroom::admin {
namespace {

void ask_page(Turn& turn, std::optional<std::string> after) {
  auto& announce = turn.state.announce;
  announce.loading =
      turn.call<protocol::AdminAnnounceStatus>({announce.missing, std::move(after), kRowsAtOnce});
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
  if (announce.status) announce.status->entries.clear();
  load_announcement(turn);
}

void fold(Turn& turn, const LoadMoreAcknowledged&) {
  const auto& announce = turn.state.announce;
  if (announce.loading || !announce.status || !announce.status->more || announce.status->entries.empty())
    return;
  ask_page(turn, announce.status->entries.back().user.name);
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
  if (answer.params.missing != announce.missing) return;
  announce.loading = false;
  if (!answer.result) {
    if (turn.state.online()) announce.error = answer.result.error().message;
    return;
  }
  auto page = *answer.result;
  if (answer.params.after && announce.status)
    page.entries.insert(page.entries.begin(), announce.status->entries.begin(),
                        announce.status->entries.end());
  announce.status = std::move(page);
  announce.error.clear();
}

}  // namespace wardroom::admin
