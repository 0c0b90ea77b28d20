#include "bench/message_load.hpp"

#include <array>
#include <charconv>
#include <cstdio>
#include <unistd.h>

#include "bench/json_scan.hpp"
#include "bench/process_usage.hpp"
#include "common/base/uuid.hpp"
#include "protocol/close_codes.hpp"

namespace wardroom::bench {
namespace {

constexpr std::size_t kStampDigits = 16;  // the sending time in hexadecimal, at the start of each text

void append_stamp(std::string& out, std::uint64_t time) {
  std::array<char, kStampDigits + 1> digits;
  std::snprintf(digits.data(), digits.size(), "%016lx", time);
  out.append(digits.data(), kStampDigits);
}

std::uint64_t read_stamp(std::string_view text) {
  std::uint64_t time = 0;
  if (text.size() >= kStampDigits) std::from_chars(text.data(), text.data() + kStampDigits, time, 16);
  return time;
}

}  // namespace

Result<void> MessageLoad::run() {
  followers_.resize(options_.connections);
  acknowledged_.resize(ground_.rooms.size());
  filler_ = std::string(options_.bytes - kStampDigits, 'x');
  if (auto done = bring_in(options_.connections); !done) return done;
  choose_senders();
  sending_ = true;
  if (options_.mode == Mode::fixed_rate) {
    rate_began_ = now_ns();
  } else {
    const std::size_t each = options_.mode == Mode::one_room ? options_.outstanding : 1;
    for (Sender& sender : senders_)
      for (std::size_t i = 0; i < each; ++i) send(sender);
  }
  run_until(now_ns() + static_cast<std::uint64_t>(options_.warm_up * kSecond));
  set_stalled_reading(false);
  measuring_ = true;
  const Mark from = mark();
  run_until(from.time + static_cast<std::uint64_t>(options_.seconds * kSecond));
  const Mark to = mark();
  measuring_ = false;
  sending_ = false;
  set_stalled_reading(true);
  drain();
  print_report(from, to);
  return ok();
}

// The last ones, which send nothing.
bool MessageLoad::is_stalled(std::size_t connection) const {
  return connection >= options_.connections - std::min(options_.stalled, options_.connections);
}

void MessageLoad::set_stalled_reading(bool reads) {
  for (std::size_t i = 0; i < options_.connections; ++i)
    if (is_stalled(i) && inside()[i]) reactor_.set_reading(*inside()[i], reads);
}

void MessageLoad::on_left(std::size_t index, std::uint16_t code) {
  // A stalled one may have been cut off before it could read why.
  if (!is_stalled(index) || (code != static_cast<std::uint16_t>(protocol::CloseCode::too_slow) && code != 0))
    ++faults.closed;
  else
    ++closed_as_slow_;
}

void MessageLoad::choose_senders() {
  const std::size_t count = options_.mode == Mode::many_rooms ? ground_.rooms.size() : options_.senders;
  sender_of_.assign(options_.connections, count);
  for (std::size_t i = 0; i < std::min(count, options_.connections); ++i) {
    Sender sender;
    sender.index = i;
    sender.connection = inside()[i];
    sender.sent_at.resize(1024);
    sender_of_[i] = i;
    senders_.push_back(std::move(sender));
  }
}

void MessageLoad::send(Sender& sender) {
  if (!inside()[sender.index]) return;
  const std::uint64_t now = now_ns();
  std::string text = R"({"jsonrpc":"2.0","id":)" + std::to_string(sender.next_id) +
                     R"(,"method":"message.post","params":{"room":)" +
                     std::to_string(ground_.rooms[ground_.room_of(sender.index)].value) +
                     R"(,"client_id":")" + to_string(make_uuid7(SystemClock().now())) + R"(","text":")";
  append_stamp(text, now);
  text += filler_;
  text += "\"}}";
  sender.sent_at[static_cast<std::size_t>(sender.next_id) % sender.sent_at.size()] = now;
  ++sender.next_id;
  ++sender.outstanding;
  ++sent_;
  sender.connection->send_text(text);
  reactor_.mark_dirty(*sender.connection);
}

// Sends what the fixed rate asks for by now, however late the last turn was.
void MessageLoad::send_due() {
  const auto due =
      static_cast<std::uint64_t>(static_cast<double>(now_ns() - rate_began_) / 1e9 * options_.rate);
  while (sent_ < due) send(senders_[next_sender_++ % senders_.size()]);
}

void MessageLoad::run_until(std::uint64_t end) {
  for (std::uint64_t now = now_ns(); now < end; now = now_ns()) {
    if (options_.mode == Mode::fixed_rate) send_due();
    reactor_.turn(std::chrono::milliseconds{options_.mode == Mode::fixed_rate ? 1 : 10});
  }
}

