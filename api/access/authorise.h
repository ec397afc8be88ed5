#pragma once

#include "api/access/token_book.h"
#include "api/http/route.h"

namespace api {

/// Decides by "Authorization: Bearer <token>": unauthenticated without a good token, forbidden when its role is none of
/// the route's. Open routes are open to all; a good token is named there too. Borrows the book.
Authorise authorise_by(const TokenBook& book);

}  // namespace api
