#include "common/evidence/bundle_case.hpp"
#include "common/evidence/bundle_witnesses.hpp"
#include "common/tlog/signed_note.hpp"

namespace wardroom::evidence {
namespace {

using std::to_string;

std::string verdict(const BundleReport& report) {
  if (report.is_proven()) return "When this bundle was made, everything in it held.\n";
  if (report.is_sound()) {
    std::string doubts = "When this bundle was made, nothing in it was wrong, but this is NOT PROVEN:\n\n";
    for (const auto& doubt : report.doubts) doubts += "  - " + doubt + "\n";
    return doubts;
  }
  std::string text = "When this bundle was made, it did NOT hold:\n\n";
  for (const auto& finding : report.log.findings) text += "  - " + finding + "\n";
  return text;
}

std::string contents(const BundleReport& report) {
  std::string text = "  " + to_string(report.shown) + " records with their exact bytes\n  " +
                     to_string(report.hidden) + " records as a hash only: they are about others\n  " +
                     to_string(report.states) + " states of " + to_string(report.messages) +
                     " messages: as posted, each edit, deletion and restoration\n";
  if (report.log.pruned > 0)
    text += "  " + to_string(report.log.pruned) + " records whose body was pruned by then\n";
  text += "  " + to_string(report.others) + " states of other messages in the same groups, as a hash only\n";
  if (report.erased > 0)
    text += "  " + to_string(report.erased) + " of these states whose text was erased for good\n";
  if (report.unproven > 0)
    text += "  " + to_string(report.unproven) +
            " states that are in no group of the log: they are NOT proven (see below)\n";
  if (report.takes_files)
    text +=
        "  " + to_string(report.files) + " files that the messages carry, each once, named by its SHA-256\n";
  if (report.counted_to)
    text += "  between the records " + to_string(*report.counted_from) + " and " +
            to_string(*report.counted_to) + " no state of the subject's messages is missing\n";
  if (report.devices > 0) text += "  " + tell_witnesses(report) + "\n";
  return text;
}

// Who saw this log, and when.
std::string list_witnesses(const BundleCase& about, const BundleReport& report) {
  if (report.witnesses.empty()) return "";
  std::string text = "DEVICES THAT SAW THIS LOG\n\n";
  for (const auto& witness : report.witnesses) {
    const auto person = about.people.find(witness.person);
    text +=
        "  " + readable_time(witness.at) + "  " + to_string(witness.size) + " records  " +
        (person == about.people.end() ? "person " + to_string(witness.person.value) : person->second.name) +
        ", " + witness.name + "\n";
  }
  return text + "\n";
}

constexpr std::string_view kMeaning = R"(WHAT IS PROVEN

  - The head in the file checkpoint was signed with the log's key.
  - Under this head, the records of the range stand as they are here: none was
    altered, removed, added or moved between the first and the last. A record
    of which only the hash is given takes its place all the same.
  - Each message state with a record and a position was committed to the log in
    that record, byte by byte: text, author, time, edits, deletions, and what it
    answers (not in messages of the form v1) and in whose thread it is. A text that
    was erased since is still shown to have been there, and where.
  - Nothing is missing: each record that binds messages in counts them by room and
    author and names the one before it, and the record of the export (export.txt)
    names the last. Above stands between which records that holds. In a bundle of
    everything it holds for all of it.
  - Where the bundle takes files along (carried.txt), each file-SHA256 has the bytes
    that a proven message names by size and hash, and none is missing unseen.
  - Each device that is listed as having cosigned the log had seen it, as long as
    it says, and this is the same log, grown since. The time is its own clock's.

WHAT IS NOT PROVEN

  - That this head is the one that the office saw. Whoever holds the server's
    key could sign another history. Compare it with a head that was kept on
    another computer: every client, console and wardroomctl keeps one, and
    `wardroomctl audit head` prints one to be kept. (--head FILE)
  - That the key is the log's. Compare the file key with a note of it. (--key KEY)
  - That a device is one of the office's, unless the record that made its key known
    is here with its bytes; that no device is left out; whose it is. Somebody
    with the machine can make keys. Compare with a device itself.
  - Anything after the head, and anything that was never written down.
  - That the records given as a hash only are not about the subject: only the server
    said so. What came before the log began to count is named as not proven.
  - That messages listed without a record are what was written. They were
    stored before the log bound messages in, or their bytes aren't those that it holds.
  - Reactions. The log binds them in, but they aren't in a bundle.
  - Who sat at the keyboard.
  - README.txt, index.html, case.txt, people.txt, rooms.txt, members.txt and
    removed.txt are for reading. What counts are checkpoint, key, records.txt,
    edges.txt, groups.txt, messages.txt, export.txt, witnesses.txt and
    carried.txt with the files that it names.

