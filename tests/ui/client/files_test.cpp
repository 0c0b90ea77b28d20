#include <catch2/catch.hpp>

#include "client/views/file_cards.hpp"
#include "tests/ui/client/client_ui.hpp"

using namespace wardroom;
using namespace wardroom::client;
using test::Client;
using ui::Key;

namespace {

FileCard document(std::string id = "doc") {
  FileCard card;
  card.id = std::move(id);
  card.name = "Ground floor.pdf";
  card.detail = "PDF · 3.2 MB";
  return card;
}

FileCard picture(std::string id = "pic") {
  FileCard card;
  card.id = std::move(id);
  card.name = "Roof.png";
  card.detail = "Picture · 840 KB";
  card.picture = true;
  return card;
}

// The last stored message but one carries these.
WindowProps with_cards(std::vector<FileCard> cards) {
  WindowProps p = sample::main_window();
  p.timeline.rows[3].files = std::move(cards);
  return p;
}

TransferProps moving(float part) {
  return {TransferProps::State::moving, part, "12 MB of 48 MB"};
}

WindowProps with_attachment(TransferProps transfer) {
  WindowProps p = sample::main_window();
  p.composer.attachments = {{"key", "Ground floor.pdf", "3.2 MB"}};
  p.composer.transfers["key"] = std::move(transfer);
  return p;
}

}  // namespace

TEST_CASE("A card names its file, opens it, saves it; what is only saved offers no opening and says why") {
  Client c{with_cards({document()})};
  const auto* card = c.ui.recorder().find("file.card:300");
  REQUIRE(card);
  CHECK(card->label == "Ground floor.pdf: PDF · 3.2 MB");
  REQUIRE(c.ui.click("file.card:300"));
  REQUIRE(c.last<OpenFile>());
  CHECK(c.last<OpenFile>()->file == "doc");
  CHECK(c.last<OpenFile>()->seq == Seq{4});
  REQUIRE(c.ui.click("file.save:300"));
  REQUIRE(c.last<SaveFileAs>());
  CHECK(c.count<OpenFile>() == 1);
  REQUIRE(c.ui.click("file.open:300"));
  CHECK(c.count<OpenFile>() == 2);
  CHECK_FALSE(c.ui.recorder().find("file.folder:300"));

  auto program = document();
  program.why_only_saved = "Files of this kind can run.";
  Client other{with_cards({program})};
  CHECK_FALSE(other.ui.recorder().find("file.open:300"));
  REQUIRE(other.ui.hover("file.card:300"));
  REQUIRE(other.ui.recorder().find("tooltip"));
  CHECK(other.ui.recorder().find("tooltip")->label == "Files of this kind can run.");
}

TEST_CASE("While a file comes its card shows how far it is and stops it; there, it is shown in its folder") {
  auto p = with_cards({document()});
  p.timeline.transfers["doc"] = moving(0.25F);
  Client c{p};
  CHECK(c.ui.recorder().find("file.card:300")->state == "moving");
  CHECK(c.ui.recorder().shows("12 MB of 48 MB"));
  CHECK(c.ui.recorder().shows("25 %"));
  CHECK_FALSE(c.ui.recorder().find("file.save:300"));
  REQUIRE(c.ui.click("file.stop:300"));
  REQUIRE(c.last<StopFetching>());
  CHECK(c.last<StopFetching>()->file == "doc");
  c.props.timeline.transfers["doc"] = {TransferProps::State::there, 1,
                                       "/home/lena/Downloads/Ground floor.pdf"};
  c.ui.frames();
  REQUIRE(c.ui.click("file.folder:300"));
  CHECK(c.last<ShowFileInFolder>());
}

TEST_CASE("Nothing moves when a picture or its progress comes: rows are as high as before") {
  Client c{with_cards({picture(), picture("two"), document()})};
  const auto before = c.ui.recorder().find("timeline.message:3")->rect;
  CHECK(c.ui.recorder().find("file.picture:300"));
  CHECK(c.ui.recorder().find("file.picture:301"));
  c.props.timeline.pictures["pic"] = {false, "This picture is damaged."};
  c.props.timeline.transfers["doc"] = moving(0.5F);
  c.ui.frames();
  const auto after = c.ui.recorder().find("timeline.message:3")->rect;
  CHECK(after.y0 == before.y0);
  CHECK(after.y1 == before.y1);
}

