#include "common/evidence/bundle_lines.hpp"

#include <charconv>

#include "common/base/uuid.hpp"

namespace wardroom::evidence {
namespace {

constexpr std::size_t kSaltBytes = 16;
constexpr std::string_view kErased = "erased:";
constexpr std::string_view kMessageV2 = "wardroom message v2";
constexpr std::string_view kMessageV3 = "wardroom message v3";

Error malformed(std::string why) {
  return make_error(ErrorCode::params, std::move(why), "bad_bundle");
}

// Takes the text up to the separator, which must be there.
std::optional<std::string_view> take(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view word = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return word;
}

// Decimal, not negative, no leading zero.
std::optional<std::int64_t> parse_number(std::optional<std::string_view> text) {
  std::int64_t number = 0;
  if (!text || text->empty() || (text->size() > 1 && text->front() == '0') || text->front() == '-')
    return std::nullopt;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
  if (error != std::errc{} || end != text->data() + text->size()) return std::nullopt;
  return number;
}

std::optional<Digest> parse_hash(std::optional<std::string_view> text) {
  return text ? to_digest(parse_hex(*text)) : std::nullopt;
}

// A posted state may also have kMessageV2 or kMessageV3.
std::string_view title_of(std::string_view act) {
  if (act == "posted") return "wardroom message v1";
  if (act == "edited") return "wardroom edit v1";
  if (act == "deleted") return "wardroom delete v1";
  if (act == "restored") return "wardroom restore v1";
  return {};
}

Error another_state() {
  return malformed("its bytes speak of another message, version or act than the line.");
}

// The canonical bytes behind the salt (protocol/commitment.hpp).
Result<void> read_canonical(std::string_view bytes, StateEntry& state) {
  const auto title = take(bytes, '\n');
  if (state.act == "posted") state.form = title == kMessageV2 ? 2 : title == kMessageV3 ? 3 : 1;
  if (title != title_of(state.act) && state.form < 2) return another_state();
  if (parse_number(take(bytes, '\n')) != state.room.value ||
      parse_number(take(bytes, '\n')) != state.seq.value)
    return another_state();
  if (state.act != "posted" && parse_number(take(bytes, '\n')) != state.version) return another_state();
  const auto by = parse_number(take(bytes, '\n'));
  const auto at = take(bytes, '\n');
  // Imported messages may be older than 1970.
  const bool negative = at && at->starts_with('-');
  const auto ms = parse_number(at && negative ? std::optional(at->substr(1)) : at);
  if (!by || !ms) return malformed("its bytes name no author or no time.");
  state.by = UserId{*by};
  state.at = from_unix_ms(negative ? -*ms : *ms);
  if (state.act != "posted") {
    const auto reason = take(bytes, '\n');
    if (!reason) return malformed("its bytes end too early.");
    state.reason = *reason;
  }
  if (state.form >= 2) {
    const auto answered = take(bytes, '\n'), client_id = take(bytes, '\n'), files = take(bytes, '\n');
    const auto seq = parse_number(answered);
    if (!files || !parse_uuid(*client_id) || (!answered->empty() && !seq))
      return malformed("its bytes name no client_id, or not what it answers.");
    if (seq) state.reply_to = Seq{*seq};
    // Of another form it is bound all the same, and can only be passed over.
    if (auto carried = protocol::parse_files(*files)) state.files = std::move(*carried);
  }
  if (state.form == 3) {
    const auto root = parse_number(take(bytes, '\n'));
    if (!root) return malformed("its bytes name no thread.");
    state.thread = Seq{*root};
  }
  state.text = bytes;
  return ok();
}

Result<void> read_preimage(std::string_view hex, StateEntry& state) {
  const auto bytes = parse_hex(hex);
  if (!bytes || bytes->size() < kSaltBytes) return malformed("its bytes aren't there.");
  state.commitment = sha256(*bytes);
  return read_canonical(as_text(*bytes).substr(kSaltBytes), state);
}

Result<void> read_erased(std::string_view rest, StateEntry& state) {
  const auto commitment = parse_hash(take(rest, ' '));
  const auto by = parse_number(take(rest, ' '));
  const auto at = parse_number(rest);
  if (!commitment || !by || !at) return malformed("what is left of an erased text isn't well-formed.");
  state.erased = state.commitment = *commitment;
  state.by = UserId{*by};
  state.at = from_unix_ms(*at);
  return ok();
}

}  // namespace

Result<RecordEntry> parse_record_entry(std::string_view line) {
  const auto idx = parse_number(take(line, ' '));
  const auto leaf = parse_hash(take(line, ' '));
  if (!idx || !leaf || line.empty()) return malformed("it isn't an index, a hash and a record.");
  RecordEntry entry{*idx, *leaf, RecordEntry::Body::given, line};
  if (line == "-") entry.body = RecordEntry::Body::hidden;
  if (line == "pruned") entry.body = RecordEntry::Body::pruned;
  return entry;
}

Result<tlog::Node> parse_edge(std::string_view line) {
  const auto level = parse_number(take(line, ' '));
  const auto index = parse_number(take(line, ' '));
  const auto hash = parse_hash(line);
  // Leaves are counted in 63 bits.
  if (!level || !index || !hash || *level > 61 || *index >= INT64_MAX >> 1 >> *level)
    return malformed("it isn't a level, an index and a hash.");
  return tlog::Node{{static_cast<int>(*level), *index}, *hash};
}

std::string compose_edge(const tlog::Node& node) {
  return std::to_string(node.id.level) + " " + std::to_string(node.id.index) + " " + to_hex(node.hash);
}

Result<GroupEntry> parse_group_entry(std::string_view line) {
  const auto idx = parse_number(take(line, ' '));
  if (!idx) return malformed("it doesn't begin with a record's index.");
  GroupEntry entry{*idx, {}};
  for (std::optional<std::string_view> word = std::string_view(); word;) {
    word = take(line, ' ');
    const auto hash = parse_hash(word ? *word : line);
    if (!hash) return malformed("it holds something that isn't a hash.");
    entry.leaves.push_back(*hash);
  }
  return entry;
}

Result<StateEntry> parse_state_entry(std::string_view line) {
  StateEntry state;
  const auto room = parse_number(take(line, ' '));
  const auto seq = parse_number(take(line, ' '));
  const auto version = parse_number(take(line, ' '));
  state.act = take(line, ' ').value_or("");
  const auto record = take(line, ' ');
  const auto position = take(line, ' ');
  if (!room || !seq || !version || title_of(state.act).empty() || !position)
    return malformed("it doesn't name a state of a message.");
  state.room = RoomId{*room};
  state.seq = Seq{*seq};
  state.version = *version;
  if ((state.version == 1) != (state.act == "posted")) return malformed("only version 1 was posted.");
  state.record = parse_number(record);
  state.position = parse_number(position);
  const bool unplaced = *record == "-" && *position == "-";
  if (!unplaced && (!state.record || !state.position)) return malformed("it names no place in the log.");
  const auto read = line.starts_with(kErased) ? read_erased(line.substr(kErased.size()), state)
                                              : read_preimage(line, state);
  if (!read) return read.error();
  return state;
}

}  // namespace wardroom::evidence
