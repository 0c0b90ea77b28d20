#pragma once

#include "client/model/actions.hpp"
#include "client/model/props/files.hpp"
#include "client/model/props/timeline.hpp"
#include "common/ui/frame_context.hpp"
#include "common/ui/recorder.hpp"

// The files of a message: pictures side by side, the others as cards below each other. How high they are
// depends on the message and the width alone, never on what is loaded: nothing moves when a picture comes.
namespace wardroom::client::views {

float file_cards_height(ui::FrameContext& f, const std::vector<FileCard>& files, float width);

// Which message they are of, and how far each is.
struct FileCardsPlace {
  RoomId room;
  Seq seq;
  std::int64_t index = 0;  // numbers the ids: index * 100 + the file's place
  const Transfers& transfers;
  const PictureStates& pictures;
};
void draw_file_cards(ui::FrameContext& f, const std::vector<FileCard>& files, const FileCardsPlace& place,
                     float x, float y, float width, Actions& actions);

// One card, for lists elsewhere.
void draw_file_card(ui::FrameContext& f, const FileCard& card, const FileCardsPlace& place,
                    std::int64_t number, const ui::Rect& rect, Actions& actions);
float file_card_height(ui::FrameContext& f);

// The picture, made to fit into the rectangle and not larger than `most_scale` times its own size, or what is
// said of it until it is there. Asks for it.
void draw_picture(ui::FrameContext& f, const FileCard& card, const FileCardsPlace& place, bool large,
                  float most_scale, const ui::Rect& rect, Actions& actions);

// Pause, go on, remove: what can be done to a file that goes up. The buttons end at `right`; their left edge.
float draw_upload_buttons(ui::FrameContext& f, const std::string& key, const TransferProps* transfer,
                          std::int64_t number, float right, float centre_y, Actions& actions);

}  // namespace wardroom::client::views
