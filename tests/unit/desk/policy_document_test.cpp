#include <catch2/catch.hpp>

#include "common/desk/model/policy.hpp"
#include "tests/generated_document.hpp"

// What is made of the table of policies: the document, and the templates for Windows' group policies.
using namespace wardroom::desk;

namespace {

const std::string kNamespace = "Wardroom.Policies.Wardroom";

// Values are told apart by what the registry calls them.
std::string row_of(const PolicySetting& setting) {
  const char* kind = setting.kind == PolicyKind::flag    ? "true or false; `REG_DWORD` 1 or 0"
                     : setting.kind == PolicyKind::theme ? "`\"dark\"` or `\"light\"`; `REG_SZ`"
                                                         : "text; `REG_SZ`";
  return "| `" + std::string(setting.name) + "` | `" + std::string(setting.value) + "` | " + kind + " | " +
         std::string(setting.meaning) + " |\n";
}

std::string policies_document() {
  std::string text =
      "# Policies\n\n"
      "What an office decides for the client on its PCs. Made of the table in `common/desk/model/policy.cpp` "
      "by "
      "`./dev accept`;\n[deployment.md](deployment.md) says how it gets there.\n\n"
      "- **Debian**: `/etc/wardroom/client.toml`, which only root writes.\n"
      "- **Windows**: under `HKEY_LOCAL_MACHINE`, `Software\\Policies\\Wardroom`, which a group policy "
      "fills, wins "
      "over `Software\\Wardroom`, which the installer fills.\n\n"
      "What is set can't be changed in the client, which shows who set it; the server alone is a suggestion "
      "until "
      "`lock` names it. What isn't set is left to the person. A value that\ncan't be followed is said at the "
      "start "
      "and counts for nothing.\n\n"
      "| client.toml | registry | value | meaning |\n|---|---|---|---|\n";
  for (const auto& setting : policy_settings()) text += row_of(setting);
  return text +
         "\n```toml\n# /etc/wardroom/client.toml\nserver = \"chat.office.example:7443\"\n"
         "ca = \"what stands behind ca= in an invite link\"\nlock = \"server\"\nautostart = true\n```\n";
}

// Markdown's signs mean nothing there.
std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '`') continue;
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  }
  return out;
}

std::string policy_of(const PolicySetting& setting) {
  const std::string value(setting.value);
  std::string text = "    <policy name=\"" + value + "\" class=\"Machine\" displayName=\"$(string." + value +
                     ")\" explainText=\"$(string." + value + "_Help)\" key=\"Software\\Policies\\Wardroom\"";
  if (setting.kind == PolicyKind::flag) {
    text += " valueName=\"" + value +
            "\">\n      <parentCategory ref=\"Wardroom\"/>\n      <supportedOn ref=\"Windows10\"/>\n"
            "      <enabledValue><decimal value=\"1\"/></enabledValue>\n"
            "      <disabledValue><decimal value=\"0\"/></disabledValue>\n";
  } else {
    text += " presentation=\"$(presentation." + value +
            ")\">\n      <parentCategory ref=\"Wardroom\"/>\n      <supportedOn ref=\"Windows10\"/>\n      "
            "<elements>\n";
    if (setting.kind == PolicyKind::theme)
      text +=
          "        <enum id=\"" + value + "\" valueName=\"" + value +
          "\" required=\"true\">\n"
          "          <item displayName=\"$(string.Theme_Dark)\"><value><string>dark</string></value></item>\n"
          "          <item "
          "displayName=\"$(string.Theme_Light)\"><value><string>light</string></value></item>\n"
          "        </enum>\n";
    else
      text += "        <text id=\"" + value + "\" valueName=\"" + value + "\" required=\"true\"/>\n";
    text += "      </elements>\n";
  }
  return text + "    </policy>\n";
}

std::string admx() {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<!-- Made of the table in common/desk/model/policy.cpp by ./dev accept. -->\n"
      "<policyDefinitions xmlns=\"http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions\" "
      "revision=\"1.0\" schemaVersion=\"1.0\">\n"
      "  <policyNamespaces>\n    <target prefix=\"wardroom\" namespace=\"" +
      kNamespace +
      "\"/>\n  </policyNamespaces>\n  <resources minRequiredRevision=\"1.0\"/>\n"
      "  <supportedOn><definitions><definition name=\"Windows10\" displayName=\"$(string.Windows10)\"/>"
      "</definitions></supportedOn>\n"
      "  <categories><category name=\"Wardroom\" displayName=\"$(string.Wardroom)\"/></categories>\n"
      "  <policies>\n";
  for (const auto& setting : policy_settings()) text += policy_of(setting);
  return text + "  </policies>\n</policyDefinitions>\n";
}

std::string adml() {
  std::string text =
      "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
      "<policyDefinitionResources "
      "xmlns=\"http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions\" "
      "revision=\"1.0\" schemaVersion=\"1.0\">\n"
      "  <displayName>Wardroom</displayName>\n  <description>The office's chat</description>\n  <resources>\n"
      "    <stringTable>\n"
      "      <string id=\"Wardroom\">Wardroom</string>\n"
      "      <string id=\"Windows10\">Windows 10 and newer</string>\n"
      "      <string id=\"Theme_Dark\">Dark</string>\n      <string id=\"Theme_Light\">Light</string>\n";
  for (const auto& setting : policy_settings()) {
    const std::string value(setting.value);
    text += "      <string id=\"" + value + "\">" + xml_text(setting.title) + "</string>\n";
    text += "      <string id=\"" + value + "_Help\">" + xml_text(setting.meaning) + "</string>\n";
  }
  text += "    </stringTable>\n    <presentationTable>\n";
  for (const auto& setting : policy_settings()) {
    const std::string value(setting.value), title = xml_text(setting.title);
    if (setting.kind == PolicyKind::flag) continue;
    text += "      <presentation id=\"" + value + "\">";
    if (setting.kind == PolicyKind::theme)
      text += "<dropdownList refId=\"" + value + "\" noSort=\"true\">" + title + "</dropdownList>";
    else
      text += "<textBox refId=\"" + value + "\"><label>" + title + "</label></textBox>";
    text += "</presentation>\n";
  }
  return text + "    </presentationTable>\n  </resources>\n</policyDefinitionResources>\n";
}

}  // namespace

TEST_CASE("docs/policies.md is the table of policies") {
  check_generated_document("docs/policies.md", policies_document());
}

TEST_CASE("docs/: the templates for group policies are that table, too") {
  check_generated_document("packaging/windows/policies/Wardroom.admx", admx());
  check_generated_document("packaging/windows/policies/en-US/Wardroom.adml", adml());
}
