# Flags that every target of ours gets. Warnings are errors.
add_library(wardroom_flags INTERFACE)
target_compile_options(wardroom_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror
  -Wno-missing-field-initializers  # designated initialisers name what differs from the default
  -fstack-protector-strong)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 sees overflows and dangling reads that aren't there in inlined std::string, variant and coroutine code (GCC 105329, 105562).
  target_compile_options(wardroom_flags INTERFACE -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overflow
    -Wno-stringop-overread -Wno-array-bounds -Wno-dangling-pointer -Wno-mismatched-new-delete)
endif()
if(WARDROOM_SANITIZE MATCHES "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Asio's handlers end in a fence, which ThreadSanitizer doesn't model; they are ordered by locks that it does.
  target_compile_options(wardroom_flags INTERFACE -Wno-tsan)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
  target_compile_definitions(wardroom_flags INTERFACE _FORTIFY_SOURCE=2)
endif()
# Line numbers of what people run: the packages carry them apart (NAME-dbgsym). Not -gsplit-dwarf: what it leaves beside
# the objects can't be packaged, because neither dwp of Debian 12 reads it.
# Not from where they were built: a program says `server/…` wherever it names a file of its own.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1 -DNDEBUG -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=")
# -O1: sanitizers are unbearable without it; -g1 keeps line numbers in their reports at a fifth of the object size.
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")
if(WARDROOM_SANITIZE)
  add_compile_options(-fsanitize=${WARDROOM_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${WARDROOM_SANITIZE})
  # Clang 14 can't assemble coroutines with what this check puts in front of functions; GCC doesn't know it.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND WARDROOM_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize=function)
  endif()
endif()
if(WARDROOM_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
# There are only programs and what is linked into them.
if(WIN32)
  # A std::string in a std::filesystem::path is UTF-8 (common/base/utf8_paths_windows.cpp).
  add_link_options(-Wl,--wrap=mbrtowc -Wl,--undefined=__wrap_mbrtowc)
  add_link_options(-Wl,--dynamicbase -Wl,--high-entropy-va -Wl,--nxcompat -Wl,--gc-sections)
  # Three programs, each with all of its libraries in it, go to every PC in one installer: small before fast.
  string(REPLACE "-O2" "-Os" CMAKE_CXX_FLAGS_RELWITHDEBINFO "${CMAKE_CXX_FLAGS_RELWITHDEBINFO}")
  add_compile_options(-ffunction-sections -fdata-sections)
else()
  add_compile_options(-fPIE)
  if(WARDROOM_SANITIZE MATCHES address)
    # Tests start some thousand processes. Half of the time that one needs to start went into relocating what sanitizers add.
    add_link_options(-no-pie -Wl,-z,lazy)
  else()
    add_link_options(-pie -Wl,-z,relro,-z,now)
  endif()
endif()
# The definitions that libraries ask for, in every target, so that targets can share precompiled headers.
foreach(library Boost::json spdlog::spdlog)
  target_compile_definitions(wardroom_flags INTERFACE $<TARGET_PROPERTY:${library},INTERFACE_COMPILE_DEFINITIONS>)
endforeach()
# Asio's and Beast's own code is compiled once, in common/asio/.
target_compile_definitions(wardroom_flags INTERFACE BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
find_program(MOLD mold)
if(MOLD AND NOT WIN32)
  add_link_options(-fuse-ld=mold)  # a program in a second instead of ten
endif()
