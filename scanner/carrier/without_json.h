// Read before everything else in this folder when clang compiles it, which is for fuzzing only.
// qpdf 11's JSON.hh holds a vector of a class that is not complete yet, which clang up to 14
// refuses in C++20. Nothing here reads qpdf's JSON, so its header is left out and the class only
// named.
#pragma once

#define JSON_HH
class JSON;
