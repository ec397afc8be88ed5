#pragma once

#include <cstddef>
#include <optional>
#include <string>

namespace api {

/// Whether https_get takes it: https, or http to this machine (127.0.0.1, [::1], localhost).
bool is_fetched_safely(const std::string& url);

/// The body of a GET answered with 200, for settings that live elsewhere. The certificate must be of the host, by the
/// authorities of the system; no redirect is followed, and neither more than `bytes_max` is read nor longer waited than
/// some seconds. Nothing when it cannot be had.
std::optional<std::string> https_get(const std::string& url, std::size_t bytes_max);

}  // namespace api
