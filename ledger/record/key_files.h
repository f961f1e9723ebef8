// The private keys of a node's logs on disk, and how one takes the place of another.
//
//   keys/<number>.pem        the key in force
//   keys/<number>.next.pem   a key about to come into force
//
// The store decides which of the two counts: the entry that records a change of key and the key
// it names become durable in one write. Whatever moment a process stops at, one of the two files
// holds that key (decision 12).
#pragma once

#include "ledger/crypto/key.h"
#include "ledger/log/log.h"
#include "ledger/store/store.h"

#include <string>

namespace quarrymark::record {

std::string key_path(const std::string& directory, log::LogNumber number);
std::string next_key_path(const std::string& directory, log::LogNumber number);

// The key that the log in the store has to be opened with. `settle`: a change of key that was
// interrupted after it counted is finished, and what is left of one that never did goes away.
// Where neither file holds that key, what is in the first one: opening the log then says so.
Result<crypto::SigningKey> load_log_key(const store::Store& store, const std::string& directory,
                                        log::LogNumber number, bool settle);

// A fresh key in the file of the next one, durable. Replaces one that never counted.
Result<crypto::SigningKey> make_next_key(const std::string& directory, log::LogNumber number);
// The next key is in force: it takes the place of the old one, which is gone then.
Status settle_next_key(const std::string& directory, log::LogNumber number);

}  // namespace quarrymark::record
