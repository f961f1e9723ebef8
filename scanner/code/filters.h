// What is done to a picture before another attempt at finding codes in it.
//
// Place in the flow: the passes of read_codes. Pure functions from picture to picture; all
// treat what lies beyond the edge as missing, not as black.
#pragma once

#include "scanner/code/picture.h"

namespace quarrymark::code {

// The mean of the square of 2 * radius + 1 pixels around each pixel. radius >= 0.
GrayPicture box_mean(const GrayPicture& picture, int radius);

// Takes uneven light away and stretches what is left to the full range: for faint prints and
// for labels half in shadow.
GrayPicture normalised(const GrayPicture& picture);

// Each 2 x 2 pixels become one: for large, noisy pictures. At least 1 x 1.
GrayPicture half_size(const GrayPicture& picture);

// Edges made steeper: for pictures slightly out of focus.
GrayPicture sharpened(const GrayPicture& picture);

}  // namespace quarrymark::code
