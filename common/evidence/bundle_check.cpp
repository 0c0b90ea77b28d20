#include "common/evidence/bundle_check.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "common/evidence/bundle_counts.hpp"
#include "common/evidence/bundle_files.hpp"
#include "common/evidence/bundle_lines.hpp"
#include "common/evidence/bundle_witnesses.hpp"
#include "common/evidence/carried_files.hpp"
#include "common/evidence/cosigned_times.hpp"
#include "common/evidence/form_check.hpp"
#include "common/evidence/public_key.hpp"
#include "common/evidence/record_fields.hpp"
#include "common/evidence/record_line.hpp"
#include "common/evidence/time_check.hpp"
#include "common/tlog/proof.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;
using tlog::Node;

std::string state_name(const StateEntry& s) {
  return "Message " + to_string(s.seq.value) + " of room " + to_string(s.room.value) + ", version " +
         to_string(s.version);
}

class BundleCheck {
 public:
  BundleCheck(const OpenBundle& bundle, const CheckOptions& options) : bundle_(bundle), options_(options) {}

  Result<BundleReport> run() {
    const auto subject = read_subject(bundle_);
    if (!subject) return subject.error();
    counts_ = BundleCounts(*subject);
    for (const auto step : {&BundleCheck::check_head, &BundleCheck::read_edges, &BundleCheck::check_records,
                            &BundleCheck::check_groups, &BundleCheck::check_messages})
      if (auto done = (this->*step)(); !done) return done.error();
    check_root();
    check_saved_heads();
    if (auto done = check_witnesses(); !done) return done.error();
    for (const auto& [idx, group] : groups_) {
      report_.others += static_cast<std::int64_t>(group.leaves.size() - group.shown.size());
      counts_.add_group(idx, static_cast<std::int64_t>(group.leaves.size()), group.rooms);
    }
    check_pruned();
    check_export();
    if (auto done = carried_.check(bundle_, export_, report_); !done) return done.error();
    for (auto& doubt : compare_times(times_, cosigned_)) report_.doubts.push_back(std::move(doubt));
    for (auto& finding : forms_.findings()) find(std::move(finding));
    counts_.report(report_);
    if (report_.unproven > 0)
      report_.doubts.push_back(to_string(report_.unproven) +
                               " states of messages stand in no group of the log.");
    report_.messages = static_cast<std::int64_t>(messages_.size());
    return std::move(report_);
  }

 private:
  struct Group {
    std::vector<Digest> leaves;
    std::set<std::int64_t> shown;                // positions of which the bundle has the state
    std::map<std::int64_t, std::int64_t> rooms;  // how many of these are of which room
  };

  void find(std::string finding) { report_.log.add(std::move(finding)); }

  Result<void> check_head() {
    auto note = bundle_.read("checkpoint");
    if (!note) return note.error();
    auto key_text = bundle_.read("key");
    if (!key_text) return key_text.error();
    while (key_text->ends_with('\n')) key_text->pop_back();
    const auto key = tlog::VerifierKey::parse(*key_text);
    if (!key) return key.error();
    key_ = *key;
    const auto pem = bundle_.read("key.pem");
    if (!pem) return pem.error();
    if (*pem != to_pem(*key)) find("key.pem isn't the log's key: verify.sh would use another one.");
    const auto head = tlog::open_checkpoint(*note, *key);
    if (!head) {
      find("The head doesn't hold: " + head.error().message);
      const auto unsigned_head = tlog::parse_checkpoint(*note);
      if (!unsigned_head) return unsigned_head.error();
      head_ = *unsigned_head;
    } else {
      head_ = *head;
    }
    report_.log.size = head_.size;
    report_.log.root = head_.root;
    return check_key();
  }

  // The key that was noted down must be the head's, or have handed over to it.
  Result<void> check_key() {
    keys_ = {key_};
    if (!options_.key) return ok();
    auto known = tlog::VerifierKey::parse(*options_.key);
    if (!known) return known.error();
    keys_.push_back(*known);
    for (int i = 1; !(*known == key_) && bundle_.has("rotation-" + to_string(i)); ++i) {
      const auto note = bundle_.read("rotation-" + to_string(i));
      if (!note) return note.error();
      const auto next = tlog::open_rotation(*note, *known);
      if (!next) continue;  // of a time before the key that was given
      known = *next;
      keys_.push_back(*next);
    }
    if (!(*known == key_))
      find("The head is signed by the key " + key_.id_hex() +
           ", not by the one that you gave nor by one to which it "
           "handed over.");
    return ok();
  }

