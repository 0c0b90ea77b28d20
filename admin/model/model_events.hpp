#pragma once

#include <optional>
#include <string>
#include <variant>

#include <boost/mp11.hpp>

#include "admin/model/calls.hpp"
#include "admin/model/effects.hpp"
#include "protocol/events.hpp"

// What happens outside the window, as values that the session folds into the model.
namespace wardroom::admin {

// The only way in which the model learns the time. Comes before whatever happened then.
struct Tick {
  TimePoint now;
};
// The first event but Tick: what an earlier run left, and what the command line names.
struct Started {
  std::optional<Credentials> credentials;
  std::string target;  // HOST:PORT, a wardroom:// link, or empty
  std::string note;    // a sentence for the person, for example that the credentials were damaged
};
// Something couldn't be kept on this PC.
struct SavingFailed {
  std::string message;
};
struct FileRead {
  std::string path;
  Result<std::string> contents;  // the bytes, whatever their encoding
};
struct SheetSaved {
  std::string path;
  Result<void> saved;
};
using desk::WitnessLoaded;
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
struct PinFetched {
  std::string host;
  std::uint16_t port = 0;
  Result<Digest> pin;
};
struct LinkChanged {
  enum class State { idle, connecting, online, offline };
  State state = State::idle;
  std::optional<Error> error;  // offline: why
  bool final = false;          // offline: nothing more is tried
};

using Event = boost::mp11::mp_append<
    std::variant<Tick, Started, SavingFailed, FileRead, SheetSaved, WitnessLoaded, EvidenceProgress,
                 EvidenceMade, FileDropped, PinFetched, LinkChanged, protocol::SignedIn,
                 protocol::SessionResume::Result, protocol::SessionRevoked, protocol::AccountChanged,
                 protocol::ReportFiled, protocol::AuditCheckpointSigned>,
    boost::mp11::mp_rename<boost::mp11::mp_transform<Answer, CalledMethods>, std::variant>>;

}  // namespace wardroom::admin
