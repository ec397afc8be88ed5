#include <iostream>

#include "tools/cli/check_database.h"
#include "tools/demo_city/report.h"

namespace tools {

void show_proof(const std::filesystem::path& copy, const crypto::NoteVerifier& log_key, std::size_t entries,
                Broken& broken) {
  heading("5. Offline check of a copy of the database 离线核验");
  const Verdict verdict = check_database(copy, {log_key, 0, {}});
  for (const auto& [name, value] : verdict.facts) std::cout << "  " << name << ' ' << value << '\n';
  for (const registry::Defect& defect : verdict.defects)
    std::cout << "  " << defect.place << ": " << defect.kind << ": " << defect.detail << '\n';
  const bool clean = verdict.clean();
  std::cout << (clean ? "  clean: every signature, hash, proof and read table agrees 全部一致\n"
                      : "  NOT CLEAN 有不一致\n");
  broken.unless(clean, "the offline check is clean");
  for (const auto& [name, value] : verdict.facts)
    if (name == "entries") broken.unless(value == std::to_string(entries), "the copy has every entry that was stored");
}

}  // namespace tools
