// Where the demo puts things, in one place.
//
//   <dir>/nodes/<code>/                      a node for each organisation
//   <dir>/devices/<code>.pem                 the key of its device
//   <dir>/admissions/<code>.json             the registrar's word for it, as a passport
//   <dir>/hand-overs/<from>-<to>-<key>.json  the passport that went with the goods
//   <dir>/labels/<contract>-<n>.png          printed labels
//   <dir>/authorities/<code>/trust.json      what the authority starts from
//   <dir>/authorities/<code>/<contract>/     all it was handed for one contract
#pragma once

#include <string>

namespace quarrymark::demo {

class PlaceNames {
 public:
  explicit PlaceNames(std::string root) : root_(std::move(root)) {}

  const std::string& root() const { return root_; }
  std::string node(const std::string& code) const;
  std::string device(const std::string& code) const;
  std::string admission(const std::string& code) const;
  std::string hand_over(const std::string& from, const std::string& to,
                        const std::string& key) const;
  std::string labels(const std::string& contract, std::size_t sheet) const;
  std::string trust(const std::string& authority) const;
  std::string desk(const std::string& authority, const std::string& contract) const;

 private:
  std::string root_;
};

// Keys may hold anything; in file names only letters, digits, dots, dashes and underscores stay.
std::string file_word(const std::string& key);

}  // namespace quarrymark::demo
