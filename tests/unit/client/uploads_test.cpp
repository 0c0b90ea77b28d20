#include "client/model/uploads.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using namespace std::chrono_literals;
using protocol::MessagePost;
using Texts = std::vector<std::string>;

namespace {

LocalFile local_file(const std::string& name) {
  return {"/home/lena/" + name, name, 1'000, 5};
}

FilesSeen seen(const Texts& names, RoomId room = kRoom) {
  FilesSeen event;
  event.place = room;
  for (const auto& name : names) event.files.push_back(local_file(name));
  return event;
}

// The upload that is under way becomes whole, under this id.
void finish(Driver& d, const std::string& id) {
  const auto sending = d.take<SendFile>();
  if (sending.row.file.empty()) d.on(UploadBegun{sending.attempt, sending.row.key, id});
  d.on(UploadEnded{sending.attempt, sending.row.key, ok()});
}

// Into the outbox and onto the disk.
std::string write(Driver& d, const std::string& text) {
  d.act(SendMessage{kRoom, text});
  const auto saved = d.take<SaveOutbox>();
  d.on(OutboxSaved{saved.row.client_id, ok()});
  return saved.row.client_id;
}

protocol::MessagePosted posted_with_files(std::int64_t seq, const std::string& client_id, const Texts& ids) {
  auto event = posted(seq, "look", kMe, client_id);
  event.files.emplace();
  for (const auto& id : ids) event.files->push_back({id, id + ".pdf", 1'000, "application/pdf", ""});
  return event;
}

std::string failure_of(Driver& d) {
  const auto& transfers = d.props().composer.transfers;
  return transfers.empty() ? "" : transfers.begin()->second.words;
}

}  // namespace

TEST_CASE(
    "Files are sent one after the other while the person writes, and go out with the text as one message") {
  Driver d;
  d.start().on(seen({"a.pdf", "b.pdf"}));
  CHECK(d.count<SaveUpload>() == 2);
  CHECK(d.count<SendFile>() == 1);
  REQUIRE(d.props().composer.attachments.size() == 2);
  CHECK(d.props().composer.attachments[0].name == "a.pdf");
  finish(d, "A");
  write(d, "look");
  // One of them is still coming.
  CHECK(d.count<Call<MessagePost>>() == 0);
  CHECK(d.props().composer.attachments.empty());
  CHECK(d.shown() == Texts{"look…"});
  CHECK(d.props().timeline.rows.back().files.size() == 2);
  finish(d, "B");
  const auto call = d.take<Call<MessagePost>>();
  CHECK(call.params.text == "look");
  CHECK(call.params.files == Texts{"A", "B"});
}

TEST_CASE("With files nothing needs to be written; with neither nothing is sent") {
  Driver d;
  d.start().act(SendMessage{kRoom, ""});
  CHECK(d.count<SaveOutbox>() == 0);
  d.on(seen({"a.pdf"}));
  finish(d, "A");
  write(d, "");
  CHECK(d.take<Call<MessagePost>>().params.files == Texts{"A"});
}

TEST_CASE("The outbox row takes its files along on the disk in one step") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto key = d.take<SaveUpload>().row.key;
  d.act(SendMessage{kRoom, "look"});
  const auto saved = d.take<SaveOutbox>();
  CHECK(saved.row.files == 1);
  CHECK(saved.uploads == Texts{key});
}

TEST_CASE("A large file doesn't hold up what is written after it") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  write(d, "look");
  write(d, "and another thing");
  CHECK(d.take<Call<MessagePost>>().params.text == "and another thing");
}

TEST_CASE("The stored message takes the pending one's place with the event, which knows the files") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  finish(d, "A");
  const auto id = write(d, "look");
  const auto call = d.take<Call<MessagePost>>();
  d.on(Answer<MessagePost>{call.params, MessagePost::Result{Seq{1}, d.state.now}});
  CHECK(d.shown() == Texts{"look…"});
  d.effects.clear();
  SECTION("it comes") {
    d.on(posted_with_files(1, id, {"A"}));
  }
  SECTION("it doesn't come by itself, and is asked for") {
    d.wait(3s);
    CHECK(d.count<Call<protocol::MessageChanges>>() == 1);
    d.on(posted_with_files(1, id, {"A"}));
    protocol::MessageChanges::Result changes;
    changes.seq = Seq{1};
    auto whole = message(1, "look", kMe);
    whole.client_id = id;
    whole.files = posted_with_files(1, id, {"A"}).files;
    changes.messages = {whole};
    d.answer<protocol::MessageChanges>(changes);
  }
  CHECK(d.shown() == Texts{"look"});
  REQUIRE(d.props().timeline.rows.back().files.size() == 1);
  CHECK(d.props().timeline.rows.back().files[0].name == "A.pdf");
  CHECK(d.state.outbox.empty());
  CHECK(d.state.uploads.empty());
  // The copy, if it was one, isn't needed any more.
  CHECK(d.take<DropCopy>().path == "/home/lena/a.pdf");
}

