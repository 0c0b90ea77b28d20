#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "common/base/strong.hpp"

namespace wardroom::client {

// A file of a message, or one that is on its way into one.
struct FileCard {
  std::string id;        // of the file; of one that goes up: of the upload
  std::string name;      // as on the wire
  std::string detail;    // "PDF · 3.2 MB"
  bool picture = false;  // shown in the room
  bool going_up = false;
  std::string why_only_saved;  // a sentence; empty: it may be opened
};

// How far a file is. What changes often is kept out of the rows of the timeline.
struct TransferProps {
  enum class State { waiting, moving, paused, failed, there };
  State state = State::waiting;
  float part = 0;     // of 1
  std::string words;  // "12 of 48 MB", "Paused", or what went wrong
};
using Transfers = std::unordered_map<std::string, TransferProps>;  // by the card's id

// By picture_key(): of those that were asked for.
struct PictureProps {
  bool loading = false;
  std::string trouble;
};
using PictureStates = std::unordered_map<std::string, PictureProps>;

// The window's name for a picture's pixels: the file's id, and which of its two sizes.
inline std::string picture_key(const std::string& file, bool large) {
  return large ? file + " large" : file;
}

// What stands in the draft of a room.
struct AttachmentProps {
  std::string key;
  std::string name;
  std::string detail;
};

enum class FileFilter { all, pictures, documents, sound_and_films, others };

struct FilesProps {
  struct Row {
    Seq seq;
    FileCard card;
    std::string who;
    std::string when;
  };
  RoomId room;
  std::vector<Row> rows;  // newest first
  std::string query;
  FileFilter filter = FileFilter::all;
  bool loading = false;
  bool more = false;
  std::string note;  // why nothing is there, or that there is more than was looked through
  std::string error;
};

struct ViewerProps {
  bool shown = false;
  RoomId room;
  Seq seq;
  FileCard card;
  std::string caption;  // "Amara Osei, today 09:14"
  bool has_earlier = false;
  bool has_later = false;
};

}  // namespace wardroom::client
