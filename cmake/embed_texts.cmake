# Writes a C++ source that holds text files as string literals. Run by a custom command:
#   cmake -DOUT=<file> -DNAMESPACE=<name> -DFILES=<a.json,b.json> -P embed_texts.cmake
# The source defines std::string_view embedded(std::string_view stem): the text of the file with
# that name without extension, or an empty one.
string(REPLACE "," ";" files "${FILES}")
set(source "// Made by cmake/embed_texts.cmake; not to be edited.\n#include <string_view>\n\n")
string(APPEND source "namespace ${NAMESPACE} {\n\nstd::string_view embedded(std::string_view stem) {\n")
foreach(file IN LISTS files)
  get_filename_component(stem "${file}" NAME_WE)
  # As numbers: the text may hold any character, and CMake would take some of them for its own.
  file(READ "${file}" hex HEX)
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${hex}")
  # Pieces of a line each: a literal of one long line is hard on tools.
  string(REGEX REPLACE "(................................................................................................)" "\\1\"\n      \"" bytes "${bytes}")
  string(APPEND source "  if (stem == \"${stem}\")\n    return\n      \"${bytes}\";\n")
endforeach()
string(APPEND source "  return {};\n}\n\n}  // namespace ${NAMESPACE}\n")
file(WRITE "${OUT}" "${source}")
