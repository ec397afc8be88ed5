#pragma once

#include <string>

#include "registry/store/sqlite/session.h"

namespace registry::sqlite {

/// Copies an SQLite file as it is now into one new file, synced, while a writer goes on. Throws StoreFault if the target
/// exists, and then or after a failure leaves nothing behind.
void back_up(Session& source, const std::string& target);

}  // namespace registry::sqlite
