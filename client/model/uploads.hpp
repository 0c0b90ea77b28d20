#pragma once

#include <set>
#include <string>
#include <vector>

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Files on their way up: chosen into a room's draft, sent one after the other while the person still writes,
// and taken along by the message. What is on the way is on this PC's disk, as the outbox is.
namespace wardroom::client {

// Those of a message of the outbox, and those of a draft, in the order chosen.
std::vector<const Upload*> uploads_of(const State& state, const std::string& client_id);
std::vector<const Upload*> attached_to(const State& state, const WritingPlace& place);
// The draft's become this message's. Their keys, for SaveOutbox.
std::vector<std::string> take_attached(Turn& turn, const WritingPlace& place, const std::string& client_id);
// The threads of a room in which something is attached and not sent.
std::set<Seq> threads_with_attachments(const State& state, RoomId room);
// The message has another id from now on. The keys of its files.
std::vector<std::string> rename_message(Turn& turn, const std::string& before, const std::string& now);
// They are the draft's again.
void give_back_uploads(Turn& turn, const std::string& client_id);
// The message is stored: its files are part of it.
void settle_uploads(Turn& turn, const std::string& client_id);
// The message is thrown away, and so is what was sent of its files.
void discard_uploads(Turn& turn, const std::string& client_id);
// The server doesn't have them as the message needs them: they are sent once more.
void send_uploads_again(Turn& turn, const std::string& client_id);
// What failed of them is tried again, with the message.
void continue_uploads(Turn& turn, const std::string& client_id);
// Sends the first that waits, if none is on its way.
void start_uploads(Turn& turn);
// The connection went: what was under way goes on when it is back.
void halt_uploads(Turn& turn);
// Of all, as after signing out.
void forget_uploads(Turn& turn);
FileServer file_server(const State& state);

void fold(Turn& turn, const ChooseAttachments& action);
void fold(Turn& turn, const AttachFiles& action);
void fold(Turn& turn, const AttachText& action);
void fold(Turn& turn, const AttachClipboardPicture& action);
void fold(Turn& turn, const PauseUpload& action);
void fold(Turn& turn, const ContinueUpload& action);
void fold(Turn& turn, const RemoveUpload& action);
void fold(Turn& turn, const FilesSeen& event);
void fold(Turn& turn, const UploadBegun& event);
void fold(Turn& turn, const UploadEnded& event);

}  // namespace wardroom::client
