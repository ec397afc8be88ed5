#pragma once

#include <string_view>

#include "api/http/message.h"

namespace api {

/// What every page, script, style, picture and font of ours is served under: nothing inline, nothing from elsewhere, no
/// frame around us. A page needs its scripts and styles in files of their own.
inline constexpr std::string_view kContentSecurityPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "worker-src 'self'; manifest-src 'self'; font-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'";

/// True for the media types that a browser shows, runs or applies: pages, scripts, styles, pictures, fonts, manifests.
bool is_for_browsers(std::string_view content_type);

/// Sets the headers that keep a page of ours to itself: Content-Security-Policy, Referrer-Policy,
/// Cross-Origin-Opener-Policy, Cross-Origin-Resource-Policy, Permissions-Policy, X-Frame-Options. The gateway calls it
/// for every answer that is_for_browsers; a handler need not. A Content-Security-Policy that the handler has set is
/// kept, so that it can be stricter.
void make_browser_safe(Response& response);

/// Lets an answer be saved under `name` (UTF-8): Content-Disposition attachment with a plain name for old programs and
/// the true one (RFC 6266, RFC 8187). Separators, quotes, control and direction characters of the name become '_'.
/// `plain` is the plain name where the true one is not of ASCII letters; made from `name` unless told.
void offer_as_download(Response& response, std::string_view name, std::string_view plain = {});

}  // namespace api
