#pragma once

// Windows's own headers for the files of that system alone; the others stand on the first.
// clang-format off
#include <windows.h>
#include <dpapi.h>
#include <shellapi.h>
#include <shlobj.h>
// clang-format on
