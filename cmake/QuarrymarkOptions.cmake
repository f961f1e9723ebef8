# Language level, build options, sanitizers. Everything is attached to the
# quarrymark_options interface target; nothing here sets a global flag.

option(QUARRYMARK_TESTS "Build the tests" ON)
option(QUARRYMARK_BENCH "Build the benchmarks" ON)
option(QUARRYMARK_FUZZ "Build the fuzz targets (clang only)" OFF)
option(QUARRYMARK_WERROR "Treat warnings as errors" OFF)
set(QUARRYMARK_SANITIZE "" CACHE STRING "Sanitizers to build with, as for -fsanitize=")

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

find_program(QUARRYMARK_CCACHE ccache)
if(QUARRYMARK_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${QUARRYMARK_CCACHE}")
endif()

add_library(quarrymark_options INTERFACE)
add_library(quarrymark::options ALIAS quarrymark_options)
target_include_directories(quarrymark_options INTERFACE "${CMAKE_SOURCE_DIR}")
# No path of the building machine ends up in the binary.
target_compile_options(quarrymark_options INTERFACE "-fmacro-prefix-map=${CMAKE_SOURCE_DIR}/=")

find_program(QUARRYMARK_MOLD mold)
if(QUARRYMARK_MOLD)
  target_link_options(quarrymark_options INTERFACE -fuse-ld=mold)
endif()

if(QUARRYMARK_SANITIZE)
  target_compile_options(quarrymark_options INTERFACE
    -fsanitize=${QUARRYMARK_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(quarrymark_options INTERFACE -fsanitize=${QUARRYMARK_SANITIZE})
endif()

add_library(quarrymark_warnings INTERFACE)
add_library(quarrymark::warnings ALIAS quarrymark_warnings)
target_compile_options(quarrymark_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
  $<$<BOOL:${QUARRYMARK_WERROR}>:-Werror>)
