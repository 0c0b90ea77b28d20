#pragma once

#include <string>
#include <string_view>

namespace wardroom::files {

// What a file is called from now on: never refused, and never a path. Of "../../x" it is "x"; controls, line
// ends and marks that reorder text go; bytes that aren't UTF-8 become U+FFFD; what Windows keeps for devices
// (CON, NUL, COM1 …) gets an underscore in front; over 255 bytes the end of the stem goes and the ending
// stays. Where nothing is left: "file".
std::string clean_file_name(std::string_view name);

// The line `Content-Disposition: attachment` of a cleaned name (RFC 6266), without its line end: for old
// programs in ASCII, for others with all of it (RFC 8187).
std::string content_disposition(std::string_view name);

}  // namespace wardroom::files
