#include "common/evidence/bundle_case.hpp"

#include "protocol/codec.hpp"
#include "protocol/json_text.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;

// One line of plain text: whatever would begin another one becomes a blank.
std::string one_line(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return out;
}

std::string_view text_in(const boost::json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string_view(value->get_string()) : std::string_view();
}

std::string_view text_in(const boost::json::object& object, std::string_view part, std::string_view name) {
  const auto* value = object.if_contains(part);
  const auto* inner = value ? value->if_object() : nullptr;
  return inner ? text_in(*inner, name) : std::string_view();
}

Result<void> write_case(const BundleCase& about, const std::filesystem::path& directory) {
  const auto& begun = about.begun;
  NewFile out(directory / "case.txt");
  const auto line = [&out](std::string_view name, std::string_view value) {
    out.write_line(std::string(name) + ": " + one_line(value));
  };
  line("format", "wardroom evidence bundle v1");
  line("about", about.subject());
  if (begun.user) line("person", to_string(begun.user->id.value) + " " + begun.user->name);
  if (begun.room) line("room", to_string(begun.room->id.value) + " " + begun.room->name);
  if (about.scope.since) line("since", to_rfc3339(*about.scope.since));
  if (about.scope.until) line("until", to_rfc3339(*about.scope.until));
  line("records", to_string(begun.first.value) + " to " + to_string(begun.last.value));
  line("head", to_string(begun.size) + " records, signed " + to_rfc3339(begun.signed_at));
  line("reason", about.scope.reason);
  line("exported-by", begun.by.name);
  line("exported-at", to_rfc3339(begun.at));
  return out.close();
}

Result<void> write_people(const BundleCase& about, const std::filesystem::path& directory) {
  NewFile people(directory / "people.txt");
  for (const auto& [id, user] : about.people)
    people.write_line(to_string(id.value) + " " + one_line(user.name) + " " + one_line(user.display_name));
  if (auto done = people.close(); !done) return done;
  NewFile rooms(directory / "rooms.txt");
  for (const auto& [id, room] : about.rooms)
    rooms.write_line(to_string(id.value) + " " + std::string(protocol::enum_name(room.kind)) + " " +
                     one_line(room.name));
  return rooms.close();
}

// The files that follow from the records, in one pass over them.
Result<void> write_derived(const std::filesystem::path& directory, const Stopped& stopped) {
  const auto bundle = OpenBundle::open(directory, stopped);
  if (!bundle) return bundle.error();
  NewFile members(directory / "members.txt");
  std::string removed;
  auto read = bundle->read_lines("records.txt", [&](std::string_view line) {
    const auto entry = parse_record_entry(line);
    if (!entry) return true;
    if (const auto change = find_membership_change(*entry))
      members.write_line(to_string(change->record) + " " + change->ts + " room " +
                         to_string(change->room.value) + " " + one_line(change->person) +
                         (change->came ? " came in" : " left") +
                         (change->by.empty() ? "" : " by " + one_line(change->by)));
    if (is_removal_of_messages(*entry)) removed += std::string(line) + "\n";
    return true;
  });
  if (!read) return read;
  if (auto done = members.close(); !done) return done;
  return removed.empty() ? ok() : write_file(directory / "removed.txt", removed);
}

}  // namespace

std::string BundleCase::subject() const {
  std::string text;
  if (begun.user) text = begun.user->display_name + " (" + begun.user->name + ")";
  if (begun.room) text += (text.empty() ? "" : " in ") + room(begun.room->id);
  return text.empty() ? "everything in the log" : text;
}

std::string BundleCase::room(RoomId id) const {
  const auto found = rooms.find(id);
  if (found == rooms.end()) return "room " + to_string(id.value);
  return found->second.name.empty() ? "direct room " + to_string(id.value) : "#" + found->second.name;
}

Result<RecordNames> RecordNames::read(const OpenBundle& bundle) {
  RecordNames names;
  auto read = bundle.read_lines("records.txt", [&](std::string_view line) {
    const auto entry = parse_record_entry(line);
    if (entry && entry->body == RecordEntry::Body::given) names.add(entry->line);
    return true;
  });
  if (!read) return read.error();
  return names;
}

void RecordNames::add(std::string_view line) {
  const auto json = protocol::parse_json(line);
  const auto* record = json ? json->if_object() : nullptr;
  if (!record) return;
  for (const std::string_view part : {"actor", "target"}) {
    const auto* found = record->if_contains(part);
    const auto* named = found ? found->if_object() : nullptr;
    const auto* id = named ? named->if_contains("id") : nullptr;
    const std::string name(text_in(*record, part, "name"));
    if (!id || !id->is_int64() || name.empty()) continue;
    const auto type = text_in(*record, part, "type");
    if (type == "user") people_[UserId{id->get_int64()}] = name;
    if (type == "room") rooms_[RoomId{id->get_int64()}] = name;
  }
}

std::optional<std::string> RecordNames::person(UserId id) const {
  const auto found = people_.find(id);
  return found == people_.end() ? std::nullopt : std::optional(found->second);
}

std::optional<std::string> RecordNames::room(RoomId id) const {
  const auto found = rooms_.find(id);
  return found == rooms_.end() ? std::nullopt : std::optional("#" + found->second);
}

std::string readable_time(TimePoint at) {
  return readable_time(to_rfc3339(at));
}

std::string readable_time(std::string_view ts) {
  if (ts.size() < 19) return std::string(ts);
  return std::string(ts.substr(0, 10)) + " " + std::string(ts.substr(11, 8)) + " UTC";
}

std::optional<MembershipChange> find_membership_change(const RecordEntry& entry) {
  const bool came = entry.line.find(R"("type":"room.member_added")") != std::string_view::npos;
  if (entry.body != RecordEntry::Body::given ||
      (!came && entry.line.find(R"("type":"room.member_removed")") == std::string_view::npos))
    return std::nullopt;
  const auto json = protocol::parse_json(entry.line);
  const auto* record = json ? json->if_object() : nullptr;
  if (!record || !text_in(*record, "type").starts_with("room.member_")) return std::nullopt;
  MembershipChange change;
  change.record = entry.idx;
  change.ts = text_in(*record, "ts");
  const auto* room = record->if_contains("room");
  if (room && room->is_int64()) change.room = RoomId{room->get_int64()};
  change.came = came;
  const auto actor = text_in(*record, "actor", "name");
  const bool names_somebody = text_in(*record, "target", "type") == "user";
  change.person = names_somebody ? text_in(*record, "target", "name") : actor;
  if (names_somebody && change.person != actor) change.by = actor;
  return change;
}

bool is_removal_of_messages(const RecordEntry& entry) {
  return entry.body == RecordEntry::Body::given &&
         (entry.line.find(R"("type":"room.retention_applied")") != std::string_view::npos ||
          entry.line.find(R"("type":"privacy.subject_erased")") != std::string_view::npos);
}

Result<void> write_case_files(const BundleCase& about, const std::filesystem::path& directory) {
  if (auto done = write_case(about, directory); !done) return done;
  if (auto done = write_people(about, directory); !done) return done;
  return write_derived(directory, about.stopped);
}

}  // namespace wardroom::evidence
