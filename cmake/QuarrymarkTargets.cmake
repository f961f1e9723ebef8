# quarrymark_library(<name> SOURCES … [USES …] [PRIVATE_USES …])
# One static library per folder. USES are the folders whose headers appear in
# this folder's headers; PRIVATE_USES are libraries only its sources include.
function(quarrymark_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;PRIVATE_USES" ${ARGN})
  add_library(quarrymark_${name} STATIC ${arg_SOURCES})
  add_library(quarrymark::${name} ALIAS quarrymark_${name})
  target_link_libraries(quarrymark_${name}
    PUBLIC quarrymark::options ${arg_USES}
    PRIVATE quarrymark::warnings ${arg_PRIVATE_USES})
endfunction()

# quarrymark_test(<name> SOURCES … USES … [LABEL unit|integration|slow])
# The target quarrymark_tests builds them all, and nothing else.
if(QUARRYMARK_TESTS)
  add_custom_target(quarrymark_tests)
endif()
function(quarrymark_test name)
  cmake_parse_arguments(arg "" "LABEL" "SOURCES;USES" ${ARGN})
  if(NOT arg_LABEL)
    set(arg_LABEL unit)
  endif()
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_USES} quarrymark::options quarrymark::warnings
    GTest::gtest_main GTest::gmock)
  # What is tested is optimised; the tests themselves are compiled once and run once, so time
  # spent on optimising them is lost.
  target_compile_options(${name} PRIVATE -O0)
  add_dependencies(quarrymark_tests ${name})
  gtest_discover_tests(${name} PROPERTIES LABELS ${arg_LABEL} TIMEOUT 300 DISCOVERY_TIMEOUT 60)
endfunction()
