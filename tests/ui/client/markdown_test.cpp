#include "client/views/markdown.hpp"

#include <catch2/catch.hpp>

#include "client/views/completion.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::views;
using ui::Block;
using ui::SpanStyle;

namespace {

// The spans in one line: B(bold) I(italic) S(struck) C(code) L(link) M(mention); blocks apart by |.
std::string shown(std::string_view text) {
  std::string out;
  for (const Block& block : parse_markdown(text, "lena")) {
    if (!out.empty()) out += '|';
    if (block.kind == Block::Kind::quote) out += '>';
    if (block.kind == Block::Kind::bullet) out += '-';
    if (block.kind == Block::Kind::code) out += '`';
    for (const ui::Span& span : block.spans) {
      switch (span.style) {
        case SpanStyle::bold:
          out += "B(" + span.text + ")";
          break;
        case SpanStyle::italic:
          out += "I(" + span.text + ")";
          break;
        case SpanStyle::struck:
          out += "S(" + span.text + ")";
          break;
        case SpanStyle::code:
          out += "C(" + span.text + ")";
          break;
        case SpanStyle::link:
          out += "L(" + span.text + "," + span.target + ")";
          break;
        case SpanStyle::mention:
          out += "M(" + span.text + ")";
          break;
        default:
          out += span.text;
      }
    }
  }
  return out;
}

}  // namespace

TEST_CASE("the Markdown subset") {
  CHECK(shown("plain") == "plain");
  CHECK(shown("**a** *b* _c_ ~~d~~ `e`") == "B(a) I(b) I(c) S(d) C(e)");
  CHECK(shown("[doc](https://x.example/a)") == "L(doc,https://x.example/a)");
  CHECK(shown("see https://x.example/a_b_c.") == "see L(https://x.example/a_b_c,https://x.example/a_b_c).");
  CHECK(shown("@lena and @amara, @room") == "M(@lena) and B(@amara), M(@room)");
  CHECK(shown("a\n> quoted\n- one\n- two\nb") == "a|>quoted|-one|-two|b");
  CHECK(shown("x\n```\n**raw**\n```\ny") == "x|`**raw**|y");
  CHECK(shown("```cpp\nint x;\n```") == "`int x;");
}

TEST_CASE("what isn't Markdown stays as it was written") {
  for (const char* text :
       {"2*3*4", "snake_case_name", "a ** b ** c", "`open", "**open", "```open", "[a](b)",
        "mail@lena.example", "http://", "*", "_", "~~", "1 * 2 * 3", "@", "javascript:alert(1)"}) {
    CHECK(shown(text) == text);
  }
  CHECK(shown("[x](javascript:alert(1))") == "[x](javascript:alert(1))");
}

TEST_CASE("a line break inside a paragraph stays") {
  CHECK(shown("a\nb\n\nc") == "a\nb\n\nc");
}

TEST_CASE("only what asks for it is completed") {
  const auto kind = [](std::string_view text) { return find_completion_token(text, text.size()); };
  REQUIRE(kind("hi @le"));
  CHECK(kind("hi @le")->query == "le");
  CHECK(kind("/to")->kind == CompletionKind::command);
  CHECK(kind(":sm")->kind == CompletionKind::emoji);
  for (const char* text : {"", "le", "a@le", "10:30", ":)", "x /to", "see http://x"}) CHECK_FALSE(kind(text));
}
