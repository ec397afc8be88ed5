#include "tests/unit/http/test_server.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <thread>

#include "registry/base/fault.h"

namespace raw {
namespace {

using std::chrono::milliseconds;

/// A mebibyte: several portions of a file.
constexpr int kLargeLines = 65'536;

api::Route route(api::Method method, std::string path, std::string operation,
                 std::function<api::Response(const api::Request&)> handle) {
  api::Route out;
  out.method = method;
  out.path = std::move(path);
  out.operation = std::move(operation);
  out.access.open = true;
  out.handle = std::move(handle);
  return out;
}

api::Response throw_kind(const api::Request& request) {
  const std::string& kind = request.parameter("kind");
  if (kind == "busy") throw registry::StoreFault(registry::StoreError::busy, "table secret_table is locked");
  if (kind == "full") throw registry::StoreFault(registry::StoreError::full, "/secret/path");
  if (kind == "unavailable") throw registry::StoreFault(registry::StoreError::unavailable, "/secret/path");
  if (kind == "unknown") throw registry::StoreFault(registry::StoreError::unknown_outcome, "/secret/path");
  if (kind == "fault") throw registry::Fault("/secret/path");
  if (kind == "int") throw 7;
  if (kind == "refusal")
    return api::refused(registry::refuse("no-such-rule").with("left", "5 kg").at("/permit", {}, "used up"));
  if (kind == "split") {
    api::Response response = api::text_response(200, "x");
    response.headers.emplace_back("X-Name", "a\r\nSet-Cookie: stolen=1");
    return response;
  }
  throw std::runtime_error("/secret/path");
}

/// "short" says a word and ends, "idle" says one and waits, "endless" never stops, "fault" throws.
class Talk : public api::EventStream {
 public:
  explicit Talk(std::string kind) : kind_(std::move(kind)) {}

  State next(std::string& out) override {
    if (kind_ == "fault") throw std::runtime_error("/secret/path");
    if (kind_ == "endless") return out.assign(60'000, 'x'), State::has_more;
    if (!said_) out = "data: word\n\n";
    said_ = true;
    return kind_ == "short" ? State::over : State::waits;
  }

 private:
  const std::string kind_;
  bool said_ = false;
};

}  // namespace

api::ServerConfig TestServer::quick() {
  api::ServerConfig config;
  config.head_deadline = milliseconds{400};
  config.body_deadline = milliseconds{600};
  config.body_grace = milliseconds{200};
  config.drain_deadline = milliseconds{300};
  return config;
}

TestServer::TestServer(api::ServerConfig config)
    : server_(std::move(config), api::Router(routes()), texts_, metrics_, [this](std::string_view line) {
        const std::lock_guard lock(mutex_);
        log_.append(line).append("\n");
      }) {
  server_.start();
}

TestServer::~TestServer() { server_.stop(milliseconds{0}); }

api::Routes TestServer::routes() {
  api::Routes out;
  add_readers(out);
  add_writers(out);
  return out;
}

void TestServer::add_readers(api::Routes& out) {
  out.push_back(route(api::Method::get, "/stream/{kind}", "stream", [](const api::Request& request) {
    return api::stream_response(std::make_shared<Talk>(request.parameter("kind")));
  }));
  using api::Method;
  out.push_back(route(Method::get, "/ping", "ping", [](const auto&) { return api::text_response(200, "pong"); }));
  out.push_back(route(Method::get, "/json", "json", [](const auto&) { return api::json_response(200, {{"a", 1}}); }));
  out.push_back(route(Method::get, "/spooled", "spooled", [](const auto&) {
    registry::SpoolFile file;
    for (int i = 0; i < kLargeLines; ++i) file.append("0123456789abcde\n");
    file.finish();
    return api::file_response("application/json", std::move(file));
  }));
  out.push_back(route(Method::get, "/page", "page", [](const auto&) {
    return api::bytes_response(200, "text/html; charset=utf-8", "<!doctype html>");
  }));
  out.push_back(route(Method::get, "/echo/{name}", "echo", [](const api::Request& request) {
    return api::text_response(200,
                              request.parameter("name") + "|" + std::string(request.query_value("q").value_or("-")));
  }));
  out.back().parameters = {{"q", "what to echo"}};
  out.push_back(route(Method::get, "/tile/{tile*}", "tile", [](const api::Request& request) {
    return api::bytes_response(200, "application/octet-stream", request.parameter("tile"));
  }));
  out.push_back(route(Method::get, "/secret", "secret", [](const auto&) { return api::text_response(200, "secret"); }));
  out.back().access.open = false;
  out.push_back(route(Method::get, "/smuggled", "smuggled", [this](const auto&) {
    ++smuggled_;
    return api::text_response(200, "smuggled");
  }));
  out.push_back(route(Method::get, "/throw/{kind}", "throwKind", throw_kind));
  out.push_back(route(Method::get, "/slow", "slow", [](const auto&) {
    std::this_thread::sleep_for(milliseconds{300});
    return api::text_response(200, "slow");
  }));
  out.push_back(route(Method::get, "/large", "large", [](const auto&) {
    return api::bytes_response(200, "application/octet-stream", std::string(3'000'000, 'x'));
  }));
  out.push_back(route(Method::get, "/field", "field", [](const api::Request& request) {
    return api::text_response(200, std::string(request.headers.find("x-test").value_or("-")));
  }));
}

void TestServer::add_writers(api::Routes& out) {
  using api::Method;
  const auto echo = [](const api::Request& request) { return api::text_response(200, request.body); };
  for (const auto& [method, operation] :
       {std::pair{Method::post, "postBody"}, {Method::put, "putBody"}, {Method::delete_, "deleteBody"}}) {
    out.push_back(route(method, "/body", operation, echo));
    out.back().body_bytes_max = 65'536;
  }
  out.push_back(route(Method::post, "/ndjson", "ndjson", echo));
  out.back().body_bytes_max = 65'536;
  out.back().request_types = {"application/x-ndjson"};
  out.push_back(route(Method::post, "/huge", "huge", echo));
  out.back().body_bytes_max = std::size_t{4} << 20;
}

std::string TestServer::log_with(std::string_view part) {
  for (int i = 0; i < 100; ++i) {
    {
      const std::lock_guard lock(mutex_);
      if (log_.find(part) != std::string::npos) return log_;
    }
    std::this_thread::sleep_for(milliseconds{10});
  }
  const std::lock_guard lock(mutex_);
  return log_;
}

TestServer& shared_server() {
  static TestServer server;
  return server;
}

}  // namespace raw
