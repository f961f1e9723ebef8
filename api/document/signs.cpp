#include "api/document/signs.h"

namespace quarrymark::document {

using custody::Standing;
using custody::Verdict;
using paper::Colour;
using paper::Shape;

paper::Sign sign_of(std::optional<Verdict> verdict) {
  if (!verdict) return {};
  switch (*verdict) {
    case Verdict::kInvalid:
      return {Shape::kBrokenSeal, Colour::kRed};
    case Verdict::kMismatch:
      return {Shape::kCrossOctagon, Colour::kRed};
    case Verdict::kDuplicate:
      return {Shape::kOverlappingSquares, Colour::kViolet};
    case Verdict::kOverYield:
      return {Shape::kScale, Colour::kAmberRed};
    case Verdict::kGap:
      return {Shape::kBrokenLine, Colour::kAmber};
    case Verdict::kMixed:
      return {Shape::kSplitCircle, Colour::kAmber};
    case Verdict::kPartial:
      return {Shape::kHalfFilledCircle, Colour::kAmber};
    case Verdict::kNotVerifiable:
      return {Shape::kQuestionSquare, Colour::kGreyBlue};
    case Verdict::kDeclared:
      return {Shape::kOutlineCircle, Colour::kGrey};
    case Verdict::kMatch:
      return {Shape::kTickCircle, Colour::kGreen};
  }
  return {};
}

paper::Sign sign_of(Standing standing) {
  switch (standing) {
    case Standing::kSupported:
      return sign_of(Verdict::kMatch);
    case Standing::kDeclared:
      return sign_of(Verdict::kDeclared);
    case Standing::kContradicted:
      return sign_of(Verdict::kMismatch);
    case Standing::kUnknown:
      return sign_of(Verdict::kGap);
    case Standing::kUnchecked:
      return sign_of(Verdict::kNotVerifiable);
  }
  return {};
}

}  // namespace quarrymark::document
