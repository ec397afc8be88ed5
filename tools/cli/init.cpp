#include <filesystem>
#include <iomanip>
#include <iostream>

#include "registry/base/time.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/cli/token_file.h"
#include "tools/cli/wizard.h"

namespace tools {
namespace {

/// Those that belong to no party.
constexpr api::Role kRoles[] = {api::Role::regulator, api::Role::bureau, api::Role::auditor, api::Role::operator_};

void print_tokens(const Home& home) {
  std::cout << "tokens (shown once; only their hashes are kept in " << home.tokens().string() << "):\n";
  for (const api::Role role : kRoles)
    std::cout << "  " << std::left << std::setw(10) << api::name(role) << add_token(home, role, "", "made by init")
              << '\n';
}

/// A ledger that cannot be opened leaves no half-made folder, so that the next try is like the first.
void open_or_leave_nothing(const Home& home) {
  try {
    open_new_ledger(home, registry::SystemClock());
  } catch (...) {
    std::error_code ignored;
    for (const char* name : {"ledger.db", "ledger.db-wal", "ledger.db-shm", "ledger.db.ids", "ledger.db.ids-wal",
                             "ledger.db.ids-shm", "ledger.db.lock", "config.json", "keys/log.pem", "keys/operator.pem"})
      std::filesystem::remove(home.folder() / name, ignored);
    std::filesystem::remove(home.anchor(), ignored);
    throw;
  }
}

/// Before somebody answers ten questions in vain.
void refuse_if_there(const std::filesystem::path& folder) {
  if (std::filesystem::exists(folder / "config.json"))
    throw UsageError("there is a ledger in " + folder.string() + " already");
}

}  // namespace

int run_init(const InitOptions& options) {
  if (!options.wizard && (options.config.ledger.empty() || options.config.region.empty()))
    throw UsageError("--ledger and --region are needed, or --wizard, which asks for them");
  refuse_if_there(options.data);
  const Home home =
      Home::create(options.data, options.wizard ? ask_config(std::cin, std::cout, options.config) : options.config);
  open_or_leave_nothing(home);
  const std::string folder = home.folder().string();
  std::cout << "ledger " << home.config().ledger << " is open in " << folder << "\nlog key   "
            << identity_of(home).signer.verifier().vkey() << "\n          write it down on paper: verify --log-key\n";
  print_tokens(home);
  std::cout << "next: tallystick serve --data " << folder << '\n';
  return kGood;
}

int run_token_new(const TokenOptions& options) {
  const auto role = api::parse_role(options.role);
  if (!role) throw UsageError("--role is one of regulator, bureau, auditor, officer, operator");
  if ((*role == api::Role::officer) == options.party.empty())
    throw UsageError("--party belongs to --role officer, and to no other role");
  std::optional<api::Agency> agency = api::Agency{options.agency, options.level, options.region};
  if (*agency == api::Agency{}) agency.reset();
  const std::string token = add_token(Home::open(options.data), *role, options.party, options.note, agency);
  std::cout << token << '\n';
  std::cerr << "shown once. A running server knows it after its next start.\n";
  return kGood;
}

}  // namespace tools
