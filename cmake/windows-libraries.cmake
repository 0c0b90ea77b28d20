# What CMake's own modules don't say of static libraries for Windows.
# Declared for who links them in, and not for a DLL; in every target, so that targets can share precompiled headers.
add_compile_definitions(SODIUM_STATIC LIBARCHIVE_STATIC U_STATIC_IMPLEMENTATION)
# Headers, and one library made of them: FindBoost would ask for Boost.Container's library as well, of which nothing is used.
find_library(BOOST_JSON_LIBRARY boost_json REQUIRED)
add_library(Boost::json UNKNOWN IMPORTED)
set_target_properties(Boost::json PROPERTIES IMPORTED_LOCATION ${BOOST_JSON_LIBRARY})
target_link_libraries(Boost::json INTERFACE Boost::headers)
set_property(TARGET OpenSSL::Crypto APPEND PROPERTY INTERFACE_LINK_LIBRARIES ws2_32 crypt32)
find_library(ICU_DATA_LIBRARY icudt REQUIRED)
set_property(TARGET ICU::uc APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${ICU_DATA_LIBRARY})
# Asio's.
set_property(TARGET Threads::Threads APPEND PROPERTY INTERFACE_LINK_LIBRARIES ws2_32 mswsock)
# As Linux has /usr/include: for every target, and for the headers that are parsed once for several of them.
include_directories(SYSTEM ${WARDROOM_WINDOWS_LIBRARIES}/include)
# Last on every line: libarchive's random numbers, and what -fstack-protector-strong and _FORTIFY_SOURCE call, which
# isn't in this C library.
string(APPEND CMAKE_CXX_STANDARD_LIBRARIES " -lbcrypt -lssp")
