#pragma once

#include "admin/model/props/console.hpp"

namespace wardroom::admin::sample {

ConsoleProps people_page();
ConsoleProps several_people();
ConsoleProps bulk_results();
ConsoleProps audit_page();
ConsoleProps sessions_page();
ConsoleProps rooms_page();
ConsoleProps reason_dialog();
ConsoleProps leaver_dialog();
ConsoleProps moderation_page();
ConsoleProps sanctions_page();
ConsoleProps import_page();
ConsoleProps import_errors_page();
ConsoleProps import_done_page();
ConsoleProps audit_alarm();
ConsoleProps doubted_clock();
ConsoleProps watch_dialog();
ConsoleProps evidence_dialog();
ConsoleProps evidence_done();
ConsoleProps retention_page();
ConsoleProps rule_dialog();
ConsoleProps holds_page();
ConsoleProps pruning_page();
ConsoleProps erase_dialog();
ConsoleProps overview_page();
ConsoleProps overview_quiet();
ConsoleProps certificates_page();
ConsoleProps certificates_alarm();
ConsoleProps announce_page();
ConsoleProps announce_nothing();
ConsoleProps settings_page();
ConsoleProps settings_waiting();
ConsoleProps backups_page();
ConsoleProps backups_working();

}  // namespace wardroom::admin::sample
