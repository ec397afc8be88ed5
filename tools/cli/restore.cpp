#include <iostream>

#include "registry/service/anchor.h"
#include "registry/store/sqlite/lock_file.h"
#include "registry/store/sqlite/personal_file.h"
#include "registry/store/sqlite/sqlite_store.h"
#include "tools/cli/check_database.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/manifest.h"
#include "tools/cli/options.h"
#include "tools/home/files.h"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// ".before-2026-01-31T08-15-30.123Z"
std::string suffix_of_now() {
  std::string time = registry::SystemClock().now().str();
  for (char& c : time)
    if (c == ':') c = '-';
  return ".before-" + time;
}

/// A database and what belongs to it, all under the same new ending.
void move_aside(const fs::path& database) {
  const std::string suffix = suffix_of_now();
  for (const char* part : {"", "-wal", "-shm", ".ids", ".ids-wal", ".ids-shm"}) {
    const fs::path file = database.string() + part;
    if (!fs::exists(file)) continue;
    const fs::path aside = database.string() + suffix + part;
    fs::rename(file, aside);
    std::cout << "moved " << file.string() << " to " << aside.string() << '\n';
  }
}

/// A backup whose manifest names another checkpoint is not the file that was verified then.
void check_manifest(const fs::path& from, registry::Reader& reader) {
  const fs::path manifest = manifest_path(from);
  if (!fs::exists(manifest)) return void(std::cout << "note: there is no " << manifest.string() << " beside it\n");
  const auto newest = reader.checkpoint();
  if (!newest || newest->note != read_file(manifest))
    throw IntegrityError("the newest checkpoint in " + from.string() + " is not the one in " + manifest.string());
}

/// Personal values that were erased since are erased again at the next start, by what the ledger says.
void restore_personal(const Home& home, const RestoreOptions& options) {
  const fs::path values = personal_path(options.from);
  if (fs::exists(values)) {
    move_aside(home.personal());
    registry::back_up_personal_file(values.string(), home.personal().string());
  }
  if (options.keys_from.empty()) return;
  move_aside(home.personal_keys());
  registry::back_up_personal_file(options.keys_from, home.personal_keys().string());
}

/// The log of reads is put aside and replaced like the ledger; what an operator wrote is left where it is there.
void restore_rest(const Home& home, const fs::path& from) {
  if (fs::exists(access_path(from))) {
    const fs::path access = home.folder() / "access.db";
    move_aside(access);
    registry::back_up_personal_file(access_path(from).string(), access.string());
    fs::permissions(access, fs::perms::owner_read | fs::perms::owner_write);
  }
  if (fs::exists(tokens_path(from)) && !fs::exists(home.tokens()))
    write_file(home.tokens(), read_file(tokens_path(from)), Secrecy::owner_only, false);
}

/// On a new machine the keys come first, by hand, and the rest from here.
void bring_config(const fs::path& from, const fs::path& data) {
  if (fs::exists(data / "config.json") || !fs::exists(config_path(from)) || !fs::is_directory(data / "keys")) return;
  write_file(data / "config.json", read_file(config_path(from)));
}

void say_what_follows(const Home& home, std::uint64_t size) {
  std::cout << "restored " << size << " entries to " << home.database().string() << '\n';
  const auto anchor = registry::AnchorFile(home.anchor().string()).read();
  if (!anchor || anchor->size <= size) return;
  std::cout
      << "The anchor knows " << anchor->size << " entries: " << anchor->size - size
      << " answered entries are missing. The server will start in quarantine: reads only.\n"
         "Find a newer database or backup and restore that. If there is none, ask the units for their signed entries "
         "and receipts, and open a new ledger that names this one's last checkpoint. This program offers no way to "
         "force writing on: an index must never be used twice. Do not delete the anchor.\n"
         "锚文件记录的登记数多于备份：服务将进入隔离，只供查询。请寻找更新的备份；不得删除锚文件，不得重复使用序号。\n";
}

}  // namespace

int run_restore(const RestoreOptions& options) {
  const fs::path from = options.from;
  bring_config(from, options.data);
  const Home home = Home::open(options.data);
  DatabaseCheck check;
  check.log_key = identity_of(home).signer.verifier();
  if (const int code = tell(check_database(from, check), false); code != kGood) {
    std::cout << "Nothing was restored.\n";
    return code;
  }
  const registry::sqlite::LockFile lock(home.database().string() + ".lock");
  const LeaveNoTrace trace(from);
  const auto store = registry::SqliteStore::open(from.string(), registry::OpenMode::read_only);
  const auto reader = store->begin_read();
  check_manifest(from, *reader);
  move_aside(home.database());
  store->backup_to(home.database().string());
  restore_personal(home, options);
  restore_rest(home, from);
  say_what_follows(home, static_cast<std::uint64_t>(reader->state().size));
  return kGood;
}

}  // namespace tools
