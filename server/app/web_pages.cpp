#include "server/app/web_pages.hpp"

#include <filesystem>
#include <utility>

#include "common/base/log.hpp"
#include "common/evidence/html_text.hpp"

namespace wardroom::app {
namespace {

// The same with each file, since a worker goes by its own. `self` is this host and port, wss: included.
// The page has one policy for trusted types, `wardroom`, for the address of its worker.
constexpr std::string_view kFileHeaders =
    "Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types wardroom\r\n";
constexpr std::string_view kPlainHeaders =
    "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
    "'none'\r\n";
constexpr std::string_view kAllHeaders =
    "Permissions-Policy: accelerometer=(), browsing-topics=(), camera=(), display-capture=(), "
    "geolocation=(), "
    "gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), xr-spatial-tracking=()\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "X-Frame-Options: DENY\r\n";
// Thirty days, this host alone. Not where the office's own authority signs: a browser that doesn't know it
// yet, or not the next one, must be able to open /trust all the same (decision 0047).
constexpr std::string_view kTransportHeader = "Strict-Transport-Security: max-age=2592000\r\n";

realtime::HttpAnswer plain_page(int status, std::string body) {
  realtime::HttpAnswer answer{status, "text/html; charset=utf-8", std::move(body)};
  answer.headers = kPlainHeaders;
  return answer;
}

// For everybody: where the folder is stands in the log alone.
std::string missing_page(const std::string& office) {
  const std::string name = evidence::html_escaped(office);
  return "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
         "content=\"width=device-width\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
         name + "</title>\n<h1>" + name +
         "</h1>\n<p>The server is here, but its page for browsers isn't. The desktop program works as "
         "ever.</p>\n"
         "<p>For the administrator: install the package wardroom-web, or name the folder of the page in "
         "web.folder "
         "of wardroom.toml; then wardroomd reload. The server's log says what it looked for.</p>\n";
}

realtime::HttpAnswer certificate_file(const std::string& der) {
  realtime::HttpAnswer answer{200, "application/x-x509-ca-cert", der};
  answer.headers = kPlainHeaders;
  return answer;
}

}  // namespace

void WebPages::take_up(const Options& options) {
  const WebOptions& web = options.web;
  bool is_same = false;
  {
    const std::lock_guard lock(mutex_);
    is_same = shown_.is_on == web.enabled && shown_.folder == web.folder;
    shown_.is_on = web.enabled;
    shown_.folder = web.folder;
    shown_.office = options.server.name;
    shown_.host = options.server.hosts.front();
    shown_.port = options.server.port;
  }
  if (!is_same) read_anew();
}

void WebPages::read_anew() {
  const Shown before = shown();
  std::shared_ptr<const WebFiles> files;
  std::string problem;
  if (before.is_on) {
    auto loaded = load_web_files(before.folder);
    if (loaded)
      files = std::make_shared<const WebFiles>(*std::move(loaded));
    else
      problem = loaded.error().message;
    take_up_trust();
  }
  std::error_code why;
  // An office without the package has nothing to put right.
  if (before.folder == WebOptions{}.folder && !std::filesystem::exists(before.folder, why)) problem.clear();
  if (!problem.empty()) spdlog::warn("web.files_not_read message=\"{}\"", problem);
  const std::lock_guard lock(mutex_);
  // A page that works goes on being shown.
  if (files || !before.is_on) shown_.files = std::move(files);
  shown_.problem = std::move(problem);
}

// What was read before may be another authority's: better no page than a wrong one.
void WebPages::take_up_trust() {
  auto loaded = load_trust(dir_);
  if (!loaded) {
    spdlog::warn("web.trust_not_read message=\"{}\"", loaded.error().message);
    const std::lock_guard lock(mutex_);
    shown_.trust.reset();
    return;
  }
  const auto trust = std::make_shared<const Trust>(*std::move(loaded));
  const std::lock_guard lock(mutex_);
  shown_.trust = trust;
}

std::string WebPages::problem() const {
  return shown().problem;
}

WebPages::Shown WebPages::shown() const {
  const std::lock_guard lock(mutex_);
  return shown_;
}

std::optional<realtime::HttpAnswer> WebPages::answer(const realtime::PageRequest& request) const {
  const Shown now = shown();
  if (!now.is_on) return std::nullopt;
  const auto path = request.target.substr(0, request.target.find('?'));
  std::optional<realtime::HttpAnswer> answer;
  if (path == "/trust" && now.trust)
    answer = plain_page(200, compose_trust_page(*now.trust, now.office, now.host, now.port));
  else if (path == "/ca.crt" && now.trust && now.trust->is_own)
    answer = certificate_file(now.trust->certificate);
  else if (path == "/next-ca.crt" && now.trust && now.trust->is_own && now.trust->next_certificate)
    answer = certificate_file(*now.trust->next_certificate);
  else if (now.files)
    answer = answer_web_file(*now.files, request, kFileHeaders);
  else if (path == "/" || path == "/join")
    answer = plain_page(404, missing_page(now.office));
  if (!answer) return std::nullopt;
  answer->headers += kAllHeaders;
  if (now.trust && !now.trust->is_own) answer->headers += kTransportHeader;
  return answer;
}

}  // namespace wardroom::app
