#include "common/evidence/bundle_lines.hpp"

#include <catch2/catch.hpp>

using namespace wardroom;
using namespace wardroom::evidence;

namespace {

const std::string kHash(64, 'a');

std::string state(const std::string& head, const std::string& canonical) {
  return head + " " + to_hex(as_bytes("0123456789abcdef" + canonical));
}

}  // namespace

TEST_CASE("a line of records.txt is an index, a hash and the exact rest") {
  const std::string line = "12 " + kHash + R"( {"v":1} x )";
  const auto entry = parse_record_entry(line);
  REQUIRE(entry);
  CHECK(entry->idx == 12);
  CHECK(entry->line == R"({"v":1} x )");
  CHECK(parse_record_entry("0 " + kHash + " -")->body == RecordEntry::Body::hidden);
  CHECK(parse_record_entry("0 " + kHash + " pruned")->body == RecordEntry::Body::pruned);
  const std::vector<std::string> wrong_ones{
      "",
      "12",
      "x " + kHash + " -",
      "-1 " + kHash + " -",
      "012 " + kHash + " -",
      "1 " + kHash,
      "1 " + kHash + " ",
      "1 abc -",
      "99999999999999999999 " + kHash + " -",
  };
  for (const auto& wrong : wrong_ones) CHECK_FALSE(parse_record_entry(wrong));
}

TEST_CASE("a message's bytes must speak of the message that the line names") {
  const std::string canonical = "wardroom message v1\n3\n17\n5\n1795160000123\nhello\nthere";
  const auto posted = parse_state_entry(state("3 17 1 posted 40 0", canonical));
  REQUIRE(posted);
  CHECK(posted->by == UserId{5});
  CHECK(posted->at == from_unix_ms(1795160000123));
  CHECK(posted->text == "hello\nthere");
  CHECK(posted->commitment == sha256(as_bytes("0123456789abcdef" + canonical)));
  CHECK(posted->record == 40);
  CHECK_FALSE(parse_state_entry(state("4 17 1 posted 40 0", canonical)));
  CHECK_FALSE(parse_state_entry(state("3 18 1 posted 40 0", canonical)));
  CHECK_FALSE(parse_state_entry(state("3 17 2 edited 40 0", canonical)));
  CHECK_FALSE(parse_state_entry(state("3 17 2 posted 40 0", canonical)));
  const auto edited =
      parse_state_entry(state("3 17 2 edited - -", "wardroom edit v1\n3\n17\n2\n5\n-5\na reason\nnew text"));
  REQUIRE(edited);
  CHECK_FALSE(edited->record);
  CHECK(edited->at == from_unix_ms(-5));
  CHECK(edited->reason == "a reason");
  CHECK(edited->text == "new text");
  CHECK_FALSE(parse_state_entry(state("3 17 2 edited - 4", "wardroom edit v1\n3\n17\n2\n5\n5\n\nx")));
}

TEST_CASE("a message's bytes of the form v2 say what it answers") {
  const std::string begin = "wardroom message v2\n3\n17\n5\n1795160000123\n";
  const std::string id = "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00\n";
  const auto answer = parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id + "\nyes\nindeed"));
  REQUIRE(answer);
  CHECK(answer->form == 2);
  CHECK(answer->reply_to == Seq{12});
  CHECK(answer->text == "yes\nindeed");
  const auto posted = parse_state_entry(state("3 17 1 posted 40 0", begin + "\n" + id + "\n"));
  REQUIRE(posted);
  CHECK_FALSE(posted->reply_to);
  CHECK(posted->text.empty());
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n\n\nyes")));
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "x\n" + id + "\nyes")));
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id)));
  CHECK_FALSE(parse_state_entry(state("3 17 2 edited 40 0", begin + "12\n" + id + "\nyes")));
}

TEST_CASE("a message's bytes of the form v3 say whose thread it is in") {
  const std::string begin = "wardroom message v3\n3\n17\n5\n1795160000123\n";
  const std::string id = "0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00\n";
  const auto reply = parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id + "\n9\nyes\nindeed"));
  REQUIRE(reply);
  CHECK(reply->form == 3);
  CHECK(reply->reply_to == Seq{12});
  CHECK(reply->thread == Seq{9});
  CHECK(reply->text == "yes\nindeed");
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id + "\n\nyes")));
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id + "\nx\nyes")));
  CHECK_FALSE(parse_state_entry(state("3 17 1 posted 40 0", begin + "12\n" + id + "\n9")));
}

TEST_CASE(
    "a message's bytes name the files that it carries, and what isn't understood there is passed over") {
  const std::string begin =
      "wardroom message v2\n3\n17\n5\n1795160000123\n\n0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00\n";
  const auto read = [&](const std::string& line) {
    const auto posted = parse_state_entry(state("3 17 1 posted 40 0", begin + line + "\ntext"));
    REQUIRE(posted);
    CHECK(posted->text == "text");
    return posted->files;
  };
  const auto two = read("8 " + kHash + " the plan.txt\t0 " + kHash + " b");
  REQUIRE(two.size() == 2);
  CHECK(two[0] == protocol::CarriedFile{8, *to_digest(parse_hex(kHash)), "the plan.txt"});
  CHECK(two[1].name == "b");
  for (const std::string& other :
       {std::string("later times"), "08 " + kHash + " a", "-8 " + kHash + " a", "8 " + kHash,
        "8 " + kHash + " ", "8 " + kHash + " a\t", "8  " + kHash + " a"}) {
    INFO(other);
    CHECK(read(other).empty());
  }
}

TEST_CASE("an erased state keeps its commitment") {
  const auto erased = parse_state_entry("3 17 2 deleted 40 1 erased:" + kHash + " 5 1795160000123");
  REQUIRE(erased);
  CHECK(erased->erased == to_digest(parse_hex(kHash)));
  CHECK(erased->commitment == *erased->erased);
  CHECK(erased->by == UserId{5});
  CHECK_FALSE(parse_state_entry("3 17 2 deleted 40 1 erased:" + kHash));
}

TEST_CASE("edges and groups are read, and what isn't one is refused") {
  const auto edge = parse_edge("3 5 " + kHash);
  REQUIRE(edge);
  CHECK(edge->id == tlog::NodeId{3, 5});
  CHECK(compose_edge(*edge) == "3 5 " + kHash);
  CHECK_FALSE(parse_edge("62 5 " + kHash));
  CHECK_FALSE(parse_edge("60 9 " + kHash));
  CHECK_FALSE(parse_edge("3 5 " + kHash + "a"));
  CHECK(parse_group_entry("7 " + kHash + " " + kHash)->leaves.size() == 2);
  CHECK_FALSE(parse_group_entry("7"));
  CHECK_FALSE(parse_group_entry("7 "));
  CHECK_FALSE(parse_group_entry("7 " + kHash + " "));
}
