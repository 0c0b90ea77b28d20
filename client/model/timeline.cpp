#include "client/model/timeline.hpp"

#include <algorithm>
#include <limits>

namespace wardroom::client {
namespace {

// A frame folds in at most a few dozen changes; a reader that fell further behind starts over.
constexpr std::size_t kRememberedChanges = 256;

bool same(const protocol::Message& a, const protocol::Message& b) {
  return a.text == b.text && a.edited_at == b.edited_at && a.deleted == b.deleted && a.at == b.at &&
         a.author == b.author && a.reply_to == b.reply_to && a.changed == b.changed &&
         a.files.has_value() == b.files.has_value() && a.thread == b.thread;
}

// What the window knows may be newer than a page that was read before and came after.
bool is_older(const protocol::Message& a, const protocol::Message& b) {
  return a.changed < b.changed;
}

}  // namespace

void Timeline::open_live(Seq next_seq) {
  close();
  loaded_ = live_ = true;
  from_ = next_seq;
}

void Timeline::open_at(Seq from, Seq to) {
  close();
  loaded_ = true;
  from_ = from;
  to_ = to;
}

void Timeline::close() {
  entries_.clear();
  loaded_ = live_ = false;
  from_ = to_ = Seq{};
  note(Seq{});
}

void Timeline::extend_older(Seq from) {
  from_ = std::min(from_, from);
  note(Seq{});
}

void Timeline::extend_newer(Seq to) {
  to_ = std::max(to_, to);
  note(to_);
}

void Timeline::become_live() {
  live_ = true;
  note(to_);
}

bool Timeline::put(protocol::Message message, std::uint64_t key) {
  if (!covers(message.seq)) return false;
  const Seq seq = message.seq;
  auto [at, fresh] = entries_.try_emplace(seq);
  if (fresh) {
    at->second.key = key;
  } else if (const auto* before = at->second.message();
             before && (same(*before, message) || is_older(message, *before))) {
    return false;
  }
  ++at->second.version;
  at->second.what = std::move(message);
  note(seq);
  touch_root(*at->second.message());
  return fresh;
}

void Timeline::put(Seq seq, Notice notice, std::uint64_t key) {
  if (!covers(seq)) return;
  auto [at, fresh] = entries_.try_emplace(seq);
  if (!fresh) return;
  at->second = {key, 1, std::move(notice)};
  note(seq);
}

void Timeline::change(const MessageChange& change) {
  const Seq seq = message_of(change);
  const auto at = entries_.find(seq);
  if (at == entries_.end()) return;
  auto* message = std::get_if<protocol::Message>(&at->second.what);
  if (!message || !apply_change(*message, change)) return;
  ++at->second.version;
  for (auto quoting = std::next(at); quoting != entries_.end(); ++quoting)
    if (const auto* later = quoting->second.message(); later && later->reply_to == seq)
      ++quoting->second.version;
  note(seq);
  touch_root(*message);
}

void Timeline::touch_all() {
  if (!loaded_) return;
  for (auto& [seq, entry] : entries_) ++entry.version;
  note(Seq{});
}

void Timeline::touch(Seq seq) {
  const auto at = entries_.find(seq);
  if (at == entries_.end()) return;
  ++at->second.version;
  note(seq);
}

// It shows the last replies.
void Timeline::touch_root(const protocol::Message& message) {
  if (message.thread && *message.thread != message.seq) touch(*message.thread);
}

bool Timeline::drop_before(TimePoint before) {
  auto keep = entries_.end();
  while (keep != entries_.begin()) {
    const auto* message = std::prev(keep)->second.message();
    if (message && message->at < before) break;
    --keep;
  }
  if (keep == entries_.begin()) return false;
  from_ = next(std::prev(keep)->first);
  entries_.erase(entries_.begin(), keep);
  if (to_ < from_) to_ = from_;
  note(Seq{});
  return true;
}

void Timeline::drop_between(Seq first, Seq last) {
  const auto from = entries_.upper_bound(first), to = entries_.lower_bound(last);
  if (first >= last || from == to) return;
  entries_.erase(from, to);
  note(first);
}

void Timeline::trim_oldest(std::size_t count) {
  if (entries_.size() <= count) return;
  auto keep = std::prev(entries_.end(), static_cast<std::ptrdiff_t>(count));
  from_ = count == 0 ? next(entries_.rbegin()->first) : keep->first;
  entries_.erase(entries_.begin(), keep);
  note(Seq{});
}

void Timeline::trim_newest(std::size_t count) {
  if (entries_.size() <= count || count == 0) return;
  const auto gone = std::next(entries_.begin(), static_cast<std::ptrdiff_t>(count));
  to_ = std::prev(gone)->first;
  live_ = false;
  entries_.erase(gone, entries_.end());
  note(to_);
}

void Timeline::note(Seq lowest) {
  changes_.emplace_back(++revision_, lowest);
  if (changes_.size() > kRememberedChanges) changes_.pop_front();
}

std::optional<Seq> Timeline::changed_since(std::uint64_t revision) const {
  if (changes_.empty() || changes_.front().first > revision + 1) return std::nullopt;
  std::optional<Seq> lowest;
  for (auto at = changes_.rbegin(); at != changes_.rend() && at->first > revision; ++at)
    lowest = lowest ? std::min(*lowest, at->second) : at->second;
  return lowest ? lowest : Seq{std::numeric_limits<std::int64_t>::max()};
}

}  // namespace wardroom::client
