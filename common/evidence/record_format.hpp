#pragma once

#include <string>
#include <string_view>

#include "common/base/result.hpp"

// Audit records as other programs read them. Each function takes the exact line of one record; an error when
// it isn't one. A pruned record, an empty line, is the caller's to leave out. Signs that move or hide others
// are written out in each of them (escape_unseen), also in the line. Records hold none of them any more; what
// an older one says stays the same, though no longer byte for byte.
namespace wardroom::evidence {

// RFC 4180, a record a line (CRLF). The last column is the exact line. Cells that a spreadsheet would take
// for a formula begin with an apostrophe.
std::string csv_header();
Result<std::string> to_csv(std::string_view line);

// RFC 5424 without transport framing: facility 13 (log audit), severity 4, 5 or 6, MSGID the record's type,
// one element [wardroom@32473 …] with what one filters by, and the exact line as message behind a BOM. `host`
// is the server's name.
Result<std::string> to_syslog(std::string_view line, std::string_view host);
// A signed head (c2sp.org/tlog-checkpoint) in the same form: MSGID checkpoint, the note as message.
std::string head_to_syslog(std::string_view note, std::int64_t size, std::string_view timestamp,
                           std::string_view host);

// ArcSight Common Event Format 0; rawEvent holds the exact line.
Result<std::string> to_cef(std::string_view line, std::string_view version);

}  // namespace wardroom::evidence
