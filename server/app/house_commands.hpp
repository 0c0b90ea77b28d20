#pragma once

#include <string>

#include "common/base/clock.hpp"

// What an administrator does to a data directory from a shell, whether or not it is served. Each prints what
// it did and returns the exit status.
namespace wardroom::app {

struct BackupArguments {
  std::string data;
  std::string to;  // empty: into the folder of [backup], under the time, where old ones are removed
  bool list = false;
  std::string verify;  // a file that is to be what was checked; nothing is written
};
// What is old goes by what is believed of the clock.
int run_backup(const BackupArguments& arguments, const Clock& machine);
// Makes the key that encrypted backups are restored with, and prints for whom they are to be encrypted.
int run_backup_key(const std::string& to);

struct RestoreArguments {
  std::string from, data, reason;
  std::string key;        // the file with the key of an encrypted one
  bool rehearse = false;  // the directory is removed again
};
int run_restore(const RestoreArguments& arguments);

struct ReasonArguments {
  std::string data, reason;
};
int run_confirm_clock(const ReasonArguments& arguments);
int run_accept_loss(const ReasonArguments& arguments);

// Names every mistake in wardroom.toml; without any, what differs from the server that runs.
int run_config_check(const std::string& data);

// Has the server that serves the directory take up the certificate and what needs no restart.
int run_reload(const std::string& data);

// Rebuilds the search index: the server does it beside its work, or it is done here.
int run_reindex(const std::string& data);

struct HostsArguments {
  std::string data, added;
};
int run_hosts_list(const HostsArguments& arguments);
// The certificate begins when the clock is believed to be.
int run_hosts_add(const HostsArguments& arguments, const Clock& machine);
// What introduces a PC, without a token; how it recognises the server.
int run_link(const std::string& data);
int run_fingerprint(const std::string& data, bool as_words);

}  // namespace wardroom::app