  Result<void> read_edges() {
    return bundle_.read_lines("edges.txt", [this](std::string_view line) {
      const auto edge = parse_edge(line);
      if (edge)
        edges_.push_back(*edge);
      else
        find("A line of edges.txt can't be used: " + edge.error().message);
      return edges_.size() < 200;
    });
  }

  Result<void> check_records() {
    return bundle_.read_lines("records.txt", [this](std::string_view line) {
      const auto entry = parse_record_entry(line);
      const std::int64_t expected = leaves_.empty() ? (entry ? entry->idx : 0) : leaves_.back().id.index + 1;
      if (!entry || entry->idx != expected) {
        find(entry
                 ? record_name(expected) + " is missing: record " + to_string(entry->idx) +
                       " stands in its place."
                 : "The line of record " + to_string(expected) + " can't be used: " + entry.error().message);
        broken_ = true;
        return false;
      }
      check_record(*entry);
      return true;
    });
  }

  void check_record(const RecordEntry& entry) {
    leaves_.push_back({{0, entry.idx}, entry.leaf});
    if (entry.body == RecordEntry::Body::hidden) {
      ++report_.hidden;
      counts_.add_hidden(entry.idx);
    }
    if (entry.body == RecordEntry::Body::pruned) {
      ++report_.log.pruned;
      pruned_.push_back(entry.idx);
    }
    if (entry.body != RecordEntry::Body::given) return;
    ++report_.shown;
    leaves_.back().hash = tlog::leaf_hash(as_bytes(entry.line));
    if (leaves_.back().hash != entry.leaf)
      find(record_name(entry.idx) + " isn't what was written: its hash differs.");
    const auto line = parse_record_line(entry.line);
    if (!line) return find(record_name(entry.idx) + " isn't a record: " + line.error().message);
    if (line->idx != entry.idx)
      find(record_name(entry.idx) + " says that it is record " + to_string(line->idx) + ".");
    if (line->type == "messages.committed" && line->committed) {
      committed_.emplace(entry.idx, *line->committed);
      forms_.meet(entry.idx, line->committed->v2_since);
    }
    counts_.add_record(entry.idx, entry.line);
    given_.insert(entry.idx);
    if (line->type == "audit.witness_added") note_witness(entry.idx, entry.line);
    if (line->type == "audit.pruned" && line->pruned)
      prunings_.push_back({*line->pruned, count_in(entry.line)});
    check_time(entry.idx, *line);
  }

  // The server says itself when its clock was set: its records are in every bundle.
  void check_time(std::int64_t idx, const RecordLine& line) {
    const bool fell = line.ts < last_ts_, was_set = says_clock_was_set(line.type);
    if (fell && !was_set)
      report_.doubts.push_back(record_name(idx) + " bears an earlier time than the one before it (" +
                               line.ts + " after " + last_ts_ + "), and doesn't say that the clock was set.");
    if (was_set)
      report_.log.confirmed.push_back("the clock was set at record " + to_string(idx) + " (" + line.type +
                                      "): " + line.ts + (last_ts_.empty() ? "" : " after " + last_ts_));
    last_ts_ = line.ts;
    times_.push_back({idx, line.ts, line.type});
  }

  void note_witness(std::int64_t idx, std::string_view line) {
    if (const auto fields = RecordFields::parse(line)) devices_[idx] = fields->at("after", "key");
  }

  // Bundles of before there were witnesses have no such file.
  Result<void> check_witnesses() {
    if (!bundle_.has("witnesses.txt")) return ok();
    std::set<std::string> met;
    return bundle_.read_lines("witnesses.txt", [this, &met](std::string_view line) {
      const auto entry = parse_witness_entry(line);
      if (!entry)
        find("A line of witnesses.txt can't be used: " + entry.error().message);
      else if (!met.insert(entry->key.to_string()).second)
        find("The device " + entry->key.name() + " stands in witnesses.txt twice.");
      else
        check_witness(*entry);
      return true;
    });
  }

