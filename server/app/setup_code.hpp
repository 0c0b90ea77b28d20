#pragma once

#include "common/base/secret.hpp"
#include "server/ops/data_dir.hpp"
#include "server/store/writer.hpp"

namespace wardroom::app {

// The one-use code with which the first administrator is made, on this machine, within 30 minutes.

// Makes a code within the transaction; earlier ones are void.
Secret issue_setup_code(store::WriteTx& tx);

// Where `wardroomctl setup` finds the code when nobody types it.
std::filesystem::path setup_code_file(const ops::DataDir& dir);

// As long as there is no administrator: sees to it that a code is valid and lies in its file. Afterwards
// removes the file. Any thread.
void submit_setup_code(store::Writer& writer, const ops::DataDir& dir);

}  // namespace wardroom::app
