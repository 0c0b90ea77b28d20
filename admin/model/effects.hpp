#pragma once

#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "admin/model/calls.hpp"
#include "common/desk/model/witness.hpp"
#include "protocol/introduction.hpp"
#include "protocol/methods/audit_export.hpp"

// What the model asks the world to do, as values. The session applies them in order.
namespace wardroom::admin {

// What outlives the program, in a file that only the person's account can read.
struct Credentials {
  protocol::Introduction server;
  Secret token;  // empty: signed out; the rest pre-fills the sign-in
  protocol::User user;
};

// Answered by PinFetched; the other ways in by SignedIn, Resumed and LinkChanged.
struct FetchPin {
  std::string host;
  std::uint16_t port = 0;
};
struct OpenSession {
  protocol::Introduction server;
  std::string name;
  Secret password;
  Secret code;  // second factor; empty: none
};
struct ResumeSession {
  protocol::Introduction server;
  Secret token;
};
struct RetryNow {};
struct CloseLink {};
struct SaveCredentials {
  Credentials credentials;
};
using desk::LoadWitness;
using desk::SaveWitness;
// Answered by EvidenceProgress and, at the end, EvidenceMade.
struct MakeEvidence {
  protocol::AuditExport::Params scope;
  std::string target;
};
struct StopEvidence {};
// Answered by FileRead.
struct ReadFile {
  std::string path;
};
// A page of one-use invites, to print and hand out. Answered by SheetSaved.
struct WriteSheet {
  std::string path;
  std::string server;  // "office.example:7443"
  std::vector<protocol::AdminUserImportSheet::Entry> entries;
  desk::TimeZone zone;
};

using Effect = boost::mp11::mp_append<
    std::variant<FetchPin, OpenSession, ResumeSession, RetryNow, CloseLink, SaveCredentials, LoadWitness,
                 SaveWitness, MakeEvidence, StopEvidence, ReadFile, WriteSheet>,
    boost::mp11::mp_rename<boost::mp11::mp_transform<Call, CalledMethods>, std::variant>>;

using Effects = std::vector<Effect>;

}  // namespace wardroom::admin
