#include "common/evidence/carried_files.hpp"

#include <charconv>
#include <set>

namespace wardroom::evidence {
namespace {

using std::to_string;

constexpr const char* kCarried = "carried.txt";
constexpr std::string_view kContentPrefix = "file-";
constexpr std::size_t kHashDigits = 64;
constexpr std::size_t kMaxSizeDigits = 18;

Error bad_entry() {
  return make_error(ErrorCode::params, "It isn't a hash, a size, and here or gone.", "bad_line");
}

// What carried.txt says, each content once; what can't be used is a finding.
Result<std::map<Content, bool>> read_carried(const OpenBundle& bundle, BundleReport& report) {
  std::map<Content, bool> said;
  std::set<Digest> met;
  std::int64_t number = 0;
  auto read = bundle.read_lines(kCarried, [&](std::string_view line) {
    ++number;
    const auto entry = parse_carried_entry(line);
    if (entry && met.insert(entry->content.first).second)
      said.emplace(entry->content, entry->is_here);
    else
      report.log.add("Line " + to_string(number) + " of carried.txt can't be used, or names a file twice.");
    return true;
  });
  if (!read) return read.error();
  return said;
}

Result<void> check_content(const OpenBundle& bundle, const Content& content, BundleReport& report) {
  const std::string name = content_file(content.first);
  if (!bundle.has(name)) {
    report.log.add(name + " isn't in the bundle.");
    return ok();
  }
  const auto there = bundle.measure(name);
  if (!there) return there.error();
  if (*there == content)
    ++report.files;
  else
    report.log.add(name + " isn't what was sent: its size or hash differs.");
  return ok();
}

}  // namespace

Result<CarriedEntry> parse_carried_entry(std::string_view line) {
  if (line.size() < kHashDigits + 2 || line[kHashDigits] != ' ') return bad_entry();
  const std::string_view digits = line.substr(0, kHashDigits);
  const auto hash = to_digest(parse_hex(digits));
  const std::string_view rest = line.substr(kHashDigits + 1);
  const auto blank = rest.find(' ');
  if (!hash || to_hex(*hash) != digits || blank == std::string_view::npos || blank > kMaxSizeDigits)
    return bad_entry();
  CarriedEntry entry{{*hash, 0}, rest.substr(blank + 1) == "here"};
  if (!entry.is_here && rest.substr(blank + 1) != "gone") return bad_entry();
  const auto [end, why] = std::from_chars(rest.data(), rest.data() + blank, entry.content.second);
  if (why != std::errc{} || end != rest.data() + blank || entry.content.second < 0 || rest.front() == '-')
    return bad_entry();
  return entry;
}

std::string compose_carried_entry(const CarriedEntry& entry) {
  return to_hex(entry.content.first) + " " + to_string(entry.content.second) +
         (entry.is_here ? " here" : " gone");
}

std::string content_file(const Digest& sha256) {
  return std::string(kContentPrefix) + to_hex(sha256);
}

void CarriedFiles::add_state(const StateEntry& state) {
  if (state.act != "posted" || state.erased) return;
  for (const auto& file : state.files)
    bound_.emplace(Content{file.sha256, file.size}, "Message " + to_string(state.seq.value) + " of room " +
                                                        to_string(state.room.value) + ", version 1");
}

Result<void> CarriedFiles::check(const OpenBundle& bundle, const std::optional<ExportRecord>& exported,
                                 BundleReport& report) const {
  std::set<std::string> beside = bundle.names_beginning(kContentPrefix);
  if (!bundle.has(kCarried)) {
    for (const auto& name : beside)
      report.log.add(name + " is in the bundle, which doesn't say that it takes files along.");
    if (exported && exported->takes_files)
      report.doubts.push_back("Record " + to_string(exported->idx) +
                              " says that this bundle takes files along, but it has no carried.txt.");
    return ok();
  }
  const auto said = read_carried(bundle, report);
  if (!said) return said.error();
  report.takes_files = true;
  for (const auto& [content, is_here] : *said) {
    const std::string name = content_file(content.first);
    if (!bound_.contains(content))
      report.log.add("carried.txt names " + name + " of " + to_string(content.second) +
                     " bytes, which no message here carries.");
    if (!is_here) {
      report.doubts.push_back(name + " is gone, and that it had to be is the server's word.");
      continue;
    }
    if (auto done = check_content(bundle, content, report); !done) return done;
    beside.erase(name);
  }
  for (const auto& name : beside) report.log.add(name + " is in the bundle, and carried.txt doesn't say so.");
  for (const auto& [content, message] : bound_)
    if (!said->contains(content))
      report.doubts.push_back(message + " carries a file of " + to_string(content.second) +
                              " bytes, SHA-256 " + to_hex(content.first) +
                              ", which the bundle neither has nor says to be gone.");
  return ok();
}

}  // namespace wardroom::evidence
