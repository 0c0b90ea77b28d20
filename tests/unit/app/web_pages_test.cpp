#include "server/app/web_pages.hpp"

#include <cctype>
#include <fstream>
#include <sodium.h>

#include <catch2/catch.hpp>

#include "common/base/bytes.hpp"
#include "common/base/clock.hpp"
#include "server/app/initialise.hpp"
#include "server/ops/certificate_files.hpp"
#include "tests/harness/temp_dir.hpp"

using namespace wardroom;
using namespace wardroom::app;
using namespace std::string_view_literals;

namespace {

namespace fs = std::filesystem;

void put(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary) << text;
}

// A folder as a build leaves it.
struct BuiltPage {
  BuiltPage() {
    put(folder / "index.html", "<!doctype html><script type=module src=assets/app-3MBVXXJD.js></script>");
    put(folder / "assets" / "app-3MBVXXJD.js", "plain script");
    put(folder / "assets" / "app-3MBVXXJD.js.gz", "zipped");
    put(folder / "assets" / "app-3MBVXXJD.js.br", "brotli");
    put(folder / "sw.js", "worker");
  }
  testing::TempDir temp;
  const fs::path folder = temp.path() / "dist";
};

std::string body_of(const realtime::HttpAnswer& answer) {
  return answer.shared_body ? *answer.shared_body : answer.body;
}

bool has_line(const realtime::HttpAnswer& answer, const std::string& line) {
  return ("\r\n" + answer.headers).find("\r\n" + line + "\r\n") != std::string::npos;
}

std::string tag_of(const realtime::HttpAnswer& answer) {
  const auto at = answer.headers.find("ETag: ");
  REQUIRE(at != std::string::npos);
  return answer.headers.substr(at + 6, answer.headers.find("\r\n", at) - at - 6);
}

realtime::HttpAnswer ask(const WebFiles& files, const realtime::PageRequest& request) {
  auto answer = answer_web_file(files, request, "X: y\r\n");
  INFO(request.target);
  REQUIRE(answer);
  return *std::move(answer);
}

struct WebOffice {
  WebOffice() {
    REQUIRE(sodium_init() >= 0);
    options.server.name = "Harbour & <Sons>";
    options.server.hosts = {"chat.example"};
    options.web.folder = page.folder.string();
    REQUIRE(initialise(dir.root, options, clock));
    pages.take_up(options);
  }
  std::optional<realtime::HttpAnswer> get(std::string_view target) const {
    return pages.answer({.target = target});
  }
  BuiltPage page;
  SystemClock clock;
  Options options;
  const ops::DataDir dir{page.temp.path() / "data"};
  WebPages pages{dir};
};

}  // namespace

TEST_CASE("web files: each is found by its name, the page by / and by an invite's address") {
  BuiltPage page;
  const auto files = load_web_files(page.folder);
  REQUIRE(files);
  CHECK(body_of(ask(*files, {.target = "/"})).starts_with("<!doctype html>"));
  CHECK(body_of(ask(*files, {.target = "/join"})) == body_of(ask(*files, {.target = "/"})));
  CHECK(body_of(ask(*files, {.target = "/?from=mail"})) == body_of(ask(*files, {.target = "/"})));
  CHECK(ask(*files, {.target = "/sw.js"}).content_type == "text/javascript; charset=utf-8");
  CHECK(ask(*files, {.target = "/sw.js"}).headers.starts_with("X: y\r\n"));
}

TEST_CASE("web files: no request reaches anything beside them") {
  BuiltPage page;
  put(page.temp.path() / "secret.html", "secret");
  put(page.folder / ".git" / "config.json", "hidden");
  put(page.folder / "server.key", "a key");
  put(page.folder / "with space.js", "odd");
  fs::create_symlink(page.temp.path() / "secret.html", page.folder / "link.html");
  fs::create_directory_symlink(page.temp.path(), page.folder / "up");
  const auto files = load_web_files(page.folder);
  REQUIRE(files);
  CHECK(files->size() == 3);
  for (const auto target : std::initializer_list<std::string_view>{"/../secret.html",
                                                                   "/assets/../../secret.html",
                                                                   "/%2e%2e/secret.html",
                                                                   "/..%2fsecret.html",
                                                                   "//secret.html",
                                                                   "/.git/config.json",
                                                                   "/server.key",
                                                                   "/link.html",
                                                                   "/up/secret.html",
                                                                   "/assets",
                                                                   "/assets/",
                                                                   "/index.html/",
                                                                   "/index.html/../sw.js",
                                                                   "/./sw.js",
                                                                   "/SW.js",
                                                                   "/with space.js",
                                                                   "/with%20space.js",
                                                                   "sw.js",
                                                                   "",
                                                                   "/assets/app-3MBVXXJD.js.gz",
                                                                   "/\\..\\secret.html",
                                                                   "/sw.js\0"sv}) {
    INFO(target);
    CHECK_FALSE(answer_web_file(*files, {.target = target}, {}));
  }
}

