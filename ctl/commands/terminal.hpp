#pragma once

#include <iosfwd>
#include <string>

// What differs between operating systems about the terminal that wardroomctl runs in.
namespace wardroom::ctl {

// Once, before anything is read or written: what goes out is UTF-8, byte for byte as written, and a reader
// that goes away
// (`wardroomctl tail | head`) ends the program by its write.
void prepare_streams();
// Whether a person can be asked for something on standard input.
bool is_terminal();
// A line of it that isn't shown while it is typed. `in`: standard input, as a stream.
std::string read_unseen_line(std::istream& in);

}  // namespace wardroom::ctl
