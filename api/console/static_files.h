#pragma once

#include <span>

#include "api/console/assets.h"
#include "api/http/route.h"

namespace api {

/// GET routes for the files of the web app: the page at "/", what has its hash in its name below "/assets/" for ever,
/// all else only after asking again. Without files, "/" says how to build them in. Borrows the files.
Routes console_routes(std::span<const console::Asset> files = console::assets());

}  // namespace api
