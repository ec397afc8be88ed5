#include <fstream>

#include "tools/cli/check_bundle.h"
#include "tools/cli/check_database.h"
#include "tools/cli/check_server.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/trust.h"
#include "tools/cli/verdict.h"
#include "tools/home/files.h"

namespace tools {
namespace {

namespace fs = std::filesystem;

/// A bundle begins with a brace, a database with its own mark.
bool is_json(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  char first = 0;
  in >> first;
  return first == '{';
}

DatabaseCheck folder_check(const fs::path& folder) {
  DatabaseCheck check;
  if (fs::exists(folder / "config.json")) check.anchor = Home::open(folder).anchor();
  return check;
}

Verdict verify_file(const fs::path& path, const VerifyCommandOptions& options) {
  auto log_key = parse_log_key(options.log_key);
  if (fs::is_regular_file(path) && is_json(path)) return check_bundle(read_file(path), log_key);
  const bool folder = fs::is_directory(path);
  DatabaseCheck check = folder ? folder_check(path) : DatabaseCheck{};
  check.log_key = std::move(log_key);
  check.threads = options.threads;
  return check_database(folder ? path / "ledger.db" : path, check);
}

}  // namespace

int run_verify(const VerifyCommandOptions& options) {
  const bool server = options.subject.find("://") != std::string::npos;
  return tell(server ? check_server(options.subject, options.ca, parse_log_key(options.log_key))
                     : verify_file(options.subject, options),
              options.json);
}

}  // namespace tools
