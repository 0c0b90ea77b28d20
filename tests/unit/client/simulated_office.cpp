#include "tests/unit/client/simulated_office.hpp"

namespace wardroom::client::test {
namespace {
constexpr std::size_t kMostChanges = 40;  // over it session.resume says too_far
constexpr std::size_t kPageOfChanges = 7;
}  // namespace

SimulatedOffice::SimulatedOffice(unsigned seed) : random_(seed) {
  start_program();
}

void SimulatedOffice::start_program() {
  // A killed program's disk jobs that didn't commit never happened.
  disk_.clear();
  disconnect();
  driver_ = std::make_unique<Driver>();
  driver_->state.ids = IdSource({static_cast<std::uint64_t>(++restarts_), random_()});
  ProfileLoaded profile;
  profile.credentials = Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena")};
  profile.settings.last_room = kRoom;
  profile.cached.epoch = 1;
  if (cached_room_) profile.cached.rooms = {cached_};
  profile.cached.outbox = cached_outbox_;
  driver_->on(std::move(profile));
  take_effects();
}

void SimulatedOffice::take_effects() {
  Effects effects;
  effects.swap(driver_->effects);
  for (const auto& effect : effects) take(effect);
}

void SimulatedOffice::take(const Effect& effect) {
  std::visit(
      [this, &effect](const auto& one) {
        using E = std::decay_t<decltype(one)>;
        if constexpr (std::is_same_v<E, SaveOutbox>) {
          disk_.push_back([this, one] {
            const auto at =
                std::find_if(cached_outbox_.begin(), cached_outbox_.end(),
                             [&](const OutboxRow& row) { return row.client_id == one.row.client_id; });
            if (at == cached_outbox_.end())
              cached_outbox_.push_back(one.row);
            else
              at->failure = one.row.failure;
            driver_->on(OutboxSaved{one.row.client_id, ok()});
          });
        } else if constexpr (std::is_same_v<E, StoreMessages>) {
          disk_.push_back([this, one] { store(one); });
        } else if constexpr (std::is_same_v<E, ChangeMessage>) {
          disk_.push_back([this, one] {
            const auto at = cached_messages_.find(message_of(one.change));
            if (at != cached_messages_.end()) apply_change(at->second, one.change);
            cached_.coverage = one.coverage;
          });
        } else if constexpr (std::is_same_v<E, StoreRoom>) {
          disk_.push_back([this, one] {
            cached_room_ = true;
            cached_.room = one.room;
            cached_.coverage = one.coverage;
          });
        } else if constexpr (std::is_same_v<E, DropMessages>) {
          disk_.push_back([this] { cached_messages_.clear(); });
        } else if constexpr (std::is_same_v<E, LoadPage>) {
          disk_.push_back([this, one] { answer_load(one); });
        } else if constexpr (std::is_same_v<E, desk::Call<Turn>>) {
          ask<protocol::MessagePost, protocol::MessageHistory, protocol::MessageChanges, protocol::RoomList>(
              effect);
        }
      },
      effect);
}

template <class... Ms>
void SimulatedOffice::ask(const Effect& effect) {
  const auto one = [&]<class M>(std::type_identity<M>) {
    if (const auto call = Seen<Call<M>>::in(effect)) requests_.push_back([this, call] { serve(*call); });
  };
  (one(std::type_identity<Ms>{}), ...);
}

template <class M>
void SimulatedOffice::reply(const Call<M>& call, const typename M::Result& result) {
  if (connected_) replies_.push_back(desk::testing::answered<M>(call.made, result));
}

void SimulatedOffice::store(const StoreMessages& store) {
  for (const auto& message : store.messages) {
    auto& cached = cached_messages_[message.seq];
    if (message.changed >= cached.changed) cached = message;
  }
  for (const auto& id : store.sent)
    std::erase_if(cached_outbox_, [&](const OutboxRow& row) { return row.client_id == id; });
  cached_.coverage = store.coverage;
}

void SimulatedOffice::answer_load(const LoadPage& load) {
  PageLoaded page{load.room, load.before, load.after, {}, false, false};
  const auto& coverage = cached_.coverage;
  if (load.before) {
    for (auto at = cached_messages_.lower_bound(*load.before); at != cached_messages_.begin();) {
      --at;
      if (at->first < coverage.from || page.messages.size() == load.limit) break;
      page.messages.insert(page.messages.begin(), at->second);
    }
  } else {
    for (auto at = cached_messages_.upper_bound(*load.after); at != cached_messages_.end(); ++at)
      if (at->first <= coverage.to && page.messages.size() < load.limit) page.messages.push_back(at->second);
  }
  page.end = page.messages.size() < load.limit;
  driver_->on(std::move(page));
}

void SimulatedOffice::append(Stored what) {
  log_.push_back(std::move(what));
  const Seq seq{static_cast<std::int64_t>(log_.size())};
  const auto& one = log_.back();
  if (one.lock) locked_ = *one.lock;
  if (one.change) apply_change(messages_.at(message_of(*one.change)), *one.change);
  if (one.is_message) {
    auto& message = messages_[seq] = test::message(seq.value, one.text, one.author);
    if (!one.client_id.empty()) message.client_id = one.client_id;
  }
  if (connected_) events_.push_back(event_of(log_.size() - 1));
}

Event SimulatedOffice::event_of(std::size_t index) const {
  const auto& one = log_[index];
  const auto seq = static_cast<std::int64_t>(index + 1);
  if (one.change) return std::visit([](const auto& change) -> Event { return change; }, *one.change);
  if (one.lock) {
    protocol::RoomUpdated updated;
    updated.room = kRoom;
    updated.seq = Seq{seq};
    updated.by = kAmara;
    updated.name = "release-7";
    updated.locked = *one.lock;
    return updated;
  }
  if (!one.is_message)
    return protocol::MemberJoined{
        kRoom, Seq{seq}, from_unix_ms(1'795'160'000'000 + seq), user(one.author, "x", "X"), {}};
  std::optional<std::string> client_id;
  if (!one.client_id.empty()) client_id = one.client_id;
  return posted(seq, one.text, one.author, client_id);
}

void SimulatedOffice::serve(const Call<protocol::MessagePost>& call) {
  for (std::size_t i = 0; i < log_.size(); ++i)
    if (log_[i].client_id == call.params.client_id) {
      const auto& m = messages_.at(Seq{static_cast<std::int64_t>(i + 1)});
      return reply(call, {m.seq, m.at});
    }
  append({call.params.text, call.params.client_id, kMe, true, {}, {}});
  const auto& m = messages_.rbegin()->second;
  reply(call, {m.seq, m.at});
}

void SimulatedOffice::serve(const Call<protocol::MessageHistory>& call) {
  protocol::MessageHistory::Result result;
  const auto limit = static_cast<std::size_t>(std::min<std::int64_t>(call.params.limit.value_or(50), 15));
  result.seq = Seq{static_cast<std::int64_t>(log_.size())};
  const auto end = call.params.around ? call.params.around : call.params.before;
  auto at = end ? std::min(end->value - 1, result.seq.value) : result.seq.value;
  const auto older = call.params.around ? limit / 2 : limit;
  // From the message asked for on, as many as the older ones leave.
  if (call.params.around) {
    auto newer = messages_.lower_bound(Seq{at + 1});
    for (; newer != messages_.end() && result.messages.size() < limit - older; ++newer)
      result.messages.push_back(newer->second);
    result.more.after = newer != messages_.end();
  }
  const auto newer_ones = result.messages.size();
  for (; at >= 1; --at) {
    if (!log_[static_cast<std::size_t>(at - 1)].is_message) continue;
    if (result.messages.size() == newer_ones + older) {
      result.more.before = true;
      break;
    }
    result.messages.insert(result.messages.begin(), messages_.at(Seq{at}));
  }
  reply(call, std::move(result));
}

std::vector<protocol::Message> SimulatedOffice::changes_since(Seq since, std::size_t limit,
                                                              Seq& until) const {
  std::vector<protocol::Message> messages;
  until = since;
  for (auto i = static_cast<std::size_t>(since.value); i < log_.size() && messages.size() < limit; ++i) {
    until = Seq{static_cast<std::int64_t>(i + 1)};
    // A message comes once, at the place of its last change.
    const Seq target = log_[i].change ? message_of(*log_[i].change) : until;
    const auto at = messages_.find(target);
    if (at != messages_.end() && at->second.changed.value_or(target) == until) messages.push_back(at->second);
  }
  return messages;
}

void SimulatedOffice::serve(const Call<protocol::MessageChanges>& call) {
  protocol::MessageChanges::Result result;
  result.messages = changes_since(call.params.since, kPageOfChanges, result.seq);
  result.more = result.seq.value < static_cast<std::int64_t>(log_.size());
  reply(call, std::move(result));
}

protocol::MyRoom SimulatedOffice::listed_room() const {
  const auto messages = static_cast<std::int64_t>(server_texts().size());
  auto room = a_room(kRoom, "release-7", static_cast<std::int64_t>(log_.size()), messages);
  room.marker = {};
  room.locked = locked_;
  return room;
}

void SimulatedOffice::serve(const Call<protocol::RoomList>& call) {
  reply(call, {{listed_room()}});
}

void SimulatedOffice::connect() {
  if (connected_) return;
  connected_ = true;
  protocol::SessionResume::Result resumed;
  for (const auto& [id, since] : resume_rooms(driver_->state)) {
    protocol::RoomChanges changes{id, Seq{static_cast<std::int64_t>(log_.size())}, {}, {}};
    Seq until;
    changes.changes = changes_since(since, kMostChanges + 1, until);
    if (changes.changes.size() > kMostChanges) {
      changes.changes.clear();
      changes.too_far = true;
    }
    resumed.rooms.push_back(std::move(changes));
  }
  driver_->come_online(std::move(resumed));
  take_effects();
}

void SimulatedOffice::disconnect() {
  connected_ = false;
  events_.clear();
  replies_.clear();
  // Some requests had arrived; their answers are lost either way.
  for (const auto& serve_it : requests_)
    if (pick(2) == 0) serve_it();
  requests_.clear();
  if (driver_) {
    driver_->effects.clear();
    LinkChanged lost;
    lost.state = LinkChanged::State::offline;
    driver_->on(lost);
    take_effects();
  }
}

void SimulatedOffice::deliver() {
  const bool event = replies_.empty() || (!events_.empty() && pick(2) == 0);
  if (event) {
    if (events_.empty()) return;
    const Event first = events_.front();
    events_.pop_front();
    const auto fate = pick(20);
    if (fate == 0) return;  // lost: a fault that no server of ours has, and that must be seen nevertheless
    driver_->on(first);
    if (fate == 1) driver_->on(first);
    return;
  }
  const auto index = pick(static_cast<unsigned>(replies_.size()));
  const Event reply = replies_[index];
  replies_.erase(replies_.begin() + index);
  driver_->on(reply);
}

void SimulatedOffice::someone_does_something() {
  if (pick(6) == 0) return append({"", "", UserId{static_cast<std::int64_t>(3 + pick(3))}, false, {}, {}});
  if (pick(8) == 0) return append({"", "", kAmara, false, {}, !locked_});
  if (pick(3) == 0) return someone_changes_something();
  append({"other " + std::to_string(log_.size()), "", kAmara, true, {}, {}});
}

std::optional<MessageChange> SimulatedOffice::random_change(const protocol::Message& target, Seq seq) {
  const TimePoint at = from_unix_ms(1'795'160'000'000 + seq.value);
  const bool deleted = target.deleted.value_or(false);
  if (deleted) {
    protocol::Message whole =
        test::message(target.seq.value, "back " + std::to_string(seq.value), target.author);
    whole.client_id = target.client_id;
    whole.changed = seq;
    return protocol::MessageRestored{kRoom, seq, at, std::move(whole), kAmara};
  }
  switch (pick(4)) {
    case 0:
      return protocol::MessageEdited{kRoom,      seq,           at,
                                     target.seq, target.author, "edit " + std::to_string(seq.value)};
    case 1:
      return protocol::MessageDeleted{kRoom, seq, at, target.seq, kAmara, "reason"};
    case 2:
      return protocol::MessagePinned{kRoom, seq, at, target.seq, kAmara, !target.pinned.value_or(false)};
    default:
      return protocol::MessageReacted{
          kRoom, seq, at, target.seq, UserId{static_cast<std::int64_t>(2 + pick(3))}, "👍", pick(3) != 0};
  }
}

void SimulatedOffice::someone_changes_something() {
  if (messages_.empty()) return;
  // Mostly something recent, sometimes something that only the history has.
  const auto back = pick(pick(4) == 0 ? 200 : 12);
  auto at = std::prev(messages_.end());
  for (unsigned i = 0; i < back && at != messages_.begin(); ++i) --at;
  auto change = random_change(at->second, Seq{static_cast<std::int64_t>(log_.size() + 1)});
  append({"", "", kAmara, false, std::move(change), {}});
}

void SimulatedOffice::step() {
  switch (pick(14)) {
    case 0:
    case 1:
    case 2:
      someone_does_something();
      break;
    case 3:
      if (!driver_->state.find_room(kRoom)) break;  // nothing to write in yet
      said_.push_back("mine " + std::to_string(++sayings_));
      driver_->act(SendMessage{kRoom, said_.back()});
      break;
    case 4:
    case 5:
      if (!disk_.empty()) {
        const Job job = std::move(disk_.front());
        disk_.pop_front();
        job();
      }
      break;
    case 6:
    case 7:
      if (connected_ && !requests_.empty()) {
        const auto index = pick(static_cast<unsigned>(requests_.size()));
        const auto serve_it = std::move(requests_[index]);
        requests_.erase(requests_.begin() + index);
        serve_it();
      }
      break;
    case 8:
      driver_->wait(std::chrono::milliseconds{pick(3000)});
      break;
    case 9:
      if (pick(8) == 0) disconnect();
      break;
    case 10:
      if (pick(3) == 0) connect();
      break;
    case 11:
      if (pick(12) == 0) {
        // What was typed and not yet on disk is gone with a kill, and was never shown as safe.
        std::erase_if(said_, [this](const std::string& text) {
          const bool kept = std::any_of(cached_outbox_.begin(), cached_outbox_.end(),
                                        [&](const OutboxRow& row) { return row.text == text; });
          const bool sent =
              std::any_of(log_.begin(), log_.end(), [&](const Stored& one) { return one.text == text; });
          return !kept && !sent;
        });
        start_program();
      }
      break;
    case 12:
      driver_->act(LoadOlder{kRoom});
      break;
    default:
      deliver();
      break;
  }
  take_effects();
}

void SimulatedOffice::settle() {
  disconnect();
  connect();
  let_arrive();
  // It may stand where the person stopped reading.
  driver_->act(JumpToNewest{kRoom});
  let_arrive();
}

void SimulatedOffice::let_arrive() {
  for (int quiet = 0; quiet < 200; ++quiet) {
    if (!disk_.empty() || !requests_.empty() || !events_.empty() || !replies_.empty()) quiet = 0;
    while (!disk_.empty()) {
      const Job job = std::move(disk_.front());
      disk_.pop_front();
      job();
      take_effects();
    }
    if (!requests_.empty()) {
      const auto serve_it = std::move(requests_.front());
      requests_.erase(requests_.begin());
      serve_it();
    }
    if (!events_.empty()) {
      driver_->on(events_.front());
      events_.pop_front();
    }
    if (!replies_.empty()) {
      driver_->on(replies_.front());
      replies_.erase(replies_.begin());
    }
    driver_->wait(std::chrono::milliseconds{100});
    take_effects();
  }
}

}  // namespace wardroom::client::test
