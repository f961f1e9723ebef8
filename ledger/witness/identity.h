// Who a witness or monitor is: a name and a key in its directory.
//
//   <dir>/name      the key name, one line
//   <dir>/key.pem   the private key, mode 0600, never printed
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/note/vkey.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace quarrymark::witness {

struct Identity {
  crypto::SigningKey key;
  note::VerifierKey vkey;
};

// Makes directory and key. kAlreadyExists: somebody is there; kFailedPrecondition: something else
// is; kMalformed: no key name.
Result<Identity> create_identity(const std::string& directory, std::string_view name,
                                 std::uint8_t type);
// `what` ("witness") is for messages. kFailedPrecondition: none there.
Result<Identity> open_identity(const std::string& directory, std::uint8_t type,
                               std::string_view what);

}  // namespace quarrymark::witness
