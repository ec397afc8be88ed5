#include "tools/client/signer.h"

#include "tools/client/command_signer.h"
#include "tools/client/pkcs11_signer.h"
#include "tools/home/home.h"

namespace tools {
namespace {

constexpr std::string_view kToken = "pkcs11:", kCommand = "exec:";

}  // namespace

crypto::PrivateKey open_signer(const std::string& spec) {
  if (spec.starts_with(kToken)) return open_pkcs11(spec.substr(kToken.size()));
  if (spec.starts_with(kCommand)) return open_command(spec.substr(kCommand.size()));
  return load_key(spec);
}

bool is_key_file(const std::string& spec) { return !spec.starts_with(kToken) && !spec.starts_with(kCommand); }

}  // namespace tools
