#include "server/app/trust_page.hpp"

#include "common/base/bytes.hpp"
#include "common/evidence/html_text.hpp"
#include "protocol/invite_link.hpp"
#include "server/ops/authority_rotation.hpp"
#include "server/ops/certificate_files.hpp"
#include "server/ops/certificates.hpp"

namespace wardroom::app {
namespace {

using evidence::html_escaped;

// As Windows, macOS and the browsers write it.
std::string colon_hex(const Digest& digest) {
  std::string text;
  for (const char c : to_hex(digest)) {
    if (text.size() % 3 == 2) text += ':';
    text += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return text;
}

Result<std::string> load_der(const std::filesystem::path& file) {
  const auto certificate = ops::load_certificate(file);
  if (!certificate) return certificate.error();
  return ops::to_der(certificate->get());
}

constexpr std::string_view kHowToAdd = R"(<h2>2. Add it</h2>
<p>Download <a href="/ca.crt">ca.crt</a>, then:</p>
<h3>Windows (Edge, Chrome)</h3>
<ol>
<li>Open the file, and choose <b>Install Certificate</b>, <b>Current User</b>.</li>
<li>Choose <b>Place all certificates in the following store</b>, <b>Browse</b>, <b>Trusted Root Certification Authorities</b>.</li>
<li>Windows shows a thumbprint, which is a SHA-1. To see the SHA-256: <code>certutil -hashfile ca.crt SHA256</code></li>
</ol>
<h3>macOS (Safari, Chrome)</h3>
<ol>
<li>Open the file: Keychain Access adds it to <b>login</b>.</li>
<li>Open it there. Its SHA-256 fingerprint is at the end of the details: compare it.</li>
<li>Under <b>Trust</b> choose <b>Always Trust</b> for <b>Secure Sockets Layer (SSL)</b>.</li>
</ol>
<h3>iPhone and iPad</h3>
<ol>
<li>Open this page in Safari, tap <a href="/ca.crt">ca.crt</a>, and allow the profile to be downloaded.</li>
<li><b>Settings</b>, <b>General</b>, <b>VPN &amp; Device Management</b>: open the profile. <b>More Details</b> shows its SHA-256 fingerprint: compare it, then install.</li>
<li><b>Settings</b>, <b>General</b>, <b>About</b>, <b>Certificate Trust Settings</b>: turn it on.</li>
</ol>
<h3>Android (Chrome)</h3>
<ol>
<li><b>Settings</b>, and search for <b>CA certificate</b>. Choose the file you downloaded, and <b>Install anyway</b>.</li>
<li>Under <b>Trusted credentials</b>, <b>User</b>, open it: its SHA-256 fingerprint is there. Compare it; if it isn't the same, remove it.</li>
</ol>
<h3>Firefox (on every system)</h3>
<ol>
<li><b>Settings</b>, <b>Privacy &amp; Security</b>, <b>View Certificates</b>, <b>Authorities</b>, <b>Import</b>: choose the file.</li>
<li>Choose <b>View</b> before anything else, and compare the SHA-256 fingerprint. Then tick <b>Trust this CA to identify websites</b>.</li>
</ol>
<h3>Linux (Chrome, Chromium)</h3>
<ol>
<li><b>Settings</b>, <b>Privacy and security</b>, <b>Security</b>, <b>Manage certificates</b>, <b>Authorities</b>, <b>Import</b>.</li>
<li>To see the SHA-256: <code>sha256sum ca.crt</code></li>
</ol>
<p>Then open the office again. There must be no warning any more.</p>
)";

std::string describe_next(const Trust& trust) {
  if (!trust.next_certificate) return {};
  return "<h2>The next certificate</h2>\n<p>The office is changing to another authority. Add <a "
         "href=\"/next-ca.crt\">next-ca.crt</a> as well, so that your browser goes on knowing the office "
         "after "
         "the change. SHA-256 of that certificate, to be compared in the same way:</p>\n<p><code>" +
         trust.next_sha256 + "</code></p>\n";
}

}  // namespace

Result<Trust> load_trust(const ops::DataDir& dir) {
  auto der = load_der(dir.ca_certificate());
  if (!der) return der.error();
  const auto info = ops::load_certificate_info(dir.ca_certificate());
  if (!info) return info.error();
  const auto rotation = ops::load_rotation(dir);
  if (!rotation) return rotation.error();
  Trust trust;
  trust.authority = info->subject;
  // What init and make-ca.sh call the authority that they make.
  trust.is_own = trust.authority.find(" Wardroom CA") != std::string::npos;
  trust.fingerprint = protocol::fingerprint(rotation->pin);
  trust.sha256 = colon_hex(wardroom::sha256(as_bytes(*der)));
  trust.certificate = *std::move(der);
  if (rotation->phase != ops::RotationPhase::announced) return trust;
  auto next = load_der(dir.next_ca_certificate());
  if (!next) return next.error();
  trust.next_sha256 = colon_hex(wardroom::sha256(as_bytes(*next)));
  trust.next_certificate = *std::move(next);
  return trust;
}

std::string compose_trust_page(const Trust& trust, const std::string& office, const std::string& host,
                               std::uint16_t port) {
  const std::string name = html_escaped(office);
  const std::string address = html_escaped(host + ":" + std::to_string(port));
  std::string page =
      "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
      "content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      name + ": how a browser gets to know it</title>\n<h1>" + name + "</h1>\n";
  if (!trust.is_own)
    return page + "<p>The certificate of https://" + address + " was signed by " +
           html_escaped(trust.authority) +
           ", not by an authority of the office's own, so there is nothing to add here. If your browser "
           "warns "
           "of it, don't go on: ask your administrator.</p>\n";
  page +=
      "<p>Your browser doesn't know this office yet, because the office vouches for itself: nobody else "
      "needs "
      "to be asked, or paid. You make it known once on each device. It can vouch for the office's own names "
      "and for nothing else.</p>\n<h2>1. Compare first</h2>\n<p><b>This page can't prove that it is your "
      "office's: whoever stands between you and the office can show you a page like it.</b> Compare the "
      "fingerprint below with the one that your administrator gave you on paper or told you on the phone. "
      "Not "
      "the same, or none to compare? Stop, and ask.</p>\n<p>SHA-256 of the certificate, which your device "
      "shows, too:</p>\n<p><code>" +
      trust.sha256 +
      "</code></p>\n<p>Fingerprint of the office, as the desktop program shows it:</p>\n<p><code>" +
      html_escaped(trust.fingerprint) + "</code></p>\n";
  page += kHowToAdd;
  page += describe_next(trust);
  return page + "<p><a href=\"/\">To the office: https://" + address + "</a></p>\n";
}

}  // namespace wardroom::app
