#pragma once

#include <optional>
#include <string>
#include <variant>

#include <boost/mp11.hpp>

#include "admin/model/effects.hpp"
#include "common/desk/model/events.hpp"
#include "common/desk/model/tick.hpp"
#include "protocol/events.hpp"

// What happens outside the window, as values that are folded into the model.
namespace wardroom::admin {

// The first event but Tick: what an earlier run left, and what the command line names.
struct Started {
  std::optional<Credentials> credentials;
  std::string target;  // HOST:PORT, a wardroom:// link, or empty
  std::string note;    // a sentence for the person, for example that the credentials were damaged
};
struct FileRead {
  std::string path;
  Result<std::string> contents;  // the bytes, whatever their encoding
};
struct SheetSaved {
  std::string path;
  Result<void> saved;
};
struct CsvSaved {
  std::string path;
  Result<void> saved;
};
struct PathChosen {
  std::uint64_t asked = 0;  // as ChoosePath had it
  std::string path;         // empty: none
  bool no_dialog = false;   // the desktop has none
};
struct EvidenceProgress {
  std::int64_t done = 0;  // records gone through, of so many
  std::int64_t total = 0;
};
// What was found when the bundle was checked, as a sentence.
struct EvidenceMade {
  struct Bundle {
    std::string path;
    bool holds = false;
    std::string summary;
  };
  Result<Bundle> bundle;
};
// A file was dropped on the window.
struct FileDropped {
  std::string path;
};

using desk::LinkChanged;
using desk::PinFetched;
using desk::Tick;

using Event = boost::mp11::mp_append<
    std::variant<Tick>, desk::Event,
    std::variant<desk::Answered<Turn>, Started, FileRead, SheetSaved, CsvSaved, PathChosen, EvidenceProgress,
                 EvidenceMade, FileDropped, protocol::SessionRevoked, protocol::AccountChanged,
                 protocol::ReportFiled, protocol::AuditCheckpointSigned>>;

}  // namespace wardroom::admin