TEST_CASE("web files: the form goes by what the browser takes, and caches are told") {
  BuiltPage page;
  const auto files = load_web_files(page.folder);
  REQUIRE(files);
  const auto form = [&](std::string_view accepted) {
    return body_of(ask(*files, {.target = "/assets/app-3MBVXXJD.js", .accept_encoding = accepted}));
  };
  CHECK(form("") == "plain script");
  CHECK(form("identity") == "plain script");
  CHECK(form("gzip") == "zipped");
  CHECK(form("gzip, deflate, br") == "brotli");
  CHECK(form("GZIP;q=0.5 , br;q=0") == "zipped");
  CHECK(form("br;q=0, gzip; q=0.000") == "plain script");
  CHECK(form("xgzip, brx") == "plain script");
  CHECK(form(",,;q=1,gzip") == "zipped");
  const auto zipped = ask(*files, {.target = "/assets/app-3MBVXXJD.js", .accept_encoding = "gzip"});
  CHECK(has_line(zipped, "Content-Encoding: gzip"));
  CHECK(has_line(zipped, "Vary: Accept-Encoding"));
  const auto plain = ask(*files, {.target = "/assets/app-3MBVXXJD.js"});
  CHECK(has_line(plain, "Vary: Accept-Encoding"));
  CHECK(plain.headers.find("Content-Encoding") == std::string::npos);
  CHECK(tag_of(plain) != tag_of(zipped));
}

TEST_CASE(
    "web files: what has a hash in its name is kept, all else is asked for again and may be unchanged") {
  BuiltPage page;
  const auto files = load_web_files(page.folder);
  REQUIRE(files);
  CHECK(ask(*files, {.target = "/assets/app-3MBVXXJD.js"}).cache_control ==
        "public, max-age=31536000, immutable");
  const auto first = ask(*files, {.target = "/"});
  CHECK(first.cache_control == "no-cache");
  const std::string tag = tag_of(first);
  for (const std::string& known : {tag, "W/" + tag, "\"other\", " + tag, std::string("*")}) {
    INFO(known);
    const auto again = ask(*files, {.target = "/", .if_none_match = known});
    CHECK(again.status == 304);
    CHECK(body_of(again).empty());
    CHECK(tag_of(again) == tag);
  }
  for (const std::string& known : {std::string("\"other\""), tag.substr(1), std::string(",,")})
    CHECK(ask(*files, {.target = "/", .if_none_match = known}).status == 200);
}

TEST_CASE("web files: a name counts as hashed only where nothing else can be meant") {
  for (const char* name :
       {"app-3MBVXXJD.js", "/assets/style-ABCDEFGH.css", "chunk-ABCDEFGHIJ.js", "app.0f3a9c1d.js"})
    CHECK(is_hashed_name(name));
  for (const char* name :
       {"index.html", "service-worker.js", "app-manifest.json", "app-ABCDEFG.js", "app-abcdefab.js",
        "ABCDEFGH.js", "app-3mbvxxjd.js", "app-ABCDEFGH", "a-ABCDEFGH/index.html", ""})
    CHECK_FALSE(is_hashed_name(name));
}

TEST_CASE("web files: a folder that is none of ours is refused, and says what to do") {
  testing::TempDir temp;
  const auto none = load_web_files(temp.path() / "none");
  REQUIRE_FALSE(none);
  CHECK(none.error().message.find("wardroom-web") != std::string::npos);
  put(temp.path() / "a" / "other.html", "");
  CHECK_FALSE(load_web_files(temp.path() / "a"));
  put(temp.path() / "b" / "index.html", std::string(kMaxWebFileBytes + 1, 'x'));
  CHECK_FALSE(load_web_files(temp.path() / "b"));
  put(temp.path() / "c" / "index.html", "page");
  for (int i = 0; i < 5; ++i)
    put(temp.path() / "c" / (std::to_string(i) + ".js"), std::string(kMaxWebFileBytes, 'x'));
  const auto large = load_web_files(temp.path() / "c");
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::too_large);
  put(temp.path() / "d" / "index.html", "page");
  for (std::size_t i = 0; i < kMaxWebFiles; ++i) put(temp.path() / "d" / (std::to_string(i) + ".js"), "");
  CHECK_FALSE(load_web_files(temp.path() / "d"));
}

