#include "api/http/router.h"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "api/http/percent.h"
#include "api/http/text.h"

namespace api {
namespace {

struct Segment {
  /// The literal text, or the parameter's name.
  std::string text;
  bool parameter = false;
};

/// A path template, split; `tail` says that the last segment takes more than one.
struct Template {
  std::string path;
  std::vector<Segment> segments;
  bool tail = false;
  std::vector<const Route*> routes;
};

[[noreturn]] void bad(const Route& route, std::string_view why) {
  throw std::invalid_argument("route " + route.operation + " " + route.path + ": " + std::string(why));
}

std::vector<std::string_view> split(std::string_view path) {
  std::vector<std::string_view> out;
  path.remove_prefix(1);
  for (bool more = true; more;) {
    more = path.find('/') != std::string_view::npos;
    out.push_back(cut(path, '/'));
  }
  return out;
}

Segment parse_segment(const Route& route, std::string_view text, bool& tail) {
  if (text.empty() || text.front() != '{') {
    if (text.find_first_of("{}%?#") != std::string_view::npos) bad(route, "a literal segment has a reserved character");
    return {std::string(text), false};
  }
  if (text.back() != '}' || text.size() < 3) bad(route, "a parameter is not closed");
  text = text.substr(1, text.size() - 2);
  tail = text.back() == '*';
  if (tail) text.remove_suffix(1);
  if (!is_token(text)) bad(route, "a parameter has a bad name");
  return {std::string(text), true};
}

Template parse_template(const Route& route) {
  if (route.path.empty() || route.path.front() != '/') bad(route, "the path does not start with /");
  Template out{route.path, {}, false, {&route}};
  std::set<std::string> names;
  for (const auto text : split(route.path)) {
    if (out.tail) bad(route, "a tail parameter is not last");
    out.segments.push_back(parse_segment(route, text, out.tail));
    const Segment& added = out.segments.back();
    if (added.parameter && !names.insert(added.text).second) bad(route, "a parameter occurs twice");
  }
  return out;
}

/// True if some path fits both templates.
bool overlap(const Template& a, const Template& b) {
  const std::size_t common = std::min(a.segments.size(), b.segments.size());
  if (a.segments.size() > common && !b.tail) return false;
  if (b.segments.size() > common && !a.tail) return false;
  for (std::size_t i = 0; i < common; ++i) {
    const Segment &x = a.segments[i], &y = b.segments[i];
    if (!x.parameter && !y.parameter && x.text != y.text) return false;
    if ((x.parameter && !y.parameter && y.text.empty()) || (y.parameter && !x.parameter && x.text.empty()))
      return false;
  }
  return true;
}

/// Adds a parameter's value; an empty one fits no parameter.
bool take(PathParameters& out, const Segment& segment, std::string value) {
  if (value.empty()) return false;
  out.emplace(segment.text, std::move(value));
  return true;
}

std::string join(const std::vector<std::string>& path, std::size_t from) {
  std::string out = path[from];
  for (std::size_t i = from + 1; i < path.size(); ++i) {
    if (path[i].empty()) return {};
    out.append("/").append(path[i]);
  }
  return out;
}

std::optional<PathParameters> match(const Template& shape, const std::vector<std::string>& path) {
  const std::size_t size = shape.segments.size();
  if (shape.tail ? path.size() < size : path.size() != size) return {};
  PathParameters out;
  for (std::size_t i = 0; i < size; ++i) {
    const Segment& segment = shape.segments[i];
    if (!segment.parameter) {
      if (segment.text != path[i]) return {};
    } else if (!take(out, segment, shape.tail && i + 1 == size ? join(path, i) : path[i])) {
      return {};
    }
  }
  return out;
}

const Route* route_of(const Template& shape, Method method) {
  for (const Route* route : shape.routes)
    if (route->method == method || (method == Method::head && route->method == Method::get)) return route;
  return nullptr;
}

std::string allow_of(const Template& shape) {
  std::string out;
  for (const Route* route : shape.routes) {
    out.append(name(route->method)).append(", ");
    if (route->method == Method::get) out += "HEAD, ";
  }
  return out + "OPTIONS";
}

std::optional<std::vector<std::string>> decode_path(std::string_view path) {
  if (path.empty() || path.front() != '/') return {};
  std::vector<std::string> out;
  for (const auto segment : split(path)) {
    auto decoded = decode_segment(segment);
    if (!decoded) return {};
    out.push_back(std::move(*decoded));
  }
  return out;
}

}  // namespace

struct Router::Table {
  Routes routes;
  std::vector<Template> templates;

  explicit Table(Routes all) : routes(std::move(all)) {
    std::set<std::string> operations;
    for (const Route& route : routes) {
      if (route.operation.empty() || !operations.insert(route.operation).second) bad(route, "operation is not unique");
      if (!route.handle) bad(route, "no handler");
      if (route.method == Method::head || route.method == Method::options) bad(route, "answered by the router itself");
      add(route);
    }
  }

  void add(const Route& route) {
    Template made = parse_template(route);
    for (Template& known : templates) {
      if (known.path == made.path) {
        if (route_of(known, route.method)) bad(route, "second route of this method and path");
        known.routes.push_back(&route);
        return;
      }
      if (overlap(known, made)) bad(route, "overlaps " + known.path);
    }
    templates.push_back(std::move(made));
  }
};

Router::Router(Routes routes) : table_(std::make_unique<const Table>(std::move(routes))) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

const Routes& Router::routes() const { return table_->routes; }

std::variant<RouteMatch, RouteMiss, RouteOptions> Router::find(Method method, std::string_view path) const {
  if (path == "*" && method == Method::options) return RouteOptions{"GET, HEAD, POST, PUT, DELETE, OPTIONS"};
  const auto decoded = decode_path(path);
  if (!decoded) return RouteMiss{registry::refuse("malformed-request").at("path", "bad_path"), {}};
  for (const Template& shape : table_->templates) {
    auto parameters = match(shape, *decoded);
    if (!parameters) continue;
    if (method == Method::options) return RouteOptions{allow_of(shape)};
    if (const Route* route = route_of(shape, method)) return RouteMatch{route, std::move(*parameters)};
    return RouteMiss{registry::refuse("method-not-allowed").with("allow", allow_of(shape)), allow_of(shape)};
  }
  return RouteMiss{registry::refuse("not-found"), {}};
}

}  // namespace api
