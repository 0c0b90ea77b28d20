#include "client/model/downloads.hpp"

#include <catch2/catch.hpp>

#include "tests/unit/client/driver.hpp"

using namespace wardroom;
using namespace wardroom::client;
using namespace wardroom::client::test;
using protocol::FileList;

namespace {

protocol::File a_file(std::string id, std::string name, std::string type) {
  return {std::move(id), std::move(name), 2'000, std::move(type), "ab"};
}

protocol::MessagePosted carrying(std::int64_t seq, std::vector<protocol::File> files) {
  auto event = posted(seq, "here");
  event.files = std::move(files);
  return event;
}

// One message with a document, a picture and a program.
Driver& with_files(Driver& d) {
  return d.start().on(
      carrying(1, {a_file("doc", "plan.pdf", "application/pdf"), a_file("pic", "roof.png", "image/png"),
                   a_file("run", "setup.exe", "application/x-dosexec")}));
}

TransferProps transfer(Driver& d, const std::string& id) {
  const auto& all = d.props().timeline.transfers;
  const auto at = all.find(id);
  return at == all.end() ? TransferProps{} : at->second;
}

FileList::Result listed(const std::vector<protocol::RoomFile>& files, bool more) {
  FileList::Result result;
  result.files = files;
  result.more = more;
  return result;
}

}  // namespace

TEST_CASE("A document is fetched and then opened, and the second time it is only opened") {
  Driver d;
  with_files(d).act(OpenFile{kRoom, Seq{1}, "doc"});
  const auto fetching = d.take<FetchFile>();
  CHECK(fetching.path.empty());
  CHECK_FALSE(fetching.replaces);
  d.on(TransferMoved{fetching.attempt, 500});
  CHECK(transfer(d, "doc").part == Approx(0.25));
  d.on(FetchEnded{fetching.attempt, "doc", std::string("/home/lena/Downloads/plan.pdf")});
  CHECK(d.take<OpenPath>().path == "/home/lena/Downloads/plan.pdf");
  d.act(OpenFile{kRoom, Seq{1}, "doc"});
  CHECK(d.count<FetchFile>() == 0);
  CHECK(d.take<OpenPath>().path == "/home/lena/Downloads/plan.pdf");
  d.act(ShowFileInFolder{"doc"});
  CHECK(d.take<OpenPath>().folder);
}

TEST_CASE("What can run is never opened, and says why") {
  Driver d;
  with_files(d).act(OpenFile{kRoom, Seq{1}, "run"});
  CHECK(d.count<FetchFile>() == 0);
  CHECK(d.count<OpenPath>() == 0);
  CHECK(d.props().toasts.at(0).text.find("only saved") != std::string::npos);
  d.act(SaveFileAs{kRoom, Seq{1}, "run"});
  CHECK(d.take<ChooseTarget>().file.id == "run");
}

TEST_CASE("Saved where the person chose; what is saved isn't opened") {
  Driver d;
  with_files(d).act(SaveFileAs{kRoom, Seq{1}, "doc"});
  const auto asked = d.take<ChooseTarget>();
  SECTION("in the desktop's dialog, which asked about what is there") {
    d.on(TargetChosen{asked.file, "/srv/plan.pdf", false});
    const auto fetching = d.take<FetchFile>();
    CHECK(fetching.replaces);
    d.on(FetchEnded{fetching.attempt, "doc", std::string("/srv/plan.pdf")});
    CHECK(d.count<OpenPath>() == 0);
    CHECK(d.props().toasts.at(0).text == "Saved as /srv/plan.pdf.");
  }
  SECTION("thought better of it") {
    d.on(TargetChosen{asked.file, "", false});
    CHECK(d.count<FetchFile>() == 0);
  }
  SECTION("without a dialog: typed, and nothing that is there is replaced") {
    d.on(TargetChosen{asked.file, "/home/lena/plan.pdf", true});
    CHECK(d.props().path.saves);
    CHECK(d.props().path.path == "/home/lena/plan.pdf");
    d.act(GivePath{"/home/lena/plan.pdf"});
    CHECK_FALSE(d.take<FetchFile>().replaces);
  }
}

TEST_CASE("Stopped, a download says nothing more") {
  Driver d;
  with_files(d).act(OpenFile{kRoom, Seq{1}, "doc"});
  const auto fetching = d.take<FetchFile>();
  d.act(StopFetching{"doc"});
  CHECK(d.take<StopTransfer>().attempt == fetching.attempt);
  d.on(FetchEnded{fetching.attempt, "doc", std::string("/home/lena/Downloads/plan.pdf")});
  CHECK(d.count<OpenPath>() == 0);
  CHECK(d.state.downloads.empty());
}

TEST_CASE("A download that failed says why, and can be begun again") {
  Driver d;
  with_files(d).act(OpenFile{kRoom, Seq{1}, "doc"});
  const auto fetching = d.take<FetchFile>();
  d.on(FetchEnded{fetching.attempt, "doc", not_found("There is no such file.")});
  CHECK(transfer(d, "doc").state == TransferProps::State::failed);
  CHECK(transfer(d, "doc").words == "There is no such file.");
  d.act(OpenFile{kRoom, Seq{1}, "doc"});
  CHECK(d.count<FetchFile>() == 1);
}

TEST_CASE("Files of a deleted message are gone from the room") {
  Driver d;
  with_files(d);
  d.on(protocol::MessageDeleted{kRoom, Seq{2}, d.state.now, Seq{1}, kAmara, std::nullopt});
  CHECK(d.props().timeline.rows.back().files.empty());
  d.act(OpenFile{kRoom, Seq{1}, "doc"});
  CHECK(d.count<FetchFile>() == 0);
  CHECK_FALSE(d.props().toasts.empty());
}

TEST_CASE("A picture is asked for once, and once more after a reconnection when it couldn't be shown") {
  Driver d;
  with_files(d).act(WantPicture{kRoom, Seq{1}, "pic", false}).act(WantPicture{kRoom, Seq{1}, "pic", false});
  CHECK(d.take<LoadPicture>().file.id == "pic");
  CHECK(d.count<LoadPicture>() == 0);
  d.on(PictureLoaded{"pic", unavailable("No answer.")});
  d.act(WantPicture{kRoom, Seq{1}, "pic", false});
  CHECK(d.count<LoadPicture>() == 0);
  CHECK(d.props().timeline.pictures.at("pic").trouble == "No answer.");
  d.go_offline();
  d.come_online();
  d.act(WantPicture{kRoom, Seq{1}, "pic", false});
  CHECK(d.count<LoadPicture>() == 1);
}

TEST_CASE("A picture that was passed by is asked for when it comes into sight again") {
  Driver d;
  with_files(d).act(WantPicture{kRoom, Seq{1}, "pic", false});
  d.effects.clear();
  d.on(PictureLoaded{"pic", make_error(ErrorCode::unavailable, "", std::string(kPictureWasPassed))});
  d.act(WantPicture{kRoom, Seq{1}, "pic", false});
  CHECK(d.count<LoadPicture>() == 1);
}

TEST_CASE("Offline a picture isn't asked for in every frame") {
  Driver d;
  with_files(d).go_offline();
  d.act(WantPicture{kRoom, Seq{1}, "pic", false});
  CHECK(d.count<LoadPicture>() == 0);
  CHECK(d.props().timeline.pictures.contains("pic"));
}

TEST_CASE("The viewer goes through the room's pictures in order, and closes with the message") {
  Driver d;
  with_files(d).on(carrying(2, {a_file("later", "yard.jpg", "image/jpeg")}));
  d.act(ViewPicture{kRoom, Seq{1}, "pic"});
  CHECK(d.props().viewer.shown);
  CHECK(d.props().viewer.card.name == "roof.png");
  CHECK_FALSE(d.props().viewer.has_earlier);
  d.act(StepPicture{1});
  CHECK(d.props().viewer.card.name == "yard.jpg");
  CHECK_FALSE(d.props().viewer.has_later);
  d.act(StepPicture{1});
  CHECK(d.props().viewer.card.name == "yard.jpg");
  d.on(protocol::MessageDeleted{kRoom, Seq{3}, d.state.now, Seq{2}, kAmara, std::nullopt});
  CHECK_FALSE(d.props().viewer.shown);
}

TEST_CASE("The panel of files is narrowed by name, person and kind, through all pages") {
  Driver d;
  d.start().act(ToggleFiles{});
  CHECK(d.props().header.files_shown);
  d.answer<FileList>(
      listed({{Seq{9}, d.state.now, kAmara, a_file("doc", "plan.pdf", "application/pdf")}}, true));
  REQUIRE(d.props().files.rows.size() == 1);
  CHECK(d.props().files.more);
  CHECK(d.count<Call<FileList>>() == 0);
  // What is looked for may be further back.
  d.act(FilterFiles{"roof", FileFilter::all});
  const auto next = d.all<Call<FileList>>().at(0);
  CHECK(next.params.before == Seq{9});
  d.answer<FileList>(listed({{Seq{3}, d.state.now, kMe, a_file("pic", "Roof.png", "image/png")}}, false));
  REQUIRE(d.props().files.rows.size() == 1);
  CHECK(d.props().files.rows[0].card.name == "Roof.png");
  d.act(FilterFiles{"amara", FileFilter::all});
  REQUIRE(d.props().files.rows.size() == 1);
  CHECK(d.props().files.rows[0].card.name == "plan.pdf");
  d.act(FilterFiles{"", FileFilter::pictures});
  CHECK(d.props().files.rows.at(0).card.name == "Roof.png");
  d.act(FilterFiles{"nothing like it", FileFilter::all});
  CHECK(d.props().files.note == "No files match.");
}

TEST_CASE("A file that is sent while the panel is open appears in it") {
  Driver d;
  d.start().act(ToggleFiles{});
  d.answer<FileList>(listed({}, false));
  CHECK(d.props().files.note == "Nobody has sent a file here yet.");
  d.on(carrying(1, {a_file("doc", "plan.pdf", "application/pdf")}));
  d.answer<FileList>(
      listed({{Seq{1}, d.state.now, kAmara, a_file("doc", "plan.pdf", "application/pdf")}}, false));
  CHECK(d.props().files.rows.size() == 1);
}
