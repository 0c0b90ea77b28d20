#include <catch2/catch.hpp>

#include "server/app/authority.hpp"
#include "server/audit/log.hpp"
#include "server/store/database.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using audit::Type;
using ops::Rotation;
using ops::RotationPhase;

namespace {

const Digest kOld = sha256(as_bytes("old")), kNext = sha256(as_bytes("next")),
             kOther = sha256(as_bytes("other"));
const Rotation kNone{RotationPhase::none, kOld, {}, {}, {}};
const Rotation kAnnounced{RotationPhase::announced, kOld, kNext, {}, {}};
const Rotation kSwitched{RotationPhase::switched, kOld, kNext, {}, {}};
const Rotation kRetired{RotationPhase::none, kNext, {}, {}, {}};

struct RecordedOffice {
  RecordedOffice() : db(*store::open_database(dir.path() / "wardroom.db")) {}

  // What is recorded of it; nothing when it is recorded already.
  std::optional<Type> take(const Rotation& rotation) {
    store::WriteTx tx{*db, from_unix_ms(1795160000000), {}};
    const auto record = app::compose_authority_record(*db, rotation);
    if (!record) return std::nullopt;
    audit::append_record(tx, *record);
    return record->type;
  }

  testing::TempDir dir;
  std::unique_ptr<sqlite::Connection> db;
};

}  // namespace

TEST_CASE("each step of a rotation is recorded once") {
  RecordedOffice office;
  CHECK_FALSE(office.take(kNone));
  CHECK(office.take(kAnnounced) == Type::authority_announced);
  CHECK_FALSE(office.take(kAnnounced));
  CHECK(office.take(kNone) == Type::authority_cancelled);
  CHECK_FALSE(office.take(kNone));
  CHECK(office.take(kAnnounced) == Type::authority_announced);
  CHECK(office.take(kSwitched) == Type::authority_switched);
  CHECK_FALSE(office.take(kSwitched));
  CHECK(office.take(kRetired) == Type::authority_retired);
  CHECK_FALSE(office.take(kRetired));
}

TEST_CASE("a step that left no record is told from another by the key that is left") {
  RecordedOffice office;
  CHECK(office.take(kAnnounced) == Type::authority_announced);
  CHECK(office.take(kRetired) == Type::authority_retired);
}

TEST_CASE("another next authority in the same phase is recorded, too") {
  RecordedOffice office;
  CHECK(office.take(kAnnounced) == Type::authority_announced);
  Rotation other = kAnnounced;
  other.next_pin = kOther;
  CHECK(office.take(other) == Type::authority_announced);
  CHECK_FALSE(office.take(other));
}
