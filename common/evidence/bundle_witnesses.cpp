#include "common/evidence/bundle_witnesses.hpp"

#include <algorithm>
#include <charconv>

#include "common/tlog/proof.hpp"

namespace wardroom::evidence {
namespace {

Error no_witness_line(std::string why) {
  return make_error(ErrorCode::params, std::move(why), "bad_bundle");
}

std::vector<std::string_view> split_at(std::string_view text, char separator) {
  std::vector<std::string_view> words;
  for (;;) {
    const auto end = text.find(separator);
    words.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return words;
    text.remove_prefix(end + 1);
  }
}

// Decimal, not negative, no leading zero.
std::optional<std::int64_t> parse_count(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number < 0 || std::to_string(number) != text) return std::nullopt;
  return number;
}

Result<WitnessEntry::Cosigned> parse_cosigned(std::span<const std::string_view> words) {
  WitnessEntry::Cosigned cosigned;
  const auto size = parse_count(words[0]), seconds = parse_count(words[2]);
  const auto root = to_digest(parse_hex(words[1]));
  const auto signature = parse_hex(words[3]);
  if (!size || *size < 1 || !root || !seconds || !signature ||
      signature->size() != cosigned.cosignature.signature.size())
    return no_witness_line("it names no size, root, time or signature.");
  cosigned.size = *size;
  cosigned.root = *root;
  cosigned.cosignature.seconds = *seconds;
  std::copy(signature->begin(), signature->end(), cosigned.cosignature.signature.begin());
  if (words[4] == "-") return cosigned;
  for (const auto word : split_at(words[4], ',')) {
    const auto hash = to_digest(parse_hex(word));
    if (!hash) return no_witness_line("its proof holds something that isn't a hash.");
    cosigned.proof.push_back(*hash);
  }
  return cosigned;
}

}  // namespace

Result<WitnessEntry> parse_witness_entry(std::string_view line) {
  const auto words = split_at(line, ' ');
  if (words.size() != 4 && words.size() != 8)
    return no_witness_line("it has not as many parts as it should.");
  auto key = tlog::CosignerKey::parse(words[0]);
  if (!key) return key.error();
  const auto record = parse_count(words[1]), person = parse_count(words[2]);
  if (!record || !person) return no_witness_line("it names no record or no person.");
  WitnessEntry entry{std::move(*key), *record, UserId{*person}, std::nullopt};
  if (words.size() == 4) {
    if (words[3] != "-") return no_witness_line("it has not as many parts as it should.");
    return entry;
  }
  auto cosigned = parse_cosigned(std::span(words).subspan(3));
  if (!cosigned) return cosigned.error();
  entry.cosigned = std::move(*cosigned);
  return entry;
}

std::optional<std::string> find_wrong_cosignature(const WitnessEntry& entry, const tlog::Checkpoint& head) {
  if (!entry.cosigned) return std::nullopt;
  const auto& seen = *entry.cosigned;
  const std::string name = "The device " + entry.key.name();
  if (!tlog::has_cosigned(entry.key, tlog::compose_checkpoint({head.origin, seen.size, seen.root}),
                          seen.cosignature))
    return name + " didn't cosign a head of " + std::to_string(seen.size) +
           " records: its signature is wrong.";
  if (!tlog::is_consistent(seen.size, seen.root, head.size, head.root, seen.proof))
    return name + " vouched for a log of " + std::to_string(seen.size) +
           " records, and nothing shows that it is the beginning of this one.";
  return std::nullopt;
}

std::string tell_witnesses(const BundleReport& report) {
  if (report.devices == 0) return "";
  const std::string of = std::to_string(report.witnesses.size()) + " of " + std::to_string(report.devices) +
                         (report.devices == 1 ? " device" : " devices");
  if (report.witnesses.empty()) return of + " vouches for this log";
  const auto by_size = [](const auto& a, const auto& b) { return a.size < b.size; };
  const auto [least, most] = std::ranges::minmax_element(report.witnesses, by_size);
  return of + (report.witnesses.size() == 1 ? " vouches" : " vouch") + " for this log: for its first " +
         (least->size == most->size ? "" : std::to_string(least->size) + " to ") +
         std::to_string(most->size) + " records, the newest on " + to_rfc3339(most->at) + " by its own clock";
}

}  // namespace wardroom::evidence
