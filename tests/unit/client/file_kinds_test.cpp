#include "client/model/file_kinds.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::client;

namespace {

protocol::File file_of(std::string name, std::string type, std::int64_t size = 1'000) {
  return {"id", std::move(name), size, std::move(type), ""};
}

bool is_opened(std::string name, std::string type) {
  return why_only_saved(file_of(std::move(name), std::move(type))).empty();
}

}  // namespace

TEST_CASE("sizes are told as people say them") {
  CHECK(size_words(0) == "0 bytes");
  CHECK(size_words(1) == "1 byte");
  CHECK(size_words(1023) == "1,023 bytes");
  CHECK(size_words(1024) == "1 KB");
  CHECK(size_words(3'300) == "3.2 KB");
  CHECK(size_words(48 * 1024 * 1024) == "48 MB");
  CHECK(size_words(std::int64_t{5} << 30) == "5 GB");
}

TEST_CASE("only what shows something is opened: by what it is and by what it is called") {
  CHECK(is_opened("plan.pdf", "application/pdf"));
  CHECK(is_opened("ROOF.JPG", "image/jpeg"));
  CHECK(is_opened("notes.txt", "text/plain"));
  CHECK_FALSE(is_opened("setup.exe", "application/x-dosexec"));
  CHECK_FALSE(is_opened("run", "application/x-executable"));
  CHECK_FALSE(is_opened("notes.txt.desktop", "text/plain"));
  CHECK_FALSE(is_opened("run.sh", "text/x-shellscript"));
  CHECK_FALSE(is_opened("page.html", "text/html"));
  CHECK_FALSE(is_opened("logo.svg", "image/svg+xml"));
  CHECK_FALSE(is_opened("sheet.xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"));
  // A name that says one thing and bytes that are another.
  CHECK_FALSE(is_opened("plan.pdf", "application/x-dosexec"));
  CHECK_FALSE(is_opened("notes.txt", "text/x-shellscript"));
  CHECK_FALSE(is_opened("notes", "text/plain"));
}

TEST_CASE("pictures that can be decoded and aren't huge are shown in the room") {
  CHECK(is_shown_inline(file_of("a.png", "image/png")));
  CHECK(is_shown_inline(file_of("called.pdf", "image/webp")));
  CHECK_FALSE(is_shown_inline(file_of("a.png", "image/svg+xml")));
  CHECK_FALSE(is_shown_inline(file_of("a.png", "image/png", std::int64_t{1} << 30)));
  CHECK_FALSE(is_shown_inline(file_of("a.png", "image/png", 0)));
}
