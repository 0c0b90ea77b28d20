#include "common/tlog/signed_note.hpp"

#include <catch2/catch.hpp>

#include "common/tlog/checkpoint.hpp"

using namespace wardroom;
using namespace wardroom::tlog;

TEST_CASE("the example of Go's sumdb/note, which c2sp.org/signed-note specifies") {
  const auto key = VerifierKey::parse("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  REQUIRE(key);
  const std::string text =
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n";
  const std::string note =
      text +
      "\n\xE2\x80\x94 PeterNeumann "
      "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
  const auto opened = open_note(note, *key);
  REQUIRE(opened);
  CHECK(*opened == text);
  CHECK(key->to_string() == "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  for (std::size_t i = 0; i < note.size(); ++i) {
    std::string altered = note;
    altered[i] = static_cast<char>(altered[i] ^ 1);
    CHECK_FALSE(open_note(altered, *key).has_value());
  }
}

TEST_CASE("a note is opened by whom it names, and by nobody else") {
  const SigningKey a("office.test/wardroom", Secret(std::string(32, 'a')));
  const SigningKey b("office.test/wardroom", Secret(std::string(32, 'b')));
  const std::string note = a.sign("first\nsecond\n");
  CHECK(*open_note(note, a.verifier()) == "first\nsecond\n");
  CHECK(open_note(note, b.verifier()).error().reason == "not_signed");
  const std::string both = note + b.sign_line("first\nsecond\n");
  CHECK(open_note(both, a.verifier()).has_value());
  CHECK(open_note(both, b.verifier()).has_value());
  const std::string wrong = note + b.sign_line("something else\n");
  CHECK(open_note(wrong, b.verifier()).error().reason == "bad_signature");
  for (const char* bad :
       {"", "\n", "text", "text\n", "text\n\n", "text\n\nno dash\n", "text\n\n\xE2\x80\x94 \n"})
    CHECK_FALSE(open_note(bad, a.verifier()).has_value());
}

TEST_CASE("keys that aren't well-formed are refused") {
  const std::string good =
      SigningKey("office.test/wardroom", Secret(std::string(32, 'a'))).verifier().to_string();
  REQUIRE(VerifierKey::parse(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string altered = good;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    const auto parsed = VerifierKey::parse(altered);
    // Hexadecimal digits may be written in either case, and so be the same.
    CHECK((!parsed || parsed->to_string() == good));
  }
  for (const char* bad : {"", "+", "a+b+c", "name+c74f20a3", "name+c74f20a3+", "na me+c74f20a3+AA=="})
    CHECK_FALSE(VerifierKey::parse(bad).has_value());
}

TEST_CASE("checkpoints are lines that a shell can read, and nothing else passes for one") {
  Checkpoint head{"office.test/wardroom", 4711, {}};
  head.root.fill(std::byte{7});
  const std::string text = compose_checkpoint(head);
  CHECK(text == "office.test/wardroom\n4711\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n");
  CHECK(*parse_checkpoint(text) == head);
  CHECK(*parse_checkpoint(text + "an extension\n") == head);
  for (const char* bad : {"", "\n1\nBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n", "o\n-1\nBwc=\n",
                          "o\n01\nBwc=\n", "o\n1\nBwc=\n", "o\n99999999999999999999\nBwc=\n", "o\n1\n"})
    CHECK_FALSE(parse_checkpoint(bad).has_value());
}

TEST_CASE("a key hands over only by its own signature and that of the new one") {
  const SigningKey a("o", Secret(std::string(32, 'a'))), b("o", Secret(std::string(32, 'b')));
  const SigningKey other("p", Secret(std::string(32, 'c')));
  CHECK(*open_rotation(sign_rotation(a, b, 12), a.verifier()) == b.verifier());
  CHECK_FALSE(open_rotation(sign_rotation(a, b, 12), b.verifier()).has_value());
  CHECK_FALSE(open_rotation(sign_rotation(a, other, 12), a.verifier()).has_value());
  const std::string text = "o\nwardroom audit key rotation v1\n12\n" + b.verifier().to_string() + "\n";
  CHECK_FALSE(open_rotation(a.sign(text), a.verifier()).has_value());
}
