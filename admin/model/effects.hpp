#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include <boost/mp11.hpp>

#include "common/desk/model/call.hpp"
#include "common/desk/model/effects.hpp"
#include "common/desk/model/time_zone.hpp"
#include "protocol/methods/audit_export.hpp"
#include "protocol/methods/people_import.hpp"

// What the model asks the world to do, as values. The effect runner takes them in order.
namespace wardroom::admin {

struct Turn;

using desk::CloseLink;
using desk::Credentials;
using desk::FetchPin;
using desk::LoadWitness;
using desk::OpenSession;
using desk::ResumeSession;
using desk::RetryNow;
using desk::SaveCredentials;
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

// A list as a file. Answered by CsvSaved.
struct WriteCsv {
  std::string path;
  std::string text;
};

// The desktop's dialog for files. Answered by PathChosen.
struct ChoosePath {
  std::uint64_t asked = 0;  // goes back with the answer
  std::string title;
  std::string name;  // what the file to be saved would be called; empty: one that is there is chosen
};
struct StopChoosing {};

using Effect =
    boost::mp11::mp_append<desk::Effect, std::variant<desk::Call<Turn>, MakeEvidence, StopEvidence, ReadFile,
                                                      WriteSheet, WriteCsv, ChoosePath, StopChoosing>>;

using Effects = std::vector<Effect>;

}  // namespace wardroom::admin