  void check_witness(const WitnessEntry& entry) {
    ++report_.devices;
    const auto device = devices_.find(entry.record);
    // Where the record's bytes aren't here, that the key is a device's is the server's word.
    if (given_.contains(entry.record) &&
        (device == devices_.end() || device->second != entry.key.to_string()))
      return find("The device " + entry.key.name() + " isn't the one that record " + to_string(entry.record) +
                  " makes known.");
    if (auto wrong = find_wrong_cosignature(entry, head_)) return find(std::move(*wrong));
    if (!entry.cosigned) return;
    report_.witnesses.push_back(
        {entry.key.name(), entry.person, entry.cosigned->size, entry.cosigned->cosignature.at()});
    cosigned_.push_back(entry);
  }

  static std::int64_t count_in(std::string_view line) {
    const auto fields = RecordFields::parse(line);
    const auto after = fields ? fields->at("after", "count") : std::string();
    std::int64_t count = 0;
    std::from_chars(after.data(), after.data() + after.size(), count);
    return count;
  }

  // Records audit.pruned, which are in every bundle, say how many bodies were forgotten between which two
  // records.
  void check_pruned() {
    const auto is_told = [&](std::int64_t idx) {
      return std::ranges::any_of(
          prunings_, [idx](const Pruning& p) { return p.range.first <= idx && idx <= p.range.second; });
    };
    const auto found = std::ranges::count_if(pruned_, is_told);
    // A bundle that ends before the head ends may lack the record of a later pruning.
    const auto untold = std::ranges::find_if_not(pruned_, is_told);
    if (untold != pruned_.end() && report_.last + 1 == head_.size)
      report_.doubts.push_back(record_name(*untold) +
                               " is given as pruned, but no record audit.pruned here says so.");
    std::int64_t said = 0;
    bool all_here = true;
    for (const auto& p : prunings_) {
      said += p.count;
      all_here &= p.range.first >= report_.first && p.range.second <= report_.last;
    }
    if (found > said || (all_here && found < said))
      find(to_string(found) + " records are given as pruned, but the records audit.pruned tell of " +
           to_string(said) + ".");
  }

  Result<void> check_groups() {
    auto done = bundle_.read_lines("groups.txt", [this](std::string_view line) {
      auto entry = parse_group_entry(line);
      if (!entry) {
        find("A line of groups.txt can't be used: " + entry.error().message);
        return true;
      }
      auto& leaves = groups_[entry->idx].leaves;
      leaves.insert(leaves.end(), entry->leaves.begin(), entry->leaves.end());
      return true;
    });
    if (!done) return done;
    for (const auto& [idx, group] : groups_) {
      const auto said = committed_.find(idx);
      if (said == committed_.end())
        find("The hashes of messages given for record " + to_string(idx) +
             " belong to no record of the bundle.");
      else if (static_cast<std::int64_t>(group.leaves.size()) != said->second.count ||
               tlog::root_of(group.leaves) != said->second.root)
        find("The hashes of messages given for record " + to_string(idx) + " don't give its root.");
    }
    return ok();
  }

  Result<void> check_messages() {
    std::int64_t number = 0;
    return bundle_.read_lines("messages.txt", [this, &number](std::string_view line) {
      ++number;
      const auto state = parse_state_entry(line);
      if (state)
        check_state(*state);
      else
        find("Line " + to_string(number) + " of messages.txt can't be used: " + state.error().message);
      return true;
    });
  }

  void check_state(const StateEntry& state) {
    messages_.insert({state.room, state.seq});
    if (!state.record) {
      ++report_.unproven;
      return;
    }
    const auto group = groups_.find(*state.record);
    const auto position = static_cast<std::size_t>(*state.position);
    if (group == groups_.end() || position >= group->second.leaves.size())
      return find(state_name(state) + " names a place in the log that the bundle doesn't have.");
    if (group->second.leaves[position] != tlog::leaf_hash(state.commitment))
      return find(state_name(state) + " isn't what was written: the log holds something else in its place.");
    if (!group->second.shown.insert(*state.position).second)
      return find(state_name(state) + " stands in the place of another one.");
    if (!forms_.allows(state.form, *state.record))
      return find(state_name(state) + " is bound in a form that doesn't hold any more since record " +
                  to_string(*forms_.since()) + ".");
    ++group->second.rooms[state.room.value];
    ++report_.states;
    if (state.erased) ++report_.erased;
    carried_.add_state(state);
  }

