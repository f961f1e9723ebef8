// Private keys as files: PKCS#8 in PEM, unencrypted. Not for other folders.
#pragma once

#include "ledger/base/result.h"

#include <memory>
#include <string>

namespace quarrymark::crypto {

// An EVP_PKEY that frees itself.
std::shared_ptr<void> own_key(void* key);

// kIo: no such file; kMalformed: no private key in it.
Result<std::shared_ptr<void>> load_private_key(const std::string& path);
// With mode 0600, durable when it returns. kAlreadyExists: never overwritten.
Status save_private_key(void* key, const std::string& path);

}  // namespace quarrymark::crypto