TEST_CASE("Paused, a file stays where it is, also when what was under way still says something") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto sending = d.take<SendFile>();
  d.on(UploadBegun{sending.attempt, sending.row.key, "A"});
  d.act(PauseUpload{sending.row.key});
  CHECK(d.take<StopTransfer>().attempt == sending.attempt);
  d.on(UploadEnded{sending.attempt, sending.row.key, ok()});
  d.wait(60s);
  CHECK(d.count<SendFile>() == 0);
  CHECK(d.state.uploads.at(0).state == Upload::State::paused);
  d.act(ContinueUpload{sending.row.key});
  const auto again = d.take<SendFile>();
  CHECK(again.row.file == "A");
  CHECK(again.attempt != sending.attempt);
}

TEST_CASE("After a lost connection an upload goes on where the server is, and after a restart, too") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto sending = d.take<SendFile>();
  d.on(UploadBegun{sending.attempt, sending.row.key, "A"});
  const auto kept = d.state.uploads.at(0).row;
  d.go_offline();
  CHECK(d.state.uploads.at(0).state == Upload::State::waiting);
  d.come_online();
  CHECK(d.take<SendFile>().row.file == "A");

  Driver later;
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  profile.cached.uploads = {kept};
  later.on(profile);
  later.come_online();
  CHECK(later.take<SendFile>().row.file == "A");
}

TEST_CASE("At the start a file whose message never reached the disk is the draft's again") {
  Driver d;
  ProfileLoaded profile;
  UploadRow row;
  row.key = "k";
  row.place = kRoom;
  row.client_id = "a message that isn't there";
  profile.cached.uploads = {row};
  d.on(profile);
  CHECK(attached_to(d.state, kRoom).size() == 1);
}

TEST_CASE("A message whose files this PC has lost isn't sent without them") {
  Driver d;
  ProfileLoaded profile;
  profile.credentials =
      Credentials{{"office.example", 7443, {}}, Secret("token"), user(kMe, "lena", "Lena Moreau")};
  OutboxRow row{"m", kRoom, "look", std::nullopt, d.state.now, "", 2};
  profile.cached.outbox = {row};
  d.on(profile);
  d.come_online();
  CHECK(d.count<Call<MessagePost>>() == 0);
  CHECK(d.state.outbox.at(0).state == OutboxEntry::State::failed);
  CHECK(d.state.outbox.at(0).row.text == "look");
}

TEST_CASE("What the connection or the server's disk is to blame for is tried again; what the file is isn't") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto sending = d.take<SendFile>();
  SECTION("no room on the server") {
    d.on(UploadEnded{sending.attempt, sending.row.key, unavailable("The server's disk is full.")});
    CHECK(failure_of(d) == "The server's disk is full.");
    CHECK(next_tick(d.state) == d.state.now + 1s);
    d.wait(1s);
    CHECK(d.count<SendFile>() == 1);
  }
  SECTION("the file was changed") {
    d.on(UploadEnded{sending.attempt, sending.row.key, conflict("file_changed", "It was changed.")});
    CHECK(failure_of(d) == "It was changed.");
    CHECK(d.state.uploads.at(0).row.failure == "It was changed.");
    d.wait(600s);
    CHECK(d.count<SendFile>() == 0);
    // The message waits for the person; the file is still where it was.
    write(d, "look");
    CHECK(d.count<Call<MessagePost>>() == 0);
    d.act(RemoveUpload{sending.row.key});
    const auto call = d.take<Call<MessagePost>>();
    CHECK(call.params.text == "look");
    CHECK_FALSE(call.params.files);
  }
}

TEST_CASE("A message of one file alone goes with it when that is removed") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto key = d.take<SaveUpload>().row.key;
  write(d, "");
  d.act(RemoveUpload{key});
  CHECK(d.state.outbox.empty());
  CHECK(d.shown().empty());
  CHECK(d.count<EraseOutbox>() == 1);
}

TEST_CASE("What the server has forgotten is sent again, a few times at most") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  finish(d, "A");
  write(d, "look");
  Error gone = not_found("You have no such upload for this room.");
  gone.field = "params.files[0]";
  for (int round = 0; round < 3; ++round) {
    INFO(round);
    d.on(Answer<MessagePost>{d.take<Call<MessagePost>>().params, gone});
    const auto again = d.all<SendFile>().at(0);
    CHECK(again.row.file.empty());
    finish(d, "B" + std::to_string(round));
    d.wait(30s);
  }
  d.on(Answer<MessagePost>{d.take<Call<MessagePost>>().params, gone});
  CHECK(d.count<SendFile>() == 0);
  CHECK(d.shown() == Texts{"look!"});
}

