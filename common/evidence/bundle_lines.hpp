#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "common/base/clock.hpp"
#include "common/base/result.hpp"
#include "common/base/strong.hpp"
#include "common/tlog/merkle.hpp"
#include "protocol/commitment.hpp"

// The lines of a bundle's files (docs/audit-format.md), each without its line feed. An error says what is
// wrong with the line, not where it stands.
namespace wardroom::evidence {

// records.txt: "<idx> <leaf> <line>", where the line may be "-" or "pruned".
struct RecordEntry {
  enum class Body { given, hidden, pruned };
  std::int64_t idx = 0;
  Digest leaf{};
  Body body = Body::given;
  std::string_view line;  // refers to what was parsed
};
Result<RecordEntry> parse_record_entry(std::string_view line);

// edges.txt: "<level> <index> <hash>"
Result<tlog::Node> parse_edge(std::string_view line);
std::string compose_edge(const tlog::Node& node);

// groups.txt: "<idx> <leaf> <leaf> …"; a large group goes on in further lines that begin alike.
struct GroupEntry {
  std::int64_t idx = 0;
  std::vector<Digest> leaves;
};
Result<GroupEntry> parse_group_entry(std::string_view line);

// messages.txt: "<room> <seq> <version> <act> <record> <position> <preimage>". Record and position are "-"
// for a state that is in no group; the preimage is "erased:<commitment> <by> <at>" for one whose text was
// erased.
struct StateEntry {
  RoomId room;
  Seq seq;
  std::int64_t version = 1;
  std::string act;  // posted, edited, deleted, restored
  std::optional<std::int64_t> record;
  std::optional<std::int64_t> position;
  std::optional<Digest> erased;
  // The form of a posted state's bytes: 1, 2 with what it answers, or 3 with its thread, too. 0: erased, or
  // no posted one.
  int form = 0;
  std::optional<Seq> reply_to;
  std::optional<Seq> thread;  // the root of the thread that it is a reply in
  // Out of the preimage; of an erased state only by and at, and on the server's word alone.
  UserId by;
  TimePoint at;
  std::string reason;
  std::string text;
  Digest commitment{};
  std::vector<protocol::CarriedFile> files;  // of a posted one
};
// An error also when the preimage speaks of another state than the line.
Result<StateEntry> parse_state_entry(std::string_view line);

}  // namespace wardroom::evidence
