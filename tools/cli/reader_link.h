#pragma once

#include "tools/cli/options.h"
#include "tools/client/server_link.h"

namespace tools {

/// A connection that reads as the options say: with a token, or with a key that signs each request, or as anybody.
/// Throws UsageError for a key that cannot be read, and for a token and a key.
ServerLink reader_link(const ServerOptions& at);

}  // namespace tools