TEST_CASE("A picture in sight is asked for while nothing is known of it, and opens the viewer") {
  Client c{with_cards({picture()})};
  c.ui.frames(1);
  REQUIRE(c.last<WantPicture>());
  CHECK(c.last<WantPicture>()->file == "pic");
  CHECK_FALSE(c.last<WantPicture>()->large);
  c.props.timeline.pictures["pic"] = {true, ""};
  c.ui.frames();
  c.actions.clear();
  c.ui.frames();
  CHECK(c.count<WantPicture>() == 0);
  REQUIRE(c.ui.click("file.picture:300"));
  REQUIRE(c.last<ViewPicture>());
  CHECK(c.last<ViewPicture>()->file == "pic");
  CHECK(c.count<OpenFile>() == 0);
}

TEST_CASE("The viewer goes on with the arrows, saves, and closes with Escape; nothing behind it hears") {
  auto p = with_cards({picture()});
  p.viewer.shown = true;
  p.viewer.room = RoomId{3};
  p.viewer.seq = Seq{4};
  p.viewer.card = picture();
  p.viewer.caption = "Tomasz Wilk, today 16:45";
  p.viewer.has_later = true;
  Client c{p};
  c.ui.frames(1);
  CHECK(c.ui.recorder().shows("Roof.png"));
  REQUIRE(c.last<WantPicture>());
  CHECK(c.last<WantPicture>()->large);
  c.ui.key(Key::right);
  REQUIRE(c.last<StepPicture>());
  CHECK(c.last<StepPicture>()->by == 1);
  c.ui.key(Key::left);
  CHECK(c.count<StepPicture>() == 1);
  REQUIRE(c.ui.click("viewer.save"));
  CHECK(c.last<SaveFileAs>());
  c.ui.key(Key::plus);
  CHECK(c.state.viewer.zoom > 1);
  CHECK(c.count<StepScale>() == 0);
  c.ui.type("x");
  CHECK(c.count<ChangeDraft>() == 0);
  c.ui.key(Key::escape);
  CHECK(c.count<CloseViewer>() == 1);
  CHECK(c.count<MarkRead>() == 0);
  c.props.viewer = {};
  c.ui.frames(5);
  CHECK_FALSE(c.ui.recorder().find("viewer.save"));
  c.ui.type("y");
  CHECK(c.count<ChangeDraft>() == 1);
}

TEST_CASE("A dialog that the viewer led to stands before it, and the viewer is back afterwards") {
  auto p = with_cards({picture()});
  p.viewer.shown = true;
  p.viewer.card = picture();
  p.dialog = Dialog::path;
  p.path.saves = true;
  p.path.path = "/home/lena/Roof.png";
  p.path.serial = 1;
  Client c{p};
  c.ui.frames(5);
  CHECK(c.ui.recorder().find("path.confirm"));
  CHECK_FALSE(c.ui.recorder().find("viewer.save"));
  c.props.dialog = Dialog::none;
  c.ui.frames(5);
  CHECK_FALSE(c.ui.recorder().find("path.confirm"));
  CHECK(c.ui.recorder().find("viewer.save"));
}

TEST_CASE("What is attached can be paused, gone on with and removed, and is sent without a word") {
  Client c{with_attachment(moving(0.5F))};
  const auto* line = c.ui.recorder().find("composer.attachment:0");
  REQUIRE(line);
  CHECK(line->label == "Ground floor.pdf: 12 MB of 48 MB");
  REQUIRE(c.ui.click("upload.pause:2000000"));
  REQUIRE(c.last<PauseUpload>());
  CHECK(c.last<PauseUpload>()->key == "key");
  REQUIRE(c.ui.click("upload.remove:2000000"));
  CHECK(c.last<RemoveUpload>());
  c.props.composer.transfers["key"] = {TransferProps::State::failed, 0, "It was changed."};
  c.ui.frames();
  CHECK(c.ui.recorder().shows("It was changed."));
  CHECK_FALSE(c.ui.recorder().find("upload.pause:2000000"));
  REQUIRE(c.ui.click("upload.continue:2000000"));
  CHECK(c.last<ContinueUpload>());
  REQUIRE(c.ui.click("composer.send"));
  REQUIRE(c.last<SendMessage>());
  CHECK(c.last<SendMessage>()->text.empty());
}

TEST_CASE("A message that waits for its files shows how far they are") {
  WindowProps p = sample::main_window();
  auto& row = p.timeline.rows.back();
  FileCard card = document("key");
  card.going_up = true;
  row.files = {card};
  row.version = 9;
  p.timeline.transfers["key"] = {TransferProps::State::paused, 0.5F, "Paused at 12 MB of 48 MB"};
  Client c{p};
  const auto index = std::to_string((p.timeline.rows.size() - 1) * 100);
  REQUIRE(c.ui.recorder().find("file.card:" + index));
  CHECK(c.ui.recorder().shows("Paused at 12 MB of 48 MB"));
  REQUIRE(c.ui.click("upload.continue:" + index));
  CHECK(c.last<ContinueUpload>());
  REQUIRE(c.ui.click("file.card:" + index));
  CHECK(c.count<OpenFile>() == 0);
}

