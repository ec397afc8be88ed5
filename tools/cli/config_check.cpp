#include "tools/cli/config_check.h"

#include <optional>

#include "registry/base/fault.h"
#include "tools/cli/server_setup.h"
#include "tools/cli/token_file.h"
#include "tools/home/home.h"

namespace tools {
namespace {

namespace fs = std::filesystem;

template <class F>
void collect(std::vector<std::string>& faults, F&& check) {
  try {
    check();
  } catch (const UsageError& error) {
    faults.emplace_back(error.what());
  } catch (const registry::Fault& fault) {
    faults.emplace_back(fault.what());
  }
}

/// "ledger.db" is there and the anchor's folder too.
void check_places(const Home& home, std::vector<std::string>& faults) {
  const fs::path folder = fs::absolute(home.anchor()).parent_path();
  if (!fs::is_directory(folder)) faults.push_back("the folder of the anchor is missing: " + folder.string());
}

}  // namespace

std::vector<std::string> config_faults(const ServeOptions& options) {
  const fs::path folder = options.data;
  std::vector<std::string> faults;
  std::optional<Home> home;
  collect(faults, [&] { home = Home::open(folder); });
  if (home) {
    check_places(*home, faults);
    for (std::string& fault : server_setup(*home, options, registry::SystemClock().now()).faults)
      faults.push_back(std::move(fault));
  }
  const registry::SystemClock clock;
  if (home) collect(faults, [&] { oidc_of(*home, clock); });
  if (!fs::exists(folder / "ledger.db"))
    faults.push_back("the database is missing: " + (folder / "ledger.db").string());
  if (home)
    collect(faults, [&] { home->log_key(); });
  else
    collect(faults, [&] { load_key(folder / "keys" / "log.pem"); });
  collect(faults, [&] { load_tokens(folder / "tokens.json"); });
  return faults;
}

}  // namespace tools