  void check_export() {
    const auto record = read_export_record(bundle_, head_);
    if (!record) return find(record.error().message);
    export_ = *record;
    if (export_) counts_.set_export(*export_);
  }

  void check_root() {
    if (leaves_.empty()) return find("The bundle has no records.");
    report_.first = leaves_.front().id.index;
    report_.last = leaves_.back().id.index;
    if (broken_) return;
    const auto root = tlog::root_from(head_.size, leaves_, edges_);
    if (!root)
      find("The records don't lead to the head: " + root.error().message);
    else if (*root != head_.root)
      find(
          "The records don't give the root that the head signed: some were changed, removed, added or "
          "moved.");
  }

  void check_saved_heads() {
    for (const auto& note : options_.heads) {
      const auto head = tlog::parse_checkpoint(note);  // well-formed: looked at before
      const std::string name = "The head of " + to_string(head->size) + " records that you gave";
      if (std::ranges::none_of(
              keys_, [&](const auto& key) { return tlog::open_checkpoint(note, key).has_value(); })) {
        find(name +
             " isn't met: no key of this log that is known signed it. An older key is given with --key.");
        continue;
      }
      const auto root = broken_ ? std::nullopt : root_at(head->size);
      if (!root)
        find(name + " can't be held against this bundle, which can tell of heads of " +
             to_string(report_.first + 1) + " to " + to_string(report_.last + 1) + " and of " +
             to_string(head_.size) + " records.");
      else if (*root != head->root)
        find(name +
             " is not of this log: among these records something was changed, removed, added or moved.");
      else
        report_.log.confirmed.push_back(name + " is met");
    }
  }

  // The root that the log had at this size, where the records at hand tell it.
  std::optional<Digest> root_at(std::int64_t size) const {
    if (size == head_.size) return head_.root;
    if (leaves_.empty() || size <= report_.first || size > report_.last + 1) return std::nullopt;
    std::vector<Node> left;
    for (const Node& edge : edges_)
      if ((edge.id.index + 1) << edge.id.level <= report_.first) left.push_back(edge);
    const auto root =
        tlog::root_from(size, std::span(leaves_).first(static_cast<std::size_t>(size - report_.first)), left);
    return root ? std::optional(*root) : std::nullopt;
  }

  const OpenBundle& bundle_;
  const CheckOptions& options_;
  BundleReport report_;
  tlog::VerifierKey key_;
  tlog::Checkpoint head_;
  std::vector<tlog::VerifierKey> keys_;  // the head's, and those that led to it from the one that was given
  BundleCounts counts_{{}};
  struct Pruning {
    std::pair<std::int64_t, std::int64_t> range;
    std::int64_t count = 0;
  };
  std::vector<Pruning> prunings_;
  std::vector<std::int64_t> pruned_;
  std::string last_ts_;
  std::vector<RecordTime> times_;       // of the records whose bytes are here
  std::vector<WitnessEntry> cosigned_;  // what devices vouched for, and it holds
  std::vector<Node> edges_;
  std::vector<Node> leaves_;  // of the range, in order
  bool broken_ = false;       // the range has a gap: there is no root
  std::map<std::int64_t, Committed> committed_;
  FormCheck forms_;
  CarriedFiles carried_;
  std::optional<ExportRecord> export_;  // of the bundle itself
  std::map<std::int64_t, Group> groups_;
  std::set<std::pair<RoomId, Seq>> messages_;
  std::set<std::int64_t> given_;                 // records whose bytes are here
  std::map<std::int64_t, std::string> devices_;  // of these, audit.witness_added: the key
};

}  // namespace

Result<BundleReport> check_bundle(const std::filesystem::path& path, const CheckOptions& options,
                                  const Stopped& stopped) {
  for (const auto& note : options.heads)
    if (const auto head = tlog::parse_checkpoint(note); !head) return head.error();
  const auto bundle = OpenBundle::open(path, stopped);
  if (!bundle) return bundle.error();
  return BundleCheck(*bundle, options).run();
}

}  // namespace wardroom::evidence