TEST_CASE("The paper clip lets files be chosen, but not while a message is edited") {
  Client c;
  REQUIRE(c.ui.click("composer.attach"));
  REQUIRE(c.last<ChooseAttachments>());
  CHECK(c.last<ChooseAttachments>()->place == RoomId{3});
  c.props.composer.editing = true;
  ++c.props.composer.draft_version;
  c.ui.frames();
  CHECK_FALSE(c.ui.recorder().find("composer.attach"));
}

TEST_CASE("A pasted text that is longer than a message is offered as a file, and nothing of it is lost") {
  const std::string longer(17 * 1024, 'x');
  Client c;
  c.ui.type("before ");
  c.ui.set_clipboard(longer);
  c.ui.key(Key::v, {.ctrl = true});
  c.ui.frames(5);
  CHECK(c.ui.recorder().find("composer.text")->state == "before ");
  REQUIRE(c.ui.recorder().find("paste.confirm"));
  SECTION("as a file") {
    REQUIRE(c.ui.click("paste.confirm"));
    REQUIRE(c.last<AttachText>());
    CHECK(c.last<AttachText>()->text == longer);
    CHECK(c.ui.recorder().find("composer.text")->state == "before ");
  }
  SECTION("as text, to be shortened") {
    REQUIRE(c.ui.click("paste.cancel"));
    CHECK(c.count<AttachText>() == 0);
    CHECK(c.ui.recorder().find("composer.text")->state == "before " + longer);
  }
  SECTION("neither") {
    c.ui.key(Key::escape);
    CHECK(c.count<AttachText>() == 0);
    CHECK(c.ui.recorder().find("composer.text")->state == "before ");
  }
  c.ui.frames(5);
  CHECK_FALSE(c.ui.recorder().find("paste.confirm"));
}

TEST_CASE("With no text in the clipboard a picture is looked for there, once") {
  Client c;
  c.ui.set_clipboard("");
  c.ui.key(Key::v, {.ctrl = true});
  CHECK(c.count<AttachClipboardPicture>() == 1);
  c.ui.set_clipboard("words");
  c.ui.key(Key::v, {.ctrl = true});
  CHECK(c.count<AttachClipboardPicture>() == 1);
  CHECK(c.ui.recorder().find("composer.text")->state == "words");
}

TEST_CASE(
    "The panel of files lists them with who sent them, narrows by what is typed, and leads to the message") {
  WindowProps p = sample::main_window();
  p.header.files_shown = true;
  p.header.members_shown = false;
  p.files.room = RoomId{3};
  p.files.rows = {{Seq{4}, document(), "Tomasz Wilk", "today 16:45"},
                  {Seq{2}, picture(), "Amara Osei", "yesterday"}};
  p.files.more = true;
  Client c{p};
  CHECK(c.ui.recorder().find("file.card:1000000"));
  REQUIRE(c.ui.click("files.message:1000001"));
  REQUIRE(c.last<JumpToMessage>());
  CHECK(c.last<JumpToMessage>()->seq == Seq{2});
  REQUIRE(c.ui.click("file.save:1000000"));
  REQUIRE(c.last<SaveFileAs>());
  CHECK(c.last<SaveFileAs>()->seq == Seq{4});
  REQUIRE(c.ui.click("files.more"));
  CHECK(c.last<MoreFiles>());
  REQUIRE(c.ui.click("files.query"));
  c.ui.type("roof");
  REQUIRE(c.last<FilterFiles>());
  CHECK(c.last<FilterFiles>()->query == "roof");
  REQUIRE(c.ui.click("files.close"));
  CHECK(c.last<ToggleFiles>());
}

TEST_CASE("Without a dialog of the desktop's a path is typed; Escape leaves it") {
  WindowProps p = sample::main_window();
  p.dialog = Dialog::path;
  p.path.saves = true;
  p.path.name = "Ground floor.pdf";
  p.path.path = "/home/lena/Ground floor.pdf";
  p.path.serial = 1;
  Client c{p};
  c.ui.frames(5);
  c.ui.type("x");
  c.ui.key(Key::enter);
  REQUIRE(c.last<GivePath>());
  CHECK(c.last<GivePath>()->path == "/home/lena/Ground floor.pdfx");
  c.ui.key(Key::escape);
  REQUIRE(c.last<ShowDialog>());
  CHECK(c.last<ShowDialog>()->dialog == Dialog::none);
}
