#include "bench/replay_load.hpp"

#include <cstdio>
#include <functional>

#include "bench/entrance.hpp"
#include "bench/irc_log.hpp"
#include "common/base/random.hpp"
#include "common/base/uuid.hpp"
#include "protocol/close_codes.hpp"

namespace wardroom::bench {
namespace {

// Without any progress for so long the replay gives up: longer than any restart.
constexpr std::uint64_t kReplayPatience = 60 * kSecond;
constexpr std::int64_t kSignIn = 1;
constexpr std::int64_t kList = 2;
constexpr std::int64_t kChanges = 3;

}  // namespace

Result<void> ReplayLoad::run() {
  if (auto done = load_lines(); !done) return done;
  began_ = progress_at_ = now_ns();
  while (!is_complete() && now_ns() - progress_at_ < kReplayPatience) turn();
  count_missing();
  const double seconds = static_cast<double>(now_ns() - began_) / 1e9;
  print("clients", static_cast<double>(clients_.size()));
  print("lines", static_cast<double>(lines_.size()));
  print("received", static_cast<double>(received_));
  print("lines/s", static_cast<double>(lines_.size()) / seconds);
  print("acknowledgement ms", answer_time_);
  print("reconnects", static_cast<double>(reconnects_));
  print("messages by catching up", static_cast<double>(caught_up_));
  print("lines sent again", static_cast<double>(said_again_));
  print(faults);
  return ok();
}

Result<void> ReplayLoad::load_lines() {
  clients_.resize(options_.connections);
  const std::size_t rooms = ground_.rooms.size();
  for (std::size_t f = 0; f < options_.replay.size(); ++f) {
    auto said = load_irc_log(options_.replay[f]);
    if (!said) return said.error();
    const std::size_t room = f % rooms;
    const std::size_t members = (clients_.size() - room + rooms - 1) / rooms;
    for (SaidLine& one : *said) {
      Line line;
      line.room = room;
      line.client = room + std::hash<std::string>{}(one.nick) % members * rooms;
      line.text = std::move(one.text);
      line.client_id = to_string(make_uuid7(SystemClock().now()));
      clients_[line.client].to_say.push_back(lines_.size());
      line_of_.emplace(line.client_id, lines_.size());
      lines_.push_back(std::move(line));
    }
  }
  for (Client& client : clients_) client.seen.resize(lines_.size());
  return ok();
}

RoomId ReplayLoad::room_of(const Client& client) const {
  return ground_.rooms[ground_.room_of(static_cast<std::size_t>(&client - clients_.data()))];
}

void ReplayLoad::turn() {
  connect_those_away();
  bool all_know_their_place = true;  // nobody speaks before everybody listens
  for (const Client& client : clients_) all_know_their_place = all_know_their_place && client.last >= 0;
  if (all_know_their_place)
    for (Client& client : clients_) speak(client);
  reactor_.turn(std::chrono::milliseconds{5});
}

void ReplayLoad::connect_those_away() {
  const std::uint64_t now = now_ns();
  std::size_t on_their_way = 0;
  for (const Client& client : clients_)
    if (client.connection && client.stage == Stage::away) ++on_their_way;
  for (std::size_t i = 0; i < clients_.size() && on_their_way < options_.connecting; ++i) {
    Client& client = clients_[i];
    if (client.connection || now < client.reconnect_at) continue;
    auto opened = reactor_.open(i, *this);
    client.reconnect_at = now + kSecond / 10 + random_below(400) * kSecond / 1000;
    if (!opened) continue;  // the server is away; the patience of the whole ends it
    client.connection = *opened;
    ++on_their_way;
  }
}

void ReplayLoad::speak(Client& client) {
  if (client.stage != Stage::inside || now_ns() < client.pause_until) return;
  while (!client.to_say.empty() && client.waiting.size() < options_.outstanding) {
    if (options_.rate > 0 &&
        static_cast<double>(said_) > static_cast<double>(now_ns() - began_) / 1e9 * options_.rate)
      return;
    const std::size_t line = client.to_say.front();
    client.to_say.pop_front();
    ++said_;
    send_line(client, line);
  }
}

void ReplayLoad::send_line(Client& client, std::size_t line) {
  protocol::MessagePost::Params params;
  params.room = room_of(client);
  params.client_id = lines_[line].client_id;
  params.text = lines_[line].text;
  lines_[line].sent_at = now_ns();
  client.waiting.emplace(client.next_id, line);
  client.connection->send_text(
      protocol::compose_request(client.next_id++, protocol::MessagePost::kName, protocol::encode(params)));
  reactor_.mark_dirty(*client.connection);
}

void ReplayLoad::on_open(LoadConnection& connection) {
  Client& client = clients_[connection.index()];
  client.stage = Stage::signing_in;
  std::string rooms;
  if (client.last >= 0)
    rooms = "{\"" + std::to_string(room_of(client).value) + "\":" + std::to_string(client.last) + "}";
  connection.send_text(
      compose_resume(ground_.people[ground_.person_of(connection.index())].token, epoch_, rooms));
}

void ReplayLoad::on_closed(LoadConnection& connection, std::uint16_t code) {
  Client& client = clients_[connection.index()];
  client.connection = nullptr;
  client.stage = Stage::away;
  client.held.clear();
  if (code != 0 && !protocol::is_resumable(code)) {
    ++faults.closed;
    std::fprintf(stderr, "client %zu was closed for good: %u\n", connection.index(), code);
    client.reconnect_at = ~0ULL;
    return;
  }
  ++reconnects_;
  client.reconnect_at = now_ns() + kSecond / 10 + random_below(400) * kSecond / 1000;
}

void ReplayLoad::on_text(LoadConnection& connection, std::string_view text) {
  Client& client = clients_[connection.index()];
  if (text.starts_with(R"({"jsonrpc":"2.0","method":)")) {
    if (client.stage == Stage::inside)
      on_event(client, text);
    else
      client.held.emplace_back(text);
    return;
  }
  const auto answer = protocol::parse_incoming(text);
  if (!answer) {
    mismatch(client, answer.error().message, 0);
    return;
  }
  const std::int64_t id = std::atoll(answer->key.c_str());
  if (id == kSignIn) return on_signed_in(client, *answer);
  if (id == kList) return on_listed(client, *answer);
  if (id == kChanges) return on_changes(client, *answer);
  on_answer(client, *answer);
}

void ReplayLoad::on_signed_in(Client& client, const protocol::Incoming& answer) {
  auto result = answer.error ? Result<protocol::SessionResume::Result>(*answer.error)
                             : protocol::decode<protocol::SessionResume::Result>(answer.body, "result");
  if (!result) {
    ++faults.refused;
    std::fprintf(stderr, "refused: %s\n", result.error().message.c_str());
    return;
  }
  client.user = result->user.id.value;
  epoch_ = result->epoch;
  if (client.last < 0) {
    client.stage = Stage::listing;
    client.connection->send_text(protocol::compose_request(kList, protocol::RoomList::kName, "{}"));
    return;
  }
  client.stage = Stage::catching_up;
  for (const auto& room : result->rooms) {
    if (room.room != room_of(client)) continue;
    if (room.too_far.value_or(false)) return ask_changes(client);
    for (const auto& message : room.changes) {
      ++caught_up_;
      take_message(client, message.seq.value, message.author, message.client_id, message.text);
    }
    client.last = std::max(client.last, room.seq.value);
  }
  enter(client);
}

void ReplayLoad::on_listed(Client& client, const protocol::Incoming& answer) {
  const auto result = protocol::decode<protocol::RoomList::Result>(answer.body, "result");
  if (result)
    for (const auto& room : result->rooms)
      if (room.id == room_of(client)) client.last = room.seq.value;
  if (client.last < 0) return mismatch(client, "room.list doesn't name the room", 0);
  enter(client);
}

void ReplayLoad::ask_changes(Client& client) {
  protocol::MessageChanges::Params params;
  params.room = room_of(client);
  params.since = Seq{client.last};
  client.connection->send_text(
      protocol::compose_request(kChanges, protocol::MessageChanges::kName, protocol::encode(params)));
}

void ReplayLoad::on_changes(Client& client, const protocol::Incoming& answer) {
  const auto result = protocol::decode<protocol::MessageChanges::Result>(answer.body, "result");
  if (!result) return mismatch(client, "message.changes can't be read", 0);
  for (const auto& message : result->messages) {
    ++caught_up_;
    take_message(client, message.seq.value, message.author, message.client_id, message.text);
  }
  client.last = std::max(client.last, result->seq.value);
  if (result->more) return ask_changes(client);
  enter(client);
}

void ReplayLoad::enter(Client& client) {
  client.stage = Stage::inside;
  client.caught_up_to = client.last;
  for (const std::string& text : std::exchange(client.held, {})) on_event(client, text);
  for (const auto& [id, line] : std::exchange(client.waiting, {})) {
    ++said_again_;
    send_line(client, line);
  }
}

void ReplayLoad::on_answer(Client& client, const protocol::Incoming& answer) {
  const auto found = client.waiting.find(std::atoll(answer.key.c_str()));
  if (found == client.waiting.end()) return;
  const std::size_t index = found->second;
  Line& line = lines_[index];
  client.waiting.erase(found);
  progress_at_ = now_ns();
  if (answer.error) {
    const ErrorCode code = answer.error->code;
    if (code == ErrorCode::unavailable || code == ErrorCode::rate_limited) {
      client.to_say.push_front(index);
      const auto wait = std::max(answer.error->retry_after, std::chrono::milliseconds{100});
      client.pause_until = now_ns() + static_cast<std::uint64_t>(wait.count()) * 1'000'000;
      return;
    }
    if (faults.refused++ == 0) std::fprintf(stderr, "refused: %s\n", answer.error->message.c_str());
    line.seq = -1;  // nothing is to be expected of it
    return;
  }
  answer_time_.add(now_ns() - line.sent_at);
  const auto result = protocol::decode<protocol::MessagePost::Result>(answer.body, "result");
  if (!result) return mismatch(client, "an answer can't be read", 0);
  if (line.seq != 0 && line.seq != result->seq.value)
    mismatch(client, "the answer has another number", line.seq);
  line.seq = result->seq.value;
}

void ReplayLoad::on_event(Client& client, std::string_view text) {
  const auto event = protocol::parse_incoming(text);
  if (!event) return mismatch(client, event.error().message, 0);
  const auto* params = event->body.if_object();
  const auto* room = params ? params->if_contains("room") : nullptr;
  const auto* number = params ? params->if_contains("seq") : nullptr;
  if (!room || !number || !number->is_int64() || *room != room_of(client).value) return;
  const std::int64_t seq = number->get_int64();
  if (seq <= client.last) {
    if (seq > client.caught_up_to) ++faults.duplicates;
    return;
  }
  if (seq != client.last + 1) ++faults.gaps;
  if (event->method == protocol::MessagePosted::kName) {
    const auto posted = protocol::decode<protocol::MessagePosted>(event->body, "params");
    if (!posted) return mismatch(client, posted.error().message, seq);
    take_message(client, seq, posted->author, posted->client_id, posted->text);
  }
  client.last = seq;
}

void ReplayLoad::take_message(Client& client, std::int64_t seq, UserId author,
                              const std::optional<std::string>& client_id, const std::string& text) {
  ++received_;
  progress_at_ = now_ns();
  const auto found = client_id ? line_of_.find(*client_id) : line_of_.end();
  if (found == line_of_.end()) return;  // somebody else's
  Line& line = lines_[found->second];
  if (client.seen[found->second]) ++faults.duplicates;
  client.seen[found->second] = true;
  if (line.text != text) mismatch(client, "another text", seq);
  if (clients_[line.client].user != author.value) mismatch(client, "another author", seq);
  if (line.seq != 0 && line.seq != seq) mismatch(client, "another number", seq);
  line.seq = seq;
}

void ReplayLoad::mismatch(const Client& client, std::string_view what, std::int64_t seq) {
  if (faults.mismatches++ < 10)
    std::fprintf(stderr, "client %td, number %ld: %.*s\n", &client - clients_.data(), seq,
                 static_cast<int>(what.size()), what.data());
}

bool ReplayLoad::is_complete() const {
  for (const Client& client : clients_)
    if (!client.to_say.empty() || !client.waiting.empty()) return false;
  for (std::size_t i = 0; i < clients_.size(); ++i)
    for (const Line& line : lines_)
      if (line.room == ground_.room_of(i) && line.seq > clients_[i].last) return false;
  return true;
}

void ReplayLoad::count_missing() {
  for (std::size_t i = 0; i < clients_.size(); ++i)
    for (std::size_t k = 0; k < lines_.size(); ++k)
      if (lines_[k].room == ground_.room_of(i) && lines_[k].seq >= 0 && !clients_[i].seen[k])
        ++faults.missing;
}

}  // namespace wardroom::bench
