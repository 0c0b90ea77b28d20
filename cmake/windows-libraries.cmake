# What CMake's own modules don't say of static libraries for Windows.
# Declared for who links them in, and not for a DLL; in every target, so that targets can share precompiled headers.
add_compile_definitions(SODIUM_STATIC LIBARCHIVE_STATIC U_STATIC_IMPLEMENTATION)
set_property(TARGET OpenSSL::Crypto APPEND PROPERTY INTERFACE_LINK_LIBRARIES ws2_32 crypt32)
find_library(ICU_DATA_LIBRARY icudt REQUIRED)
set_property(TARGET ICU::uc APPEND PROPERTY INTERFACE_LINK_LIBRARIES ${ICU_DATA_LIBRARY})
# Asio's.
set_property(TARGET Threads::Threads APPEND PROPERTY INTERFACE_LINK_LIBRARIES ws2_32 mswsock)
