#pragma once

#include "common/base/result.hpp"
#include "common/base/secret.hpp"

// What differs between operating systems about a secret in a file of the person's own.
namespace wardroom::link {

// As it stands in the file. On Linux the file's mode keeps others out, and it stays as it is; on Windows it
// is encrypted for this account on this PC (DPAPI), so that a copy of the file, or a profile on a server, is
// worth nothing.
Result<Secret> seal_secret(const Secret& secret);
// The error is a sentence without a subject: why it can't be read.
Result<Secret> unseal_secret(const Secret& kept);

}  // namespace wardroom::link
