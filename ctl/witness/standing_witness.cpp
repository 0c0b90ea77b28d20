#include "ctl/witness/standing_witness.hpp"

#include <algorithm>
#include <charconv>

#include "common/tlog/proof.hpp"

namespace wardroom::witness {
namespace {

constexpr std::size_t kMaxProof = 63;

struct Request {
  std::int64_t old_size = 0;
  std::vector<Digest> proof;
  std::string_view note;
};

Answer refuse(int status, std::string sentence) {
  return {status, std::move(sentence) + "\n"};
}

Answer show_size(std::int64_t size) {
  return {409, std::to_string(size) + "\n", "text/x.tlog.size"};
}

// The next line without its line feed; nothing when there is no line feed.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

// "old N", N decimal without a leading zero.
std::optional<std::int64_t> parse_old_size(std::string_view line) {
  if (!line.starts_with("old ")) return std::nullopt;
  line.remove_prefix(4);
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), size);
  if (error != std::errc{} || size < 0 || std::to_string(size) != line) return std::nullopt;
  return size;
}

std::optional<Request> parse_request(std::string_view body) {
  Request request;
  const auto first = take_line(body);
  const auto old_size = first ? parse_old_size(*first) : std::nullopt;
  if (!old_size) return std::nullopt;
  request.old_size = *old_size;
  for (;;) {
    const auto line = take_line(body);
    if (!line) return std::nullopt;
    if (line->empty()) break;
    const auto hash = to_digest(parse_base64(*line));
    if (!hash || request.proof.size() == kMaxProof) return std::nullopt;
    request.proof.push_back(*hash);
  }
  request.note = body;
  return request;
}

}  // namespace

void StandingWitness::trust(const tlog::VerifierKey& log) {
  const std::lock_guard held(mutex_);
  auto& keys = logs_[log.name()];
  if (std::find(keys.begin(), keys.end(), log) == keys.end()) keys.push_back(log);
}

Result<std::int64_t> StandingWitness::size_of(const std::string& origin) const {
  const std::lock_guard held(mutex_);
  const auto head = state_.load_head(origin);
  if (!head) return head.error();
  return head->size;
}

Answer StandingWitness::add_checkpoint(std::string_view body, TimePoint now) {
  const auto request = parse_request(body);
  if (!request)
    return refuse(
        400,
        "The request must be a line \"old SIZE\", at most 63 hashes in base64, an empty line and a head.");
  const auto parts = tlog::split_note(request->note);
  if (!parts) return refuse(400, parts.error().message);
  const auto head = tlog::parse_checkpoint(parts->text);
  if (!head) return refuse(400, head.error().message);

  const std::lock_guard held(mutex_);
  const auto log = logs_.find(head->origin);
  if (log == logs_.end()) return refuse(404, "This witness doesn't know the log " + head->origin + ".");
  const bool is_signed = std::ranges::any_of(
      log->second, [&](const auto& key) { return tlog::open_checkpoint(request->note, key).has_value(); });
  if (!is_signed) return refuse(403, "No key of the log that this witness knows signed the head.");
  if (request->old_size > head->size) return refuse(400, "The old size is greater than the head's.");
  const auto known = state_.load_head(head->origin);
  if (!known) return refuse(500, known.error().message);
  if (request->old_size != known->size) return show_size(known->size);
  // The log signed two heads of one size: whoever asks must not get both cosigned.
  if (known->size == head->size && known->root != head->root) return show_size(known->size);
  if (!tlog::is_consistent(known->size, known->root, head->size, head->root, request->proof))
    return refuse(422, "The proof doesn't show that the head extends the one of " +
                           std::to_string(known->size) + " records.");
  return cosign(*head, parts->text, now);
}

Answer StandingWitness::cosign(const tlog::Checkpoint& head, std::string_view text, TimePoint now) {
  if (auto kept = state_.keep_head(head, std::string(text)); !kept) return refuse(500, kept.error().message);
  return {200, state_.cosigner().cosign_line(text, now)};
}

}  // namespace wardroom::witness
