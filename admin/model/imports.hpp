#pragma once

#include "admin/model/actions.hpp"
#include "admin/model/model_events.hpp"
#include "admin/model/turn.hpp"

// People from a CSV file: read, uploaded piece by piece, tried, carried out, printed as a sheet of invites,
// and perhaps undone. One file at a time.
namespace wardroom::admin {

// The imports that were carried out.
void load_imports(Turn& turn);
// The connection is gone: what was under way has to start over.
void interrupt_import(Turn& turn);
// Goes on after a pause that the server asked for.
void resume_import_when_due(Turn& turn);
void take_undone(Turn& turn, const protocol::AdminUserImportUndo::Result& result);

void fold(Turn& turn, const ChooseImportFile& action);
void fold(Turn& turn, const StartImport& action);
void fold(Turn& turn, const ForgetImport& action);
void fold(Turn& turn, const SaveSheet& action);
void fold(Turn& turn, const SelectImport& action);
void fold(Turn& turn, const FileDropped& event);
void fold(Turn& turn, const FileRead& event);
void fold(Turn& turn, const SheetSaved& event);
void fold(Turn& turn, const Answer<protocol::AdminUserImportUpload>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserImport>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserImportSheet>& answer);
void fold(Turn& turn, const Answer<protocol::AdminUserImportList>& answer);

}  // namespace wardroom::admin
