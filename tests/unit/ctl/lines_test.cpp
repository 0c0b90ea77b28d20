#include "ctl/commands/lines.hpp"

#include <sstream>

#include <catch2/catch.hpp>

#include "ctl/commands/table.hpp"

namespace wardroom::ctl {

TEST_CASE("a text never looks like a line of ours, whatever ends its lines") {
  for (const char* end : {"\n", "\r\n", "\r", "\x0B", "\x0C", "\u0085", "\u2028", "\u2029"})
    CHECK(set_in(std::string("one") + end + "2026-01-02 03:04:05 <boss> two") ==
          "one\n    2026-01-02 03:04:05 <boss> two");
  CHECK(set_in("plain") == "plain");
  CHECK(set_in("") == "");
  CHECK(set_in("two\n\n") == "two\n    \n    ");
}

TEST_CASE("no cell of a table makes a row") {
  Table table({"NAME", "TEXT", "BY"});
  table.add({"lena", "one\nkim   two   lena", "tom"});
  std::ostringstream out;
  table.print(out);
  CHECK(out.str() ==
        "NAME  TEXT              BY\n"
        "lena  one               tom\n"
        "      kim   two   lena\n");
}

TEST_CASE("columns align on a terminal, whatever the script") {
  Table table({"NAME", "ROOM"});
  table.add({"営業チーム", "a"});
  table.add({"ﾊﾝｶｸ", "b"});
  table.add({"Zoe\u0308", "c"});
  table.add({"Łoś", "d"});
  std::ostringstream out;
  table.print(out);
  CHECK(out.str() ==
        "NAME        ROOM\n"
        "営業チーム  a\n"
        "ﾊﾝｶｸ        b\n"
        "Zoe\u0308         c\n"
        "Łoś         d\n");
}

}  // namespace wardroom::ctl
