#include "api/http/etag.h"

#include "api/http/text.h"
#include "crypto/digest.h"
#include "crypto/encoding.h"

namespace api {
namespace {

constexpr std::size_t kTagBytes = 16, kPortionBytes = 65'536;

/// Takes the next tag off a list; `weak` tells of a W/ in front. Tags may hold commas, so the quotes are what counts.
std::string_view next_tag(std::string_view& list, bool& weak) {
  list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size()));
  weak = list.substr(0, 2) == "W/";
  if (weak) list.remove_prefix(2);
  const auto end = list.empty() || list.front() != '"' ? std::string_view::npos : list.find('"', 1);
  if (end == std::string_view::npos) return list = {};
  const auto tag = list.substr(0, end + 1);
  list.remove_prefix(end + 1);
  return tag;
}

bool hits(std::string_view list, std::string_view etag, bool weak_counts) {
  if (trim(list) == "*") return true;
  for (bool weak = false; !list.empty();)
    if (next_tag(list, weak) == etag && (weak_counts || !weak)) return true;
  return false;
}

std::string tag_of(const crypto::Digest& digest) {
  return "\"" + crypto::to_base64url(digest.view().substr(0, kTagBytes)) + "\"";
}

}  // namespace

std::string etag_of(std::string_view content) { return tag_of(crypto::sha256(content)); }

std::string etag_of(const registry::SpoolFile& file) {
  crypto::Hasher hasher(crypto::HashAlg::sha256);
  for (std::uint64_t at = 0; at < file.size(); at += kPortionBytes) hasher.update(file.read(at, kPortionBytes));
  return tag_of(hasher.finish());
}

bool none_match_hits(std::string_view if_none_match, std::string_view etag) { return hits(if_none_match, etag, true); }

bool match_hits(std::string_view if_match, std::string_view etag) { return hits(if_match, etag, false); }

Response with_etag(const Request& request, Response response) {
  const bool read = request.method == Method::get || request.method == Method::head;
  const bool json = response.content_type.starts_with("application/json") ||
                    response.content_type.starts_with("application/openapi+json");
  if (!read || response.status != 200 || (!json && !response.header("ETag"))) return response;
  if (!response.header("ETag"))
    response.set_header("ETag", response.file ? etag_of(*response.file) : etag_of(response.body));
  const auto known = request.headers.find("if-none-match");
  if (!known || !none_match_hits(*known, *response.header("ETag"))) return response;
  response.status = 304;
  response.body.clear();
  response.file.reset();
  return response;
}

}  // namespace api
