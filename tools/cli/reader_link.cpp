#include "tools/cli/reader_link.h"

#include "tools/cli/exit_codes.h"
#include "tools/client/signer.h"

namespace tools {

ServerLink reader_link(const ServerOptions& at) {
  if (!at.token.empty() && !at.key.empty()) throw UsageError("a token or a key, not both");
  ServerLink link(at.server, at.token, at.ca);
  if (!at.key.empty()) link.sign_with(open_signer(at.key));
  link.say_purpose(at.purpose);
  return link;
}

}  // namespace tools
