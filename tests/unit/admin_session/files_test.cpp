#include <cstdlib>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>
#include <sys/stat.h>

#include "admin/session/chosen_file.hpp"
#include "admin/session/invite_sheet.hpp"

using namespace wardroom;
using namespace wardroom::admin;

namespace {

// A folder of its own that goes with the test.
struct Folder {
  std::filesystem::path path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "wardroom-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path file(const std::string& name, std::string_view contents) const {
    std::ofstream(path / name, std::ios::binary) << contents;
    return path / name;
  }
};

std::size_t count(std::string_view text, std::string_view part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("a chosen file is read byte for byte, whatever its encoding") {
  const Folder folder;
  const std::string bytes("\xFF\xFEn\0a\0m\0e\0\r\0\n\0", 14);
  const auto read = load_chosen_file(folder.file("people.csv", bytes), 100);
  REQUIRE(read);
  CHECK(*read == bytes);
  const auto empty = load_chosen_file(folder.file("empty.csv", ""), 100);
  REQUIRE(empty);
  CHECK(empty->empty());
}

TEST_CASE("what isn't a file, isn't there or is too large is refused in words") {
  const Folder folder;
  const auto missing = load_chosen_file(folder.path / "nowhere.csv", 100);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.find("There is no file") != std::string::npos);
  const auto directory = load_chosen_file(folder.path, 100);
  REQUIRE_FALSE(directory);
  CHECK(directory.error().message.find("isn't a file") != std::string::npos);
  // A device without an end.
  CHECK_FALSE(load_chosen_file("/dev/zero", 100));
  const auto large = load_chosen_file(folder.file("large.csv", std::string(101, 'x')), 100);
  REQUIRE_FALSE(large);
  CHECK(large.error().code == ErrorCode::too_large);
}

TEST_CASE("a tilde in a typed path is the home directory, and nowhere else") {
  const std::string home = std::getenv("HOME") ? std::getenv("HOME") : "";
  if (!home.empty()) CHECK(path_of("~/people.csv") == std::filesystem::path(home) / "people.csv");
  CHECK(path_of("/tmp/~x.csv") == "/tmp/~x.csv");
  CHECK(path_of("~other/x.csv") == "~other/x.csv");
}

TEST_CASE("the sheet holds each link once, and a name can't put anything else on the page") {
  WriteSheet sheet;
  sheet.server = "office.example:7443";
  sheet.entries = {{{UserId{1}, "jonas", "Jonas <script>alert(1)</script> & Co", protocol::Role::member},
                    Secret("wardroom://office.example:7443/?ca=x&t=first"),
                    from_unix_ms(1795160000000)},
                   {{UserId{2}, "lena", "Lena", protocol::Role::member},
                    Secret("wardroom://office.example:7443/?ca=x&t=second"),
                    from_unix_ms(1795160000000)}};
  const Secret page = compose_invite_sheet(sheet);
  CHECK(count(page.reveal(), "<section") == 2);
  CHECK(count(page.reveal(), "t=first") == 1);
  CHECK(count(page.reveal(), "t=second") == 1);
  CHECK(count(page.reveal(), "<script") == 0);
  CHECK(count(page.reveal(), "&lt;script&gt;") == 1);
  // Nothing is fetched from elsewhere when it is opened.
  CHECK(count(page.reveal(), "http") == 0);
  CHECK(count(page.reveal(), "src=") == 0);
}

TEST_CASE("the sheet goes into an ordinary file and nowhere else, for its owner alone") {
  namespace fs = std::filesystem;
  const Folder folder;
  const auto text_of = [](const fs::path& file) {
    std::ifstream in(file);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  const WriteSheet sheet;
  const fs::path old = folder.file("sheet.html", "old");
  fs::permissions(old, fs::perms(0644));
  const fs::path elsewhere = folder.file("elsewhere", "kept");
  // What somebody else laid where a new file would come into being.
  fs::create_symlink(elsewhere, folder.path / "sheet.html.new");
  fs::create_symlink(elsewhere, folder.path / "sheet.html.part");
  REQUIRE(save_invite_sheet(old, sheet));
  CHECK(text_of(old) == compose_invite_sheet(sheet).reveal());
  CHECK((fs::status(old).permissions() & fs::perms::all) == fs::perms(0600));
  CHECK(text_of(elsewhere) == "kept");
  CHECK(fs::is_symlink(folder.path / "sheet.html.part"));

  const fs::path link = folder.path / "link.html";
  fs::create_symlink(elsewhere, link);
  CHECK_FALSE(save_invite_sheet(link, sheet));
  CHECK(text_of(elsewhere) == "kept");
  const fs::path pipe = folder.path / "pipe.html";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  CHECK_FALSE(save_invite_sheet(pipe, sheet));
  CHECK(fs::is_fifo(pipe));
  fs::create_directories(folder.path / "data/keys");
  const fs::path config = folder.file("data/wardroom.toml", "[server]");
  CHECK_FALSE(save_invite_sheet(config, sheet));
  CHECK(text_of(config) == "[server]");
}
