#include "ctl/app/command_builder.hpp"
#include "ctl/commands/file.hpp"

namespace wardroom::ctl {
namespace {

constexpr const char* kRoomOfFiles = "Name or id of a room, or @name of a person";

}  // namespace

void add_files(Commands& commands) {
  auto& file = commands.group("file", "Sends, fetches and lists files");
  auto send = commands.add<FileArguments>(
      file, "send", "Sends files to a room, as one message",
      "wardroomctl file send builds report.pdf --text \"the night's report\"", file_send);
  send.app.add_option("room", send.arguments->room, kRoomOfFiles)->required();
  send.app
      .add_option("files", send.arguments->files, "Ten at most; sending resumes after a broken connection")
      ->required()
      ->check(CLI::ExistingFile);
  send.app.add_option("--text", send.arguments->text, "The message's text");
  send.app.add_flag("--unposted", send.arguments->unposted,
                    "Posts nothing and prints the ids, for message.post; what isn't posted goes after a day");
  auto get = commands.add<FileArguments>(
      file, "get", "Fetches a file, and keeps it only when it is whole",
      "wardroomctl file get 0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00 --to report.pdf", file_get);
  get.app.add_option("id", get.arguments->id, "The file's id; wardroomctl file list ROOM shows it")
      ->required();
  get.app.add_option("--to", get.arguments->to,
                     "The file to write or replace; without it, one named after the id");
  auto list = commands.add<FileArguments>(file, "list", "The files of a room, the newest first",
                                          "wardroomctl file list builds", file_list);
  list.app.add_option("room", list.arguments->room, kRoomOfFiles)->required();
  auto gone = commands.add<FileArguments>(
      file, "delete", "Removes an upload of yours that isn't posted; message delete removes a posted one",
      "wardroomctl file delete 0199a3c2-77e1-7c1e-9b5b-3f2a7d9c1e00", file_delete);
  gone.app.add_option("id", gone.arguments->id, "The upload's id")->required();
}

}  // namespace wardroom::ctl
