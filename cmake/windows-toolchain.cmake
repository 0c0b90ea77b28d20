# Windows programs, cross-built on Debian by MinGW-w64 with what packaging/windows/libraries.sh has built. `./dev package
# windows` sets WARDROOM_WINDOWS_LIBRARIES; the preset passes it on.
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(triplet x86_64-w64-mingw32)
# With POSIX threads, on which libstdc++'s std::thread and std::mutex stand.
set(CMAKE_C_COMPILER ${triplet}-gcc-posix)
set(CMAKE_CXX_COMPILER ${triplet}-g++-posix)
set(CMAKE_RC_COMPILER ${triplet}-windres)
# CMake tries compilers in projects of their own, which see the environment alone.
if(WARDROOM_WINDOWS_LIBRARIES)
  set(ENV{WARDROOM_WINDOWS_LIBRARIES} ${WARDROOM_WINDOWS_LIBRARIES})
endif()
set(libraries $ENV{WARDROOM_WINDOWS_LIBRARIES})
# Nothing of the machine's own libraries, whatever their names.
set(CMAKE_FIND_ROOT_PATH ${libraries} /usr/${triplet})
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)
set(ENV{PKG_CONFIG_LIBDIR} ${libraries}/lib/pkgconfig)
set(PKG_CONFIG_ARGN --static)
set(OPENSSL_USE_STATIC_LIBS ON)
set(Boost_USE_STATIC_LIBS ON)
# Windows 10: what headers declare, in the libraries as in the programs.
set(CMAKE_C_FLAGS_INIT "-D_WIN32_WINNT=0x0A00")
set(CMAKE_CXX_FLAGS_INIT "-D_WIN32_WINNT=0x0A00 -DNOMINMAX -DWIN32_LEAN_AND_MEAN -DUNICODE -D_UNICODE")
# The compiler's own libraries are linked in, and the same sources make the same program.
set(CMAKE_EXE_LINKER_FLAGS_INIT "-static -Wl,--no-insert-timestamp")
