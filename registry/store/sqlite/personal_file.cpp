#include "registry/store/sqlite/personal_file.h"

#include <chrono>
#include <filesystem>
#include <thread>

#include "crypto/aead.h"
#include "crypto/random.h"
#include "registry/base/fault.h"
#include "registry/domain/number_key.h"
#include "registry/store/sqlite/backup.h"

namespace registry {
namespace {

using sqlite::Access;
using sqlite::Run;
using sqlite::Session;

// What is deleted is overwritten with zeros; temporary copies stay in memory.
constexpr char kCommon[] =
    "PRAGMA page_size = 4096; PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA wal_autocheckpoint = 1000;";
constexpr char kMakeValues[] =
    "CREATE TABLE IF NOT EXISTS value (id INTEGER PRIMARY KEY, entry TEXT NOT NULL, n INTEGER NOT NULL,"
    " commitment TEXT NOT NULL, sealed BLOB NOT NULL, UNIQUE (entry, n)) STRICT;";
constexpr char kMakeKeys[] =
    "CREATE TABLE IF NOT EXISTS key (entry TEXT NOT NULL, n INTEGER NOT NULL, key BLOB NOT NULL,"
    " PRIMARY KEY (entry, n)) STRICT, WITHOUT ROWID;";

constexpr std::string_view kHasValue = "SELECT 1 FROM value WHERE entry = ? AND n = ?";
constexpr std::string_view kPutValue = "INSERT INTO value (entry, n, commitment, sealed) VALUES (?, ?, ?, ?)";
constexpr std::string_view kRead = "SELECT n, commitment, sealed FROM value WHERE entry = ? ORDER BY n";
constexpr std::string_view kEmptyValue = "UPDATE value SET sealed = x'' WHERE entry = ? AND n = ?";
constexpr std::string_view kDropValues = "DELETE FROM value WHERE entry = ?";
constexpr std::string_view kNewest = "SELECT entry FROM value ORDER BY id DESC LIMIT ?";
constexpr std::string_view kPutKey = "INSERT OR REPLACE INTO key (entry, n, key) VALUES (?, ?, ?)";
constexpr std::string_view kFindKey = "SELECT key FROM key WHERE entry = ? AND n = ?";
constexpr std::string_view kEraseKey = "DELETE FROM key WHERE entry = ? AND n = ?";
constexpr std::string_view kDropKeys = "DELETE FROM key WHERE entry = ?";

constexpr int kBusyTries = 100;
constexpr std::chrono::milliseconds kBusyPause{50};

void make_private(const std::string& path) {
  namespace fs = std::filesystem;
  for (const char* suffix : {"", "-wal", "-shm"})
    if (fs::exists(path + suffix)) fs::permissions(path + suffix, fs::perms::owner_read | fs::perms::owner_write);
}

void set_up(Session& session, const char* tables, const std::string& path) {
  session.execute(kCommon);
  session.execute(tables);
  if (session.number("PRAGMA secure_delete") != 1)
    throw StoreFault(StoreError::unavailable, "SQLite does not take secure_delete");
  make_private(path);
}

/// Runs `f` in one transaction.
template <class F>
void in_transaction(Session& session, F&& f) {
  session.execute("BEGIN IMMEDIATE");
  try {
    f();
    session.execute("COMMIT");
  } catch (...) {
    session.roll_back();
    throw;
  }
}

/// Old pages may still stand in the write-ahead log; afterwards it is empty. Somebody who copies the file for a backup
/// makes us wait.
void empty_log(Session& session) {
  for (int i = 0; i < kBusyTries; ++i) {
    if (session.number("PRAGMA wal_checkpoint(TRUNCATE)") == 0) return;
    std::this_thread::sleep_for(kBusyPause);
  }
  throw StoreFault(StoreError::busy, "the log of personal values cannot be emptied");
}

/// Binds a sealed value to its place, so that it cannot be shown as another's.
std::string context_of(std::string_view entry, std::int64_t n) {
  return "ledger.personal/v1\n" + std::string(entry) + "\n" + std::to_string(n);
}

/// Salt, then the length of the path in three digits, the path, the value.
std::string text_of(const crypto::PrivateValue& value) {
  return value.salt + number_key(static_cast<std::int64_t>(value.path.size()), 3) + value.path + value.value;
}

crypto::PrivateValue value_of(const std::string& text) {
  constexpr std::size_t kDigits = 3;
  const std::size_t path = std::stoul(text.substr(crypto::kSaltBytes, kDigits));
  const std::size_t at = crypto::kSaltBytes + kDigits;
  return {text.substr(at, path), text.substr(at + path), text.substr(0, crypto::kSaltBytes)};
}

}  // namespace

PersonalFiles::PersonalFiles(const std::string& values, const std::string& keys)
    : values_(values, Access::create), keys_(keys, Access::create) {
  set_up(values_, kMakeValues, values);
  set_up(keys_, kMakeKeys, keys);
}

bool PersonalFiles::has_value(std::string_view entry, std::int64_t n) {
  Run run(values_.statement(kHasValue));
  return run.bind(entry).bind(n).next();
}

void PersonalFiles::put_keys(std::string_view entry, std::span<const std::int64_t> numbers,
                             std::span<const std::string> keys) {
  in_transaction(keys_, [&] {
    for (std::size_t i = 0; i < numbers.size(); ++i)
      Run(keys_.statement(kPutKey)).bind(entry).bind(numbers[i]).bind_blob(keys[i]).finish();
  });
}

void PersonalFiles::put_value(std::string_view entry, std::int64_t n, const CommittedValue& value,
                              std::string_view key) {
  std::string text = text_of(value.value);
  const std::string sealed = crypto::seal(key, text, context_of(entry, n));
  crypto::wipe(text);
  const std::string commitment = value.commitment.hex();
  Run run(values_.statement(kPutValue));
  run.bind(entry).bind(n).bind(std::string_view(commitment)).bind_blob(sealed).finish();
}

void PersonalFiles::keep(std::string_view entry, std::span<const CommittedValue> values) {
  const std::lock_guard lock(mutex_);
  std::vector<std::int64_t> numbers;
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const auto n = static_cast<std::int64_t>(i) + 1;
    if (has_value(entry, n)) continue;
    numbers.push_back(n);
    keys.push_back(crypto::random_bytes(crypto::kAeadKeyBytes));
  }
  if (numbers.empty()) return;
  // The keys first: a value without one would be lost, a key without a value is nothing.
  put_keys(entry, numbers, keys);
  in_transaction(values_, [&] {
    for (std::size_t i = 0; i < numbers.size(); ++i)
      put_value(entry, numbers[i], values[static_cast<std::size_t>(numbers[i] - 1)], keys[i]);
  });
  for (std::string& key : keys) crypto::wipe(key);
}

