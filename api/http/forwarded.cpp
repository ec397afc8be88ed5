#include "api/http/forwarded.h"

#include "api/http/text.h"

namespace api {
namespace {

/// The last item of a comma-separated list, cut off it.
std::string_view cut_last(std::string_view& list) {
  const auto comma = list.rfind(',');
  const std::string_view item = trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  return item;
}

}  // namespace

registry::Result<Origin> forwarded_origin(std::string_view peer, const Headers& headers, const Networks& proxies) {
  Origin out{std::string(peer), false};
  if (proxies.empty() || !proxies.contains(peer)) return out;
  const std::string_view scheme = headers.find("x-forwarded-proto").value_or("");
  if (headers.count("x-forwarded-proto") > 1 || (!scheme.empty() && !same_text(scheme, "https")))
    return registry::refuse("tls-required");
  out.secure = !scheme.empty();
  if (headers.count("x-forwarded-for") > 1)
    return registry::refuse("malformed-request").at("header/x-forwarded-for", "duplicate");
  std::string_view list = headers.find("x-forwarded-for").value_or("");
  while (!list.empty() && proxies.contains(out.peer)) {
    const auto address = parse_address(cut_last(list));
    if (!address) return registry::refuse("malformed-request").at("header/x-forwarded-for", "bad_address");
    out.peer = address_text(*address);
  }
  return out;
}

}  // namespace api