TEST_CASE("web pages: every answer says what may run, who may frame it and where it may lead") {
  WebOffice t;
  for (const char* target : {"/", "/join", "/sw.js", "/assets/app-3MBVXXJD.js", "/trust", "/ca.crt"}) {
    INFO(target);
    const auto answer = t.get(target);
    REQUIRE(answer);
    CHECK(answer->status == 200);
    const auto at = answer->headers.find("Content-Security-Policy: ");
    REQUIRE(at != std::string::npos);
    const auto policy = answer->headers.substr(at, answer->headers.find("\r\n", at) - at);
    for (const char* part :
         {"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"})
      CHECK(policy.find(part) != std::string::npos);
    for (const char* part : {"unsafe", "*", "http", "data:"}) CHECK(policy.find(part) == std::string::npos);
    CHECK(has_line(*answer, "Referrer-Policy: no-referrer"));
    CHECK(has_line(*answer, "Cross-Origin-Opener-Policy: same-origin"));
    CHECK(has_line(*answer, "X-Frame-Options: DENY"));
    CHECK(answer->headers.find("Permissions-Policy: ") != std::string::npos);
    // Whoever doesn't know the office's authority must be able to open /trust.
    CHECK(answer->headers.find("Strict-Transport-Security") == std::string::npos);
  }
  CHECK(t.get("/")->headers.find("require-trusted-types-for 'script'") != std::string::npos);
  CHECK_FALSE(t.get("/healthz"));
  CHECK_FALSE(t.get("/unknown"));
}

TEST_CASE("web pages: another authority's certificate isn't offered, and then browsers insist on TLS") {
  WebOffice t;
  // What a company would have put there: any certificate that isn't an office's own authority.
  fs::copy_file(t.dir.server_certificate(), t.dir.ca_certificate(), fs::copy_options::overwrite_existing);
  t.pages.take_up_trust();
  CHECK_FALSE(t.get("/ca.crt"));
  const auto trust = t.get("/trust");
  REQUIRE(trust);
  CHECK(trust->body.find("nothing to add") != std::string::npos);
  CHECK(has_line(*trust, "Strict-Transport-Security: max-age=2592000"));
  // And none is better than one of before.
  put(t.dir.ca_certificate(), "no certificate");
  t.pages.take_up_trust();
  CHECK_FALSE(t.get("/trust"));
  CHECK(t.get("/")->status == 200);
}

TEST_CASE("web pages: /trust shows the certificate that /ca.crt gives, and what no page can prove") {
  WebOffice t;
  const auto certificate = ops::load_certificate(t.dir.ca_certificate());
  REQUIRE(certificate);
  const auto file = t.get("/ca.crt");
  REQUIRE(file);
  CHECK(file->content_type == "application/x-x509-ca-cert");
  CHECK(file->body == ops::to_der(certificate->get()));
  const auto trust = load_trust(t.dir);
  REQUIRE(trust);
  CHECK(trust->is_own);
  CHECK(trust->sha256.size() == 95);
  std::string digits;
  for (const char c : trust->sha256)
    if (c != ':') digits += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  CHECK(digits == to_hex(sha256(as_bytes(file->body))));
  const std::string page = t.get("/trust")->body;
  CHECK(page.find(trust->sha256) != std::string::npos);
  CHECK(page.find(trust->fingerprint) != std::string::npos);
  CHECK(page.find("can't prove") != std::string::npos);
  for (const char* system : {"Windows", "macOS", "iPhone", "Android", "Firefox"})
    CHECK(page.find(system) != std::string::npos);
  CHECK(page.find("Harbour &amp; &lt;Sons&gt;") != std::string::npos);
  CHECK(page.find("<Sons>") == std::string::npos);
  CHECK(page.find("<script") == std::string::npos);
  CHECK(page.find("style=") == std::string::npos);
}

TEST_CASE(
    "web pages: a folder is read anew when told, and one that can't be read leaves the page of before") {
  WebOffice t;
  put(t.page.folder / "index.html", "a new page");
  CHECK(body_of(*t.get("/")) != "a new page");
  t.pages.read_anew();
  CHECK(body_of(*t.get("/")) == "a new page");
  CHECK(t.pages.problem().empty());
  fs::remove(t.page.folder / "index.html");
  t.pages.read_anew();
  CHECK(body_of(*t.get("/")) == "a new page");
  CHECK(t.pages.problem().find(t.page.folder.string()) != std::string::npos);
  t.options.web.enabled = false;
  t.pages.take_up(t.options);
  for (const char* target : {"/", "/trust", "/ca.crt", "/join"}) CHECK_FALSE(t.get(target));
  CHECK(t.pages.problem().empty());
}

TEST_CASE("web pages: without a folder a page says what is missing, to everybody no more than that") {
  WebOffice t;
  t.options.web.folder = (t.page.temp.path() / "nowhere").string();
  WebPages pages(t.dir);
  pages.take_up(t.options);
  const auto page = pages.answer({.target = "/"});
  REQUIRE(page);
  CHECK(page->status == 404);
  CHECK(page->body.find("wardroom-web") != std::string::npos);
  CHECK(page->body.find("nowhere") == std::string::npos);
  CHECK(pages.problem().find("nowhere") != std::string::npos);
  CHECK_FALSE(pages.answer({.target = "/sw.js"}));
  CHECK(pages.answer({.target = "/trust"})->status == 200);
}
