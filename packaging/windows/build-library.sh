#!/usr/bin/env bash
# One library of libraries.list for libraries.sh: build-library.sh PACKAGE VERSION SOURCES PREFIX
set -euo pipefail

package=$1 version=${2#*:} sources=$3 prefix=$4
cmake_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../cmake" && pwd)
host=x86_64-w64-mingw32
export CC=$host-gcc-posix CXX=$host-g++-posix AR=$host-gcc-ar-posix RANLIB=$host-gcc-ranlib-posix
export CFLAGS="-O2 -D_WIN32_WINNT=0x0A00 -ffunction-sections -fdata-sections -ffile-prefix-map=$sources=" CXXFLAGS LDFLAGS=-static
CXXFLAGS=$CFLAGS
export PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig WARDROOM_WINDOWS_LIBRARIES=$prefix SOURCE_DATE_EPOCH=0
jobs=${WARDROOM_JOBS:-$(nproc)}
cd "$sources"

# with_cmake OPTION…
with_cmake() {
  unset CFLAGS CXXFLAGS LDFLAGS
  cmake -S . -B of-windows -G Ninja -DCMAKE_TOOLCHAIN_FILE="$cmake_folder/windows-toolchain.cmake" -DCMAKE_BUILD_TYPE=Release \
    -DCMAKE_C_FLAGS_RELEASE="-O2 -DNDEBUG -ffunction-sections -fdata-sections" \
    -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR=lib -DCMAKE_POSITION_INDEPENDENT_CODE=OFF \
    -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF "$@"
  ninja -C of-windows -j "$jobs" install
}

# with_configure OPTION…
with_configure() {
  ./configure --host=$host --prefix="$prefix" --disable-shared --enable-static --disable-dependency-tracking "$@"
  make -j "$jobs" install
}

# archive NAME FLAGS… -- SOURCE…: compiled each, and put together.
archive() {
  local name=$1 flags=() compiler
  shift
  while [ "$1" != -- ]; do flags+=("$1") && shift; done
  shift
  mkdir -p of-windows
  printf '%s\0' "$@" | xargs -0 -P "$jobs" -I '{}' sh -ec '
    source=$1; shift; object=of-windows/$(echo "$source" | tr / _).o
    case $source in *.c) exec $CC $CFLAGS "$@" -c "$source" -o "$object" ;; *) exec $CXX $CXXFLAGS -std=c++17 "$@" -c "$source" -o "$object" ;; esac' \
    sh '{}' "${flags[@]}"
  rm -f "$prefix/lib/lib$name.a"
  "$AR" rcs "$prefix/lib/lib$name.a" of-windows/*.o
}

# pc NAME LIBS CFLAGS [REQUIRES]: what pkg-config says of it.
pc() {
  cat >"$prefix/lib/pkgconfig/$1.pc" <<TEXT
Name: $1
Description: $package of Debian, for Windows
Version: ${version%%+*}
Requires: ${4:-}
Libs: -L$prefix/lib $2
Cflags: -I$prefix/include $3
TEXT
}

headers() { cp -r "$1" "$prefix/include/"; }

# Boost is headers but for JSON, whose own code is one header, too.
boost() {
  headers usr/include/boost
  printf '#include <boost/json/src.hpp>\n' >json.cpp
  CXXFLAGS="$CXXFLAGS -I$prefix/include" archive boost_json -DBOOST_JSON_STATIC_LINK -- json.cpp
}

openssl() {
  # Where OpenSSL would look for its settings: only administrators write there. Known to make alone, since Configure takes
  # no folder of Windows.
  local common='C:/Program Files/Common Files/SSL'
  ./Configure mingw64 --prefix="$prefix" --libdir=lib no-shared no-tests no-engine no-legacy no-module no-autoload-config \
    no-cmp no-cms no-ts no-srp no-dtls no-gost no-sm2 no-sm3 no-sm4 no-aria no-camellia no-seed no-idea no-rc2 no-rc4 no-bf no-cast no-mdc2 no-md4 \
    no-whirlpool no-rmd160 no-siphash -D_WIN32_WINNT=0x0A00
  make -j "$jobs" build_libs OPENSSLDIR="$common" ENGINESDIR="$common/engines" MODULESDIR="$common/modules"
  make install_dev OPENSSLDIR="$common" ENGINESDIR="$common/engines" MODULESDIR="$common/modules"
}

sqlite() {
  # The one file of it is made on this machine, by its own tools.
  env -u CC -u CXX -u AR -u RANLIB -u CFLAGS -u LDFLAGS ./configure --disable-tcl
  env -u CC -u CXX -u AR -u RANLIB -u CFLAGS -u LDFLAGS make sqlite3.c
  archive sqlite3 -DSQLITE_ENABLE_FTS5 -DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_DBSTAT_VTAB \
    -DSQLITE_ENABLE_STMTVTAB -DSQLITE_THREADSAFE=1 -- sqlite3.c
  cp sqlite3.h sqlite3ext.h "$prefix/include/"
  pc sqlite3 -lsqlite3 ''
}

# What the programs need of ICU, without its own build, which needs all of it built for this machine before. Of its data:
# properties, and where a text may be broken. Time zones are Windows' own (ctl/irc_log/named_zone_windows.cpp).
icu() {
  cd source
  archive icuuc -DU_STATIC_IMPLEMENTATION -DU_CHARSET_IS_UTF8=1 -DU_COMMON_IMPLEMENTATION -Icommon -- common/*.cpp
  mkdir -p "$prefix/include/unicode"
  cp common/unicode/*.h "$prefix/include/unicode/"
  icupkg -l data/in/icudt*l.dat >all
  # icupkg takes a file for a list only where its name says so.
  grep -vE '^(brkitr/|[a-z]*res_index\.res|root\.res|pool\.res|[a-z0-9]+\.(icu|nrm)$)' all >left-out.txt || true
  grep -x unames.icu all >>left-out.txt
  local data
  data=$(basename data/in/icudt*l.dat .dat)
  mkdir -p data-of-windows
  icupkg -r left-out.txt data/in/"$data".dat "data-of-windows/$data.dat"
  (cd data-of-windows && genccode -a gcc-mingw64 -e "${data%l}" "$data.dat" && $CC -c "${data}_dat.S" -o data.o)
  rm -f "$prefix/lib/libicudt.a"
  "$AR" rcs "$prefix/lib/libicudt.a" data-of-windows/data.o
}

webp() {
  with_cmake -DWEBP_BUILD_ANIM_UTILS=OFF -DWEBP_BUILD_CWEBP=OFF -DWEBP_BUILD_DWEBP=OFF -DWEBP_BUILD_GIF2WEBP=OFF \
    -DWEBP_BUILD_IMG2WEBP=OFF -DWEBP_BUILD_VWEBP=OFF -DWEBP_BUILD_WEBPINFO=OFF -DWEBP_BUILD_WEBPMUX=OFF -DWEBP_BUILD_EXTRAS=OFF
}

harfbuzz() {
  archive harfbuzz -DHAVE_FREETYPE=1 -DHB_NO_MT=0 "-I$prefix/include/freetype2" -- src/harfbuzz.cc
  mkdir -p "$prefix/include/harfbuzz"
  cp src/hb*.h "$prefix/include/harfbuzz/"
  pc harfbuzz -lharfbuzz "-I$prefix/include/harfbuzz" freetype2
}

imgui() {
  archive imgui -I. "-I$prefix/include" '-DIMGUI_STB_RECT_PACK_FILENAME=<stb/stb_rect_pack.h>' \
    '-DIMGUI_STB_TRUETYPE_FILENAME=<stb/stb_truetype.h>' "-I$prefix/include/freetype2" \
    -- imgui.cpp imgui_draw.cpp imgui_tables.cpp imgui_widgets.cpp misc/freetype/imgui_freetype.cpp \
    backends/imgui_impl_glfw.cpp backends/imgui_impl_opengl3.cpp
  mkdir -p "$prefix/include/imgui/backends"
  cp ./*.h misc/freetype/*.h "$prefix/include/imgui/"
  cp backends/imgui_impl_glfw.h backends/imgui_impl_opengl3*.h "$prefix/include/imgui/backends/"
  pc imgui -limgui "-I$prefix/include/imgui" 'freetype2 glfw3'
}

case $package in
  libboost1.81-dev) boost ;;
  libcli11-dev) headers usr/include/CLI ;;
  libtomlplusplus-dev) headers usr/include/toml++ && pc tomlplusplus '' '' ;;
  libstb-dev) headers usr/include/stb ;;
  libz-mingw-w64-dev)
    cp usr/$host/include/z*.h "$prefix/include/"
    cp usr/$host/lib/libz.a "$prefix/lib/"
    pc zlib -lz ''
    ;;
  fmtlib) with_cmake -DFMT_DOC=OFF -DFMT_TEST=OFF ;;
  spdlog) with_cmake -DSPDLOG_FMT_EXTERNAL=ON -DSPDLOG_WCHAR_FILENAMES=ON -DSPDLOG_BUILD_EXAMPLE=OFF -DSPDLOG_BUILD_TESTS=OFF ;;
  openssl) openssl ;;
  libsodium) autoreconf -fi && with_configure ;;
  sqlite3) sqlite ;;
  icu) icu ;;
  qrencode) with_cmake -DWITH_TOOLS=NO -DWITH_TESTS=NO -DWITHOUT_PNG=ON ;;
  libarchive)
    # Zip files, and nothing that a foreign archive could reach beyond them. It would run a program to see how zlib calls its
    # functions, for which CMake 3.25 ends with a fault where no program of Windows can run; Debian's zlib calls them as C does.
    with_cmake -DZLIB_WINAPI=OFF "-DZLIB_WINAPI_WITH_LIB=$prefix/lib/libz.a" -DENABLE_TEST=OFF -DENABLE_TAR=OFF -DENABLE_CPIO=OFF -DENABLE_CAT=OFF -DENABLE_OPENSSL=OFF -DENABLE_LZMA=OFF -DENABLE_BZip2=OFF \
      -DENABLE_ZSTD=OFF -DENABLE_LZ4=OFF -DENABLE_LIBXML2=OFF -DENABLE_EXPAT=OFF -DENABLE_ICONV=OFF -DENABLE_LIBB2=OFF -DENABLE_CNG=ON \
      -DPOSIX_REGEX_LIB=NONE -DENABLE_WERROR=OFF
    # It builds a DLL as well, and calls the other one after it.
    rm -f "$prefix/lib/libarchive.dll.a" "$prefix"/bin/libarchive*.dll
    mv "$prefix/lib/libarchive_static.a" "$prefix/lib/libarchive.a"
    ;;
  libpng1.6) with_cmake -DPNG_SHARED=OFF -DPNG_TESTS=OFF -DPNG_EXECUTABLES=OFF ;;
  # Its own GNUInstallDirs takes a relative folder for one of its sources.
  libjpeg-turbo) with_cmake "-DCMAKE_INSTALL_LIBDIR=$prefix/lib" -DENABLE_SHARED=OFF -DWITH_TURBOJPEG=OFF -DWITH_JPEG8=OFF -DCMAKE_ASM_NASM_COMPILER=nasm ;;
  libwebp) webp ;;
  giflib)
    archive gif -- dgif_lib.c egif_lib.c gif_err.c gif_hash.c gifalloc.c openbsd-reallocarray.c
    cp gif_lib.h "$prefix/include/"
    ;;
  freetype) with_cmake -DFT_DISABLE_HARFBUZZ=ON -DFT_DISABLE_BZIP2=ON -DFT_DISABLE_BROTLI=ON -DFT_REQUIRE_PNG=ON -DFT_REQUIRE_ZLIB=ON ;;
  harfbuzz) harfbuzz ;;
  fribidi) with_configure ;;
  glfw3) with_cmake -DGLFW_BUILD_EXAMPLES=OFF -DGLFW_BUILD_TESTS=OFF -DGLFW_BUILD_DOCS=OFF ;;
  imgui) imgui ;;
  *) echo "how $package is built stands nowhere" && exit 1 ;;
esac
