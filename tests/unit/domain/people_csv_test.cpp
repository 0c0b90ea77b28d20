#include "server/domain/people_csv.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::domain;

namespace {

// "line:column field" of each error.
std::vector<std::string> places(const PeopleFile& file) {
  std::vector<std::string> out;
  for (const auto& e : file.errors)
    out.push_back(std::to_string(e.line) + ":" + std::to_string(e.column) +
                  (e.field.empty() ? "" : " " + e.field));
  return out;
}

std::string describe(const PersonRow& row) {
  std::string text =
      row.name + "/" + row.display_name + "/" + row.email + "/" + std::to_string(static_cast<int>(row.role));
  for (const auto& room : row.rooms) text += "/#" + room.name;
  return text;
}

std::vector<std::string> people(const PeopleFile& file) {
  std::vector<std::string> out;
  for (const auto& row : file.rows) out.push_back(describe(row));
  return out;
}

using List = std::vector<std::string>;

std::string utf16(std::u16string_view text, bool big) {
  std::string out = big ? "\xFE\xFF" : "\xFF\xFE";
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  }
  return out;
}

}  // namespace

TEST_CASE("a file of people is read whatever the spreadsheet made of it") {
  const List wanted{"lena/Lena Weber/lena@example.org/2/#ops/#board", "mateo/mateo//1"};
  for (const std::string file :
       {"name,display name,e-mail,role,rooms\nlena,Lena Weber,lena@example.org,moderator,ops "
        "board\nmateo,,,,\n",
        "\xEF\xBB\xBFName;Display_Name;EMAIL;Role;Rooms\r\nLena;Lena "
        "Weber;lena@example.org;Moderator;#ops,#board\r\n"
        "\r\n;;;;\r\nmateo\r\n",
        "rooms\trole\tmail\tfull name\tuser name\r\"ops|board\"\tMODERATOR\tlena@example.org\t\"Lena "
        "Weber\"\tlena\r"
        "\t\t\t\tmateo",
        "sep=;\nname;rooms;role;display name;email\nlena;ops;moderator;Lena Weber;lena@example.org\nmateo",
        "\n\nname,display name,email,role,\"rooms\",\nlena,\"Lena "
        "Weber\",lena@example.org,moderator,\"ops\nboard, "
        "ops\",\nmateo,member\n"}) {
    INFO(file);
    const auto parsed = parse_people_csv(file);
    if (file.starts_with("sep")) {
      CHECK(people(parsed) == List{"lena/Lena Weber/lena@example.org/2/#ops", "mateo/mateo//1"});
      CHECK(places(parsed).empty());
    } else if (file.starts_with("\n")) {
      CHECK(people(parsed) == List{wanted[0], "mateo/member//1"});
    } else {
      CHECK(people(parsed) == wanted);
      CHECK(places(parsed).empty());
    }
  }
}

TEST_CASE("names with accents survive the encodings that Excel saves in") {
  for (const bool big : {false, true}) {
    const auto file =
        parse_people_csv(utf16(u"name\tdisplay name\r\nlena\tLéna Müller \xD83C\xDF3B\r\n", big));
    CHECK(file.encoding == "utf-16");
    CHECK(people(file) == List{"lena/Léna Müller 🌻//1"});
  }
  const auto latin = parse_people_csv("name;display name\r\nlena;L\xE9na \x8Atefan\r\n");
  CHECK(latin.encoding == "windows-1252");
  CHECK(people(latin) == List{"lena/Léna Štefan//1"});
  CHECK(parse_people_csv("name\nlena\n").encoding == "utf-8");
}

TEST_CASE("quotes double within quotes, and lines break there") {
  const auto file = parse_people_csv("name,display name\nlena,\"Lena \"\"Leo\"\" Weber\"\nmateo,\"a,b\"\n");
  CHECK(people(file) == List{"lena/Lena \"Leo\" Weber//1", "mateo/a,b//1"});
}

TEST_CASE("each error names its place as an editor counts it") {
  const auto file = parse_people_csv(
      "name,display name,e-mail,role,rooms\n"  // 1
      "lena,Lé\xCC\x81na,nonsense,boss,ops\n"  // 2: the e-mail, the role
      "x,,,,\n"                                // 3: too short
      ",Nobody,,,\n"                           // 4: no name
      "mateo,,,,\"ops a@b\ndev x:y\"\n"        // 5, 6: rooms
      "LENA,,,,,surplus\n"                     // 7: twice, and too much
      "pia,\"open\n");                         // 8: never closed
  CHECK(places(file) == List{"2:12 e-mail", "2:21 role", "3:1 name", "4:1 name", "5:15 rooms", "6:5 rooms",
                             "7:1 name", "7:10", "8:5"});
  CHECK(file.errors[6].message == "lena stands in line 2 already.");
  REQUIRE(file.rows.size() == 6);
  for (const auto& row : file.rows) CHECK_FALSE(row.is_good);
}

