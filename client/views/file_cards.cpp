#include "client/views/file_cards.hpp"

#include <algorithm>
#include <cmath>
#include <imgui.h>

#include "client/views/ids.hpp"
#include "common/language/tr.hpp"
#include "common/ui/button.hpp"
#include "common/ui/draw.hpp"
#include "common/ui/icon.hpp"
#include "common/ui/row.hpp"

namespace wardroom::client::views {
namespace {

using namespace ui;

// Design lengths.
constexpr float kCardHeight = 56;
constexpr float kCardGap = 6;
constexpr float kFileCardWidth = 440;
constexpr float kSquare = 28;  // of a button
constexpr float kOnePictureWidth = 420;
constexpr float kOnePictureHeight = 280;
constexpr float kPictureWidth = 250;  // of one of several
constexpr float kPictureHeight = 180;
constexpr float kCaption = 26;

struct PictureGrid {
  std::size_t count = 0;
  std::size_t columns = 1;
  float cell_width = 0;
  float cell_height = 0;  // with its caption
  float height = 0;
};

bool is_picture(const FileCard& card) {
  return card.picture && !card.going_up;
}

PictureGrid grid_of(FrameContext& f, const std::vector<FileCard>& files, float width) {
  PictureGrid grid;
  grid.count = static_cast<std::size_t>(std::count_if(files.begin(), files.end(), is_picture));
  if (grid.count == 0) return grid;
  // A window may be too narrow for anything at a large scale.
  width = std::max(1.0F, width);
  const bool one = grid.count == 1;
  const float gap = f.px(kCardGap);
  grid.cell_width = std::min(width, f.px(one ? kOnePictureWidth : kPictureWidth));
  grid.cell_height = f.px((one ? kOnePictureHeight : kPictureHeight) + kCaption);
  grid.columns = std::max<std::size_t>(1, static_cast<std::size_t>((width + gap) / (grid.cell_width + gap)));
  const std::size_t rows = (grid.count + grid.columns - 1) / grid.columns;
  grid.height = static_cast<float>(rows) * (grid.cell_height + gap);
  return grid;
}

template <class Props>
const typename Props::mapped_type* find_props(const Props& all, const std::string& key) {
  const auto at = all.find(key);
  return at == all.end() ? nullptr : &at->second;
}

std::string_view state_word(const TransferProps* transfer) {
  if (!transfer) return "";
  switch (transfer->state) {
    case TransferProps::State::waiting:
      return "waiting";
    case TransferProps::State::moving:
      return "moving";
    case TransferProps::State::paused:
      return "paused";
    case TransferProps::State::failed:
      return "failed";
    case TransferProps::State::there:
      return "there";
  }
  return "";
}

// Save, open, show in the folder, or stop, from the right. The left edge of what was drawn.
float draw_stored_buttons(FrameContext& f, const FileCard& card, const FileCardsPlace& place,
                          const TransferProps* transfer, std::int64_t number, float right, float centre_y,
                          Actions& actions) {
  const float size = f.px(kSquare);
  const auto pressed = [&](std::string_view id, Icon icon, std::string_view label) {
    const Rect square{right - size, centre_y - size / 2, right, centre_y + size / 2};
    right -= size + f.px(2);
    return icon_button_at(f, Id{id, number}, square, icon, label);
  };
  const bool moving = transfer && transfer->state == TransferProps::State::moving;
  if (moving) {
    if (pressed(ids::kFileStop, Icon::close, tr("Stop"))) actions.push_back(StopFetching{card.id});
    return right;
  }
  if (pressed(ids::kFileSave, Icon::save, tr("Save as")))
    actions.push_back(SaveFileAs{place.room, place.seq, card.id});
  if (card.why_only_saved.empty() && pressed(ids::kFileOpen, Icon::external, tr("Open")))
    actions.push_back(OpenFile{place.room, place.seq, card.id});
  const bool there = transfer && transfer->state == TransferProps::State::there;
  if (there && pressed(ids::kFileFolder, Icon::folder, tr("Show in folder")))
    actions.push_back(ShowFileInFolder{card.id});
  return right;
}

void draw_caption(FrameContext& f, const FileCard& card, const FileCardsPlace& place, std::int64_t number,
                  const Rect& rect, Actions& actions) {
  const auto* transfer = find_props(place.transfers, card.id);
  const float right =
      draw_stored_buttons(f, card, place, transfer, number, rect.x1, (rect.y0 + rect.y1) / 2, actions);
  const bool says = transfer && !transfer->words.empty();
  const std::string words = card.name + " \xC2\xB7 " + (says ? transfer->words : card.detail);
  const bool failed = transfer && transfer->state == TransferProps::State::failed;
  const std::string screen = f.screen(words);
  text_line(f, FontRole::small, rect.x0, (rect.y0 + rect.y1) / 2 - f.px(8),
            failed ? f.theme.bad : f.theme.text2, screen, std::max(f.px(20), right - rect.x0 - f.px(6)));
  note(f, ItemKind::text, rect, words);
}

}  // namespace

float file_card_height(FrameContext& f) {
  return f.px(kCardHeight);
}

float draw_upload_buttons(FrameContext& f, const std::string& key, const TransferProps* transfer,
                          std::int64_t number, float right, float centre_y, Actions& actions) {
  const float size = f.px(kSquare);
  const auto pressed = [&](std::string_view id, Icon icon, std::string_view label) {
    const Rect square{right - size, centre_y - size / 2, right, centre_y + size / 2};
    right -= size + f.px(2);
    return icon_button_at(f, Id{id, number}, square, icon, label);
  };
  if (pressed(ids::kUploadRemove, Icon::close, tr("Don't send it"))) actions.push_back(RemoveUpload{key});
  if (!transfer) return right;
  using TransferState = TransferProps::State;
  const bool stands = transfer->state == TransferState::paused || transfer->state == TransferState::failed;
  const bool goes = transfer->state == TransferState::waiting || transfer->state == TransferState::moving;
  const bool failed = transfer->state == TransferState::failed;
  if (stands && pressed(ids::kUploadContinue, failed ? Icon::refresh : Icon::play,
                        failed ? tr("Try again") : tr("Go on")))
    actions.push_back(ContinueUpload{key});
  if (goes && pressed(ids::kUploadPause, Icon::pause, tr("Pause"))) actions.push_back(PauseUpload{key});
  return right;
}

void draw_file_card(FrameContext& f, const FileCard& card, const FileCardsPlace& place, std::int64_t number,
                    const Rect& rect, Actions& actions) {
  const auto* transfer = find_props(place.transfers, card.id);
  const float middle = (rect.y0 + rect.y1) / 2;
  fill(rect, f.theme.surface2, f.px(8));
  outline(rect, f.theme.line, f.px(8));
  const float edge = rect.x1 - f.px(10);
  const float right = card.going_up
                          ? draw_upload_buttons(f, card.id, transfer, number, edge, middle, actions)
                          : draw_stored_buttons(f, card, place, transfer, number, edge, middle, actions);
  // The buttons are pressed on their own.
  const Rect pressable{rect.x0, rect.y0, std::max(rect.x0 + 1, right - f.px(4)), rect.y1};
  const bool says = transfer && !transfer->words.empty();
  const std::string words = says ? transfer->words : card.detail;
  const Interaction it = interact(f, Id{ids::kFile, number}, pressable, ItemKind::card,
                                  card.name + ": " + words, {.state = state_word(transfer)});
  if (it.visible) {
    if (it.hovered) fill(pressable, mix(f.theme.surface2, f.theme.surface3, 0.6F), f.px(8));
    draw_icon(f, card.picture ? Icon::eye : Icon::file, rect.x0 + f.px(26), middle, f.px(20), f.theme.text1);
    const float x = rect.x0 + f.px(48);
    const float room = std::max(f.px(20), pressable.x1 - x - f.px(4));
    const bool failed = transfer && transfer->state == TransferProps::State::failed;
    text_line(f, FontRole::bold, x, rect.y0 + f.px(9), f.theme.text0, f.screen(card.name), room);
    text_line(f, FontRole::small, x, rect.y0 + f.px(30), failed ? f.theme.bad : f.theme.text1,
              f.screen(words), room);
    if (it.focused) focus_ring(f, rect, f.px(8));
    // Cut short on the card, whole beside the mouse.
    tooltip(f, it,
            f.screen(failed || card.why_only_saved.empty() ? card.name + "\n" + words : card.why_only_saved));
  }
  if (transfer && transfer->state == TransferProps::State::moving)
    progress_bar(f, {rect.x0 + f.px(8), rect.y1 - f.px(5), rect.x1 - f.px(8), rect.y1 - f.px(2)},
                 transfer->part);
  if (it.pressed && !card.going_up) actions.push_back(OpenFile{place.room, place.seq, card.id});
}

void draw_picture(FrameContext& f, const FileCard& card, const FileCardsPlace& place, bool large,
                  float most_scale, const Rect& rect, Actions& actions) {
  const std::string key = picture_key(card.id, large);
  auto texture = f.textures ? f.textures->find(key, f.now) : std::nullopt;
  const auto* state = find_props(place.pictures, key);
  if (!texture && !state) actions.push_back(WantPicture{place.room, place.seq, card.id, large});
  // Until the large one is there, the small one stands for it.
  if (!texture && large && f.textures) texture = f.textures->find(picture_key(card.id, false), f.now);
  if (!texture) {
    const bool wrong = state && !state->trouble.empty();
    fill(rect, f.theme.surface2, f.px(8));
    const std::string words = f.screen(wrong ? state->trouble : tr("Loading\xE2\x80\xA6"));
    const float width = rect.width() - f.px(24);
    const float height = text_block(f, FontRole::small, 0, 0, width, 0, words);
    text_block(f, FontRole::small, rect.x0 + f.px(12), (rect.y0 + rect.y1 - height) / 2, width, f.theme.text1,
               words);
    return;
  }
  // Out of sight, or in a window that nobody looks at, it stands still.
  if (texture->changes_in.count() > 0 && f.window_focused) f.request_frame_at(f.now + texture->changes_in);
  const float factor = std::min({most_scale, rect.width() / texture->width, rect.height() / texture->height});
  const float width = std::round(texture->width * factor), height = std::round(texture->height * factor);
  const float x = large ? std::round((rect.x0 + rect.x1 - width) / 2) : rect.x0;
  const float y = large ? std::round((rect.y0 + rect.y1 - height) / 2) : rect.y0;
  ImGui::GetWindowDrawList()->AddImageRounded(texture->id, {x, y}, {x + width, y + height}, {0, 0}, {1, 1},
                                              rgb(0xffffff), large ? 0 : f.px(8));
}

float file_cards_height(FrameContext& f, const std::vector<FileCard>& files, float width) {
  if (files.empty()) return 0;
  const PictureGrid grid = grid_of(f, files, width);
  const auto cards = static_cast<float>(files.size() - grid.count);
  return f.px(4) + grid.height + cards * f.px(kCardHeight + kCardGap);
}

void draw_file_cards(FrameContext& f, const std::vector<FileCard>& files, const FileCardsPlace& place,
                     float x, float y, float width, Actions& actions) {
  if (files.empty()) return;
  const PictureGrid grid = grid_of(f, files, width);
  const float gap = f.px(kCardGap);
  y += f.px(4);
  float card_top = y + grid.height;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const FileCard& card = files[i];
    const std::int64_t number = place.index * 100 + static_cast<std::int64_t>(i);
    if (!is_picture(card)) {
      const Rect rect{x, card_top, x + std::min(width, f.px(kFileCardWidth)), card_top + f.px(kCardHeight)};
      draw_file_card(f, card, place, number, rect, actions);
      card_top += f.px(kCardHeight) + gap;
      continue;
    }
    const float left = x + static_cast<float>(shown % grid.columns) * (grid.cell_width + gap);
    const float top = y + static_cast<float>(shown / grid.columns) * (grid.cell_height + gap);
    ++shown;
    const Rect picture{left, top, left + grid.cell_width, top + grid.cell_height - f.px(kCaption)};
    const Interaction it = interact(f, Id{ids::kPicture, number}, picture, ItemKind::card, card.name);
    if (it.visible) draw_picture(f, card, place, false, f.scale, picture, actions);
    if (it.focused) focus_ring(f, picture, f.px(8));
    if (it.hovered) ImGui::SetMouseCursor(ImGuiMouseCursor_Hand);
    if (it.pressed) actions.push_back(ViewPicture{place.room, place.seq, card.id});
    draw_caption(f, card, place, number,
                 {left, picture.y1, left + grid.cell_width, picture.y1 + f.px(kCaption)}, actions);
  }
}

}  // namespace wardroom::client::views