void MessageLoad::on_received(LoadConnection& connection, std::string_view text) {
  const Scanned found = scan(text);
  const std::size_t index = connection.index();
  switch (found.kind) {
    case Scanned::Kind::message:
      if (found.room != ground_.rooms[ground_.room_of(index)].value) return;
      ++deliveries_;
      follow(index, found.seq);
      if (measuring_ && !is_stalled(index)) delivery_time_.add(now_ns() - read_stamp(found.text));
      break;
    case Scanned::Kind::durable:
      if (found.room == ground_.rooms[ground_.room_of(index)].value) follow(index, found.seq);
      break;
    case Scanned::Kind::result:
      on_answer(index, found.id, found.seq);
      break;
    case Scanned::Kind::error:
      if (faults.refused++ == 0)
        std::fprintf(stderr, "refused: %.*s\n", static_cast<int>(text.size()), text.data());
      on_answer(index, found.id, 0);
      break;
    case Scanned::Kind::other:
      break;
  }
}

void MessageLoad::follow(std::size_t connection, std::int64_t seq) {
  Follower& follower = followers_[connection];
  if (follower.last == 0) {
    follower.first = seq;
  } else if (seq <= follower.last) {
    ++faults.duplicates;
    return;
  } else if (seq != follower.last + 1) {
    ++faults.gaps;
  }
  follower.last = seq;
}

void MessageLoad::on_answer(std::size_t connection, std::int64_t id, std::int64_t seq) {
  const std::size_t which = sender_of_[connection];
  if (which >= senders_.size()) return;
  Sender& sender = senders_[which];
  --sender.outstanding;
  ++answers_;
  auto& highest = acknowledged_[ground_.room_of(connection)];
  highest = std::max(highest, seq);
  if (measuring_)
    answer_time_.add(now_ns() - sender.sent_at[static_cast<std::size_t>(id) % sender.sent_at.size()]);
  if (sending_ && options_.mode != Mode::fixed_rate) send(sender);
}

bool MessageLoad::is_complete() const {
  for (const Sender& sender : senders_)
    if (sender.outstanding > 0 && inside()[sender.index]) return false;
  for (std::size_t i = 0; i < followers_.size(); ++i)
    if (inside()[i] && followers_[i].last < acknowledged_[ground_.room_of(i)]) return false;
  return true;
}

// What is on its way arrives; what hasn't after 15 s is missing.
void MessageLoad::drain() {
  const std::uint64_t end = now_ns() + 15 * kSecond;
  while (!is_complete() && now_ns() < end) reactor_.turn(std::chrono::milliseconds{10});
  std::vector<std::int64_t> first(ground_.rooms.size(), 0);
  for (std::size_t i = 0; i < followers_.size(); ++i) {
    if (!inside()[i]) continue;
    const std::size_t room = ground_.room_of(i);
    if (followers_[i].last < acknowledged_[room])
      faults.missing += static_cast<std::uint64_t>(acknowledged_[room] - followers_[i].last);
    // All were there before the first message, so all must have begun with the same.
    if (first[room] == 0) first[room] = followers_[i].first;
    if (followers_[i].first != first[room]) ++faults.gaps;
  }
}

MessageLoad::Mark MessageLoad::mark() const {
  return {now_ns(), deliveries_, answers_, cpu_seconds_of(options_.server_pid), cpu_seconds_of(getpid())};
}

void MessageLoad::print_report(const Mark& from, const Mark& to) {
  const double seconds = static_cast<double>(to.time - from.time) / 1e9;
  const auto deliveries = static_cast<double>(to.deliveries - from.deliveries);
  print("connections", static_cast<double>(options_.connections));
  print("rooms", static_cast<double>(options_.rooms));
  print("messages/s", static_cast<double>(to.acknowledged - from.acknowledged) / seconds);
  print("deliveries/s", deliveries / seconds);
  print("delivery ms", delivery_time_);
  print("acknowledgement ms", answer_time_);
  if (options_.server_pid != 0) {
    print("server CPU s per million deliveries", (to.server_cpu - from.server_cpu) / deliveries * 1e6, 3);
    print("server cores used", (to.server_cpu - from.server_cpu) / seconds, 2);
    print("server RSS MiB", rss_mib_of(options_.server_pid), 1);
  }
  if (options_.stalled > 0) print("closed as too slow", static_cast<double>(closed_as_slow_));
  print("own cores used", (to.own_cpu - from.own_cpu) / seconds, 2);
  print(faults);
}

}  // namespace wardroom::bench
