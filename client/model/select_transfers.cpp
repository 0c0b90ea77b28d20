#include "client/model/select_transfers.hpp"

#include "client/model/file_kinds.hpp"
#include "client/model/uploads.hpp"
#include "common/language/tr.hpp"

namespace wardroom::client {
namespace {

float part_of(std::int64_t bytes, std::int64_t size) {
  return size <= 0 ? 1 : static_cast<float>(static_cast<double>(bytes) / static_cast<double>(size));
}

std::string share_words(std::int64_t bytes, std::int64_t size) {
  return tr("{0} of {1}", size_words(bytes), size_words(size));
}

TransferProps upload_props(const State& state, const Upload& upload) {
  TransferProps props;
  props.part = part_of(upload.sent, upload.row.size);
  switch (upload.state) {
    case Upload::State::waiting:
      props.words = !upload.trouble.empty() ? upload.trouble
                    : state.online()        ? tr("Waits for its turn")
                                            : tr("Waits until you're online");
      break;
    case Upload::State::sending:
      props.state = TransferProps::State::moving;
      props.words = share_words(upload.sent, upload.row.size);
      break;
    case Upload::State::paused:
      props.state = TransferProps::State::paused;
      props.words = tr("Paused at {0}", share_words(upload.sent, upload.row.size));
      break;
    case Upload::State::failed:
      props.state = TransferProps::State::failed;
      props.words = upload.row.failure;
      break;
    case Upload::State::whole:
      props.state = TransferProps::State::there;
      break;
  }
  return props;
}

TransferProps download_props(const Download& download) {
  TransferProps props;
  props.part = part_of(download.came, download.size);
  switch (download.state) {
    case Download::State::fetching:
      props.state = TransferProps::State::moving;
      props.words = share_words(download.came, download.size);
      break;
    case Download::State::there:
      props.state = TransferProps::State::there;
      props.words = download.path;
      break;
    case Download::State::failed:
      props.state = TransferProps::State::failed;
      props.words = download.trouble;
      break;
  }
  return props;
}

}  // namespace

Transfers select_transfers(const State& state) {
  Transfers transfers;
  for (const auto& upload : state.uploads) transfers.emplace(upload.row.key, upload_props(state, upload));
  for (const auto& [id, download] : state.downloads) transfers.emplace(id, download_props(download));
  return transfers;
}

PictureStates select_pictures(const State& state) {
  PictureStates pictures;
  for (const auto& [key, picture] : state.pictures)
    pictures.emplace(key, PictureProps{picture.loading, picture.trouble});
  return pictures;
}

std::vector<AttachmentProps> select_attachments(const State& state, const WritingPlace& place) {
  std::vector<AttachmentProps> attachments;
  for (const auto* upload : attached_to(state, place))
    attachments.push_back({upload->row.key, upload->row.name, size_words(upload->row.size)});
  return attachments;
}

std::vector<FileCard> pending_cards(const State& state, const std::string& client_id) {
  std::vector<FileCard> cards;
  for (const auto* upload : uploads_of(state, client_id)) {
    FileCard card;
    card.id = upload->row.key;
    card.name = upload->row.name;
    card.detail = size_words(upload->row.size);
    card.going_up = true;
    cards.push_back(std::move(card));
  }
  return cards;
}

}  // namespace wardroom::client
