#pragma once

#include "client/model/props/window.hpp"

// An office morning, as the pictures in the design show it.
namespace wardroom::client::sample {

WindowProps main_window();
WindowProps first_start();
PinsProps pins();
SearchProps search();
// Files in every state: on their way up and down, there, failed, a picture; the panel beside them.
WindowProps with_files();
ViewerProps viewer();
// An arranged side bar, a link to a message, the list of saved ones.
WindowProps with_places();
// One of Dialog::forward, profile, date.
WindowProps place_dialog(Dialog dialog);
// A thread in the right pane, and what stands under roots in the room; the list of threads.
WindowProps with_thread();
WindowProps with_thread_list();
ReasonDialogProps mute_dialog();
VersionsProps versions();
desk::LogAlarmProps log_alarm();
AnnouncementProps announcement();
desk::WatchProps watch_alarm();
SecondFactorProps factor_to_scan();
SecondFactorProps factor_codes();
TimelineRow message(std::uint64_t key, const std::string& author, const std::string& time,
                    const std::string& text);

}  // namespace wardroom::client::sample
