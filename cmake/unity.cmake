# The sources of a folder are compiled a few at a time (CMake's UNITY_BUILD): what they include is read once for all of
# them, and its templates are instantiated once. So a name in an unnamed namespace is its folder's only one. Each file
# still compiles alone: clang-tidy reads it so, and so do builds with WARDROOM_UNITY=OFF.
option(WARDROOM_UNITY "Compile the sources of a folder a few at a time" ON)
set(WARDROOM_UNITY_SIZE 6)

# wardroom_unite(<target>): files that lie in one folder, in the order of their names.
function(wardroom_unite target)
  if(NOT WARDROOM_UNITY)
    return()
  endif()
  get_target_property(sources ${target} SOURCES)
  set(folder "")
  list(SORT sources)
  foreach(source IN LISTS sources)
    get_filename_component(its_folder ${source} DIRECTORY)
    if(NOT its_folder STREQUAL folder)
      set(folder ${its_folder})
      file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${folder})
      string(REPLACE "/" "_" name ${name})
      set(count 0)
    endif()
    math(EXPR group "${count} / ${WARDROOM_UNITY_SIZE}")
    math(EXPR count "${count} + 1")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${name}_${group})
  endforeach()
  # A type of an unnamed namespace looks to the compiler as if it were in a header.
  target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
endfunction()
