#pragma once

#include <span>

#include "crypto/commitment.h"
#include "registry/base/result.h"

namespace registry {

/// Refuses with personal-value-form, naming each bad value by its place in the submission: identity numbers
/// (…/id_number, GB 11643 with birthday and check digit), telephones (…/phone, mobile or with area code), and anything
/// that is empty, too long, or has control characters.
Check check_personal_values(std::span<const crypto::PrivateValue> values);

}  // namespace registry