  Times are the server's clock. Messages that were imported bear the time of the
  system that they came from; the record that binds them in tells when.

HOW TO CHECK IT

    sh verify.sh                    needs openssl 3, sha256sum, xxd, base64, awk,
                                    sed, sort, paste, head, cut, xargs, mktemp,
                                    tar, tr and wc, those of busybox too; perl,
                                    when it is there, makes it faster
    python3 verify.py --bundle .    needs Python 3.9, nothing else
    wardroomctl audit verify --bundle .

  Each ends with status 0 when everything holds and is proven, with 1 when
  something is wrong or isn't proven, and says what, and with 2 when it couldn't
  be checked. docs/audit-format.md of Wardroom says all that one needs to write
  another verifier.

  Take verify.sh or verify.py from somewhere else if you don't trust these two:
  they are part of Wardroom, and short enough to be read.

BY HAND

  1. The head. The text of checkpoint up to the empty line is the log's name,
     its size and the root in base64. The line after it is the signature:
     4 bytes of key id, then 64 of Ed25519, in base64.

       sed '/^$/,$d' checkpoint > text
       sed -n 's/^.* //; $p' checkpoint | base64 -d | tail -c 64 > sig
       openssl pkeyutl -verify -pubin -inkey key.pem -rawin -in text -sigfile sig

  2. A record. Its hash is SHA-256 of a zero byte and the line as it stands in
     records.txt behind the index and the hash:

       { printf '\000'; sed -n '1s/^[^ ]* [^ ]* //p' records.txt | tr -d '\n'; } | sha256sum

  3. The tree (RFC 6962). Put the hashes of the records in a row, by index, and
     beside them the lines "0 index hash" of edges.txt. Two neighbours, an even
     index and the one behind it, have the parent SHA-256(0x01, left, right)
     with half the index; the last of the row, when it has no neighbour, moves
     up as it is. Add the edges of the next level, and go on until one hash is
     left: it must be the head's root.

  4. A message. Turn the hex at the end of its line in messages.txt into bytes:
     16 random ones, then plain text that says room, number, author, time and
     the message. SHA-256 of all of it is the commitment; SHA-256 of a zero byte
     and the commitment is its leaf:

       sed -n 1p messages.txt | cut -d ' ' -f 7 | xxd -r -p | tail -c +17
       sed -n 1p messages.txt | cut -d ' ' -f 7 | xxd -r -p | sha256sum

     The leaf must stand in groups.txt behind the record's index, at the
     position (from 0) that the line names; and the leaves of a group, put
     together as in step 3, give the root in that record.

THE FILES

  checkpoint     the signed head: c2sp.org/tlog-checkpoint
  key, key.pem   the log's public key, twice: NAME+ID+BASE64, and for openssl
  rotation-N     the key before handed over to the next one (where there was a change)
  records.txt    index, hash, exact line; "-" when it is about others, "pruned"
  edges.txt      level, index, hash: the tree left and right of the range
  groups.txt     record, and the leaf hashes under the root in it, in order
  messages.txt   room, number, version, act, record, position, bytes in hex; or
                 erased:COMMITMENT, then who and when as the server says
  witnesses.txt  devices and the head that each cosigned: key, record, person, then
                 size, root, time, signature and proof, or "-"
  people.txt     number, name, display name of people, as the server has them
  rooms.txt      number, kind, name of the rooms
  members.txt    who came into a room or left it, out of records.txt
  removed.txt    records of what retention and erasure took away
  case.txt       what was asked for, by whom, why
  index.html     all of it to be read and printed
)";

}  // namespace

Result<void> write_readme(const BundleCase& about, const BundleReport& report,
                          const std::filesystem::path& directory) {
  const auto& begun = about.begun;
  const auto key = tlog::VerifierKey::parse(begun.key);
  std::string text = "EVIDENCE FROM A WARDROOM AUDIT LOG\n\n";
  text += "  About     " + about.subject() + "\n";
  if (about.scope.since) text += "  From      " + readable_time(*about.scope.since) + "\n";
  if (about.scope.until) text += "  Until     " + readable_time(*about.scope.until) + "\n";
  text += "  Records   " + to_string(report.first) + " to " + to_string(report.last) + "\n";
  text +=
      "  Head      " + to_string(begun.size) + " records, signed " + readable_time(begun.signed_at) + "\n";
  text += "  Key       " + (key ? key->id_hex() + " of " + key->name() : begun.key) + "\n";
  text += "  Made      " + readable_time(begun.at) + " by " + begun.by.display_name + " (" + begun.by.name +
          ")\n";
  text += "  Reason    " + about.scope.reason + "\n\n";
  text += contents(report) + "\n" + verdict(report) + "\n" + list_witnesses(about, report);
  text += kMeaning;
  return write_file(directory / "README.txt", text);
}

}  // namespace wardroom::evidence
