#include "server/domain/people_columns.hpp"

#include <algorithm>
#include <array>
#include <iterator>

#include "common/base/trimmed.hpp"

namespace wardroom::domain {
namespace {

struct KnownHeader {
  std::string_view letters;
  PeopleColumn column;
  int rank = 0;  // of two for the same, the lower one counts
  bool is_principal_name = false;
};
using enum PeopleColumn;
constexpr int kPlainName = 2;  // may be the name or the display name
constexpr KnownHeader kKnown[] = {
    {"username", name},
    {"login", name},
    {"samaccountname", name},
    {"benutzername", name},
    {"anmeldename", name},
    {"userprincipalname", name, 1, true},
    {"benutzerprinzipalname", name, 1, true},
    {"name", name, kPlainName},
    {"user", name, kPlainName},
    {"account", name, kPlainName},
    {"benutzer", name, kPlainName},
    {"konto", name, kPlainName},
    {"displayname", display_name},
    {"fullname", display_name},
    {"anzeigename", display_name},
    {"vollername", display_name},
    {"vollständigername", display_name},
    {"email", email},
    {"mail", email},
    {"emailaddress", email},
    {"primarysmtpaddress", email},
    {"emailadresse", email},
    {"mailadresse", email},
    {"role", role},
    {"rolle", role},
    {"rooms", rooms},
    {"room", rooms},
    {"channels", rooms},
    {"räume", rooms},
    {"raum", rooms},
    {"kanäle", rooms},
    {"givenname", given_name},
    {"firstname", given_name},
    {"vorname", given_name},
    {"surname", surname},
    {"lastname", surname},
    {"sn", surname},
    {"nachname", surname},
    {"familienname", surname},
    {"enabled", enabled},
    {"accountenabled", enabled},
    {"aktiviert", enabled},
    {"blockcredential", blocked},
    {"anmeldunggesperrt", blocked},
    {"anmeldeinformationenblockieren", blocked},
};

// What directories write besides.
constexpr std::string_view kNotRead[] = {"distinguishedname",
                                         "objectclass",
                                         "objectguid",
                                         "objectid",
                                         "sid",
                                         "id",
                                         "usertype",
                                         "jobtitle",
                                         "title",
                                         "department",
                                         "abteilung",
                                         "company",
                                         "companyname",
                                         "firma",
                                         "position",
                                         "usagelocation",
                                         "streetaddress",
                                         "street",
                                         "straße",
                                         "strasse",
                                         "state",
                                         "country",
                                         "countryregion",
                                         "land",
                                         "landregion",
                                         "office",
                                         "büro",
                                         "physicaldeliveryofficename",
                                         "city",
                                         "ort",
                                         "postalcode",
                                         "plz",
                                         "postleitzahl",
                                         "telephonenumber",
                                         "phonenumber",
                                         "telefon",
                                         "telefonnummer",
                                         "mobile",
                                         "mobilephone",
                                         "mobil",
                                         "handy",
                                         "fax",
                                         "authenticationphonenumber",
                                         "authenticationalternativephonenumber",
                                         "authenticationemail",
                                         "alternateemailaddress",
                                         "agegroup",
                                         "consentprovidedforminor",
                                         "legalagegroupclassification",
                                         "creationtype",
                                         "directorysynced",
                                         "dirsyncenabled",
                                         "invitationstate",
                                         "identityissuer",
                                         "createddatetime",
                                         "whencreated",
                                         "lastdirsynctime",
                                         "lastpasswordchangetimestamp",
                                         "licenseassignmentdetails",
                                         "licenses",
                                         "lizenzen",
                                         "oathtokenmetadata",
                                         "passwordneverexpires",
                                         "preferreddatalocation",
                                         "preferredlanguage",
                                         "proxyaddresses",
                                         "releasetrack",
                                         "softdeletiontimestamp",
                                         "strongpasswordrequired"};

constexpr std::array<std::string_view, 9> kNames = {
    "name", "display name", "e-mail", "role", "rooms", "given name", "surname", "enabled", "blocked"};

// "E-Mail" and "e_mail" are "email", "RÄUME" are "räume".
std::string letters_of(std::string_view header) {
  std::string out;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const char c = header[i];
    const bool is_umlaut = c == '\xC3' && i + 1 < header.size();
    if (is_umlaut) {
      const char second = header[++i];
      const bool is_capital = second == '\x84' || second == '\x96' || second == '\x9C';  // Ä Ö Ü
      out.push_back(c);
      out.push_back(is_capital ? static_cast<char>(second + 0x20) : second);
    } else if (c >= 'A' && c <= 'Z') {
      out.push_back(static_cast<char>(c - 'A' + 'a'));
    } else if (std::string_view(" _-\t./()").find(c) == std::string_view::npos) {
      out.push_back(c);
    }
  }
  return out;
}

struct Candidate {
  ReadColumn read;
  int rank = 0;
};

Candidate recognise(const std::string& header) {
  const std::string letters = letters_of(trimmed(header));
  Candidate found{{header, {}, false, ReadColumn::Problem::none}, 0};
  if (letters.empty() || std::find(std::begin(kNotRead), std::end(kNotRead), letters) != std::end(kNotRead))
    return found;
  const auto* known = std::find_if(std::begin(kKnown), std::end(kKnown),
                                   [&](const KnownHeader& k) { return k.letters == letters; });
  if (known == std::end(kKnown)) {
    found.read.problem = ReadColumn::Problem::unknown;
    return found;
  }
  found.read.column = known->column;
  found.read.is_principal_name = known->is_principal_name;
  found.rank = known->rank;
  return found;
}

int best_rank(const std::vector<Candidate>& all, PeopleColumn column) {
  int best = kPlainName + 1;
  for (const auto& one : all)
    if (one.read.column == column) best = std::min(best, one.rank);
  return best;
}

// "Name" beside what one signs in with is what people are called.
void move_plain_names(std::vector<Candidate>& all) {
  if (best_rank(all, name) >= kPlainName) return;
  for (auto& one : all)
    if (one.read.column == name && one.rank == kPlainName) one.read.column = display_name;
}

}  // namespace

std::string_view name_of(PeopleColumn column) {
  return kNames[static_cast<std::size_t>(column)];
}

std::vector<ReadColumn> read_headers(const std::vector<std::string>& headers) {
  std::vector<Candidate> all;
  for (const auto& header : headers) all.push_back(recognise(header));
  move_plain_names(all);
  std::vector<ReadColumn> columns;
  for (auto& one : all) {
    const auto column = one.read.column;
    if (column && one.rank > best_rank(all, *column)) one.read.column.reset();
    const bool is_second =
        one.read.column && std::any_of(columns.begin(), columns.end(),
                                       [&](const ReadColumn& c) { return c.column == one.read.column; });
    if (is_second) one.read.problem = ReadColumn::Problem::twice;
    columns.push_back(std::move(one.read));
  }
  return columns;
}

}  // namespace wardroom::domain
