#include "registry/store/sqlite/access_file.h"

#include <filesystem>
#include <limits>
#include <nlohmann/json.hpp>

#include "crypto/json.h"
#include "registry/base/fault.h"

namespace registry {
namespace {

using crypto::Json;
using sqlite::Run;

constexpr char kSetUp[] =
    "PRAGMA page_size = 4096; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF;"
    "CREATE TABLE IF NOT EXISTS access (id INTEGER PRIMARY KEY, text TEXT NOT NULL, hash BLOB NOT NULL) STRICT;"
    "CREATE TABLE IF NOT EXISTS access_subject (party TEXT NOT NULL, id INTEGER NOT NULL, PRIMARY KEY (party, id))"
    " STRICT, WITHOUT ROWID;"
    "CREATE TRIGGER IF NOT EXISTS access_stays BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'append only'); END;"
    "CREATE TRIGGER IF NOT EXISTS access_kept BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'append only'); END;";
constexpr std::string_view kPut = "INSERT INTO access (id, text, hash) VALUES (?, ?, ?)";
constexpr std::string_view kPutSubject = "INSERT OR IGNORE INTO access_subject (party, id) VALUES (?, ?)";
constexpr std::string_view kNewest = "SELECT id, hash FROM access ORDER BY id DESC LIMIT 1";
constexpr std::string_view kAll = "SELECT id, text, hash FROM access WHERE id < ? ORDER BY id DESC LIMIT ?";
constexpr std::string_view kOfSubject =
    "SELECT a.id, a.text, a.hash FROM access_subject s JOIN access a ON a.id = s.id WHERE s.party = ? AND s.id < ? "
    "ORDER BY s.id DESC LIMIT ?";
constexpr std::string_view kInOrder = "SELECT id, text, hash FROM access ORDER BY id";

std::string text_of(const AccessRecord& record, std::int64_t index) {
  Json out = {{"index", index},
              {"time", record.time},
              {"who", record.who},
              {"party", record.party},
              {"officer", record.officer},
              {"purpose", record.purpose},
              {"reference", record.reference},
              {"operation", record.operation},
              {"path", record.path},
              {"request", record.request},
              {"subjects", record.subjects}};
  if (!record.digest.empty()) out.update({{"digest", record.digest}, {"salt", record.salt}});
  return crypto::to_jcs(out);
}

AccessEntry entry_of(const Run& run) { return {run.integer(0), run.bytes(1), run.digest(2)}; }

void make_private(const std::string& path) {
  namespace fs = std::filesystem;
  for (const char* suffix : {"", "-wal", "-shm"})
    if (fs::exists(path + suffix)) fs::permissions(path + suffix, fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

crypto::Digest access_hash(const crypto::Digest& before, std::string_view text) {
  return crypto::hash(crypto::HashAlg::sha256, {before.view(), text});
}

AccessFile::AccessFile(const std::string& path) : session_(path, sqlite::Access::create) {
  session_.execute(kSetUp);
  make_private(path);
  Run run(session_.statement(kNewest));
  if (run.next()) head_ = {run.integer(0) + 1, run.digest(1)};
}

/// Whoever finds nobody writing writes for all that wait.
AccessEntry AccessFile::append(const AccessRecord& record) {
  Waiting own{&record, {}};
  std::unique_lock lock(queue_mutex_);
  queue_.push_back(&own);
  while (!own.done) {
    if (is_writing_) {
      written_.wait(lock);
      continue;
    }
    is_writing_ = true;
    std::vector<Waiting*> batch = std::exchange(queue_, {});
    lock.unlock();
    write(batch);
    lock.lock();
    is_writing_ = false;
    for (Waiting* each : batch) each->done = true;
    written_.notify_all();
  }
  if (own.failed) throw StoreFault(StoreError::unavailable, "the access log cannot be written");
  return own.entry;
}

/// All or none: without its record no answer goes out.
void AccessFile::write(std::vector<Waiting*>& batch) {
  const std::lock_guard lock(session_mutex_);
  AccessHead head = head_;
  try {
    session_.execute("BEGIN IMMEDIATE");
    for (Waiting* each : batch) write_one(*each, head);
    session_.execute("COMMIT");
    head_ = head;
  } catch (const std::exception&) {
    session_.roll_back();
    for (Waiting* each : batch) each->failed = true;
  }
}

void AccessFile::write_one(Waiting& waiting, AccessHead& head) {
  std::string text = text_of(*waiting.record, head.size);
  const crypto::Digest hash = access_hash(head.hash, text);
  Run(session_.statement(kPut)).bind(head.size).bind(std::string_view(text)).bind_blob(hash.view()).finish();
  for (const std::string& party : waiting.record->subjects)
    Run(session_.statement(kPutSubject)).bind(std::string_view(party)).bind(head.size).finish();
  waiting.entry = {head.size, std::move(text), hash};
  head = {head.size + 1, hash};
}

std::vector<AccessEntry> AccessFile::list(std::string_view subject, std::optional<std::int64_t> before,
                                          std::size_t limit) {
  const std::lock_guard lock(session_mutex_);
  Run run(session_.statement(subject.empty() ? kAll : kOfSubject));
  if (!subject.empty()) run.bind(subject);
  run.bind(before.value_or(std::numeric_limits<std::int64_t>::max())).bind(static_cast<std::int64_t>(limit));
  std::vector<AccessEntry> out;
  while (run.next()) out.push_back(entry_of(run));
  return out;
}

AccessHead AccessFile::head() {
  const std::lock_guard lock(session_mutex_);
  return head_;
}

std::optional<std::int64_t> AccessFile::first_broken() {
  const std::lock_guard lock(session_mutex_);
  Run run(session_.statement(kInOrder));
  AccessHead head;
  while (run.next()) {
    const AccessEntry entry = entry_of(run);
    if (entry.index != head.size || entry.hash != access_hash(head.hash, entry.text)) return head.size;
    head = {head.size + 1, entry.hash};
    if (head.size == head_.size && head.hash != head_.hash) return entry.index;
  }
  // Another process may have gone on writing; none takes away.
  if (head.size < head_.size) return head.size;
  return {};
}

}  // namespace registry
