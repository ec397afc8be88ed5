#include "api/http/request_ids.h"

#include <algorithm>

#include "crypto/random.h"

namespace api {

RequestIds::RequestIds() : start_(crypto::random_hex(6) + "-") {}

std::string RequestIds::next() { return start_ + std::to_string(count_.fetch_add(1, std::memory_order_relaxed)); }

bool RequestIds::acceptable(std::string_view id) {
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
  });
}

}  // namespace api
