#pragma once

#include <functional>

#include "api/access/rights.h"
#include "api/access/sign_in.h"
#include "api/access/token_book.h"
#include "api/http/route.h"

namespace api {

/// What an open case touches that is the agency's own: by id or case number, as an official names it. Nothing for a
/// case that is not there, not open, or not the agency's.
using FindCase = std::function<registry::Bounds::Touched(std::string_view agency, std::string_view reference)>;

/// Names the caller and decides whether the route is for it: by a signature over the request, by "Authorization: Bearer
/// <token>", else by the session cookie. A bearer token may be
/// one of an issuer of OpenID Connect, where one is set. Refuses with unauthenticated without any, as SignedRequests,
/// Oidc, session-ended, cross-site for a change that another site had a browser send, and forbidden when the table of
/// rights has no cell for the caller's roles and the route's resource, or none for the kind of its agency. An official
/// who names an open case as the purpose sees what that touches, too. Open routes are open to all; a caller is named
/// there too, and a signature that is not good is refused there too. Borrows all.
Authorise authorise_by(const TokenBook& book, const SignIn& sign_in, const Rights& rights, FindCase find_case = {});

}  // namespace api