TEST_CASE("a header that can't be understood stops everything, for nobody knows what the rest means") {
  for (const auto& [text, place] :
       std::vector<std::pair<std::string, std::string>>{{"", "1:1"},
                                                        {"\n \n", "1:1"},
                                                        {"name\n", "1:1"},
                                                        {"display name\nLena\n", "1:1 name"},
                                                        {"name,rols\nlena,admin\n", "1:6"},
                                                        {"name,user\nlena,lena\n", "1:6 name"},
                                                        {"\n\"name\nlena\n", "2:1"}}) {
    INFO(text);
    const auto file = parse_people_csv(text);
    CHECK(file.rows.empty());
    CHECK(places(file) == List{place});
  }
}

TEST_CASE("headers are known as Excel in German, Active Directory, Entra and Microsoft 365 write them") {
  const auto read_as = [](const PeopleFile& file) {
    List out;
    for (const auto& column : file.columns) out.push_back(column.header + ">" + column.read_as);
    return out;
  };
  const auto german = parse_people_csv(
      "Anmeldename;Vorname;Nachname;E-Mail-Adresse;Rolle;R\xC4UME\r\nlena;Lena;M\xFCller;lena@example.org;"
      "Mitglied;ops\r\n");
  CHECK(places(german).empty());
  CHECK(people(german) == List{"lena/Lena Müller/lena@example.org/1/#ops"});
  CHECK(read_as(german) == List{"Anmeldename>name", "Vorname>given name", "Nachname>surname",
                                "E-Mail-Adresse>e-mail", "Rolle>role", "RÄUME>rooms"});

  const auto directory = parse_people_csv(
      "#TYPE Microsoft.ActiveDirectory.Management.ADUser\r\n"
      "\"DistinguishedName\";\"Enabled\";\"GivenName\";\"Name\";\"ObjectClass\";\"ObjectGUID\";"
      "\"SamAccountName\";\"SID\";\"Surname\";\"UserPrincipalName\"\r\n"
      "\"CN=Lena Weber,OU=Staff\";\"True\";\"Lena\";\"Lena "
      "Weber\";\"user\";\"1f\";\"lweber\";\"S-1\";\"Weber\";"
      "\"lena.weber@office.example\"\r\n"
      "\"CN=Mateo\";\"False\";\"Mateo\";\"Mateo "
      "Ruiz\";\"user\";\"2f\";\"mruiz\";\"S-2\";\"Ruiz\";\"m@office.example\"\r\n");
  CHECK(places(directory) == List{"4:12 enabled"});
  CHECK(people(directory) == List{"lweber/Lena Weber//1", "mruiz/Mateo Ruiz//1"});
  CHECK(read_as(directory) == List{"DistinguishedName>", "Enabled>enabled", "GivenName>given name",
                                   "Name>display name", "ObjectClass>", "ObjectGUID>", "SamAccountName>name",
                                   "SID>", "Surname>surname", "UserPrincipalName>"});

  const auto entra = parse_people_csv(
      "userPrincipalName,displayName,surname,mail,givenName,id,userType,jobTitle,accountEnabled\n"
      "lena.weber@office.example,Lena Weber,Weber,lena@office.example,Lena,1,Member,Clerk,true\n");
  CHECK(places(entra).empty());
  CHECK(people(entra) == List{"lena.weber/Lena Weber/lena@office.example/1"});

  const auto office = parse_people_csv(
      "Block credential,City,Display name,First name,Last name,Licenses,User principal name\n"
      "False,Kiel,Lena Weber,Lena,Weber,E3,lena@office.example\nTrue,Kiel,Leo,Leo,L,E3,leo@office.example\n");
  CHECK(places(office) == List{"3:1 enabled"});
  CHECK(people(office) == List{"lena/Lena Weber//1", "leo/Leo//1"});
}

TEST_CASE("a file that ends behind PowerShell's first line is empty") {
  for (const auto* text : {"#TYPE x", "#TYPE x\r\n", "#TYPE x\r\n\r\n"})
    CHECK(parse_people_csv(text).rows.empty());
}

TEST_CASE("twenty thousand people are read, one more is too many") {
  std::string text = "name\n";
  for (int i = 0; i < 20'000; ++i) text += "p" + std::to_string(i) + "\n";
  CHECK(parse_people_csv(text).rows.size() == 20'000);
  const auto file = parse_people_csv(text + "one-more\n");
  CHECK(file.rows.empty());
  CHECK(places(file) == List{"20002:1"});
}
