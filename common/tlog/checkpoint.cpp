#include "common/tlog/checkpoint.hpp"

#include <charconv>

namespace wardroom::tlog {
namespace {

constexpr std::string_view kRotation = "wardroom audit key rotation v1";

Error malformed(std::string what) {
  return make_error(ErrorCode::params, "The signed head is not well-formed: " + std::move(what), "bad_note");
}

// Takes the first line off, without its line feed.
std::string_view take_line(std::string_view& text) {
  const auto end = text.find('\n');
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

// Decimal, no sign, no leading zero.
std::optional<std::int64_t> parse_size(std::string_view text) {
  std::int64_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  if (error != std::errc{} || end != text.data() + text.size() || size < 0) return std::nullopt;
  if (std::to_string(size) != text) return std::nullopt;
  return size;
}

}  // namespace

std::string compose_checkpoint(const Checkpoint& c) {
  return c.origin + "\n" + std::to_string(c.size) + "\n" + to_base64(c.root) + "\n";
}

Result<Checkpoint> parse_checkpoint(std::string_view text) {
  Checkpoint checkpoint;
  checkpoint.origin = take_line(text);
  if (checkpoint.origin.empty()) return malformed("no log's name in its first line.");
  const auto size = parse_size(take_line(text));
  if (!size) return malformed("the second line is not a size.");
  checkpoint.size = *size;
  const auto root = to_digest(parse_base64(take_line(text)));
  if (!root) return malformed("the third line is not a SHA-256 hash in base64.");
  checkpoint.root = *root;
  return checkpoint;
}

Result<Checkpoint> open_checkpoint(std::string_view note, const VerifierKey& key) {
  const auto text = open_note(note, key);
  if (!text) return text.error();
  auto checkpoint = parse_checkpoint(*text);
  if (checkpoint && checkpoint->origin != key.name())
    return make_error(ErrorCode::params, "The signed head is of another log, " + checkpoint->origin + ".",
                      "another_log");
  return checkpoint;
}

std::string sign_rotation(const SigningKey& from, const SigningKey& to, std::int64_t size) {
  const std::string text = from.verifier().name() + "\n" + std::string(kRotation) + "\n" +
                           std::to_string(size) + "\n" + to.verifier().to_string() + "\n";
  return from.sign(text) + to.sign_line(text);
}

Result<VerifierKey> open_rotation(std::string_view note, const VerifierKey& from) {
  const auto text = open_note(note, from);
  if (!text) return text.error();
  std::string_view rest = *text;
  if (take_line(rest) != from.name() || take_line(rest) != kRotation || !parse_size(take_line(rest)))
    return malformed("it is no change of keys.");
  auto to = VerifierKey::parse(take_line(rest));
  if (!to) return to;
  if (to->name() != from.name()) return malformed("the new key is of another log.");
  if (*to == from) return malformed("the new key is the old one.");
  if (const auto also = open_note(note, *to); !also) return also.error();
  return to;
}

}  // namespace wardroom::tlog
