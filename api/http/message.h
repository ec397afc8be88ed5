#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/http/event_stream.h"
#include "crypto/json.h"
#include "registry/base/refusal.h"
#include "registry/base/spool_file.h"

namespace api {

using crypto::Json;

enum class Method { get, head, post, put, delete_, options };

/// "GET" and so on.
std::string_view name(Method method);
/// Case-sensitive (RFC 9110 section 9.1); nothing for any other method.
std::optional<Method> parse_method(std::string_view text);

/// The fields of a message head, in their order; names compare without case (RFC 9110 section 5.1).
class Headers {
 public:
  void add(std::string_view name, std::string_view value);
  /// The first value of the field; nothing when it is absent. Valid until the next add.
  std::optional<std::string_view> find(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  /// The values of all fields of that name, joined by ", "; nothing when it is absent.
  std::optional<std::string> joined(std::string_view name) const;
  std::size_t size() const { return fields_.size(); }

 private:
  struct Field {
    std::size_t name_at, name_size, value_at, value_size;
  };
  std::string text_;
  std::vector<Field> fields_;
};

/// Who a request acts for; the access layer derives its own and hands it to the handlers through Request::principal.
class Principal {
 public:
  virtual ~Principal() = default;
  /// An id for the access log, never a secret.
  virtual std::string log_name() const = 0;
};

/// A well-formed request to a known route, with its whole body.
struct Request {
  Method method = Method::get;
  /// As received, percent signs and all, without the query.
  std::string path;
  /// As received, with the query: "/v1/permits?limit=5".
  std::string target;
  /// Decoded; each name occurs once and is a parameter of the route.
  std::map<std::string, std::string, std::less<>> query;
  Headers headers;
  std::string body;
  /// Decoded; exactly the names of the route's template, none of them empty.
  std::map<std::string, std::string, std::less<>> path_parameters;
  /// The client's X-Request-Id where it is 1 to 64 of [A-Za-z0-9._-], else a new one.
  std::string request_id;
  /// The client's address, without the port.
  std::string peer;
  /// Under TLS from the client on, to us or to a declared proxy.
  bool secure = false;
  /// Null until the access check names one, and on open routes without a token.
  std::shared_ptr<const Principal> principal;

  /// A path parameter of the route; it is a bug to ask for another.
  const std::string& parameter(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  /// The media type of the body, lower case, without parameters; empty when absent.
  std::string media_type() const;
};

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  /// In place of the body, one that is too large for memory.
  std::shared_ptr<const registry::SpoolFile> file;
  /// Parties that a body which is not JSON tells of, for the log of reads.
  std::vector<std::string> concerns;
  /// Besides Content-Type, Content-Length, Date, Connection and X-Request-Id, which the gateway writes. Use set_header.
  std::vector<std::pair<std::string, std::string>> headers;
  /// Ends the connection after this answer.
  bool close = false;
  /// Set: the answer goes on after its head with what the stream says, and the connection ends with it.
  std::shared_ptr<EventStream> stream;
  /// Set by refused(); the gateway writes the problem document for it, with status, texts and request id.
  std::optional<registry::Refusal> refusal;

  /// Replaces or adds a field. Throws std::invalid_argument for a name that is no token or a value with CR, LF, NUL or
  /// another control character (response splitting, RFC 9110 section 5.5).
  Response& set_header(std::string_view name, std::string_view value);
  std::optional<std::string_view> header(std::string_view name) const;
  std::uint64_t body_bytes() const { return file ? file->size() : body.size(); }
};

/// Throws nlohmann's type_error when a string of `value` is not UTF-8: stored text is never served altered.
Response json_response(int status, const Json& value);
/// text/plain; charset=utf-8.
Response text_response(int status, std::string text);
/// Any other type, for instance a tile as application/octet-stream.
Response bytes_response(int status, std::string content_type, std::string bytes);
/// The same from a file that is finished, sent in portions.
Response file_response(std::string content_type, registry::SpoolFile file);
/// A "no": the gateway turns it into application/problem+json.
Response refused(registry::Refusal refusal);
/// 204, no body.
Response empty_response();
/// text/event-stream, 200.
Response stream_response(std::shared_ptr<EventStream> stream);

}  // namespace api
