#include <iostream>
#include <nlohmann/json.hpp>

#include "crypto/random.h"
#include "registry/steps/address_code.h"
#include "tools/cli/exit_codes.h"
#include "tools/cli/submit.h"

namespace tools {

int run_letter(const LetterOptions& options) {
  SubmitOptions submit = options.submit;
  submit.type = "party.challenge";
  const std::string code = registry::make_address_code(crypto::random_bytes(registry::kAddressCodeBytes));
  const std::string salt = crypto::random_hex(registry::kLetterHexDigits / 2);
  nlohmann::json payload{{"letter", options.letter},
                         {"party", options.to},
                         {"salt", salt},
                         {"commitment", registry::address_code_commitment(options.to, options.letter, code, salt)}};
  if (!options.tracking.empty()) payload["tracking"] = options.tracking;
  const int result = submit_payload(submit, payload);
  if (result == kGood) std::cout << "letter 函号 " << options.letter << "\ncode 验证码 " << code << '\n';
  return result;
}

}  // namespace tools
