#pragma once

#include <string>
#include <string_view>

#include "api/http/message.h"
#include "api/http/networks.h"
#include "registry/base/result.h"

namespace api {

/// Where a request comes from, and whether it was under TLS all the way to us.
struct Origin {
  std::string peer;
  bool secure = false;
};

/// Origin of a request from `peer`. Only what a declared proxy says is believed: from the right end of X-Forwarded-For,
/// each proxy's own word, up to the first address that is no proxy; and X-Forwarded-Proto. From anybody else both
/// fields mean nothing. Refuses with malformed-request a word of a proxy that is no address, and with tls-required what
/// reached a proxy without TLS.
registry::Result<Origin> forwarded_origin(std::string_view peer, const Headers& headers, const Networks& proxies);

}  // namespace api
