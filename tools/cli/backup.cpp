#include <iostream>

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

/// Through a reading connection of our own: the writer's lock stays with the server.
void copy(const Home& home, const fs::path& to) {
  for (const fs::path& file :
       {to, manifest_path(to), personal_path(to), access_path(to), config_path(to), tokens_path(to)})
    if (fs::exists(file)) throw UsageError(file.string() + " exists already; a backup is never overwritten");
  const auto store = registry::SqliteStore::open(home.database().string(), registry::OpenMode::read_only);
  store->backup_to(to.string());
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write);
}

/// After the ledger: a value that is not in the copy of the ledger yet is forgotten when both are restored.
void copy_personal(const Home& home, const fs::path& to, const std::string& keys_to) {
  if (fs::exists(home.personal()))
    registry::back_up_personal_file(home.personal().string(), personal_path(to).string());
  if (!keys_to.empty()) registry::back_up_personal_file(home.personal_keys().string(), keys_to);
}

/// What a new machine needs besides, but for the keys.
void copy_rest(const Home& home, const fs::path& to) {
  const fs::path access = home.folder() / "access.db";
  if (fs::exists(access)) {
    registry::back_up_personal_file(access.string(), access_path(to).string());
    fs::permissions(access_path(to), fs::perms::owner_read | fs::perms::owner_write);
  }
  write_file(config_path(to), read_file(home.folder() / "config.json"), Secrecy::owner_only, false);
  if (fs::exists(home.tokens())) write_file(tokens_path(to), read_file(home.tokens()), Secrecy::owner_only, false);
}

std::string newest_checkpoint(const fs::path& file) {
  const LeaveNoTrace trace(file);
  const auto store = registry::SqliteStore::open(file.string(), registry::OpenMode::read_only);
  const auto newest = store->begin_read()->checkpoint();
  return newest ? newest->note : std::string();
}

}  // namespace

fs::path manifest_path(const fs::path& backup) { return backup.string() + ".checkpoint"; }
fs::path personal_path(const fs::path& backup) { return backup.string() + ".personal"; }
fs::path access_path(const fs::path& backup) { return backup.string() + ".access"; }
fs::path config_path(const fs::path& backup) { return backup.string() + ".config"; }
fs::path tokens_path(const fs::path& backup) { return backup.string() + ".tokens"; }

int run_backup(const BackupOptions& options) {
  const Home home = Home::open(options.data);
  const fs::path to = options.to;
  if (fs::exists(options.keys_to)) throw UsageError(options.keys_to + " exists already; a backup is never overwritten");
  copy(home, to);
  copy_personal(home, to, options.keys_to);
  copy_rest(home, to);
  DatabaseCheck check;
  check.log_key = identity_of(home).signer.verifier();
  if (const int code = tell(check_database(to, check), false); code != kGood) {
    std::cout << "The copy is kept for evidence, but it is no backup.\n";
    return code;
  }
  write_file(manifest_path(to), newest_checkpoint(to), Secrecy::open, false);
  std::cout
      << "backup " << to.string() << ", with its signed checkpoint " << manifest_path(to).string()
      << "\nBeside it, under the same name: personal values (sealed), the log of reads, configuration and tokens. Not "
         "in it: the folder keys, certificate and key of TLS, and the anchor.\nKeep the log's key out of the backup "
         "set, and the keys of personal values on another medium, for at "
         "most 30 days.\n";
  return kGood;
}

}  // namespace tools
