#pragma once

namespace wardroom::client::pictures {

// For the rest of its life this process opens no file and no connection, starts nothing, sends no signal, and
// reads and writes only what it holds open already: descriptors 0 to 2. Memory and time are limited, too. Not
// to be taken back. False: the system refuses, and nothing foreign is to be looked at.
bool give_up_rights();

}  // namespace wardroom::client::pictures