TEST_CASE("Tried again after a refusal, a message keeps its files under its new id") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  finish(d, "A");
  const auto id = write(d, "look");
  d.on(Answer<MessagePost>{d.take<Call<MessagePost>>().params, forbidden("muted", "You are muted here.")});
  d.effects.clear();
  d.act(RetryMessage{kRoom, id});
  const auto saved = d.take<SaveOutbox>();
  CHECK(saved.replaces == id);
  CHECK(saved.uploads.size() == 1);
  SECTION("kept on the disk") {
    d.on(OutboxSaved{saved.row.client_id, ok()});
    CHECK(d.take<Call<MessagePost>>().params.files == Texts{"A"});
  }
  SECTION("the disk refuses: they belong to the id that is on it") {
    d.on(OutboxSaved{saved.row.client_id, unavailable("The disk is full.")});
    CHECK(uploads_of(d.state, id).size() == 1);
  }
}

TEST_CASE("Edited, a refused message's files are the draft's again; discarded, they go from the server") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  finish(d, "A");
  const auto id = write(d, "look");
  d.on(Answer<MessagePost>{d.take<Call<MessagePost>>().params, forbidden("muted", "You are muted here.")});
  d.effects.clear();
  SECTION("edit") {
    d.act(RewriteMessage{kRoom, id});
    CHECK(attached_to(d.state, kRoom).size() == 1);
    CHECK(d.count<WithdrawFile>() == 0);
  }
  SECTION("discard") {
    d.act(DiscardMessage{kRoom, id});
    CHECK(d.state.uploads.empty());
    CHECK(d.take<WithdrawFile>().file == "A");
    CHECK(d.take<DropCopy>().path == "/home/lena/a.pdf");
  }
}

TEST_CASE("The eleventh file isn't attached, and says so") {
  Driver d;
  d.start().on(seen({"1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11"}));
  CHECK(d.props().composer.attachments.size() == 10);
  CHECK(d.props().toasts.at(0).text.find("10 files at most") != std::string::npos);
}

TEST_CASE("What can't be attached says why, beside what can") {
  Driver d;
  d.start();
  auto event = seen({"a.pdf"});
  event.problem = "/home/lena/Photos is a folder.";
  d.on(event);
  CHECK(d.props().composer.attachments.size() == 1);
  CHECK(d.props().toasts.at(0).text == "/home/lena/Photos is a folder.");
}

TEST_CASE("Where nothing can be written nothing is attached by dropping, and that is said") {
  Driver d;
  d.start();
  d.room().info.archived = true;
  d.act(AttachFiles{kRoom, {"/home/lena/a.pdf"}});
  CHECK(d.count<LookAtFiles>() == 0);
  CHECK(d.props().toasts.at(0).text.find("nothing was attached") != std::string::npos);
}

TEST_CASE("Without a dialog of the desktop's the path is typed") {
  Driver d;
  d.start().act(ChooseAttachments{kRoom});
  CHECK(d.take<ChooseFiles>().place == kRoom);
  FilesSeen none;
  none.place = kRoom;
  none.no_dialog = true;
  d.on(none);
  CHECK(d.props().dialog == Dialog::path);
  CHECK_FALSE(d.props().path.saves);
  d.act(GivePath{"plan.pdf"});
  CHECK(d.take<LookAtFiles>().paths == Texts{"plan.pdf"});
  CHECK(d.props().dialog == Dialog::none);
}

TEST_CASE("What was attached in a room that the person is removed from stays on this PC") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  protocol::MemberLeft left;
  left.room = kRoom;
  left.seq = Seq{1};
  left.at = d.state.now;
  left.user = kMe;
  d.on(left);
  REQUIRE(d.state.outbox.size() == 1);
  CHECK(d.state.outbox[0].state == OutboxEntry::State::failed);
  CHECK(d.state.outbox[0].row.files == 1);
  CHECK(uploads_of(d.state, d.state.outbox[0].row.client_id).size() == 1);
}

TEST_CASE("After signing out nothing of what was to be sent is left") {
  Driver d;
  d.start().on(seen({"a.pdf"}));
  const auto sending = d.take<SendFile>();
  d.act(SignOut{});
  CHECK(d.state.uploads.empty());
  CHECK(d.take<StopTransfer>().attempt == sending.attempt);
  CHECK(d.count<EraseCache>() == 1);
}
