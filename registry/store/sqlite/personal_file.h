#pragma once

#include <cstdint>
#include <mutex>
#include <string>

#include "registry/store/personal.h"
#include "registry/store/sqlite/session.h"

namespace registry {

/// Two small SQLite files: sealed values, and their keys.
class PersonalFiles final : public PersonalStore {
 public:
  /// Opens the files, or makes them, readable by their owner only.
  PersonalFiles(const std::string& values, const std::string& keys);

  void keep(std::string_view entry, std::span<const CommittedValue> values) override;
  std::vector<KeptValue> read(std::string_view entry) override;
  void erase(std::string_view entry, std::span<const std::int64_t> numbers) override;
  void drop(std::string_view entry) override;
  std::vector<std::string> newest(std::size_t count) override;

 private:
  bool has_value(std::string_view entry, std::int64_t n);
  std::string find_key(std::string_view entry, std::int64_t n);
  void put_keys(std::string_view entry, std::span<const std::int64_t> numbers, std::span<const std::string> keys);
  void put_value(std::string_view entry, std::int64_t n, const CommittedValue& value, std::string_view key);
  bool has_any_key(std::string_view entry, std::span<const std::int64_t> numbers);
  KeptValue open_value(std::string_view entry, std::int64_t n, std::string commitment, const std::string& sealed);

  std::mutex mutex_;
  sqlite::Session values_, keys_;
};

/// Copies one of the two files while it is in use; throws if the target exists. The copies belong on different media:
/// whoever has both has the values.
void back_up_personal_file(const std::string& file, const std::string& target);

}  // namespace registry