std::string PersonalFiles::find_key(std::string_view entry, std::int64_t n) {
  Run run(keys_.statement(kFindKey));
  run.bind(entry).bind(n);
  return run.next() ? run.bytes(0) : std::string();
}

KeptValue PersonalFiles::open_value(std::string_view entry, std::int64_t n, std::string commitment,
                                    const std::string& sealed) {
  KeptValue out{n, std::move(commitment), {}, false};
  std::string key = find_key(entry, n);
  out.is_left = !key.empty() || !sealed.empty();
  if (key.empty() || sealed.empty()) return out;
  if (key.size() != crypto::kAeadKeyBytes)
    throw StoreFault(StoreError::corrupt, "a key of a personal value is damaged");
  auto text = crypto::open_sealed(key, sealed, context_of(entry, n));
  crypto::wipe(key);
  if (!text) throw StoreFault(StoreError::corrupt, "a personal value does not open under its key");
  out.value = value_of(*text);
  crypto::wipe(*text);
  return out;
}

std::vector<KeptValue> PersonalFiles::read(std::string_view entry) {
  const std::lock_guard lock(mutex_);
  std::vector<KeptValue> out;
  Run run(values_.statement(kRead));
  run.bind(entry);
  while (run.next()) out.push_back(open_value(entry, run.integer(0), run.bytes(1), run.bytes(2)));
  return out;
}

bool PersonalFiles::has_any_key(std::string_view entry, std::span<const std::int64_t> numbers) {
  for (const std::int64_t n : numbers)
    if (!find_key(entry, n).empty()) return true;
  return false;
}

void PersonalFiles::erase(std::string_view entry, std::span<const std::int64_t> numbers) {
  const std::lock_guard lock(mutex_);
  // The keys go first and for good: whatever becomes of the rest, the values cannot be read any more.
  if (has_any_key(entry, numbers)) {
    in_transaction(keys_, [&] {
      for (const std::int64_t n : numbers) Run(keys_.statement(kEraseKey)).bind(entry).bind(n).finish();
    });
    // Pages that were split hold old copies of rows in their gaps; rewriting the file leaves none.
    keys_.execute("VACUUM");
  }
  empty_log(keys_);
  in_transaction(values_, [&] {
    for (const std::int64_t n : numbers) Run(values_.statement(kEmptyValue)).bind(entry).bind(n).finish();
  });
  empty_log(values_);
}

void PersonalFiles::drop(std::string_view entry) {
  const std::lock_guard lock(mutex_);
  in_transaction(values_, [&] { Run(values_.statement(kDropValues)).bind(entry).finish(); });
  in_transaction(keys_, [&] { Run(keys_.statement(kDropKeys)).bind(entry).finish(); });
}

std::vector<std::string> PersonalFiles::newest(std::size_t count) {
  const std::lock_guard lock(mutex_);
  std::vector<std::string> out;
  Run run(values_.statement(kNewest));
  run.bind(static_cast<std::int64_t>(count));
  while (run.next())
    if (auto entry = run.bytes(0); out.empty() || out.back() != entry) out.push_back(std::move(entry));
  return out;
}

void back_up_personal_file(const std::string& file, const std::string& target) {
  Session source(file, Access::read);
  sqlite::back_up(source, target);
}

}  // namespace registry
