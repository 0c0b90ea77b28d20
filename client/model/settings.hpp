#pragma once

#include "client/model/actions.hpp"
#include "client/model/turn.hpp"

// Dialogs, preferences, the person's own profile, and what the window says at its edges.
namespace wardroom::client {

void save_settings(Turn& turn);
// What this PC knows of the audit log.
void show_watch(Turn& turn, bool open);

void fold(Turn& turn, const ShowDialog& action);
void fold(Turn& turn, const SetDoNotDisturb& action);
void fold(Turn& turn, const SetTheme& action);
void fold(Turn& turn, const SetLanguage& action);
void fold(Turn& turn, const SetScale& action);
void fold(Turn& turn, const StepScale& action);
void fold(Turn& turn, const UseEmoji& action);
void fold(Turn& turn, const SetSkinTone& action);
void fold(Turn& turn, const ToggleSection& action);
void fold(Turn& turn, const ChangePassword& action);
void fold(Turn& turn, const OpenLink& action);
void fold(Turn& turn, const Answer<protocol::AccountSetProfile>& answer);
void fold(Turn& turn, const Answer<protocol::AccountChangePassword>& answer);
void fold(Turn& turn, const protocol::ServerNotice& event);
// Concerns the console; an auditor's client gets it too.
inline void fold(Turn&, const protocol::AuditCheckpointSigned&) {}

}  // namespace wardroom::client
