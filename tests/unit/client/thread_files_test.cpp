#include "client/model/uploads.hpp"
#include "tests/unit/client/thread_driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using Texts = std::vector<std::string>;

namespace {

FilesSeen seen_at(const WritingPlace& place, const std::string& name) {
  FilesSeen event;
  event.place = place;
  event.files.push_back({"/home/lena/" + name, name, 1'000, 5});
  return event;
}

void come_whole(Driver& d, const std::string& id) {
  const auto sending = d.take<SendFile>();
  if (sending.row.file.empty()) d.on(UploadBegun{sending.attempt, sending.row.key, id});
  d.on(UploadEnded{sending.attempt, sending.row.key, ok()});
}

Texts names_of(const ComposerProps& composer) {
  Texts names;
  for (const auto& one : composer.attachments) names.push_back(one.name);
  return names;
}

}  // namespace

TEST_CASE(
    "What is attached in a thread is apart from what is attached in its room, and goes with the reply") {
  Driver d;
  open_answered(d);
  d.act(ChooseAttachments{kThread});
  const auto place = d.take<ChooseFiles>().place;
  CHECK(place == WritingPlace{kRoom, kThread.root});
  d.on(seen_at(place, "plan.pdf")).on(seen_at(kRoom, "menu.pdf"));
  CHECK(names_of(d.props().thread.composer) == Texts{"plan.pdf"});
  CHECK(names_of(d.props().composer) == Texts{"menu.pdf"});
  come_whole(d, "A");
  d.act(SendInThread{kThread, ""});
  const auto saved = d.take<SaveOutbox>();
  CHECK(saved.row.thread == kThread.root);
  CHECK(saved.row.files == 1);
  d.on(OutboxSaved{saved.row.client_id, ok()});
  const auto params = d.take<Call<MessagePost>>().params;
  CHECK(params.thread == kThread.root);
  CHECK(params.files == Texts{"A"});
  CHECK(names_of(d.props().thread.composer).empty());
  CHECK(names_of(d.props().composer) == Texts{"menu.pdf"});
}

TEST_CASE(
    "A reply without a word and without a file isn't sent, and one while a reply is edited takes no file") {
  Driver d;
  open_answered(d, {stored_reply(2, "mine", kMe)});
  d.act(SendInThread{kThread, " "});
  CHECK(d.count<SaveOutbox>() == 0);
  d.on(seen_at(kThread, "plan.pdf"));
  d.act(EditInThread{kThread, Seq{2}});
  CHECK(names_of(d.props().thread.composer).empty());
  d.act(SendInThread{kThread, "mine, edited"});
  CHECK(d.count<SaveOutbox>() == 0);
  CHECK(d.count<Call<protocol::MessageEdit>>() == 1);
  CHECK(names_of(d.props().thread.composer) == Texts{"plan.pdf"});
}

TEST_CASE("More files than a message carries aren't sent, and nothing that was written goes") {
  Driver d;
  open_answered(d);
  d.on(seen_at(kThread, "plan.pdf"));
  // Given back by messages that were refused.
  while (d.state.uploads.size() <= protocol::kMaxFiles) {
    d.state.uploads.push_back(d.state.uploads.back());
    d.state.uploads.back().row.key += "x";
  }
  d.act(DraftInThread{kThread, "look"}).act(SendInThread{kThread, "look"});
  CHECK(d.count<SaveOutbox>() == 0);
  CHECK(d.props().thread.composer.draft == "look");
}

TEST_CASE("A thread that is closed shows under its root that something is attached and not sent") {
  Driver d;
  open_answered(d, {stored_reply(2, "first")});
  d.on(reply(2, "first")).on(changed(1, 2));
  d.on(seen_at(kThread, "plan.pdf"));
  CHECK_FALSE(root_row(d).thread.has_draft);
  d.act(CloseThread{});
  CHECK(root_row(d).thread.has_draft);
}

TEST_CASE(
    "Who is removed from the room keeps what was attached in its threads, with what was written there") {
  Driver d;
  open_answered(d);
  d.on(seen_at(kThread, "plan.pdf"));
  d.on(seen_at(ThreadName{kRoom, Seq{9}}, "alone.pdf"));
  d.act(DraftInThread{kThread, "Here it is"});
  protocol::MemberLeft left;
  left.room = kRoom;
  left.seq = Seq{2};
  left.at = d.state.now;
  left.user = kMe;
  d.on(left);
  REQUIRE(d.state.outbox.size() == 2);
  CHECK(d.state.outbox[0].row.text == "Here it is");
  CHECK(d.state.outbox[0].row.thread == kThread.root);
  CHECK(d.state.outbox[0].row.files == 1);
  CHECK(d.state.outbox[1].row.thread == Seq{9});
  CHECK(d.state.outbox[1].row.files == 1);
}
