# Headers that are parsed once a group of targets instead of once a file. A group is a header in cmake/precompiled/;
# a target names its group where it is defined (targets.cmake). Files still include what they use: clang-tidy and
# builds with WARDROOM_PRECOMPILED=OFF read them without.
option(WARDROOM_PRECOMPILED "Parse common headers once a group of targets" ON)

# The programs that people use, and tests that need no server, do little work of their own while they are tested; with
# sanitizers the compiler spends twice as long on them as without optimising them (decision record 0029).
function(wardroom_compile_quickly target group)
  if(WARDROOM_SANITIZE AND group MATCHES "^(tests|ui_tests|views|front_ends|command_line|link)$")
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# All targets of ours are compiled with the same flags and definitions, or a compiler refuses the group's file.
function(wardroom_precompile target group)
  wardroom_compile_quickly(${target} ${group})
  if(NOT WARDROOM_PRECOMPILED)
    return()
  endif()
  set(carrier precompiled_${group})
  if(NOT TARGET ${carrier})
    set(source ${CMAKE_BINARY_DIR}/precompiled/${group}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "// Carries cmake/precompiled/${group}.hpp.\n")
    add_library(${carrier} OBJECT ${source})
    target_link_libraries(${carrier} PRIVATE wardroom_flags)
    target_include_directories(${carrier} PRIVATE ${CMAKE_SOURCE_DIR})
    if(group MATCHES "views|ui_tests")
      target_link_libraries(${carrier} PRIVATE PkgConfig::imgui)
    endif()
    wardroom_compile_quickly(${carrier} ${group})
    target_precompile_headers(${carrier} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled/${group}.hpp)
    # Not by ccache: the compiled file knows its headers by their times. One from the cache, made before a checkout, would
    # have them read a second time.
    set_target_properties(${carrier} PROPERTIES CXX_COMPILER_LAUNCHER "")
  endif()
  target_precompile_headers(${target} REUSE_FROM ${carrier})
endfunction()
