// Index rows as one kind of thing, wherever they are read from and written to: a durable batch
// (guard, inbox) or an overlay that is thrown away (resolver). Not thread-safe.
#pragma once

#include "ledger/store/store.h"

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace quarrymark::record {

class Rows {
 public:
  virtual ~Rows() = default;
  virtual Result<std::optional<std::string>> get(store::Table table, std::string_view key) = 0;
  virtual void put(store::Table table, std::string_view key, std::string_view value) = 0;
  virtual void erase(store::Table table, std::string_view key) = 0;
};

// Of a batch only the states and the numbers of devices are read again before it is written.
class BatchRows final : public Rows {
 public:
  explicit BatchRows(store::Batch& batch) : batch_(batch) {}
  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override {
    return batch_.get(table, key);
  }
  void put(store::Table table, std::string_view key, std::string_view value) override;
  void erase(store::Table table, std::string_view key) override { batch_.erase(table, key); }

 private:
  store::Batch& batch_;
};

// The store with changes on top that are not written; without changes, simply the store.
class Overlay final : public Rows {
 public:
  explicit Overlay(const store::Store& store) : store_(store) {}
  Result<std::optional<std::string>> get(store::Table table, std::string_view key) override;
  void put(store::Table table, std::string_view key, std::string_view value) override;
  void erase(store::Table table, std::string_view key) override;

  // Calls `visit` for each key with `prefix`, ascending, until it returns false. `visit` must not
  // change the overlay.
  using Visit = std::function<bool(std::string_view key, std::string_view value)>;
  Status scan(store::Table table, std::string_view prefix, const Visit& visit) const;
  // Puts every change into `rows`, in order of keys.
  void write_to(Rows& rows) const;

 private:
  const store::Store& store_;
  std::map<std::pair<store::Table, std::string>, std::optional<std::string>> changes_;
};

}  // namespace quarrymark::record
