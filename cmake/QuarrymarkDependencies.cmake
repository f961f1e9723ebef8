# Third-party libraries, all Debian 12 packages (scripts/setup installs them).
# Each is linked by one folder only; see docs/architecture.md.

find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)                    # ledger/crypto
find_package(nlohmann_json 3.11 CONFIG REQUIRED)      # ledger/json
find_package(RocksDB 7.8 CONFIG REQUIRED)             # ledger/store
find_package(Boost 1.81 REQUIRED)                     # ledger/custody (Multiprecision)
find_package(ZXing 1.4 CONFIG REQUIRED)               # scanner/code
find_package(PNG REQUIRED)                            # scanner/print, scanner/code
pkg_check_modules(TURBOJPEG REQUIRED IMPORTED_TARGET libturbojpeg)  # scanner/code
pkg_check_modules(UTF8PROC REQUIRED IMPORTED_TARGET libutf8proc)    # ledger/base
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo>=1.50 cairo-pdf)  # scanner/paper
pkg_check_modules(QPDF REQUIRED IMPORTED_TARGET libqpdf>=11)        # scanner/carrier
pkg_check_modules(CURL REQUIRED IMPORTED_TARGET libcurl>=7.85)     # node/fetch
find_package(CLI11 2.1 CONFIG REQUIRED)               # node/cli

# tl::expected ships a plain header on Debian; no CMake package is needed.
find_path(TL_EXPECTED_INCLUDE tl/expected.hpp REQUIRED)

if(QUARRYMARK_TESTS)
  find_package(GTest 1.12 CONFIG REQUIRED)
  find_package(rapidcheck CONFIG REQUIRED)
  include(GoogleTest)
endif()
