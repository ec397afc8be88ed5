#pragma once

#include "api/access/rights.h"
#include "api/access/sign_in.h"
#include "api/access/token_book.h"
#include "api/http/route.h"

namespace api {

/// Names the caller and decides whether the route is for it: by a signature over the request, by "Authorization: Bearer
/// <token>", else by the session cookie. Refuses with unauthenticated without any, as SignedRequests, session-ended,
/// cross-site for a change that another site had a browser send, and forbidden when the table of rights has no cell for
/// the caller's roles and the route's resource. Open routes are open to all; a caller is named there too, and a
/// signature that is not good is refused there too. Borrows all.
Authorise authorise_by(const TokenBook& book, const SignIn& sign_in, const Rights& rights);

}  // namespace api
