#include <iostream>

#include "registry/service/access_anchor.h"
#include "registry/store/sqlite/access_file.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/options.h"
#include "tools/home/files.h"

namespace tools {
namespace {

using registry::AccessHead;
using registry::AccessMatch;

void require_match(registry::AccessLog& log, const AccessHead& kept, const std::string& where) {
  const AccessMatch found = match(log, kept);
  if (found == AccessMatch::holds) return;
  const std::string size = std::to_string(kept.size);
  if (found == AccessMatch::cut_short)
    throw IntegrityError(where + " knows " + size + " records; the log holds " + std::to_string(log.head().size) +
                         ": record " + std::to_string(log.head().size) + " and those after it were taken out");
  throw IntegrityError("record " + std::to_string(kept.size - 1) + " is not the one that " + where +
                       " knows: the log was rewritten");
}

AccessHead read_kept(const Home& home, const std::string& file) {
  const auto head =
      registry::open_access_note(read_file(file), home.config().ledger, identity_of(home).signer.verifier());
  if (!head) throw IntegrityError(file + " is no head of this ledger's access log, or not signed by its key");
  return *head;
}

}  // namespace

int run_access_verify(const AccessVerifyOptions& options) {
  const Home home = Home::open(options.data);
  if (!std::filesystem::exists(home.access_log()))
    throw UsageError(home.access_log().string() + " is not there: nobody has served this folder yet");
  // Read before the log, which a running server goes on writing.
  const auto anchored = registry::AnchorFile(home.access_anchor().string()).read();
  registry::AccessFile log(home.access_log().string());
  if (const auto broken = log.first_broken())
    throw IntegrityError("record " + std::to_string(*broken) +
                         " does not follow from the one before: it or its place was changed");
  if (anchored) require_match(log, {static_cast<std::int64_t>(anchored->size), anchored->root}, "the anchor");
  if (!options.head.empty()) require_match(log, read_kept(home, options.head), options.head);
  const AccessHead head = log.head();
  std::cout << head.size << " records of reads stand as they were written 查询留痕完整\nhead " << head.hash.hex()
            << '\n';
  return kGood;
}

}  // namespace tools
